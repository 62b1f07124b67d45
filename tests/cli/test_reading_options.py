"""The options of what is read do the same in each command that has them."""

import json

import pytest

from site_server import page

SHEET = (
    "Abstract Number;Poster Name;Authors;Summary;Link\r\n"
    "848;Tea and Knees;A. Muster, B. Roe;Methods: We drank.;https://a.example/tea/\r\n"
)
COMMANDS = {
    "parse": "parse poster.csv",
    "cite": "cite -s jsonl poster.csv",
    "show": "show poster.csv",
    "dedupe": "dedupe -s jsonl poster.csv",
    "diff": "diff --values old.json poster.csv",
    "check": "check refs.txt --json --records poster.csv",
}
EACH = pytest.mark.parametrize("command", list(COMMANDS))
COLUMNS = ["--column", "title=Poster Name", "--column", "text=Summary"]


@pytest.fixture
def sheet(folder):
    (folder / "poster.csv").write_bytes(SHEET.encode("cp1252"))
    old = {"schema": "abstool/1", "title": "Old", "url": "https://a.example/old/"}
    (folder / "old.json").write_text(json.dumps(old), "utf-8")
    (folder / "refs.txt").write_text(
        "References\n\n1. Muster A, Roe B. Tea and Knees [abstract]. Arthritis Rheumatol. 2025;"
        " 77 (suppl 9). Abstract 0848.\n",
        "utf-8",
    )
    return folder


@EACH
def test_the_columns_that_are_named_are_read(run, sheet, command):
    outcome = run(*COMMANDS[command].split(), *COLUMNS)
    assert outcome.code == 0, outcome.err
    assert "Tea and Knees" in outcome.out


@EACH
def test_numbers_are_padded(run, sheet, command):
    outcome = run(*COMMANDS[command].split(), *COLUMNS, "--pad-numbers", "4")
    if command == "check":  # the number is not printed if it agrees
        assert json.loads(outcome.out)["status"] != "not-checked"
    else:
        assert "0848" in outcome.out


@EACH
def test_columns_are_shown_instead_of_the_result(run, sheet, command):
    outcome = run(*COMMANDS[command].split(), *COLUMNS, "--show-columns")
    lines = outcome.out.splitlines()
    assert "poster.csv\tPoster Name\ttitle" in lines
    assert all(line.startswith("poster.csv\t") for line in lines)
    assert len(lines) == 5


@pytest.mark.parametrize("command", ["parse", "cite", "show", "dedupe", "fetch"])
def test_what_is_given_is_in_the_records_of_pages(run, sheet, site, command):
    words = COMMANDS.get(command, "").replace("poster.csv", "page.txt").split()
    if command == "fetch":
        text = page((sheet / "page.txt").read_bytes(), content_type="text/plain; charset=utf-8")
        words = ["fetch", site.serve(text)]
    assert "999" in run(*words, "--set", "publication.volume=999").out
    (sheet / "like.json").write_text(json.dumps({"title": "T", "publisher": "Pub 999"}), "utf-8")
    assert ("Pub 999" in run(*words, "--like", "like.json").out) == (command != "show")


def test_diff_compares_a_harvest_with_pages_for_which_the_same_was_given(run, sheet):
    given = ["--set", "publication.volume=999"]
    (sheet / "old.json").write_text(run("parse", "page.txt", *given).out, "utf-8")
    assert run("diff", "old.json", "page.txt").err == "abstool: 0 new, 0 gone, 1 changed\n"
    assert run("diff", "old.json", "page.txt", *given).err == "abstool: 0 new, 0 gone, 0 changed\n"
