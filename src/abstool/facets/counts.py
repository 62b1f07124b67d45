"""Count how many records have each value of a property; a record counts once for each value."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from abstool.errors import UsageError
from abstool.facets.countries import country_of
from abstool.facets.institutions import institution_of
from abstool.record import Abstract, Author
from abstool.record.numbering import year_of, year_of_meeting
from abstool.text import fold, tidy


class FacetCount(NamedTuple):
    """A value, and the number of records that have it."""

    value: str
    records: int


class FacetCounts(NamedTuple):
    """The values of a property by frequency, or days and years in their order.

    ``records`` is the number of records, ``without`` how many of them have no value, ``unknown``
    how many affiliations have no country that is certain.
    """

    by: str
    records: int
    without: int
    unknown: int
    values: tuple[FacetCount, ...]

    def to_dict(self) -> dict[str, object]:
        """Return the counts as JSON data."""
        data: dict[str, object] = {"by": self.by, "records": self.records, "without": self.without}
        if self.by == "country":
            data["unknown"] = self.unknown
        return {**data, "values": [one._asdict() for one in self.values]}


def json_schema() -> dict[str, object]:
    """Return the JSON Schema of counts."""
    number = {"type": "integer", "minimum": 0}
    value = {
        "type": "object",
        "properties": {"value": {"type": "string"}, "records": number},
        "required": ["value", "records"],
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "abstool/stats/1",
        "type": "object",
        "properties": {
            "by": {"enum": list(FACETS)},
            "records": number,
            "without": {**number, "description": "records without a value"},
            "unknown": {**number, "description": "affiliations without a known country"},
            "values": {"type": "array", "items": value},
        },
        "required": ["by", "records", "without", "values"],
        "additionalProperties": False,
    }


def count(records: Iterable[Abstract], by: str) -> FacetCounts:
    """Count records by a property, a key of ``FACETS``. Raises UsageError for another one."""
    if by not in FACETS:
        raise UsageError(by, "unknown", f"use {', '.join(FACETS)}", argument="by")
    values_of = FACETS[by]
    counts: Counter[str] = Counter()
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    total = without = unknown = 0
    for record in records:
        total += 1
        values = [tidy(value) for value in values_of(record)]
        unknown += values.count("") if by == "country" else 0
        found = {fold(value): value for value in values if value}
        without += not found
        for key, value in found.items():
            counts[key] += 1
            spellings[key][value] += 1
    named = [FacetCount(_usual(spellings[key]), number) for key, number in counts.items()]
    order = _by_value if by in ("day", "year") else _by_frequency
    return FacetCounts(by, total, without, unknown, tuple(sorted(named, key=order)))


def _usual(spellings: Counter[str]) -> str:
    """Return the most frequent spelling of a value, the first in the alphabet of several."""
    return min(spellings, key=lambda value: (-spellings[value], value))


def _by_frequency(one: FacetCount) -> tuple[int, str]:
    return -one.records, fold(one.value)


def _by_value(one: FacetCount) -> tuple[int, str]:
    return 0, one.value


def _session(record: Abstract) -> Iterator[str]:
    yield record.session.title if record.session else ""


def _type(record: Abstract) -> Iterator[str]:
    yield record.session.type if record.session else ""


def _day(record: Abstract) -> Iterator[str]:
    yield record.session.date if record.session else ""


def _year(record: Abstract) -> Iterator[str]:
    yield str(year_of(record) or year_of_meeting(record) or "")


def _meeting(record: Abstract) -> Iterator[str]:
    yield record.meeting


def _countries(record: Abstract) -> Iterator[str]:
    return (country_of(place.name) for place in record.affiliations)


def _institutions(record: Abstract) -> Iterator[str]:
    return (institution_of(place.name) for place in record.affiliations)


def _trials(record: Abstract) -> Iterator[str]:
    return (trial.id for trial in record.trials)


def _authors(record: Abstract) -> Iterator[str]:
    return map(name_of, record.authors)


def name_of(author: Author) -> str:
    """Return the name of an author as indexes have it: ``Family, Given, Suffix``, or a group."""
    if not author.family:
        return author.literal or author.name
    return ", ".join(filter(None, (author.family, author.given, author.suffix)))


# What records can be counted by, and what gives its values.
FACETS: dict[str, Callable[[Abstract], Iterable[str]]] = {
    "session": _session,
    "type": _type,
    "keyword": lambda record: record.keywords,
    "day": _day,
    "year": _year,
    "meeting": _meeting,
    "country": _countries,
    "institution": _institutions,
    "trial": _trials,
    "author": _authors,
}
