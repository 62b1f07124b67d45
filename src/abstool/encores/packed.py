"""Keep many records in little memory while they are compared.

What a record is compared by takes ten times the memory of its text, and most records are never
compared. So a record is kept as the keys under which others are looked up, and packed.
"""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Iterator
from json import loads
from zlib import compress, decompress

from abstool.encores.features import Presentation
from abstool.record import Abstract

# The kinds of keys, and how many of each must be shared so that a pair is worth a comparison.
NEEDED = {"author": 3, "url": 1, "trial": 1, "text": 2, "number": 4, "title": 2}
# How many records may have a key; one of more says little, and would take quadratic time. Families
# of authors say more together, since three of them must be the same.
MOST = {"author": 500, "url": 60, "trial": 60, "text": 60, "number": 60, "title": 60}
URL = 1  # the place of a kind
_BITS = 3  # of a key, which are the place of its kind
_KIND = (1 << _BITS) - 1


class Packed:
    """A record, its keys, and how many of these, the first ones, are of authors."""

    __slots__ = ("_packed", "authors", "keys")

    def __init__(self, record: Abstract) -> None:
        """Take what is needed of a record."""
        found = list(_keys(Presentation(record)))
        self.keys = array("q", found)
        self.authors = sum(kind_of(key) == 0 for key in found)
        self._packed = compress(record.to_json(), 1)

    def presentation(self) -> Presentation:
        """Return the record in the form to compare it in."""
        record = Abstract.from_json(data := decompress(self._packed))
        return Presentation(record or Abstract.from_dict(loads(data)))

    def shares_authors(self, other: Packed, least: float) -> bool:
        """Return whether this share of the shorter list of authors is in the other one."""
        mine, its = self.keys[: self.authors], other.keys[: other.authors]
        return len({*mine}.intersection(its)) >= least * min(len(mine), len(its)) > 0


def kind_of(key: int) -> int:
    """Return the place of the kind of a key in ``NEEDED``."""
    return key & _KIND


def place_of(key: int) -> int:
    """Return the rest of a key, of which all bits differ between keys."""
    return key >> _BITS


def _keys(one: Presentation) -> Iterator[int]:
    """Yield the keys, those of authors first. Equal keys are equal in what they were made of."""
    for place, kind in enumerate(NEEDED):
        for value in _values(one, kind):
            yield hash((kind, value)) & ~_KIND | place


def _values(one: Presentation, kind: str) -> Iterator[Hashable]:
    if kind == "author":
        yield from one.families
    elif kind == "url":
        yield from filter(None, (one.url, one.place if all(one.place) else None))
    elif kind == "trial":
        yield from one.trials
    elif kind == "text":
        yield from one.sketch
    elif kind == "number":
        yield from (number for number in one.numbers if len(number) > 2)
    else:
        yield from frozenset(one.title.words)
