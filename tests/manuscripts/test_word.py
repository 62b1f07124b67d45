"""Word files: what is shown, what only the file knows, and what reference managers leave in it."""

import base64
import io
import json

import docx
import pytest

import word_files as w
from abstool import manuscripts

ONE = "Muster A, Beispiel B. Tea and the invented knee of readers. J Example Med. 2020;12:1-9."
TWO = "Li C. Water and the elbow of all writers. J Example Med. 2021;13:10-19."
TEA = {"type": "article-journal", "title": "Tea and the invented knee of readers"}
WATER = {"type": "article-journal", "title": "Water and the elbow of all writers"}
HEADING = w.paragraph("References")


def read(*body, **more):
    return manuscripts.read(w.word("".join(body), **more), "x.docx")


def texts(manuscript):
    return [(one.key, one.text) for one in manuscript.references]


INSERTED = f'<w:ins w:id="1">{w.run(ONE[20:])}</w:ins>'
DELETED = '<w:del w:id="2"><w:r><w:delText>wrong</w:delText></w:r></w:del>'
MOVED = f'<w:moveFrom w:id="3">{w.run("moved")}</w:moveFrom>'
CONTROL = f"<w:sdt><w:sdtPr/><w:sdtContent>{w.run(ONE)}</w:sdtContent></w:sdt>"
DELETED_MARK = '<w:rPr><w:del w:id="9"/></w:rPr>'


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("plain", w.paragraph(ONE)),
        ("an insertion", w.paragraph(ONE[:20], INSERTED)),
        ("a deletion", w.paragraph(ONE[:20], DELETED, MOVED, w.run(ONE[20:]))),
        ("hidden text", w.paragraph(ONE, w.run("hidden", "<w:vanish/>"))),
        ("a content control in a line", w.paragraph(CONTROL)),
        ("a content control", f"<w:sdt><w:sdtContent>{w.paragraph(ONE)}</w:sdtContent></w:sdt>"),
        ("a table", f"<w:tbl><w:tr><w:tc>{w.paragraph(ONE)}</w:tc></w:tr></w:tbl>"),
        (
            "a deleted row",
            w.paragraph(ONE) + "<w:tbl><w:tr><w:trPr><w:del w:id='1'/></w:trPr>"
            f"<w:tc>{w.paragraph(TWO)}</w:tc></w:tr></w:tbl>",
        ),
        (
            "a deleted mark",
            w.paragraph(ONE[:20], properties=DELETED_MARK) + w.paragraph(ONE[20:]),
        ),
        ("a deleted paragraph", w.paragraph(DELETED, properties=DELETED_MARK) + w.paragraph(ONE)),
        ("split runs", w.paragraph(*ONE.partition("Tea"))),
        ("an empty paragraph", w.paragraph() + w.paragraph(ONE) + w.paragraph()),
    ],
)
def test_what_is_shown_is_read(name, body):
    assert texts(read(HEADING, body)) == [("1", ONE)]


def test_a_list_has_the_numbers_that_word_computes_and_the_text_is_compared_with_them():
    body = w.paragraph("Tea [1] and milk [3].")
    found = read(body, HEADING, w.listed(ONE), w.listed(TWO))
    assert texts(found) == [("1", ONE), ("2", TWO)]
    assert (found.uncited, found.unlisted) == (("2",), ("3",))


def test_superscripts_cite_and_powers_do_not():
    up = '<w:vertAlign w:val="superscript"/>'
    body = w.paragraph("Tea", w.run("1,2", up), w.run(" in 10"), w.run("9", up), w.run(" cells"))
    found = read(body, HEADING, w.listed(ONE), w.listed(TWO), w.listed(ONE))
    assert (found.uncited, found.unlisted) == (("3",), ())


def test_places_count_the_paragraphs_of_the_document():
    body = w.word(
        f"<w:tbl><w:tr><w:tc>{w.paragraph('x')}</w:tc></w:tr></w:tbl>"
        f"<w:del>{w.paragraph('gone')}</w:del>{HEADING}{w.paragraph(ONE)}"
    )
    (found,) = manuscripts.read(body, "x").references
    assert found.place == 3


def test_files_of_python_docx_are_read(tmp_path):
    document = docx.Document()
    document.add_heading("Drinks", 1)
    document.add_heading("Bibliography", 1)
    for text in (ONE, TWO):
        document.add_paragraph(text, style="List Number")
    document.add_heading("Figures", 1)
    document.add_paragraph("A cup in 2020;12:3.")
    stream = io.BytesIO()
    document.save(stream)
    found = manuscripts.read(stream.getvalue(), "x")
    assert texts(found) == [("1", ONE), ("2", TWO)]
    assert [document.paragraphs[one.place].text for one in found.references] == [ONE, TWO]


@pytest.mark.parametrize(
    "link",
    [
        f'<w:hyperlink r:id="rId1">{w.run("ACR abstract")}</w:hyperlink>',
        w.field('HYPERLINK "https://acrabstracts.org/abstract/tea/"', w.run("ACR abstract")),
        w.simple_field('HYPERLINK "https://acrabstracts.org/abstract/tea/"', "ACR abstract"),
    ],
)
def test_the_address_of_a_link_is_read(link):
    url = "https://acrabstracts.org/abstract/tea/"
    (found,) = read(HEADING, w.paragraph(f"{ONE} ", link), links=[url]).references
    assert found.text == f"{ONE} ACR abstract"
    assert found.addresses == (url,)


def test_lines_of_one_paragraph_are_references_if_they_are_numbered():
    lines = "<w:r><w:br/></w:r>".join(map(w.run, ("References", f"1. {ONE}", f"2. {TWO}")))
    assert texts(read(w.paragraph(lines))) == [("1", ONE), ("2", TWO)]


BOTH = w.citation(TEA, WATER)
MENDELEY = base64.b64encode(BOTH.encode()).decode()


@pytest.mark.parametrize(
    ("name", "cited"),
    [
        ("Zotero", w.field(f" ADDIN ZOTERO_ITEM CSL_CITATION {BOTH} ", w.run("1,2"))),
        ("Mendeley", w.field(f"ADDIN CSL_CITATION {BOTH}", w.run("1,2"), parts=40)),
        (
            "Mendeley Cite",
            w.control(f"MENDELEY_CITATION_v3_{MENDELEY}", w.run("1,2")),
        ),
        (
            "EndNote",
            w.field(f" ADDIN EN.CITE {w.endnote(TEA['title'])}", w.run("1"))
            + w.field(
                " ADDIN EN.CITE ",
                w.field(" ADDIN EN.CITE.DATA ", "", data=w.endnote(WATER["title"])) + w.run("2"),
            ),
        ),
    ],
)
def test_the_data_of_reference_managers_go_with_the_references(name, cited):
    found = read(w.paragraph("Tea ", cited), HEADING, w.paragraph(TWO), w.paragraph(ONE))
    titles = [one.item["title"] for one in found.references]
    assert titles == [WATER["title"], TEA["title"]]
    alone = read(w.paragraph("Tea ", cited))
    assert [one.item["title"] for one in alone.references] == [TEA["title"], WATER["title"]]


def test_zotero_keeps_data_in_properties():
    pieces = f"ZOTERO_ITEM CSL_CITATION {BOTH}"
    properties = "".join(
        f'<property name="ZOTERO_BREF_a1_{number}"><p>{w.html.escape(text)}</p></property>'
        for number, text in ((2, pieces[100:]), (1, pieces[:100]))
    )
    parts = {
        "word/document.xml": f'<w:document xmlns:w="{w.W}"/>',
        "docProps/custom.xml": f"<Properties>{properties}</Properties>",
    }
    found = manuscripts.read(w.packed(**parts), "x")
    assert [one.item["title"] for one in found.references] == [TEA["title"], WATER["title"]]


def marked_by_zotero(inside):
    first, last = w.field(" ADDIN ZOTERO_BIBL {} CSL_BIBLIOGRAPHY", "|").split("|")
    return w.paragraph(first) + inside + w.paragraph(last)


def marked_by_mendeley(inside):
    return w.control("MENDELEY_BIBLIOGRAPHY", inside)


@pytest.mark.parametrize("marked", [marked_by_zotero, marked_by_mendeley])
def test_a_bibliography_that_the_file_marks_is_the_list(marked):
    other = w.paragraph("Beispiel B. Not in the list. J Example Med. 2020;12:1-9.")
    body = (marked(w.paragraph("Society of Tea. Guideline.") + w.paragraph(ONE)), other)
    assert [text for _, text in texts(read(*body))] == ["Society of Tea. Guideline.", ONE]


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_notes_are_references_if_there_is_no_list(kind):
    body = w.paragraph("x") + w.paragraph("Tea.", f'<w:r><w:{kind}Reference w:id="7"/></w:r>')
    notes = {f"{kind}s": f'<w:{kind} w:id="7">{w.paragraph(ONE)}</w:{kind}>'}
    (found,) = read(body, **notes).references
    assert (found.key, found.text, found.place) == ("1", ONE, 1)
    listed = read(body, HEADING, w.listed(TWO), **notes)
    assert texts(listed) == [("1", TWO)]
    assert listed.notes == ("1 footnote looks like a reference but the list was read instead",)


def test_an_item_that_no_reference_prints_is_noted():
    cited = w.field(f"ADDIN ZOTERO_ITEM CSL_CITATION {BOTH}", w.run("1,2"))
    found = read(w.paragraph("Tea ", cited), HEADING, w.paragraph(ONE))
    assert found.notes == ("1 work in citation fields matched no reference of the list",)


@pytest.mark.parametrize(
    "instruction",
    [
        "CSL_CITATION {",
        "CSL_CITATION " + "[" * 50_000,
        'CSL_CITATION {"citationItems": [1, null]}',
        'CSL_CITATION {"citationItems": [{"itemData": {"title": 5, "author": 7, "issued": []}}]}',
        "EN.CITE <EndNote><record></EndNote>",
        "EN.CITE <EndNote>",
    ],
)
def test_broken_data_do_not_stop_the_reading(instruction):
    cited = w.field(f"ADDIN {instruction}", w.run("1"))
    found = read(w.paragraph("Tea ", cited), HEADING, w.paragraph(ONE))
    assert texts(found) == [("1", ONE)]


def test_opendocument_texts_are_read():
    mark = w.html.escape(f"ZOTERO_ITEM CSL_CITATION {json.dumps(json.loads(BOTH))} RNDx1")
    styles = (
        '<style:style style:name="T1"><style:text-properties style:text-position="super 58%"/>'
        "</style:style>"
    )
    body = (
        f"<text:tracked-changes><text:p>{TWO}</text:p></text:tracked-changes>"
        f'<text:p>Tea<text:reference-mark-start text:name="{mark}"/>'
        '<text:span text:style-name="T1">1,3</text:span></text:p>'
        "<text:h>Références</text:h><text:list>"
        f'<text:list-item><text:p>{ONE}<text:s/><text:a xlink:href="https://example.org/tea">'
        "Link</text:a></text:p></text:list-item>"
        f"<text:list-item><text:p>{TWO}</text:p></text:list-item></text:list>"
    )
    found = manuscripts.read(w.odt(body, styles), "x.odt")
    assert texts(found) == [("1", f"{ONE} Link"), ("2", TWO)]
    assert found.references[0].addresses == ("https://example.org/tea",)
    assert [one.item["title"] for one in found.references] == [TEA["title"], WATER["title"]]
    assert (found.uncited, found.unlisted) == (("2",), ("3",))
