"""Text, Markdown, HTML, RTF and DOCX, read back with other libraries."""

import io
import shutil
import subprocess
from pathlib import Path
from unicodedata import decomposition

import html5lib
import pytest
from docx import Document
from hypothesis import example, given, settings
from hypothesis import strategies as st
from striprtf.striprtf import rtf_to_text

import abstool
from abstool.citing import export
from abstool.errors import UsageError

pytestmark = pytest.mark.one_python

STYLE = """<group delimiter=" "><text variable="title"/>
    <text value="it" font-style="italic"/><text value="bo" font-weight="bold"/>
    <text value="sc" font-variant="small-caps"/><text value="un" text-decoration="underline"/>
    </group>"""
HOSTILE = (
    "<b onclick=x>1</b> {\\rtf1 \\b x} *a* _b_ [c](d) `e` &amp; \\u955? 日本 𝔘 e\u0301 \u202ex"
)
TITLE = "CD19<sup>+</sup> H<sub>2</sub>O <i>in vivo</i>"


@pytest.fixture
def cited(style, article):
    """Return a function that returns the entry of a title in a form."""
    path = style(STYLE)
    return lambda title, to: abstool.cite([article(title=title)], path, to=to)[0]


def test_text_has_unicode_superscripts_and_no_formatting(cited):
    assert cited(TITLE, "text") == "CD19⁺ H₂O in vivo it bo sc un"


def test_html_has_an_element_for_each_format(cited):
    assert cited(TITLE, "html") == (
        "CD19<sup>+</sup> H<sub>2</sub>O <i>in vivo</i> <i>it</i> <b>bo</b> "
        '<span style="font-variant: small-caps">sc</span> <u>un</u>'
    )


def test_markdown_has_italics_and_bold_and_uses_html_for_superscripts(cited):
    assert cited(TITLE, "markdown") == (
        "CD19<sup>+</sup> H<sub>2</sub>O *in vivo* *it* **bo** sc un"
    )


def test_rtf_has_a_group_for_each_format(cited):
    assert cited(TITLE, "rtf") == (
        r"CD19{\super +} H{\sub 2}O {\i in vivo} {\i it} {\b bo} {\scaps sc} {\ul un}"
    )


def test_italics_inside_italics_are_upright(style, article):
    path = style('<text variable="title" font-style="italic"/>')
    item = article(title="Of <i>Thea</i> only")
    assert abstool.cite([item], path, to="html") == [
        '<i>Of <span style="font-style: normal">Thea</span> only</i>'
    ]
    assert abstool.cite([item], path, to="markdown") == ["*Of* Thea *only*"]


def documents(items, to):
    return export(items, "ama", to=to)


def paragraphs(data):
    """Return the texts of an HTML document's paragraphs; an invalid one fails."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree = parser.parse(data.decode("utf-8"))
    assert {element.tag for element in tree.iter()} <= {
        *("html", "head", "meta", "title", "body", "p", "i", "b", "sup", "sub", "span", "u")
    }
    return ["".join(element.itertext()) for element in tree.iter("p")]


def read_rtf(data):
    text = rtf_to_text(data.decode("ascii"))  # which leaves the two halves of rare signs apart
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    return [line for line in text.split("\n") if line.strip()]


def read_docx(data):
    return [paragraph.text for paragraph in Document(io.BytesIO(data)).paragraphs]


# HTML has an element for the superscript letters and digits of Unicode.
RAISED_IN_HTML = {
    sign for sign in map(chr, range(0x10000)) if decomposition(sign).startswith("<super>")
} | set("ˀˁۥۦ")
READERS = {"html": paragraphs, "rtf": read_rtf, "docx": read_docx}


@pytest.mark.parametrize("to", READERS)
def test_hostile_text_is_read_back_unchanged_from_every_form(article, to):
    items = [article(title=HOSTILE), article(title="Two")]
    assert READERS[to](documents(items, to)) == abstool.cite(items)


@pytest.mark.parametrize("to", READERS)
@settings(max_examples=40, deadline=None)
@given(title=st.text(min_size=1).filter(lambda title: not RAISED_IN_HTML & set(title)))
@example("\U000cfffe")
def test_any_title_is_read_back_as_the_text_form_prints_it(to, title):
    item = {"type": "book", "title": f"x {title} x", "id": "x"}
    assert READERS[to](documents([item], to)) == abstool.cite([item])


@given(title=st.text(alphabet="*_`[]<>&\\~|$#+-.1 ax", min_size=1))
def test_markdown_escapes_every_syntax_character_of_a_title(title):
    (text,) = abstool.cite([{"type": "book", "title": title + "x", "id": "x"}], to="markdown")
    bare = text.replace("\\\\", "")
    for sign in "*_`[]<>&|~$":
        assert bare.count(sign) == bare.count(f"\\{sign}")


def test_word_keeps_the_formatting(style, article):
    data = export([article(title=TITLE)], style(STYLE), to="docx")
    (paragraph,) = Document(io.BytesIO(data)).paragraphs
    fonts = {run.text: run.font for run in paragraph.runs}
    assert (fonts["+"].superscript, fonts["2"].subscript) == (True, True)
    assert (fonts["it"].italic, fonts["bo"].bold) == (True, True)
    assert (fonts["sc"].small_caps, fonts["un"].underline) == (True, True)
    assert not fonts["CD19"].italic


def test_an_empty_list_is_a_valid_document_of_every_form():
    assert paragraphs(documents([], "html")) == []
    assert read_rtf(documents([], "rtf")) == read_docx(documents([], "docx")) == []
    assert documents([], "text") == documents([], "markdown") == b""


def test_forms_are_of_citations_only_and_a_file_is_no_string(article):
    with pytest.raises(UsageError, match=r"^to: unknown value 'pdf'; use text, markdown"):
        abstool.cite([article()], to="pdf")
    with pytest.raises(UsageError, match=r"^to: this is a binary file.*; use abstool.export\(\)"):
        abstool.cite([article()], to="docx")
    with pytest.raises(UsageError, match=r"^to: not supported by bibtex; leave it out"):
        export([article()], "bibtex", to="html")


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_reads_the_same_text_from_every_form(tmp_path, article):
    items = [article(title=HOSTILE), article(title="Two")]
    for to in READERS:
        (tmp_path / f"list.{to}").write_bytes(documents(items, to))
        folder, profile = tmp_path / to, f"-env:UserInstallation=file://{tmp_path}/profile"
        form = "txt:Text (encoded):UTF8"  # without this, the encoding is that of the locale
        command = ["soffice", profile, "--headless", "--convert-to", form, "--outdir"]
        path = tmp_path / f"list.{to}"
        subprocess.run([*command, str(folder), str(path)], check=True, capture_output=True)
        lines = (folder / "list.txt").read_text("utf-8-sig").split("\n")
        assert [line.strip() for line in lines if line.strip()] == abstool.cite(items)


LINKS = """<group delimiter=" "><text variable="DOI" prefix="doi: https://doi.org/"/>
    <text variable="PMCID"/><text variable="URL"/></group>"""
LINKED = {
    "DOI": "10.1/<a>_&",
    "PMCID": "PMC7",
    "URL": "https://tea.example/?a=1&b=<2>",
}


def test_identifiers_are_links_where_a_form_has_links(style, article):
    def cited(to):
        return abstool.cite([article(**LINKED)], style(LINKS), to=to)[0]

    doi, url = "https://doi.org/10.1/&lt;a&gt;_&amp;", "https://tea.example/?a=1&amp;b=&lt;2&gt;"
    pmc = "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC7"
    assert cited("html") == (
        f'doi: <a href="{doi}">{doi}</a> <a href="{pmc}">PMC7</a> <a href="{url}">{url}</a>'
    )
    doi = r"[https://doi.org/10.1/\<a\>\_\&](<https://doi.org/10.1/%3Ca%3E_&>)"
    assert cited("markdown").startswith(f"doi: {doi} [PMC7](<{pmc}>) ")
    assert cited("text") == ("doi: https://doi.org/10.1/<a>_& PMC7 https://tea.example/?a=1&b=<2>")


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "www.tea.example"])
def test_only_addresses_of_the_web_are_links(style, article, address):
    (entry,) = abstool.cite([article(URL=address)], style('<text variable="URL"/>'), to="html")
    assert entry == address


NUMBERED = """<text variable="citation-number" prefix="[" suffix="]"/>
    <text variable="title" prefix=" "/><text variable="URL" prefix=" "/>"""
ALIGNED = 'second-field-align="flush" entry-spacing="2" line-spacing="1"'


def listed(to, style, article, bibliography=ALIGNED, layout=NUMBERED):
    items = [article(title="Tea", URL="https://tea.example/1"), article(title="Cup", id="cup")]
    path = Path(style(layout))
    text = path.read_text("utf-8").replace("<bibliography", f"<bibliography {bibliography}")
    path.write_text(text, "utf-8")
    return export(items, str(path), to=to, number=True)


def test_word_numbers_a_list_that_the_style_numbers(style, article):
    made = Document(io.BytesIO(listed("docx", style, article)))
    assert [one.text for one in made.paragraphs] == ["Tea https://tea.example/1", "Cup"]
    (link,) = made.paragraphs[0].hyperlinks
    assert link.address == "https://tea.example/1"
    levels = made.part.numbering_part.element.xpath("//w:abstractNum[1]//w:lvlText/@w:val")
    assert levels == ["[%1]"]
    form = made.styles["Bibliography"].paragraph_format
    assert (form.left_indent.pt, form.first_line_indent.pt, form.space_after.pt) == (36, -36, 24)
    assert all(one.style.name == "Bibliography" for one in made.paragraphs)


def test_word_has_a_tab_after_numbers_that_it_cannot_count(style, article):
    layout = NUMBERED.replace("/>", ' font-weight="bold"/>', 1)
    made = Document(io.BytesIO(listed("docx", style, article, layout=layout)))
    assert [one.text for one in made.paragraphs] == ["[1]\tTea https://tea.example/1", "[2]\tCup"]


def test_html_lays_out_blocks_and_indents(style, article):
    html = listed("html", style, article).decode()
    html5lib.HTMLParser(strict=True).parse(html)
    assert '<div class="csl-entry"><div class="csl-left-margin">[1]</div>' in html
    assert ".csl-entry { margin: 0 0 2em }" in html
    hanging = 'hanging-indent="true" line-spacing="2"'
    html = listed("html", style, article, hanging, '<text variable="title"/>').decode()
    assert "p { line-height: 2.4; padding-left: 2em; text-indent: -2em }" in html
