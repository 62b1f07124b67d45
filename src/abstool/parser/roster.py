"""The page's author names, and whose name a citation or a disclosure prints.

In: the names of the author line, and the evidence (``names``) of the page's lists. Out: places in
the author line, and names in their parts.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

from abstool.parser.names import Evidence, Name, Printed, split_at_once


class Roster:
    """The page's author names, in their order.

    Most lists are in the order of the author line, so that a look at one name is enough. Where it
    is not, the names are entered by every family name that each may hold, so that all are never
    compared with all.
    """

    def __init__(self, authors: Sequence[str]) -> None:
        """Take the printed names, in order."""
        self._authors = authors
        self._names: dict[int, Printed] = {}
        self._found: dict[tuple[str, str], list[int]] = {}

    def _name(self, place: int) -> Printed:
        if place not in self._names:
            self._names[place] = Printed(self._authors[place])
        return self._names[place]

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        places: dict[str, list[int]] = {}
        for place in range(len(self._authors)):
            for _, spellings in self._name(place).families:
                for spelling in spellings:
                    places.setdefault(spelling, []).append(place)
        return places

    def places(self, evidence: Evidence) -> list[int]:
        """Return the places of the authors whose names the evidence agrees with, rising."""
        sought = _sought(evidence)
        if sought not in self._found:
            near = {place for one in evidence.spellings for place in self._places.get(one, ())}
            agrees = (p for p in near if self._name(p).family_start(evidence) is not None)
            self._found[sought] = sorted(agrees)
        return self._found[sought]

    def place(self, evidence: Evidence, start: int) -> int | None:
        """Return the first place, from ``start`` on and then from 0, that the evidence fits."""
        if start < len(self._authors) and self.split(start, evidence):
            return start
        places = self.places(evidence)
        return places[bisect_left(places, start) % len(places)] if places else None

    def split(self, place: int, evidence: Evidence) -> Name | None:
        """Return the parts of the name in a place; None where the evidence contradicts it."""
        at_once = split_at_once(self._authors[place], evidence)
        return at_once or self._name(place).split(evidence)


class Listed:
    """The evidence that one list holds, a citation's or that of disclosures, in printed order."""

    def __init__(self, evidence: Sequence[Evidence | None], roster: Roster) -> None:
        """Take the evidence on the names of a roster; None stands for what tells nothing."""
        self._evidence = evidence
        self._roster = roster

    def __bool__(self) -> bool:
        """Say whether the list names anybody."""
        return bool(self._evidence)

    def split(self, place: int) -> Name | None:
        """Return the parts of the name in a place of the roster, None where nothing fits it.

        What stands in the same place is tried first, then the first that fits: orders may differ.
        """
        for item in self._evidence[place : place + 1]:
            if item and (name := self._roster.split(place, item)):
                return name
        first = self._first.get(place)
        return self._roster.split(place, first) if first else None

    @cached_property
    def _first(self) -> dict[int, Evidence]:
        """By place, the first of the evidence that the name agrees with."""
        distinct: dict[tuple[str, str], Evidence] = {}
        for item in filter(None, self._evidence):
            distinct.setdefault(_sought(item), item)
        result: dict[int, Evidence] = {}
        for item in distinct.values():
            for place in self._roster.places(item):
                result.setdefault(place, item)
        return result


def _sought(evidence: Evidence) -> tuple[str, str]:
    """Return what of the evidence decides which names it agrees with."""
    return evidence.family.casefold(), evidence.initial
