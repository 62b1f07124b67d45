"""How many records have each value of a property."""

import sys

import pytest

from abstool.errors import UsageError
from abstool.facets import FACETS, count
from abstool.facets.institutions import institution_of
from abstool.record import Abstract

RECORDS = [
    Abstract.from_dict(data)
    for data in (
        {
            "title": "One",
            "authors": [{"family": "Roe", "given": "Ann"}, {"literal": "Tea Group"}],
            "affiliations": [
                {"label": "1", "name": "Division of Tea, Duke University, Durham, NC"},
                {"label": "2", "name": "Duke University, Durham, NC"},
                {"label": "3", "name": "Charité, Berlin, Germany"},
                {"label": "4", "name": "Somewhere"},
            ],
            "keywords": ["Gout", "tea"],
            "session": {"title": "Poster I", "type": "Poster", "date": "2025-10-28"},
            "trials": [{"registry": "ClinicalTrials.gov", "id": "NCT01234567"}],
        },
        {
            "title": "Two",
            "authors": [{"family": "Roe", "given": "Ann"}],
            "keywords": ["gout"],
            "session": {"title": "Poster I", "type": "Poster", "date": "2025-10-26"},
            "publication": {"journal": "Tea", "year": 2024},
            "meeting": "Tea Congress 2025",
        },
        {"title": "Three", "keywords": ["gout"], "meeting": "Tea Congress 2025"},
    )
]


@pytest.mark.parametrize(
    ("by", "values", "without"),
    [
        ("session", [("Poster I", 2)], 1),
        ("type", [("Poster", 2)], 1),
        ("keyword", [("gout", 3), ("tea", 1)], 0),
        ("day", [("2025-10-26", 1), ("2025-10-28", 1)], 1),
        ("year", [("2024", 1), ("2025", 2)], 0),
        ("meeting", [("Tea Congress 2025", 2)], 1),
        ("country", [("Germany", 1), ("United States", 1)], 2),
        ("institution", [("Charité", 1), ("Duke University", 1), ("Somewhere", 1)], 2),
        ("trial", [("NCT01234567", 1)], 2),
        ("author", [("Roe, Ann", 2), ("Tea Group", 1)], 1),
    ],
)
def test_a_record_counts_once_for_each_value(by, values, without):
    counts = count(RECORDS, by)
    assert [*map(tuple, counts.values)] == values
    assert (counts.records, counts.without) == (3, without)
    assert counts.unknown == (1 if by == "country" else 0)


def test_each_property_is_tried_above():
    names = "session type keyword day year meeting country institution trial author"
    assert list(FACETS) == names.split()


def test_an_unknown_property_is_refused():
    with pytest.raises(UsageError, match="colour: unknown; use session, type"):
        count(RECORDS, "colour")


def test_a_missing_library_is_one_message(monkeypatch):
    from abstool.facets import countries

    countries._names.cache_clear()
    monkeypatch.setitem(sys.modules, "pycountry", None)
    with pytest.raises(UsageError, match=r"needs pycountry, .*pip install 'abstool\[review\]'"):
        count(RECORDS, "country")
    countries._names.cache_clear()


@pytest.mark.parametrize(
    ("affiliation", "institution"),
    [
        ("Department of Medicine, University of Leeds, Leeds, UK", "University of Leeds"),
        ("Hospital Clínic, University of Barcelona, Spain", "University of Barcelona"),
        ("Genentech, Inc., South San Francisco, CA", "Genentech, Inc"),
        ("University of California, San Francisco, CA", "University of California, San Francisco"),
        ("Kite, a Gilead Company, Santa Monica, CA", "a Gilead Company"),
        ("Division of Tea", "Division of Tea"),
        ("", ""),
    ],
)
def test_the_institution_is_a_part_as_printed(affiliation, institution):
    assert institution_of(affiliation) == institution
