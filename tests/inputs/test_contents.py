"""What files hold: forms found by their content, folders and archives, and what is not read."""

import gzip
import zipfile

import pytest

from abstool.errors import UnreadableInput
from abstool.inputs.references import form_of
from abstool.inputs.sources import Web, read_source

RIS = "TY  - JOUR\nTI  - Tea\nER  - \n"
NBIB = "PMID- 12345678\nTI  - Tea.\n"
ITEM = '{"type": "book", "title": "Tea"}'


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("bibtex", "@article{roe,\n title = {Tea}}"),
        ("bibtex", "@article{ WOS:000123,\n Author = {Roe}}"),
        ("bibtex", "@article{\nroe2020,\n title = {Tea}}"),
        ("bibtex", "@article{roe 2020 [a], title = {Tea}}"),
        ("bibtex", "@article{Roe, Doe (2020), title = {Tea}}"),
        ("bibtex", "@article {,\n title={Tea}}"),
        ("bibtex", '@misc{\n title = "Tea"}'),
        ("ris", RIS),
        ("ris", "TY  -  JOUR\nTI  - Tea\nER  - \n"),
        ("ris", "TY  - \nTI  - Tea\nER  - \n"),
        ("ris", "TY - JOUR\nTI - Tea\n"),
        ("ris", "AU  - Roe, A\nTI  - Tea\nER  -\n"),
        ("nbib", f"\n{NBIB}"),
        ("wos", "\ufeffFN Clarivate\nVR 1.0\nPT J\nTI Tea\nER\nEF"),
        ("wos", "PT J\nTI Tea\nER"),
        ("enw", "%0 Journal Article\n%T Tea"),
        ("refworks", "RT Journal Article\nT1 Tea"),
        ("ovid", "<1>\nTitle\n  Tea."),
        ("endnote_xml", "<?xml version='1.0'?><xml><records><record></record></records></xml>"),
        ("", "@media (max-width: 1px) { a }"),
        ("", "Write to tea@example.org {now}, please = thanks"),
        ("", "<html><pre>TY  - JOUR</pre>\n@article{roe,}</html>"),
        ("", "AU  - is a tag\nTI  - is another\n"),
        ("", "%The comment of a program\n%A is a letter"),
    ],
)
def test_a_form_is_found_by_what_its_reader_reads(form, text):
    assert form_of(text.encode()) == form


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    files = tmp_path / "files"
    (files / "more").mkdir(parents=True)
    (files / "a.ris").write_text(RIS, "utf-8")
    (files / "b.txt").write_text("a note without anything to cite", "utf-8")
    (files / "c.json").write_text('{"version": 3}', "utf-8")
    (files / "d.pdf").write_bytes(b"%PDF-1.4\n\x00")
    (files / "more" / "e.nbib").write_text(NBIB, "utf-8")
    (files / "more" / "f.json").write_text(f"[{ITEM}]", "utf-8")
    return files


def read(name):
    return list(read_source(str(name), Web(None)))


def test_the_references_in_a_folder_and_an_archive_are_read(folder):
    with zipfile.ZipFile("all.zip", "w") as archive:
        for path in sorted(folder.rglob("*.*")):
            archive.write(path)
    for source in ("files", "all.zip"):
        outcomes = read(source)
        assert [outcome.value["title"] for outcome in outcomes if outcome.value] == ["Tea"] * 3
        assert not any(outcome.error for outcome in outcomes)
        assert sum(outcome.value is None for outcome in outcomes) == 3


def test_broken_references_in_a_folder_are_errors(folder):
    (folder / "a.ris").write_text("TY  - JOUR\n\nER  - \n", "utf-8")
    errors = [str(outcome.error) for outcome in read("files") if outcome.error]
    assert len(errors) == 1
    assert errors[0].startswith("files/a.ris, line 1: ")


@pytest.mark.parametrize(
    ("encoding", "is_guessed"),
    [("cp1252", True), ("cp1250", True), ("utf-8", False), ("utf-8-sig", False), ("utf-16", False)],
)
def test_an_encoding_that_was_guessed_is_said_once(tmp_path, encoding, is_guessed):
    path = tmp_path / "refs.ris"
    path.write_bytes((RIS.replace("Tea", "Thé") * 2).encode(encoding))
    first, second = read(path)
    assert first.value["title"] == "Thé"
    warned = [text.startswith("the file is not UTF-8") for text in first.warnings]
    assert warned == [True] * is_guessed
    assert second.warnings == ()


@pytest.mark.parametrize("name", ["items.jsonl.gz", "items.zip"])
def test_records_that_an_archive_cuts_off_are_an_error(tmp_path, name):
    line = f'{{"type": "book", "title": "{"Tea " * 25_000}"}}\n'.encode()
    path = tmp_path / name
    if name.endswith(".zip"):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("items.jsonl", line * 210)
    else:
        path.write_bytes(gzip.compress(line * 210, 1))
    (outcome,) = read(path)
    assert "larger than 20 MB" in str(outcome.error)


@pytest.mark.parametrize("source", ["files/*.txt", "files/[cd].*", "none.zip"])
def test_a_source_without_anything_to_cite_is_an_error(folder, source):
    with zipfile.ZipFile("none.zip", "w") as archive:
        archive.write("files/b.txt")
    *_, last = read(source)
    assert str(last.error).startswith(f"{source}: no references, records or abstracts found; ")


OFFICE = b"PK\x03\x04" + b"\x00" * 26 + b"[Content_Types].xml word/document.xml"
UNREAD = {
    "refs.pdf": (b"%PDF-1.7\n\x00", "a PDF document"),
    "refs.docx": (OFFICE, "a Word document"),
    "refs.enl": (b"\x00\x08\x00\x00\x01", "an EndNote library"),
    "refs.sqlite": (b"SQLite format 3\x00\x10", "the database of a reference manager"),
    "refs.rtf": (b"{\\rtf1 Tea}", "an RTF document"),
    "refs.rdf": (b'<rdf:RDF xmlns:z="http://www.zotero.org/x#"></rdf:RDF>', "Zotero RDF"),
    "refs.xml": (b"<?xml version='1.0'?><modsCollection></modsCollection>", "MODS"),
    "more.xml": (b"<PubmedArticleSet></PubmedArticleSet>", "PubMed's XML"),
    "old.xml": (b"<RECORD><REFERENCE_TYPE>0</REFERENCE_TYPE></RECORD>", "the XML of EndNote 7"),
    "central.txt": (b"Record #1 of 2\nID: CN-1\nTI: Tea\n", "Cochrane's text"),
    "embase.txt": (b"\r\nRECORD 1\r\n\r\nTITLE\r\nTea\r\n", "Embase's text"),
    "proquest.txt": (b"_" * 40 + b"\n\nDocument 1 of 9\n\nTea\n", "ProQuest's text"),
    "pubmed.txt": (b"1. J Tea. 2020 Mar;1:2.\n\nEffects of tea.\n\nPMID: 12\n", "PubMed's text"),
    "refs.cff": (b"cff-version: 1.2.0\nreferences:\n  - type: book\n", "CITATION.cff"),
    "refs.ris": (b"nothing", "no references found (expected RIS)"),
    "refs.csv": (b"nothing", "no references found (expected a table of references)"),
}


@pytest.mark.parametrize("name", UNREAD)
def test_references_that_cannot_be_read_are_named(folder, name):
    data, problem = UNREAD[name]
    (folder / name).write_bytes(data)
    (outcome,) = read(f"files/{name}")
    assert isinstance(outcome.error, UnreadableInput)
    assert problem in str(outcome.error)
    assert outcome.error.next_step
