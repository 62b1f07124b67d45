"""Files of styles: encodings, declarations, changed files and broken ones."""

import pytest

import abstool
from abstool.csl import Style, StyleError
from abstool.errors import UsageError

XMLNS = 'xmlns="http://purl.org/net/xbiblio/csl"'
STYLE = f'<style {XMLNS} version="1.0"><citation><layout>{{}}</layout></citation></style>'
TITLE = '<text variable="title" prefix="é "/>'


@pytest.fixture
def cited(tmp_path, article):
    """Return a function that prints an article in a style's file of these bytes."""
    path = tmp_path / "some.csl"

    def text(content):
        path.write_bytes(content)
        return abstool.cite([article()], str(path))[0]

    return text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "windows-1252"])
def test_a_style_may_be_in_any_encoding_that_it_declares(cited, encoding):
    declared = f'<?xml version="1.0" encoding="{encoding}"?>{STYLE.format(TITLE)}'
    assert cited(declared.encode(encoding)) == "é On tea"


@pytest.mark.parametrize("start", ["", "\ufeff", "\n ", '<?xml version="1.0" encoding="utf-16"?>'])
def test_a_style_may_be_a_text(start, article):
    document = Style.read(f"{start}{STYLE.format(TITLE)}").document([article()])
    assert document.citations("text") == ["é On tea"]


def test_a_text_that_is_not_xml_is_a_path(tmp_path):
    (tmp_path / "own.csl").write_bytes(STYLE.format(TITLE).encode())
    assert Style.read(str(tmp_path / "own.csl")).name == "own"
    with pytest.raises(StyleError, match=r"missing\.csl: not a CSL style"):
        Style.read("missing.csl")


def test_what_is_neither_path_nor_xml_is_an_error_that_names_the_argument():
    with pytest.raises(UsageError, match="source: None is not a path or XML"):
        Style.read(None)


def test_a_style_may_hold_comments_instructions_and_a_document_type(cited):
    inside = f"<!-- a --><?b c?>{TITLE}<!-- d -->"
    assert cited(STYLE.format(inside).encode()) == "é On tea"
    assert cited(f"<!DOCTYPE style>{STYLE.format(inside)}".encode()) == "é On tea"


def test_entities_that_a_style_declares_are_not_expanded(cited):
    locale = '<locale><terms><term name="in">a&e;b</term></terms></locale>'
    content = STYLE.format('<text term="in"/>').replace("<citation>", f"{locale}<citation>")
    assert cited(f'<!DOCTYPE style [<!ENTITY e "lol">]>{content}'.encode()) == "A"


def test_a_declaration_with_a_tag_of_many_attributes_is_refused(cited):
    attributes = " ".join(f"a{number}='1'" for number in range(1_000))
    with pytest.raises(UsageError, match="a tag is too long"):
        cited(f"<!DOCTYPE style>{STYLE.format('')}<x {attributes}/>".encode())


def test_a_changed_style_is_read_again(cited):
    assert cited(STYLE.format(TITLE).encode()) == "é On tea"
    assert cited(STYLE.format(TITLE.replace("é", "a")).encode()) == "a On tea"


def test_the_message_about_a_broken_file_gives_the_line(cited):
    with pytest.raises(UsageError, match=r"not a CSL style: .*tag mismatch.*line 1"):
        cited(f"<style {XMLNS}><citation></style>".encode())


@pytest.mark.parametrize("sign", ["&#155;", "&#127;", "&#x202e;", "&#x2066;", "&#xfdd2;"])
def test_signs_that_steer_a_terminal_are_removed_from_the_words_of_a_style(cited, sign):
    words = f'<text value="a{sign}b" prefix="{sign}c"/><text term="in" suffix="&amp;#x202e;d"/>'
    locale = f'<locale><terms><term name="in">e{sign}f</term></terms></locale>'
    content = STYLE.format(words).replace("<citation>", f"{locale}<citation>")
    assert cited(content.encode()) == "cabefd"


def test_a_line_break_in_the_words_of_a_style_is_a_space(cited):
    assert cited(STYLE.format('<text value="a&#10;b&#xa0;c"/>').encode()) == "a b c"
