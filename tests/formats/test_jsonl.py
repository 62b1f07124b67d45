"""JSON Lines: the records themselves."""

import json

import pytest

import abstool
from abstool.citing import export
from abstool.errors import UnreadableInput


def test_each_record_is_one_line_as_it_was(record):
    records = [record(), record(title="A\nB “x”", rating={"stars": 5})]
    text = export(records, "jsonl").decode()
    assert text.count("\n") == 2
    assert [json.loads(line) for line in text.splitlines()] == records


def test_only_a_given_access_date_is_written_and_only_with_a_url(record):
    def accessed(*args, **options):
        return json.loads(abstool.cite([record(*args)], "jsonl", **options)[0]).get("accessed")

    assert accessed() is None
    assert accessed(accessed="2026-11-23") == "2026-11-23"
    assert accessed("url", accessed="2026-11-23") is None


def test_an_item_of_another_tool_is_not_a_record(record, article):
    with pytest.raises(UnreadableInput, match="record 2: this is a reference, not a record; give"):
        abstool.cite([record(), article()], "jsonl")
