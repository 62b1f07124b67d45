"""``abstool diff``: what it prints and how it ends."""

import json

import pytest

from archive_files import page

RECORD = {"schema": "abstool/1", "url": "https://acrabstracts.org/abstract/a/", "meeting": "M",
          "number": "1", "title": "First", "accessed": "2026-01-01"}  # fmt: skip
SECOND = RECORD | {"url": "https://acrabstracts.org/abstract/b/", "number": "2", "title": "Second"}
THIRD = RECORD | {"url": "https://acrabstracts.org/abstract/c/", "number": "3", "title": "Third"}


@pytest.fixture
def harvests(folder):
    changed = SECOND | {"title": "Second, Corrected", "keywords": ["k"], "accessed": "2026-06-01"}
    (folder / "old.jsonl").write_text(
        "".join(json.dumps(r) + "\n" for r in (RECORD, SECOND)), "utf-8"
    )
    (folder / "new.json").write_text(json.dumps([changed, THIRD]), "utf-8")
    return folder


def test_changes_are_json_lines_and_their_numbers_a_note(run, harvests):
    outcome = run("diff", "old.jsonl", "new.json")
    assert outcome.code == 0
    assert outcome.lines == ["abstool: 1 new, 1 gone, 1 changed"]
    changed, new, gone = map(json.loads, outcome.out.splitlines())
    assert changed == {
        "change": "changed", "url": SECOND["url"], "meeting": "M", "number": "2",
        "title": "Second, Corrected", "fields": ["title", "keywords"],
    }  # fmt: skip
    assert (new["change"], new["number"]) == ("new", "3")
    assert (gone["change"], gone["title"]) == ("gone", "First")


def test_values_are_included_on_request(run, harvests):
    changed = json.loads(run("diff", "--values", "old.jsonl", "new.json").out.splitlines()[0])
    assert changed["old"] == {"title": "Second"}
    assert changed["new"] == {"title": "Second, Corrected", "keywords": ["k"]}


def test_strict_also_compares_the_access_date(run, harvests):
    changed = json.loads(run("diff", "--strict", "old.jsonl", "new.json").out.splitlines()[0])
    assert changed["fields"] == ["title", "keywords", "accessed"]


def test_the_exit_code_shows_changes_on_request(run, harvests):
    assert run("diff", "--exit-code", "old.jsonl", "new.json").code == 1
    assert run("diff", "--exit-code", "old.jsonl", "old.jsonl").code == 0
    assert run("diff", "old.jsonl", "old.jsonl").out == ""


def test_a_table_shows_the_same_without_terminal_escapes(run, harvests):
    hostile = THIRD | {"title": "[red]Third[/red]\x1b[2J :smile:\u202e", "number": "\x1b[3"}
    (harvests / "new.json").write_text(json.dumps([hostile, RECORD]), "utf-8")
    out = run("diff", "--table", "old.jsonl", "new.json").out
    assert out.splitlines()[0].split() == ["Change", "Number", "Title", "Fields"]
    assert "[red]Third[/red] [2J :smile:" in out
    assert "gone" in out
    assert "\x1b" not in out
    assert "\u202e" not in out


def test_a_file_that_cannot_be_read_does_not_make_everything_gone(run, harvests):
    (harvests / "broken.jsonl").write_text('{"title": ', "utf-8")
    for new in ("nosuch.jsonl", "broken.jsonl", "letter.txt", "https://acrabstracts.org/x/"):
        outcome = run("diff", "old.jsonl", new)
        assert (outcome.out, len(outcome.lines)) == ("", 1)
        assert outcome.code == 1
        assert run("diff", new, "old.jsonl").out == ""


def test_a_broken_record_is_an_error_and_repeated_ones_are_noted(run, harvests):
    lines = [json.dumps(RECORD), "{broken", json.dumps(RECORD), '{"title": "No place"}']
    (harvests / "new.jsonl").write_text("\n".join(lines), "utf-8")
    outcome = run("diff", "old.jsonl", "new.jsonl")
    assert outcome.code == 1
    assert [json.loads(line)["change"] for line in outcome.out.splitlines()] == ["gone"]
    broken, repeated, placeless, _ = outcome.lines
    assert "not valid JSON" in broken
    assert repeated == "abstool: new.jsonl, record 3: skipped, same abstract as new.jsonl, record 1"
    assert placeless.startswith(
        "abstool: new.jsonl, record 4: the record has neither a URL nor a meeting and a number; "
    )


def test_a_second_abstract_with_the_same_url_is_said_and_compared(run, harvests):
    (harvests / "new.jsonl").write_text(
        "".join(json.dumps(r) + "\n" for r in (RECORD, SECOND | {"url": RECORD["url"]})), "utf-8"
    )
    outcome = run("diff", "old.jsonl", "new.jsonl")
    assert json.loads(outcome.out)["fields"] == ["url"]
    assert outcome.lines[0] == (
        "abstool: new.jsonl, record 2: same URL as new.jsonl, record 1, but another abstract; "
        "both are compared"
    )


def test_saved_pages_are_compared_as_their_records_are(run, harvests):
    (harvests / "pages").mkdir()
    (harvests / "pages" / "1.html").write_bytes(page("1"))
    (harvests / "records.jsonl").write_text(run("parse", "pages").out, "utf-8")
    assert run("diff", "records.jsonl", "pages").lines == ["abstool: 0 new, 0 gone, 0 changed"]
