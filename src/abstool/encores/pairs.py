"""Find pairs of records that may be one work, without comparing each with all others."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence

from abstool.encores.features import Presentation
from abstool.encores.judging import Pair, judged
from abstool.record import Abstract

_MOST = 60  # records under a key; a key of more says little, and would take quadratic time
# How many keys of each kind must be shared, so that a pair is worth a comparison.
_NEEDED = {"url": 1, "trial": 1, "text": 2, "number": 4, "title": 2, "author": 3}


def find(records: Iterable[Abstract], against: Iterable[Abstract] | None = None) -> Iterator[Pair]:
    """Yield the pairs in the order of their first record: encores, siblings and repeats.

    With ``against``, one record of each pair is from there; without, both are from ``records``.
    Raises UsageError if a library is missing.
    """
    firsts = [Presentation(record) for record in records]
    seconds = firsts if against is None else [Presentation(record) for record in against]
    index = _indexed(seconds)
    for place, one in enumerate(firsts):
        found = []
        for other in _candidates(one, index):
            if against is None and other <= place:
                continue
            if pair := judged(one, seconds[other]):
                found.append(pair)
        yield from sorted(found, key=lambda pair: -pair.score)


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


_Index = dict[tuple[str, Hashable], list[int]]


def _indexed(records: Sequence[Presentation]) -> _Index:
    index: _Index = defaultdict(list)
    for place, one in enumerate(records):
        for key in _keys(one):
            if len(found := index[key]) <= _MOST:
                found.append(place)
    return index


def _candidates(one: Presentation, index: _Index) -> list[int]:
    """Return the places of records that share enough keys of one kind."""
    shared: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for key in _keys(one):
        found = index.get(key, ())
        if len(found) <= _MOST:
            shared[key[0]].update(found)
    places = {
        place
        for kind, counts in shared.items()
        for place, count in counts.items()
        if count >= _NEEDED[kind]
    }
    return sorted(places)


def _keys(one: Presentation) -> Iterator[tuple[str, Hashable]]:
    if one.url:
        yield "url", one.url
    if all(one.place):
        yield "url", one.place
    yield from (("trial", trial) for trial in one.trials)
    yield from (("text", shingle) for shingle in one.sketch)
    yield from (("title", word) for word in frozenset(one.title.words))
    yield from (("author", family) for family in one.families)
    yield from (("number", number) for number in one.numbers if len(number) > 2)
