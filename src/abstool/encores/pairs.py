"""Find pairs of records that may be one work, without comparing each with all others."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from abstool.encores.judging import ENOUGH_AUTHORS, Pair, judged
from abstool.encores.packed import MOST, NEEDED, URL, Packed, kind_of, place_of
from abstool.record import Abstract

_MOST = tuple(MOST.values())  # records under a key of each kind
_UNPACKED = 200  # records that are kept unpacked, since several are compared with the same ones
_Index = dict[int, list[int]]


def find(
    records: Iterable[Abstract],
    against: Iterable[Abstract] | None = None,
    watched: Callable[[Iterable[int]], Iterable[int]] = iter,
) -> Iterator[Pair]:
    """Yield the pairs in the order of their first record: encores, siblings and repeats.

    With ``against``, one record of each pair is from there; without, both are from ``records``.
    ``watched`` gets the numbers of the records, and yields each before its record is compared.
    Raises UsageError if a library is missing.
    """
    firsts = [Packed(record) for record in records]
    seconds = firsts if against is None else [Packed(record) for record in against]
    index = _indexed(firsts, seconds)
    presentation = lru_cache(_UNPACKED)(lambda place: seconds[place].presentation())
    for place in watched(range(len(firsts))):
        one = firsts[place]
        others = [
            other
            for other in _candidates(one, seconds, index)
            if against is not None or other > place
        ]
        first = one.presentation() if others else None
        found = (judged(first, presentation(other)) for other in others if first)
        yield from sorted(filter(None, found), key=lambda pair: -pair.score)


def json_schema() -> dict[str, object]:
    """Return the JSON Schema of a pair."""
    text = {"type": "string"}
    record = {
        "type": "object",
        "properties": dict.fromkeys(("url", "number", "meeting", "title"), text),
        "required": ["url", "number", "meeting", "title"],
        "additionalProperties": False,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "abstool/encores/1",
        "type": "object",
        "properties": {
            "first": record,
            "second": record,
            "kind": {"enum": ["encore", "sibling", "repeat"]},
            "score": {"type": "number", "minimum": 0, "maximum": 1},
            "reasons": {"type": "array", "items": text, "minItems": 1},
        },
        "required": ["first", "second", "kind", "score", "reasons"],
        "additionalProperties": False,
    }


def _indexed(firsts: Sequence[Packed], seconds: Sequence[Packed]) -> _Index:
    """Return the places of records by key, for the keys of more than one record."""
    index: _Index = defaultdict(list)
    is_shared = _shared([*firsts, *(seconds if seconds is not firsts else ())])
    for place, one in enumerate(seconds):
        for key in filter(is_shared, one.keys):
            if len(found := index[key]) <= _MOST[kind_of(key)]:
                found.append(place)
    return index


def _shared(records: Sequence[Packed]) -> Callable[[int], bool]:
    """Return a function that is true for a key of several records, and seldom for another one.

    Nearly every key belongs to one record. A dictionary of them would take several times the memory
    of the records.
    """
    slots = 1 << (4 * sum(len(one.keys) for one in records) + 1).bit_length()
    counts = bytearray(slots)
    for one in records:
        for key in one.keys:
            slot = place_of(key) % slots
            if counts[slot] < 2:
                counts[slot] += 1
    return lambda key: counts[place_of(key) % slots] > 1


def _candidates(one: Packed, records: Sequence[Packed], index: _Index) -> list[int]:
    """Return the places of records that share enough keys of one kind, and enough authors."""
    shared: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for key in one.keys:
        found, kind = index.get(key, ()), kind_of(key)
        if len(found) <= _MOST[kind]:
            shared[kind].update(found)
    places = {
        place
        for kind, needed in enumerate(NEEDED.values())
        for place, count in shared[kind].items()
        if count >= needed
    }
    return sorted(
        place
        for place in places
        if place in shared[URL] or one.shares_authors(records[place], ENOUGH_AUTHORS)
    )
