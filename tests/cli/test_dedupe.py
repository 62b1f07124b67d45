"""The ``dedupe`` command: what is printed, what is said, and the report."""

import json

import pytest

RIS = """\
TY  - JOUR
AU  - Roe, Ann
TI  - Effects of TNF-α on imagined tea
T2  - Journal of Tea
PY  - 2020
DO  - 10.1000/ABC
ER  -
TY  - JOUR
AU  - Doe, Bob
TI  - Milk in the knee
PY  - 2021
ER  -
"""
BIB = """\
@article{roe, author={Roe, A.}, title={Effects of {TNF}-alpha on imagined tea}, year=2020,
  doi={https://doi.org/10.1000/abc}}
@article{doe, author={Bob Doe}, title={Milk in the Knee.}, year=2021}
@article{poe, author={Cy Poe}, title={Water in the Knee}, year=2022}
"""


@pytest.fixture
def lists(folder):
    (folder / "a.ris").write_text(RIS, "utf-8")
    (folder / "b.bib").write_text(BIB, "utf-8")


@pytest.mark.usefixtures("lists")
def test_each_work_is_printed_once_in_the_format_of_the_first_source(run):
    outcome = run("dedupe", "a.ris", "b.bib")
    assert outcome.code == 0
    assert outcome.out.count("TY  - JOUR") == 3
    assert outcome.lines == [
        "abstool: b.bib, line 1: skipped, repeats a.ris, line 1 (DOI)",
        "abstool: b.bib, line 3: skipped, repeats a.ris, line 8 (title, year and first author)",
        "abstool: 5 entries, 2 duplicates, 3 unique",
    ]
    assert run("dedupe", "b.bib", "a.ris").out.count("@article{") == 3
    assert run("dedupe", "b.bib", "a.ris", "--quiet").err == ""


@pytest.mark.usefixtures("lists")
def test_a_style_can_be_named(run):
    assert len(run("dedupe", "a.ris", "b.bib", "-s", "ama").out.splitlines()) == 3


@pytest.mark.usefixtures("lists")
def test_what_a_library_has_is_left_out_and_counted(run, folder):
    outcome = run("dedupe", "b.bib", "--against", "a.ris", "--report", "r.json", "-o", "new.bib")
    assert (outcome.code, outcome.out) == (0, "")
    assert (folder / "new.bib").read_text("utf-8").count("@article{poe") == 1
    assert json.loads((folder / "r.json").read_text("utf-8")) == {
        "sources": [{"name": "b.bib", "entries": 3}],
        "against": [{"name": "a.ris", "entries": 2}],
        "duplicates": [
            {"kept": "a.ris, line 1", "dropped": "b.bib, line 1", "reason": "DOI"},
            {
                "kept": "a.ris, line 8",
                "dropped": "b.bib, line 3",
                "reason": "title, year and first author",
            },
        ],
        "counts": {"entries": 3, "duplicates": 2, "unique": 1},
    }


def test_records_given_twice_stay_records_given_once(run, folder):
    records = run("parse", "page.txt", "other.txt").out
    (folder / "records.jsonl").write_text(records, "utf-8")
    outcome = run("dedupe", "records.jsonl", "records.jsonl")
    assert (outcome.code, outcome.out) == (0, records)
    assert "records.jsonl, record 2 (URL and title)" in outcome.err


def test_items_stay_items(run):
    item = {"id": "x", "type": "book", "title": "Tea"}
    outcome = run("dedupe", stdin=json.dumps([item, item, item | {"title": "Milk"}]).encode())
    assert [one["title"] for one in json.loads(outcome.out)] == ["Tea", "Milk"]


@pytest.mark.usefixtures("lists")
def test_nothing_is_left_if_the_library_has_everything(run, folder):
    outcome = run("dedupe", "a.ris", "--against", "a.ris", "-o", "none.ris")
    assert outcome.code == 0
    assert (folder / "none.ris").read_bytes() == b""


@pytest.mark.usefixtures("lists")
def test_a_broken_entry_is_reported_and_the_rest_is_printed(run, folder):
    (folder / "broken.bib").write_text(BIB + "@article{x, author={", "utf-8")
    outcome = run("dedupe", "broken.bib")
    assert (outcome.code, outcome.out.count("@article{")) == (1, 3)


@pytest.mark.usefixtures("lists")
def test_the_report_and_the_list_cannot_both_be_standard_output(run):
    outcome = run("dedupe", "a.ris", "--report", "-")
    assert (outcome.code, outcome.out) == (2, "")
    assert json.loads(run("dedupe", "a.ris", "--report", "-", "-o", "x.ris").out)["counts"]


def test_an_unreadable_source_ends_without_output(run, folder):
    outcome = run("dedupe", "absent.ris", "--report", "r.json")
    assert (outcome.code, outcome.out) == (5, "")
    assert not (folder / "r.json").exists()


LATEX = """\
@article{roe2020effects, author={Roe, Ann}, title={Effects of Milk}, journaltitle={J Tea},
  date={2020}, titleaddon={[abstract]}, eid={Abstract 7}}
@book{leaf, author={Leaf, Ida}, title={Water}, date={2019}}
"""


@pytest.mark.parametrize("options", ["-o refs.bib", "-o refs.bib -s biblatex", ""])
def test_a_biblatex_file_stays_biblatex(run, folder, options):
    (folder / "a.bib").write_text(LATEX, "utf-8")
    outcome = run("dedupe", "a.bib", *options.split())
    written = (folder / "refs.bib").read_text("utf-8") if options else outcome.out
    assert written.count("  date = ") == 2
    assert "journaltitle = {J Tea}" in written


@pytest.mark.usefixtures("lists")
def test_bibtex_stays_bibtex_beside_biblatex(run, folder):
    (folder / "c.bib").write_text(LATEX, "utf-8")
    written = run("dedupe", "b.bib", "c.bib").out
    assert written.count("  year = ") == 5
    assert "  journal = {J Tea}" in written
    assert "  date = " in run("dedupe", "c.bib", "b.bib").out


@pytest.mark.parametrize("style", ["bibtex", "biblatex"])
def test_no_new_key_is_one_of_the_file_that_it_is_added_to(run, folder, style):
    (folder / "a.ris").write_text(RIS, "utf-8")
    (folder / "mine.bib").write_text(LATEX, "utf-8")
    written = run("dedupe", "a.ris", "--against", "mine.bib", "-s", style).out
    assert "{roe2020effectsa," in written
    assert "ID  - roe2020effects\r" in run("dedupe", "a.ris", "--against", "mine.bib").out


@pytest.mark.parametrize(
    ("source", "entry"),
    [
        ("a.nbib", "PMID- 1\nTI  - Tea.\nAU  - Roe A\nDP  - 2020\nPT  - Retracted Publication\n"),
        ("in.ris", "TY  - JOUR\nTI  - Tea\nAU  - Roe, A\nM3  - Retracted Publication\nER  - \n"),
        ("in.bib", "@article{a, title={Tea}, author={Roe, A}, type={Retracted Publication}}\n"),
        ("in.csv", "Title,Authors,Year,Journal,Type\nTea,Roe A,2020,J Tea,Retracted Publication\n"),
    ],
)
def test_a_retracted_work_is_still_one_in_another_format(run, folder, source, entry):
    (folder / source).write_text(entry, "utf-8")
    for name in ("a.ris", "a.bib", "a.json", "a.csv", "a.xlsx"):
        assert "retracted" in run("dedupe", source, "-o", name).err
        assert "this work was retracted" in run("cite", name).err
        assert run("cite", name, "-s", "ris").out.count("Retracted Publication") == 1
        assert "etracted" not in run("cite", name, "-s", "apa").out


def test_a_field_without_a_column_is_counted(run, folder):
    entry = "PMID- 1\nTI  - Tea.\nAU  - Roe A\nDP  - 2020\nPT  - Retracted Publication\n"
    (folder / "a.nbib").write_text(entry, "utf-8")
    assert "PT (1)" in run("dedupe", "a.nbib", "-s", "csv").err
