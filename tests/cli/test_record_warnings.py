"""Which warnings of records ``cite`` prints, and how many lines for many records."""

import json

import pytest

from abstool.record.concerns import CITATION, concern_of, wording_of
from conftest import ROOT

NAME = "Guessed the family name of {}."
MARK = "{} has no affiliation marker."
SPLIT = "The disclosures could not be split by author."


def records(count, *warnings):
    each = (
        {
            "schema": "abstool/1",
            "title": f"Title {n}",
            "number": str(n),
            "warnings": [warning.format(f"Author {n}") for warning in warnings],
        }
        for n in range(count)
    )
    return "".join(f"{json.dumps(record)}\n" for record in each).encode()


def test_warnings_about_what_a_citation_does_not_print_are_left_out(run):
    outcome = run("cite", "-s", "ama", stdin=records(1, NAME, MARK, SPLIT))
    (line,) = outcome.lines
    assert line.endswith("warning: Guessed the family name of Author 0.")


def test_a_format_that_has_all_of_a_record_prints_all_its_warnings(run):
    assert len(run("cite", "-s", "jsonl", stdin=records(1, NAME, MARK, SPLIT)).lines) == 3
    assert len(run("cite", "-s", "ris", stdin=records(1, NAME, MARK, SPLIT)).lines) == 1


def test_many_records_give_one_line_for_each_wording_with_its_count(run):
    outcome = run("cite", stdin=records(50, NAME, SPLIT, "Odd."))
    assert outcome.lines == [
        "abstool: warning in 50 records: Guessed the family name of ….",
        "abstool: warning in 50 records: Odd.",
        "abstool: to see each warning, use --warnings all",
    ]


def test_all_warnings_are_printed_if_asked_for(run):
    outcome = run("cite", "--warnings", "all", stdin=records(50, NAME, SPLIT))
    assert len(outcome.lines) == 100
    assert run("cite", "--warnings", "some", stdin=records(1)).code == 2


def test_strict_counts_warnings_that_are_not_printed(run):
    outcome = run("cite", "--strict", stdin=records(1, SPLIT))
    assert (outcome.code, outcome.err) == (1, "")


@pytest.mark.parametrize(
    "path", sorted(ROOT.glob("fixtures/*/record.json")), ids=lambda p: p.parent.name
)
def test_each_warning_about_people_is_of_a_known_wording(path):
    for warning in json.loads(path.read_text(encoding="utf-8")).get("warnings", []):
        if "affiliation" in warning or "disclosure" in warning or "family name" in warning:
            assert wording_of(warning) != warning or concern_of(warning) != CITATION
