"""Look up the abbreviation of a journal whose full title is all that an item has.

Nothing is computed: an abbreviation comes from the table that the user gives, or from that of the
sites.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from abstool.item import Item
from abstool.sites import journal_of
from abstool.text import comparable

# Where a list adds to the title that readers know: "Lancet (London, England)", "Blood : the ...".
_ADDITION = re.compile(r" \(|\s?: ")
_ABBREVIATED = ("container-title-short", "journalAbbreviation")
_NO_JOURNAL = ("chapter", "entry", "entry-dictionary", "entry-encyclopedia")  # but of a book


class Abbreviations:
    """The abbreviations of journals by their full titles, in any case and punctuation."""

    def __init__(self, journals: Mapping[str, str]) -> None:
        """Take full titles with their abbreviations; of a repeated title, the first one counts."""
        self._exact: dict[str, str] = {}
        self._short: dict[str, str] = {}  # without the addition; "" if it is ambiguous
        for title, abbreviation in journals.items():
            key, *shorter = _keys(title)
            self._exact.setdefault(key, abbreviation)
            for one in shorter:
                if self._short.setdefault(one, abbreviation) != abbreviation:
                    self._short[one] = ""

    def of(self, journal: str) -> str:
        """Return the abbreviation of a journal, or ``""`` if it is not known."""
        key = next(_keys(journal))
        known = self._exact.get(key) or self._short.get(key)
        if not known and (listed := journal_of(journal)):
            known = listed.abbreviation
        return known or ""

    def added(self, item: Item) -> Item:
        """Return an item with the abbreviation of its journal, if it has none and it is known.

        Crossref repeats the full title of many journals in place of an abbreviation.
        """
        title = item.get("container-title")
        if not isinstance(title, str) or item.get("type") in _NO_JOURNAL:
            return item
        if any(_is_shorter(item.get(name), title) for name in _ABBREVIATED):
            return item
        abbreviation = self.of(title)
        return {**item, "container-title-short": abbreviation} if abbreviation else item


def _is_shorter(abbreviation: object, title: str) -> bool:
    """Return whether a value is an abbreviation, and not the title again."""
    return bool(abbreviation) and _key(str(abbreviation)) != _key(title)


def _keys(title: str) -> Iterator[str]:
    """Yield what a title is looked up by: as it is, and without what a list adds to it."""
    yield _key(title)
    if (found := _ADDITION.search(title)) and (key := _key(title[: found.start()])):
        yield key


@lru_cache  # most lists name few journals
def _key(title: str) -> str:
    words = title.strip().casefold().replace("&", " and ")
    return comparable(words.removeprefix("the "))
