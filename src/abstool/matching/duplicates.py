"""Find the entries that repeat an earlier one, in time linear in their number.

Only entries that have a key in common are compared: a DOI, a PubMed ID, a URL with a title, or a
title with the year and the first author. Of entries that are one work, the first one is kept.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import NamedTuple

from abstool.item import Item
from abstool.matching.titles import is_near, is_same
from abstool.matching.works import (
    Work,
    have_other_pages,
    is_contradicted,
    is_published_elsewhere,
)

# A key that many entries have, such as the DOI of a whole supplement, finds no more than these.
_MOST = 4
# A work that is cited twice can have two citation keys, and two dates on which it was accessed.
_VARYING = frozenset(("accessed", "id"))


class Repeat(NamedTuple):
    """The position of the earlier entry that is kept, and why the two are one work."""

    kept: int
    reason: str


class Rule(NamedTuple):
    """Why two works may be one: they have the same key, and ``agree`` returns true.

    ``key`` returns "" for a work that this rule says nothing about.
    """

    reason: str
    key: Callable[[Work], str]
    agree: Callable[[Work, Work], bool]


def _with_title(identifier: str, work: Work) -> str:
    return identifier and f"{identifier} {work.title.letters}"


def _origin(work: Work) -> str:
    return f"{work.year} {work.author}" if work.year and work.author else ""


def _title_and_origin(work: Work) -> str:
    return work.title.letters and (origin := _origin(work)) and f"{work.title.letters} {origin}"


def _place(work: Work) -> str:
    is_known = work.volume and work.page
    return (origin := _origin(work)) and is_known and f"{work.volume} {work.page} {origin}"


def _is_known_by_identifier(one: Work, other: Work) -> bool:
    """Return whether two works with one DOI or PubMed ID are the same.

    A whole book or supplement can have one DOI, so the titles must agree as well.
    """
    if is_same(one.title, other.title) or not (one.title.letters and other.title.letters):
        return True
    is_other = (one.author and other.author and one.author != other.author) or have_other_pages(
        one, other
    )
    return not is_other and is_near(one.title, other.title)


def _is_one_publication(one: Work, other: Work) -> bool:
    return not is_published_elsewhere(one, other) and is_near(one.title, other.title)


# In this order, so that the surest reason is given.
RULES = (
    Rule("DOI", lambda work: _with_title(work.doi, work), _is_known_by_identifier),
    Rule("DOI", lambda work: work.doi, _is_known_by_identifier),
    Rule("PMID", lambda work: _with_title(work.pmid, work), _is_known_by_identifier),
    Rule("PMID", lambda work: work.pmid, _is_known_by_identifier),
    Rule(
        "URL and title",
        lambda work: work.title.letters and _with_title(work.url, work),
        lambda one, other: is_same(one.title, other.title),
    ),
    Rule("title, year and first author", _title_and_origin, _is_one_publication),
    # The same, for titles that differ in a slip of the pen.
    Rule("title, year and first author", _place, _is_one_publication),
)
_COPY = Rule("same content", lambda _: "", lambda *_: True)
_IDENTIFIERS = ("DOI", "PMID")


class Duplicates:
    """The works seen so far; each is known by its position, counted from 0.

    ``contradicted`` counts those that have the DOI or PubMed ID of another one, but are not the
    same by title or number.
    """

    def __init__(self) -> None:
        """Start without works."""
        self.contradicted = 0
        self._kept: list[int] = []  # the position of the kept one, by position
        self._works: list[Work] = []
        self._positions: dict[int, list[int]] = {}  # by the hash of a key

    def add(self, item: Item) -> Repeat | None:
        """Add an entry; return which earlier one it repeats, or None if it repeats none."""
        work = Work(item)
        keys = [
            (rule, hash((number, key)))
            for number, rule in enumerate(RULES)
            if (key := rule.key(work))
        ]
        if not keys:  # without a year or an author, only a copy is the same
            keys = [(_COPY, hash(_content(item)))]
        repeat = self._find(work, keys)
        position = len(self._works)
        self._works.append(work)
        self._kept.append(repeat.kept if repeat else position)
        for _, hashed in keys:
            known = self._positions.setdefault(hashed, [])
            if len(known) < _MOST:
                known.append(position)
        return repeat

    def _find(self, work: Work, keys: list[tuple[Rule, int]]) -> Repeat | None:
        is_doubtful = False
        for rule, key in keys:
            for position in self._positions.get(key, ()):
                kept = self._kept[position]
                if all(self._agree(rule, work, self._works[one]) for one in {position, kept}):
                    return Repeat(kept, rule.reason)
                is_doubtful = is_doubtful or rule.reason in _IDENTIFIERS
        self.contradicted += is_doubtful
        return None

    @staticmethod
    def _agree(rule: Rule, work: Work, other: Work) -> bool:
        return not is_contradicted(work, other) and rule.agree(work, other)


def _content(item: Item) -> str:
    """Return all of an item but what varies, as text that is the same for a copy."""
    data = {name: value for name, value in item.items() if name not in _VARYING}
    return json.dumps(data, sort_keys=True, default=str)
