"""The commands search and library, as people use them."""

import json
import sqlite3

import jsonschema
import pytest

from conftest import RECORD


def lines_of(*changes):
    return "".join(json.dumps(RECORD | change) + "\n" for change in changes)


SECOND = {
    "url": "https://acrabstracts.org/abstract/lupus-in-mice/",
    "number": "0849",
    "title": "Lupus\x1b[31m in \x9b[bold]Mice\u202e",
}


@pytest.fixture
def meeting(folder):
    (folder / "meeting.jsonl").write_text(lines_of({}, SECOND), "utf-8")
    return folder


def test_files_are_searched_without_a_library(run, meeting):
    outcome = run("search", "joint tea", "meeting.jsonl")
    assert outcome.code == 0
    assert outcome.out.startswith("1. Imagined Effects of Tea on Joints\n   Abstract 0848")
    assert "abstool: searched for joint AND tea: words in all their forms (--exact" in outcome.err
    assert outcome.lines[-1] == "abstool: 2 of 2 abstracts"


def test_hits_are_printed_as_records_urls_or_a_count(run, meeting):
    assert json.loads(run("search", "lupus", "meeting.jsonl", "--lines").out) == RECORD | SECOND
    assert run("search", "lupus", "meeting.jsonl", "--urls").out == SECOND["url"] + "\n"
    assert run("search", "--count", "meeting.jsonl").code == 2
    assert run("search", "tea", "meeting.jsonl", "--count").out == "2\n"
    assert run("search", "--count", "--", "-lupus", "meeting.jsonl").out == "1\n"
    assert run("search", "nosuch", "meeting.jsonl").out == ""
    assert run("search", "tea", "meeting.jsonl", "--count", "--urls").code == 2


def test_a_second_word_that_is_no_file_has_to_be_quoted(run, meeting):
    outcome = run("search", "lupus", "nephritis")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == (
        "abstool: nephritis: no such file; if it belongs to the query, put the whole query in"
        " quotes: 'lupus nephritis'\n"
    )
    several = run("search", "lupus", "OR", "gout", "meeting.jsonl")
    assert several.err.endswith("put the whole query in quotes: 'lupus OR gout'\n")
    assert "put options before --" in run("search", "--", "-lupus", "--count").err


def test_text_of_records_cannot_steer_the_terminal(run, meeting, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    for form in ([], ["--json"], ["--lines"]):
        outcome = run("search", "lupus\x1b[31m", "meeting.jsonl", *form)
        for sign in ("\x1b[31m", "\x9b", "\u202e" if form != ["--lines"] else "\x9b"):
            assert sign not in outcome.out
            assert sign not in outcome.err
    assert "\x1b[1;33mLupus\x1b[0m" in run("search", "lupus", "meeting.jsonl").out


def test_a_search_as_json_follows_its_schema(run, meeting):
    schema = json.loads(run("schema", "search").out)
    found = json.loads(run("search", "tea", "meeting.jsonl", "--json", "--year", "2025").out)
    jsonschema.validate(found, schema)
    assert found["sources"] == [{"source": "meeting.jsonl", "records": 2}]
    assert (found["hits"], found["word_forms"], found["filters"]) == (2, True, {"year": [2025]})
    assert found["results"][0]["rank"] == 1
    assert json.loads(run("search", "", "meeting.jsonl", "--json").out)["results"] == []


def test_a_strategy_has_the_hits_of_each_line(run, meeting):
    (meeting / "s.txt").write_text("1 tea\n2. lupus OR gout\n\n3 #1 NOT #2\n", "utf-8")
    outcome = run("search", "--strategy", "s.txt", "meeting.jsonl")
    assert outcome.out == "1\t2\ttea\n2\t1\tlupus OR gout\n3\t1\t#1 NOT #2\n"
    urls = run("search", "--strategy", "s.txt", "meeting.jsonl", "--urls").out
    assert urls == RECORD["url"] + "\n"
    found = json.loads(run("search", "--strategy", "s.txt", "meeting.jsonl", "--json").out)
    jsonschema.validate(found, json.loads(run("schema", "search").out))
    assert [(one["number"], one["hits"]) for one in found["queries"]] == [(1, 2), (2, 1), (3, 1)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1 tea\n1 lupus\n", "s.txt, line 2: number 1 is taken"),
        ("1 tea\nlupus\n", "s.txt, line 2: has no number; write one in front, such as 2"),
        ("1 tea\n2 lupus\n3 1 AND 2\n", "s.txt, line 3: its numbers would be searched as words"),
        ("tea\nlupus\n(1 or 2) not 2\n", "s.txt, line 3: its numbers would be searched as words"),
        ("1 #2\n2 tea\n", "s.txt, line 1: #2 is not a line before this one"),
        ("\n# nothing\n", "s.txt: no queries found"),
    ],
)
def test_a_strategy_that_cannot_be_read_is_one_line(run, meeting, text, message):
    (meeting / "s.txt").write_text(text, "utf-8")
    outcome = run("search", "--strategy", "s.txt", "meeting.jsonl")
    assert outcome.code == 5
    assert outcome.err.startswith(f"abstool: {message}")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("tea\nlupus OR gout\n#1 NOT #2\n", [1, 2, 3]),
        ("tea\n#1 AND gout\n", [1, 2]),
        ("#1 tea\n#2 lupus\n#3 #1 OR #2\n", [1, 2, 3]),
        ("1 tea\n2 2019 OR 2020\n", [1, 2]),
        ("7 NOT tea\n", [7]),
    ],
)
def test_the_lines_of_a_strategy_are_numbered_or_counted(run, meeting, text, numbers):
    (meeting / "s.txt").write_text(text, "utf-8")
    found = json.loads(run("search", "--strategy", "s.txt", "meeting.jsonl", "--json").out)
    assert [one["number"] for one in found["queries"]] == numbers


def test_a_library_is_filled_searched_counted_printed_and_emptied(run, meeting):
    outcome = run("library", "add", "meeting.jsonl")
    assert outcome.code == 0
    assert outcome.err.endswith("2 new, 0 changed, 0 the same; 2 abstracts\n")
    assert run("search", "tea", "--count").out == "2\n"
    info = json.loads(run("library", "info", "--json").out)
    jsonschema.validate(info, json.loads(run("schema", "library").out))
    assert info["meetings"] == [{"abstracts": 2, "meeting": "ACR Convergence 2025"}]
    assert "ACR Convergence 2025\t-\t2\n" in run("library", "info").out
    assert run("library", "export").out.count("\n") == 2
    assert run("library", "export", "--number", "848").out.count("\n") == 1
    assert run("library", "export", "--former").out == ""
    assert run("library", "remove", SECOND["url"]).code == 2  # no terminal to ask
    assert "1 abstract removed" in run("library", "remove", SECOND["url"], "--yes").err
    assert run("search", "tea", "--count").out == "1\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["search"],
        ["search", "tea"],
        ["search", "tea", "--library", ""],
        ["search", "tea", "meeting.jsonl", "--library", "x.sqlite"],
        ["search", "tea", "meeting.jsonl", "--year", "soon"],
        ["search", "tea", "meeting.jsonl", "--sort", "nosuch"],
        ["search", "tea", "meeting.jsonl", "--meeting", ""],
        ["search", "tea", "meeting.jsonl", "--session", " -- "],
        ["search", "tea", "meeting.jsonl", "--trial", " "],
        ["library", "nosuch"],
        ["library", "info"],
        ["library", "info", "x"],
        ["library", "info", "--meeting", "x"],
        ["library", "remove", "--yes"],
        ["library", "add", "meeting.jsonl", "--library", "meeting.jsonl"],
        ["schema", "nosuch"],
    ],
)
def test_a_wrong_request_is_one_line_and_exit_code_2(run, meeting, arguments):
    outcome = run(*arguments)
    assert (outcome.code, len(outcome.lines)) == (2, 1)


@pytest.mark.parametrize("name", ["--meeting", "--session", "--number", "--trial"])
@pytest.mark.parametrize("value", ["", "  "])
def test_a_filter_that_is_empty_never_chooses_everything(run, meeting, name, value):
    run("library", "add", "meeting.jsonl")
    for action in ("remove", "export"):
        yes = ["--yes"] if action == "remove" else []
        outcome = run("library", action, name, value, *yes)
        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.lines[0].startswith(f"abstool: {name}: the value is empty; give a ")
    assert run("library", "remove", value, "--yes").code == 2
    assert run("library", "remove", "--meeting", "%%", "--yes").code == 2
    assert len(run("library", "export").out.splitlines()) == 2


def test_a_library_among_the_sources_is_named_as_such(run, meeting):
    run("library", "add", "meeting.jsonl", "--library", "mine.sqlite")
    for command in (["search", "tea"], ["stats", "--by", "author"], ["encores"]):
        outcome = run(*command, "mine.sqlite")
        assert outcome.code == 5
        assert "mine.sqlite: this is abstool's library" in outcome.lines[0]
        assert "with 'abstool search', or write it out with" in outcome.lines[0]


def test_a_source_that_cannot_be_read_does_not_cost_the_others(run, meeting):
    (meeting / "bad.jsonl").write_text('{"broken": ', "utf-8")
    outcome = run("search", "tea", "bad.jsonl", "meeting.jsonl", "--count")
    assert (outcome.code, outcome.out) == (1, "2\n")
    assert run("search", "tea", "bad.jsonl", "--count").code == 5
    assert run("library", "add", "bad.jsonl", "--library", "new.sqlite").code == 5
    assert not (meeting / "new.sqlite").exists()


def test_a_long_file_of_records_is_read_as_a_short_one(run, meeting, monkeypatch):
    text = lines_of({}, SECOND) + "{broken\n" + lines_of({"url": "https://x.org/c", "number": "3"})
    (meeting / "meeting.jsonl").write_text(text, "utf-8")
    short = run("search", "tea", "meeting.jsonl", "--lines")
    monkeypatch.setattr("abstool.inputs.json._LONG", 1)
    assert run("search", "tea", "meeting.jsonl", "--lines") == short
    assert (short.code, short.out.count("\n")) == (1, 3)


def test_the_query_is_bound_and_never_sql(run, meeting):
    run("library", "add", "meeting.jsonl", "--library", "own.sqlite")
    for typed in ("'; DROP TABLE abstracts; --", '") OR 1=1 --', "x' UNION SELECT 1"):
        options = ["--library", "own.sqlite", "--meeting", typed, "--session", typed]
        assert run("search", typed, *options, "--number", typed, "--count").out == "0\n"
    with sqlite3.connect("own.sqlite") as database:
        assert database.execute("SELECT count(*) FROM abstracts").fetchone() == (2,)
    database.close()
