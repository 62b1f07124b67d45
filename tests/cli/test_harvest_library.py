"""A harvest can put its records into the library."""

import pytest

from abstool.cli.group import _completed
from meeting_site import Meeting


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("--library", ["--library", ""]),
        ("--library --yes", ["--library", "", "--yes"]),
        ("--library meeting", ["--library", "", "meeting"]),
        ("--library own.sqlite meeting", ["--library", "own.sqlite", "meeting"]),
        ("--library /a/B.DB", ["--library", "/a/B.DB"]),
        ("--library=own", ["--library=own"]),
        ("meeting", ["meeting"]),
    ],
)
def test_the_library_of_a_harvest_needs_no_name(typed, completed):
    assert _completed(typed.split(), ["--library"]) == completed


def test_a_harvest_adds_its_records_to_the_library(finish, folder, monkeypatch):
    monkeypatch.setenv("ABSTOOL_DELAY", "0.01")
    with Meeting(abstracts=5) as meeting:
        harvest = ("harvest", "--yes", "--output", "meeting.jsonl", "--library")
        outcome = finish(*harvest, "own.sqlite", meeting.listing)
        assert outcome.code == 0, outcome.err
        added = "abstool: own.sqlite: 5 new, 0 changed, 0 the same; 5 abstracts"
        assert outcome.lines[-1] == added
        again = finish(*harvest, "own.sqlite", meeting.listing)
        assert again.lines[-1].endswith("0 new, 0 changed, 5 the same; 5 abstracts")
        assert "5 new" in finish(*harvest, meeting.listing).err
    assert finish("search", "", "--number", "1", "--library", "own.sqlite", "--count").out == "1\n"
