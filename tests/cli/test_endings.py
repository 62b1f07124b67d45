"""The ending of the output's name chooses the format, and may not contradict the style."""

import pytest

ITEM = b'{"id": "x", "type": "book", "title": "Tea[1]", "author": [{"family": "Roe"}]}'
STARTS = {
    "ris": b"TY  - BOOK",
    "bib": b"@book{x",
    "xlsx": b"PK",
    "csv": b'"key"',
    "json": b'[{\n  "id"',
    "parquet": b"PAR1",
    "docx": b"PK",
    "html": b"<!DOCTYPE html>",
    "md": b"Roe. Tea\\[1\\].",
    "rtf": rb"{\rtf1",
    "txt": b"Roe. Tea[1].",
    "list": b"Roe. Tea[1].",
}


@pytest.fixture(autouse=True)
def _no_style(monkeypatch):
    monkeypatch.delenv("ABSTOOL_STYLE", raising=False)


@pytest.mark.parametrize("ending", STARTS)
def test_the_ending_chooses_the_format(run, folder, ending):
    for name in (f"refs.{ending}", f"REFS.{ending.upper()}"):
        outcome = run("cite", "-o", name, stdin=ITEM)
        assert (outcome.code, outcome.err) == (0, "")
        assert (folder / name).read_bytes().startswith(STARTS[ending])


def test_records_are_written_as_json_lines(run, folder):
    run("cite", "-o", "records.jsonl", "page.txt")
    assert (folder / "records.jsonl").read_text("utf-8").startswith('{"schema":')


@pytest.mark.parametrize(
    ("options", "file"),
    [
        ("-s ama", "refs.ris"),
        ("-s bibtex", "refs.ris"),
        ("-s ris", "refs.json"),
        ("-s jsonl", "refs.json"),
        ("-s ris", "refs.docx"),
        ("-s ama --to text", "refs.docx"),
        ("-s ama --to html", "refs.csv"),
    ],
)
def test_a_style_that_contradicts_the_ending_is_refused(run, folder, options, file):
    outcome = run("cite", *options.split(), "-o", file, stdin=ITEM)
    assert outcome.code == 2
    assert outcome.err.startswith(f"abstool: --output {file}: files with the ending .")
    assert not (folder / file).exists()


@pytest.mark.parametrize(
    ("options", "file", "start"),
    [
        ("-s biblatex", "refs.bib", b"@book{x"),
        ("-s ris", "refs.txt", b"TY  - BOOK"),
        ("-s ris", "refs.html", b"TY  - BOOK"),
        ("-s apa", "refs.docx", b"PK"),
        ("-s apa", "refs.md", b"Roe. (n.d.). *Tea"),
        ("-s apa --to text", "refs.md", b"Roe. (n.d.). Tea"),
        ("-s ris", "refs.unknown", b"TY  - BOOK"),
    ],
)
def test_a_style_that_fits_the_ending_is_used(run, folder, options, file, start):
    assert run("cite", *options.split(), "-o", file, stdin=ITEM).code == 0
    assert (folder / file).read_bytes().startswith(start)


def test_a_configured_style_is_not_overruled(run, folder, monkeypatch):
    monkeypatch.setenv("ABSTOOL_STYLE", "apa")
    assert run("cite", "-o", "refs.txt", stdin=ITEM).code == 0
    assert (folder / "refs.txt").read_bytes().startswith(b"Roe. (n.d.)")
    assert run("cite", "-o", "refs.ris", stdin=ITEM).code == 2


@pytest.mark.parametrize(
    ("program", "name"),
    [
        ("covidence", "ris"),
        ("endnote", "ris"),
        ("zotero", "ris"),
        ("rayyan", "csv"),
        ("asreview", "csv"),
        ("eppi", "ris"),
    ],
)
def test_the_name_of_a_program_is_the_format_it_imports(run, program, name):
    assert run("cite", "-s", program, stdin=ITEM).out == run("cite", "-s", name, stdin=ITEM).out


def test_the_ending_chooses_the_format_of_dedupe(run, folder):
    assert run("dedupe", "-o", "refs.ris", stdin=ITEM).code == 0
    assert (folder / "refs.ris").read_bytes().startswith(b"TY  - BOOK")
    assert run("dedupe", "-s", "ama", "-o", "refs.csv", stdin=ITEM).code == 2


@pytest.mark.parametrize(
    "file",
    [*"refs.pdf REFS.ODT refs.bib.gz refs.xls refs.doc refs.tex refs.nbib r.xml r.tsv".split()],
)
@pytest.mark.parametrize("command", ["cite", "cite -s xlsx", "cite -s apa --to docx", "dedupe"])
def test_no_file_gets_the_ending_of_a_kind_that_is_not_written(run, folder, command, file):
    outcome = run(*command.split(), "-o", file, stdin=ITEM)
    ending = file[file.rindex(".") :].lower()
    assert outcome.code == 2
    assert outcome.err.startswith(f"abstool: --output {file}: {ending} files cannot be written; ")
    assert not (folder / file).exists()
