"""Persons who share a family name, and how much of their given names tells them apart."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

from abstool.csl.text.initials import initials
from abstool.csl.text.particles import joined
from abstool.csl.variables import PersonName


class GivenNames:
    """The given names of all cited persons, by family name and initials."""

    def __init__(self, rule: str, *, particles: bool) -> None:
        """Start without names; ``particles`` counts particles as part of the family name."""
        self._primary = rule.startswith("primary-name")
        self.initials_only = rule.endswith("-with-initials")
        self._particles = particles
        self._known: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))

    def add(self, person: PersonName, position: int) -> None:
        """Register the person at a position of a list of names."""
        family, short, given = self._keys(person)
        if family and given and not (self._primary and position):
            self._known[family][short].add(given)

    def level(self, person: PersonName, position: int) -> int:
        """Return what a person needs to differ from others: 0 nothing, 1 initials, 2 all names."""
        family, short, _ = self._keys(person)
        known = self._known.get(family)
        if known is None or short not in known or (self._primary and position):
            return 0
        if self.initials_only:
            return int(len(known) > 1)
        return 2 if len(known[short]) > 1 else int(len(known) > 1)

    def _keys(self, person: PersonName) -> tuple[str, str, str]:
        """Return the family name, the initials and the given names of a person."""
        family = person.get("family", "")
        if self._particles:
            family = joined(person.get("non-dropping-particle", ""), family)
        return family, *_given(person.get("given", ""))


@lru_cache(maxsize=8192)  # each name is looked up at each of its cites
def _given(given: str) -> tuple[str, str]:
    words = " ".join(given.replace(".", " ").split())
    return initials(words, "", hyphen=True), words
