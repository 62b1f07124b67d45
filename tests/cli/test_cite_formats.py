"""The ``cite`` command: binary formats, keys, and reference lists written by other tools."""

import json
import sys
import zipfile

import pytest

from abstool.errors import ExitCode

REFS = """\
@article{a, title = {First}, author = {Doe, Jane}, journal = {J. Tea}, year = 2020}
@article{b, title = {Broken
@article{c, title = {Second}, author = {Roe, Ann}, year = 2021}
"""


@pytest.mark.parametrize("name", ["xlsx", "parquet"])
def test_a_binary_format_goes_to_a_file(run, folder, name):
    if name == "parquet":
        pytest.importorskip("pyarrow")
    outcome = run("cite", "-q", "-s", name, "-o", f"all.{name}", "page.txt", "other.txt")
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "")
    data = (folder / f"all.{name}").read_bytes()
    assert data.startswith({"xlsx": b"PK", "parquet": b"PAR1"}[name])


def test_a_binary_format_goes_into_a_pipe_but_not_to_a_terminal(run, folder, monkeypatch):
    monkeypatch.setattr("abstool.cli.commands.cite._is_terminal", lambda: True)
    outcome = run("cite", "-s", "xlsx", "page.txt")
    assert (outcome.code, outcome.out) == (ExitCode.USAGE, "")
    assert outcome.lines == [
        "abstool: xlsx: binary output cannot be printed to a terminal; use --output FILE"
    ]
    assert run("cite", "-q", "-s", "csv", "page.txt").code == 0


def test_a_workbook_lacks_only_what_cannot_be_read(run, folder):
    outcome = run("cite", "-q", "-s", "xlsx", "-o", "all.xlsx", "page.txt", "letter.txt")
    assert outcome.code == ExitCode.SOME_FAILED
    with zipfile.ZipFile(folder / "all.xlsx") as book:
        assert book.read("xl/worksheets/sheet1.xml").count(b"<row ") == 2


def test_the_byte_order_mark_is_an_option(run, folder):
    for options, start in ((["--bom"], b"\xef\xbb\xbf"), ([], b"")):
        run("cite", "-q", "-s", "csv", "-o", "all.csv", *options, "page.txt")
        assert (folder / "all.csv").read_bytes().startswith(start + b'"key","title"')


def test_keys_follow_the_template(run, folder):
    outcome = run("cite", "-q", "-s", "bibtex", "--key", "{meeting}:{number}", "page.txt")
    assert outcome.out.startswith("@article{acrconvergence2025:0848,\n")
    outcome = run("cite", "-s", "bibtex", "--key", "{name}", "page.txt")
    assert (outcome.code, outcome.out) == (ExitCode.USAGE, "")
    assert "key: {name} is not a field; use {family}" in outcome.lines[0]


def test_a_reference_list_of_another_tool_is_restyled_but_for_its_damaged_entries(run, folder):
    (folder / "refs.bib").write_text(REFS, "utf-8")
    outcome = run("cite", "-s", "json", "refs.bib")
    assert outcome.code == ExitCode.SOME_FAILED
    assert [item["id"] for item in json.loads(outcome.out)] == ["a", "c"]
    (line,) = outcome.lines
    assert line.startswith("abstool: refs.bib, line 2: invalid BibTeX (")
    assert line.endswith("; fix the entry or remove it")


def test_what_one_format_wrote_another_can_be_made_of(run, folder):
    run("cite", "-q", "-s", "ris", "-o", "refs.ris", "--accessed", "2026-11-23", "page.txt")
    run("cite", "-q", "-s", "biblatex", "-o", "refs.bib", "refs.ris")
    direct = run("cite", "-q", "--accessed", "2026-11-23", "page.txt")
    assert run("cite", "refs.bib").out == run("cite", "refs.ris").out == direct.out


def test_the_missing_extra_is_one_message_of_a_usage_error(run, monkeypatch, folder):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.delitem(sys.modules, "abstool.formats.parquet", raising=False)
    outcome = run("cite", "--style", "parquet", "--output", str(folder / "list"), stdin=b"[]")
    assert outcome.code == 2
    (line,) = outcome.err.splitlines()
    assert line.startswith(
        "abstool: parquet: needs pyarrow, which is not installed; "
        "install it: pip install 'abstool[parquet]'"
    )
    assert not (folder / "list").exists()


RIS = """\
TY  - JOUR
TI  - First
NV  - 3
AD  - Here
ER  -
TY  - JOUR
TI  - Second
NV  - 4
LA  - en
ER  -
"""


def test_what_stands_outside_of_bibtexs_entries_is_counted(run, folder):
    text = (
        "% Encoding: UTF-8\n@string{jt = {J Tea}}\n@preamble{{x}}\n\n@comment{y}\n"
        "@misc{a, title = {Tea}, journal = jt},\n@misc{b, title = {Milk}}\n@comment{z}\n"
    )
    (folder / "refs.bib").write_text(text, "utf-8")
    outcome = run("cite", "refs.bib", "-o", "refs.bib")
    counts = "comments (3), @preamble (1), @string (1)"
    assert outcome.lines[0].endswith(f"which were left out: {counts}")
    assert run("cite", "refs.bib", "-o", "refs.bib").lines == []


def test_what_a_format_has_no_place_for_is_counted_in_one_line(run, folder):
    (folder / "refs.ris").write_text(RIS, "utf-8")
    outcome = run("cite", "-s", "bibtex", "refs.ris", "page.txt")
    assert outcome.code == 0
    assert outcome.lines == [
        "abstool: bibtex has no place for these fields, which were left out: NV (2), language (1)"
    ]
    for style in ("ris", "json", "ama"):
        assert run("cite", "-s", style, "refs.ris").lines == []
