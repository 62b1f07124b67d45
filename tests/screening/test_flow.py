"""The numbers of a PRISMA diagram."""

import pytest

from abstool.errors import UsageError
from abstool.screening import Decision
from abstool.screening.flow import boxes_in, flow_of

HARVESTS = [("acr-2025", "acr.jsonl", {"parsed": 10}), ("acr-2024", "old.jsonl", {"parsed": 4})]
REPORT = {
    "sources": [
        {"name": "data/acr.jsonl", "entries": 10},
        {"name": "old.jsonl", "entries": 4},
        {"name": "pubmed.ris", "entries": 6},
    ],
    "counts": {"entries": 20, "duplicates": 5, "unique": 15},
}


def record(screening="", full_text="", *reasons):
    stages = {"screening": screening, "full-text": full_text}
    return [
        Decision(stage, "a", verdict, reasons if verdict == "excluded" else ())
        for stage, verdict in stages.items()
        if verdict
    ]


DECISIONS = [
    *[record("excluded", "", "wrong population")] * 6,
    *[record("excluded", "", "wrong design", "wrong population")] * 2,
    record("excluded"),
    record("included", "not-retrieved"),
    *[record("included", "excluded", "no outcome")] * 2,
    *[record("included", "included")] * 3,
]


def test_each_box_is_counted_from_what_the_other_commands_wrote():
    flow = flow_of(HARVESTS, REPORT, DECISIONS, {})
    assert flow.warnings == []
    assert flow.to_dict() == {
        "sources": [
            {"name": "acr-2025", "records": 10},
            {"name": "acr-2024", "records": 4},
            {"name": "pubmed.ris", "records": 6},
        ],
        "identified": 20,
        "duplicates": 5,
        "screened": 15,
        "excluded": 9,
        "excluded_reasons": {"wrong population": 6, "wrong design": 2, "no reason given": 1},
        "sought": 6,
        "not_retrieved": 1,
        "assessed": 5,
        "not_eligible": 2,
        "not_eligible_reasons": {"no outcome": 2},
        "included": 3,
    }


def test_abstracts_that_are_not_read_in_full_are_included_after_screening():
    flow = flow_of([], None, [record("included"), record("excluded"), record("maybe"), []], {})
    assert flow.to_dict() == {"screened": 3, "excluded": 1, "included": 1}
    assert flow.warnings == [
        "records without a decision: 1",
        "records with a conflict, a maybe or no last decision: 1",
        "Reports of included studies: 1 included is not 3 screened − 1 excluded",
    ]


@pytest.mark.parametrize(
    ("given", "warning"),
    [
        (
            {"included": 4},
            "Reports of included studies: 4 included is not 5 assessed − 2 not_eligible",
        ),
        ({"duplicates": 6}, "Records screened: 15 screened is not 20 identified − 6 duplicates"),
        ({"identified": 21, "other": 1}, "Records identified: the sources have 20"),
        (
            {"excluded": 8, "sought": 7, "not_retrieved": 2},
            "Records excluded: the reasons are of 9",
        ),
    ],
)
def test_numbers_that_are_given_replace_those_counted_and_must_add_up(given, warning):
    flow = flow_of(HARVESTS, REPORT, DECISIONS, given)
    assert flow.numbers.items() >= given.items()
    assert flow.warnings == [warning]


def test_sources_that_contradict_each_other_are_named():
    flow = flow_of([("acr-2025", "acr.jsonl", {"parsed": 9, "failed": 2})], REPORT, None, {})
    assert flow.warnings == [
        "acr-2025: not counted, since not fetched: 2 pages",
        "acr-2025: the manifest has 9 records, the report of duplicates 10",
    ]


@pytest.mark.parametrize(
    "setting", ["included", "included=x", "included=-1", "boxes=1", "=1", "x=²"]
)
def test_a_setting_names_a_box_and_a_number(setting):
    with pytest.raises(UsageError):
        boxes_in([setting])


def test_boxes_may_be_written_with_hyphens():
    assert boxes_in(["not-retrieved=1,200", "studies = 3"]) == {"not_retrieved": 1200, "studies": 3}
