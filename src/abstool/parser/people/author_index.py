"""Match the names in a citation or in disclosures with the page's author line."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

from abstool.parser.people.names import Evidence, Name, PrintedName, split_exact


class AuthorIndex:
    """The names of the author line, searchable by the evidence of a citation or a disclosure.

    Most lists follow the order of the author line, so comparing one name is usually enough. Only
    when that fails are all names indexed, by each family name they could have; no search compares
    every name with every other.
    """

    def __init__(self, authors: Sequence[str]) -> None:
        """Index the printed names ``authors``, in order."""
        self._authors = authors
        self._names: dict[int, PrintedName] = {}
        self._found: dict[tuple[str, str], list[int]] = {}
        self._split: dict[tuple[int, Evidence], Name | None] = {}

    def _name(self, index: int) -> PrintedName:
        if index not in self._names:
            self._names[index] = PrintedName(self._authors[index])
        return self._names[index]

    @cached_property
    def _by_spelling(self) -> dict[str, list[int]]:
        by_spelling: dict[str, list[int]] = {}
        for index in range(len(self._authors)):
            for _, spellings in self._name(index).families:
                for spelling in spellings:
                    by_spelling.setdefault(spelling, []).append(index)
        return by_spelling

    def find_all(self, evidence: Evidence) -> list[int]:
        """Return the indexes of all authors whose names match the evidence, in ascending order."""
        search_key = _search_key(evidence)
        if search_key not in self._found:
            candidates = {
                index
                for spelling in evidence.spellings
                for index in self._by_spelling.get(spelling, ())
            }
            self._found[search_key] = sorted(
                index
                for index in candidates
                if self._name(index).family_start(evidence) is not None
            )
        return self._found[search_key]

    def find(self, evidence: Evidence, start: int) -> int | None:
        """Return the first index, from ``start`` on and then from 0, that matches the evidence."""
        if start < len(self._authors) and self.split(start, evidence):
            return start
        indexes = self.find_all(evidence)
        return indexes[bisect_left(indexes, start) % len(indexes)] if indexes else None

    def split(self, index: int, evidence: Evidence) -> Name | None:
        """Return the parts of the name at an index, or None if the evidence contradicts it."""
        both = (index, evidence)  # asked for again when the name is split
        if both not in self._split:
            exact = split_exact(self._authors[index], evidence)
            self._split[both] = exact or self._name(index).split(evidence)
        return self._split[both]


class EvidenceList:
    """The evidence from one list of names, the citation's or the disclosures', in printed order."""

    def __init__(self, evidence: Sequence[Evidence | None], authors: AuthorIndex) -> None:
        """Store evidence on the names in ``authors``; None is a name that gives no evidence."""
        self._evidence = evidence
        self._authors = authors

    def __bool__(self) -> bool:
        """Return whether the list has any names."""
        return bool(self._evidence)

    def split(self, index: int) -> Name | None:
        """Return the parts of an author's name, or None if no evidence matches it.

        The evidence at the same index is tried first, then the first that matches, since the
        orders may differ.
        """
        for evidence in self._evidence[index : index + 1]:
            if evidence and (name := self._authors.split(index, evidence)):
                return name
        first = self._first.get(index)
        return self._authors.split(index, first) if first else None

    @cached_property
    def _first(self) -> dict[int, Evidence]:
        """The first evidence that matches each author, by the author's index."""
        distinct: dict[tuple[str, str], Evidence] = {}
        for evidence in filter(None, self._evidence):
            distinct.setdefault(_search_key(evidence), evidence)
        result: dict[int, Evidence] = {}
        for evidence in distinct.values():
            for index in self._authors.find_all(evidence):
                result.setdefault(index, evidence)
        return result


def _search_key(evidence: Evidence) -> tuple[str, str]:
    """Return the part of the evidence that decides which names it matches."""
    return evidence.family.casefold(), evidence.initial
