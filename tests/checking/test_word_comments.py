"""The copy of a Word file with comments: where they are, and that nothing else changes."""

import io
import re
import zipfile
from dataclasses import replace

import pytest
from docx import Document
from hypothesis import given
from lxml import etree

from abstool import cite
from abstool.checking import Finding, Library, Verdict, check
from abstool.checking.reports import CheckedManuscript, target_of, written
from abstool.errors import AbstoolError, UnreadableInput, UsageError
from abstool.manuscripts import read
from abstool.text import tidy
from hostile import texts
from manuscript_of_thirty import FOLDER, RECORDS, references
from manuscript_shapes import SHAPES
from word_files import W, control, field, listed, packed, paragraph, run, simple_field, word

THIRTY = (FOLDER / "manuscript.docx").read_bytes()
LIBRARY = Library.of(RECORDS)
RIGHT = cite(RECORDS, "ama-11")
WRONG = RIGHT[3].replace("2025;77", "2024;77")
HEADING = paragraph("References")
OTHER = "Roe A. Water and knees. J Water. 2019;4(2):11-15. doi:10.1000/water.2."


def checked(data, subject="paper.docx"):
    manuscript = read(data, subject)
    return CheckedManuscript(
        subject, data, manuscript, tuple(check(manuscript.references, LIBRARY))
    )


def copied(data):
    return written(checked(data), "docx")


def parts(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def texts_with_comments(data):
    """Return the text of each comment with that of the paragraph it is on, in order."""
    root = etree.fromstring(parts(data)["word/document.xml"])
    spaces = {"w": W}
    found = []
    for mark in root.iterfind(".//w:commentReference", spaces):
        outer = next(one for one in mark.iterancestors() if one.tag == f"{{{W}}}p")
        text = "".join(one.text or "" for one in outer.iterfind(".//w:t", spaces))
        found.append(text)
    return found


def without_comments(xml):
    """Return the XML of a document as it was before it had comments."""
    for pattern in (
        rb"<w:commentRangeStart[^>]*/>",
        rb"<w:commentRangeEnd[^>]*/><w:r(?: xmlns:w=\"[^\"]*\")?><w:commentReference[^>]*/></w:r>",
    ):
        xml = re.sub(pattern, b"", xml)
    return xml


def bibliography(*entries):
    """Return paragraphs in a field of Zotero."""
    first, *others = entries
    begin, _, end = field("ADDIN ZOTERO_BIBL {} CSL_BIBLIOGRAPHY", "|").partition("|")
    return "".join(
        [paragraph(begin, run(first)), *map(paragraph, others), paragraph(end)]
    )  # fmt: skip


COPY = copied(THIRTY).content
COMMENTED = parts(COPY)


# --- what changes ---------------------------------------------------------------------------------


def test_only_what_comments_need_is_new():
    before, after = parts(THIRTY), COMMENTED
    assert list(after)[: len(before)] == list(before)
    assert after.keys() - before.keys() == {"word/comments.xml"}
    assert {name for name in before if before[name] != after[name]} == {
        "[Content_Types].xml",
        "word/_rels/document.xml.rels",
        "word/document.xml",
    }
    assert without_comments(after["word/document.xml"]) == before["word/document.xml"]


CASES = {
    "plain": HEADING + "".join(map(paragraph, [RIGHT[0], WRONG, OTHER])),
    "numbered by Word": HEADING + "".join(map(listed, [RIGHT[0], WRONG, OTHER])),
    "in a field of Zotero": bibliography(RIGHT[0], WRONG, OTHER),
    "in a field of EndNote": HEADING
    + bibliography(RIGHT[0], WRONG, OTHER).replace("ZOTERO_BIBL", "EN.REFLIST"),
    "with fields in the text": paragraph(
        "As said", field('ADDIN ZOTERO_ITEM CSL_CITATION {"citationItems":[]}', run("[2]"))
    )
    + HEADING
    + "".join(map(paragraph, [RIGHT[0], WRONG])),
    "in Mendeley's control": control(
        "MENDELEY_BIBLIOGRAPHY", "".join(map(paragraph, [RIGHT[0], WRONG, OTHER]))
    ),
    "in a simple field": HEADING + paragraph(RIGHT[0]) + paragraph(simple_field("REF x", WRONG)),
    "tracked insertion": HEADING
    + paragraph(RIGHT[0])
    + paragraph(f'<w:ins w:id="9" w:author="a">{run(WRONG)}</w:ins>'),
    "tracked deletion before": f'<w:p><w:r><w:drawing><w:p>{run("x")}</w:p></w:drawing></w:r></w:p>'
    + HEADING
    + paragraph(f'<w:del w:id="9" w:author="a">{run("gone")}</w:del>', run(RIGHT[0]))
    + paragraph(WRONG),
    "in a table": HEADING
    + "<w:tbl><w:tr><w:tc>"
    + "".join(map(paragraph, [RIGHT[0], WRONG]))
    + "</w:tc></w:tr></w:tbl>",
    "empty paragraphs": "<w:p/><w:p></w:p>" + HEADING + "<w:p/>" + paragraph(RIGHT[0]) + "<w:p />"
    + paragraph(WRONG),
    "without properties": HEADING + paragraph(RIGHT[0]) + f"<w:p>{run(WRONG)}</w:p>",
    "empty properties": HEADING + paragraph(RIGHT[0]) + f"<w:p><w:pPr/>{run(WRONG)}</w:p>",
    "comment with a tag": HEADING + paragraph(RIGHT[0]) + "<!-- <w:p> --><?x <w:p>?>"
    + paragraph(WRONG),
}  # fmt: skip


@pytest.mark.parametrize("body", CASES.values(), ids=CASES)
def test_the_comment_is_on_the_paragraph_of_its_reference(body):
    data = word(body)
    found = copied(data)
    assert found.notes == ()
    (commented,) = texts_with_comments(found.content)
    assert WRONG in commented
    before, after = parts(data), parts(found.content)
    assert without_comments(after["word/document.xml"]) == before["word/document.xml"]
    again = checked(found.content)
    assert [one.text for one in again.manuscript.references] == [
        one.text for one in checked(data).manuscript.references
    ]
    properties = re.search(
        rb"<w:p>(?:<w:pPr/>|<w:pPr>.*?</w:pPr>)?<w:commentRangeStart", after["word/document.xml"]
    )
    assert properties  # Word wants the properties first


def letters(text):
    return "".join(filter(str.isalnum, text))


@pytest.mark.parametrize("name", [name for name in SHAPES if name.startswith("word_")])
def test_every_reference_of_a_word_file_can_have_its_comment(name):
    data = SHAPES[name](references())
    manuscript = read(data, name)
    finding = Finding("year", "2024", "2025")
    verdicts = tuple(
        Verdict(one.key, one.text, "differs", findings=(finding,)) for one in manuscript.references
    )
    found = written(CheckedManuscript(name, data, manuscript, verdicts), "docx")
    commented = texts_with_comments(found.content)
    assert (len(commented), found.notes) == (30, ())
    if name not in ("word_footnotes", "word_endnotes"):  # whose comments are where they are cited
        for reference, text in zip(manuscript.references, commented, strict=True):
            assert letters(reference.text)[:30] in letters(text)
    root = etree.fromstring(parts(found.content)["word/comments.xml"])
    headings = ["".join(one[0].itertext()) for one in root]
    assert headings == [f"{one.key}: differs from the abstract" for one in manuscript.references]


def test_a_paragraph_in_a_text_box_is_commented_outside_of_it():
    box = f"<w:r><w:txbxContent>{paragraph(RIGHT[0])}{paragraph(WRONG)}</w:txbxContent></w:r>"
    data = word(HEADING + paragraph(box))
    xml = parts(copied(data).content)["word/document.xml"]
    assert xml.index(b"<w:commentRangeStart") < xml.index(b"<w:txbxContent>")
    assert xml.index(b"<w:commentReference") > xml.index(b"</w:txbxContent>")


def test_a_file_without_findings_is_copied_unchanged():
    data = word(HEADING + "".join(map(paragraph, RIGHT[:3])))
    assert copied(data).content == data


def test_comments_that_are_there_stay_and_keep_their_numbers():
    first = COPY
    second = copied(first).content
    document = Document(io.BytesIO(second))
    assert [one.comment_id for one in document.comments] == [0, 1, 2, 3, 4, 5]
    assert parts(second)["[Content_Types].xml"] == parts(first)["[Content_Types].xml"]
    assert parts(second)["word/comments.xml"].startswith(
        parts(first)["word/comments.xml"].removesuffix(b"</w:comments>")
    )


@pytest.mark.parametrize(
    "comments", [f'<w:comments xmlns:w="{W}"/>', f'<x:comments xmlns:x="{W}"></x:comments>']
)
def test_an_empty_part_of_comments_is_filled(comments):
    with_part = COMMENTED | {
        "word/comments.xml": comments.encode(),
        "word/document.xml": parts(THIRTY)["word/document.xml"],
    }
    stream = io.BytesIO(packed(**with_part))
    document = Document(io.BytesIO(copied(stream.getvalue()).content))
    assert len([*document.comments]) == 3


def test_a_name_of_a_part_that_is_taken_is_not_used():
    data = word(HEADING + paragraph(RIGHT[0]) + paragraph(WRONG), comments="")
    after = parts(copied(data).content)
    assert "word/comments1.xml" in after
    assert after["word/comments.xml"] == parts(data)["word/comments.xml"]


# --- files of other kinds -------------------------------------------------------------------------


def with_parts(data, **more):
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a") as archive:
        for name, content in more.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return stream.getvalue()


def test_macros_are_kept_packed_and_never_opened():
    macros = b"\xd0\xcf\x11\xe0" + b"Sub AutoOpen" * 100
    data = with_parts(THIRTY, word__vbaProject_bin=macros)
    after = copied(data).content
    assert parts(after)["word/vbaProject.bin"] == macros


def test_a_bomb_beside_the_text_is_copied_without_being_unpacked(monkeypatch):
    data = with_parts(THIRTY, word__media__bomb_png=b"\0" * 50_000_000)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        packed = archive.getinfo("word/media/bomb.png")
    real = zipfile.ZipFile.open

    def opened(self, name, *args, **kwargs):
        assert getattr(name, "filename", name) != "word/media/bomb.png"
        return real(self, name, *args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(zipfile.ZipFile, "open", opened)
        content = copied(data).content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        after = archive.getinfo("word/media/bomb.png")
    assert (after.CRC, after.compress_size) == (packed.CRC, packed.compress_size)
    assert len(content) < len(data) + 5000


@pytest.mark.parametrize(
    ("types", "output", "is_right"),
    [
        ("<Types/>", "x.docx", True),
        ("<Types/>", "x.docm", False),
        ("<Types>application/vnd.ms-word.document.macroEnabled.main+xml</Types>", "x.docm", True),
        ("<Types>application/vnd.ms-word.document.macroEnabled.main+xml</Types>", "x.docx", False),
    ],
)
def test_a_file_with_macros_has_an_ending_of_its_own(types, output, is_right):
    body = HEADING + paragraph(WRONG)
    data = word(body)
    kept = parts(data) | {"[Content_Types].xml": types.encode()}
    stream = io.BytesIO(packed(**kept))
    found = checked(stream.getvalue())
    if is_right:
        assert target_of(output, found) == "docx"
    else:
        with pytest.raises(UsageError, match="macros"):
            target_of(output, found)


def test_a_strict_document_gets_strict_comments():
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    data = word(HEADING + paragraph(RIGHT[0]) + paragraph(WRONG))
    kept = {name: one.replace(W.encode(), strict.encode()) for name, one in parts(data).items()}
    stream = io.BytesIO(packed(**kept))
    after = parts(copied(stream.getvalue()).content)
    assert strict.encode() in after["word/comments.xml"]
    assert (
        b"purl.oclc.org/ooxml/officeDocument/relationships/comments"
        in after["word/_rels/document.xml.rels"]
    )


def test_xml_in_another_encoding_is_one_clear_error():
    data = word(HEADING + paragraph(RIGHT[0]) + paragraph(WRONG))
    kept = parts(data)
    text = '<?xml version="1.0" encoding="UTF-16"?>' + kept["word/document.xml"].decode()
    kept["word/document.xml"] = text.encode("utf-16")
    stream = io.BytesIO(packed(**kept))
    with pytest.raises(UnreadableInput, match="not in UTF-8"):
        copied(stream.getvalue())


@pytest.mark.parametrize("cut", range(0, 100, 7))
def test_a_damaged_file_is_an_error_or_a_copy(cut):
    data = bytearray(word(HEADING + paragraph(RIGHT[0]) + paragraph(WRONG)))
    place = len(data) * cut // 100
    data[place : place + 20] = b"\xff" * 20
    try:
        content = copied(bytes(data)).content
    except AbstoolError:
        return
    assert content.startswith(b"PK")


# --- what comments say ----------------------------------------------------------------------------


ONE = word(HEADING + paragraph(OTHER))
ONE_READ = read(ONE, "x.docx")


@given(text=texts)
def test_any_text_can_stand_in_a_comment(text):
    findings = (Finding("title-differs", text, f"{text} more"),)
    verdict = Verdict("1", text, "differs", text, text, findings, f"{tidy(text)} right")
    found = written(CheckedManuscript("x.docx", ONE, ONE_READ, (verdict,)), "docx").content
    (comment,) = etree.fromstring(parts(found)["word/comments.xml"])
    spaces = {"w": W}
    shown = ["".join(one.itertext()) for one in comment.iterfind("w:p", spaces)]
    assert f"{tidy(text)} right" in shown
    assert comment.get(f"{{{W}}}author") == "abstool"


def test_the_letters_that_differ_are_formatted():
    document = Document(io.BytesIO(COPY))
    first = next(iter(document.comments))
    marked = [one.text for part in first.paragraphs for one in part.runs if one.underline]
    assert marked == ["ö", "ö"]
    assert references()[6].startswith("Dröner")


def test_a_finding_without_a_paragraph_is_counted():
    data = word(HEADING + paragraph(OTHER))
    manuscript = read(data, "x.docx")
    (reference,) = manuscript.references
    manuscript = replace(manuscript, references=(replace(reference, place=None),))
    verdict = Verdict("1", "x", "differs", findings=(Finding("year", "1", "2"),))
    found = written(CheckedManuscript("x.docx", data, manuscript, (verdict,)), "docx")
    assert (found.content, found.notes) == (
        data,
        ("1 finding without a paragraph for the comment",),
    )
