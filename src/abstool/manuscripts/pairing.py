"""Find the printed reference of each work in a manuscript's fields, by the words of its title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from abstool.item import Item
from abstool.text import fold, plain

_WORD = re.compile(r"\w+")
_TEXTS, _LONGEST = 3_000, 1_200  # references, and characters of one, that are indexed
_WORDS = 5  # at the start or the end of a title that are enough to know it


def paired(texts: Sequence[str], items: Sequence[Item]) -> dict[int, Item]:
    """Return the item of each text that has one, by the index of the text.

    A text has an item if it has the first or the last words of its title, and no other text has.
    """
    found: dict[int, Item] = {}
    if not items:
        return found
    places = _places(texts)
    for item in items:
        words = _words(str(item.get("title") or ""))
        for run in (words[:_WORDS], words[-_WORDS:]):
            places_of_run = places.get(tuple(run), set())
            if len(places_of_run) == 1 and run:
                found.setdefault(next(iter(places_of_run)), item)
                break
    return found


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(plain(text)))


def _places(texts: Sequence[str]) -> dict[tuple[str, ...], set[int]]:
    places: dict[tuple[str, ...], set[int]] = {}
    for index, text in enumerate(texts[:_TEXTS]):
        words = _words(text[:_LONGEST])
        for length in range(1, _WORDS + 1):
            for start in range(len(words) - length + 1):
                places.setdefault(tuple(words[start : start + length]), set()).add(index)
    return places
