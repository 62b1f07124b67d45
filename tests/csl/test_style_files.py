"""Files of styles: encodings, declarations, changed files and broken ones."""

import pytest

import abstool
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


def test_a_style_may_hold_comments_instructions_and_a_document_type(cited):
    inside = f"<!-- a --><?b c?>{TITLE}<!-- d -->"
    assert cited(STYLE.format(inside).encode()) == "é On tea"
    assert cited(f"<!DOCTYPE style>{STYLE.format(inside)}".encode()) == "é On tea"


def test_entities_that_a_style_declares_are_not_expanded(cited):
    locale = '<locale><terms><term name="in">a&e;b</term></terms></locale>'
    content = STYLE.format('<text term="in"/>').replace("<citation>", f"{locale}<citation>")
    assert cited(f'<!DOCTYPE style [<!ENTITY e "lol">]>{content}'.encode()) == "A"


def test_a_changed_style_is_read_again(cited):
    assert cited(STYLE.format(TITLE).encode()) == "é On tea"
    assert cited(STYLE.format(TITLE.replace("é", "a")).encode()) == "a On tea"


def test_the_message_about_a_broken_file_gives_the_line(cited):
    with pytest.raises(UsageError, match=r"not a CSL style: .*tag mismatch.*line 1"):
        cited(f"<style {XMLNS}><citation></style>".encode())
