"""Find styles by what people remember of a journal's name: ``ann rheum dis``, ``arthritis & …``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from operator import itemgetter
from typing import Protocol, TypeVar

from abstool.text import words_of

_SMALL = frozenset("a an and for in of on the".split())
_LEFT_OUT = re.compile(r"[,:'’()]")
_AND = re.compile(r"\s*&\s*")
_SHORTEST = 4  # letters that are looked for within words, too: "ard" is in too many


class Named(Protocol):
    """A row with the name of a style and its title."""

    @property
    def name(self) -> str:
        """The name."""

    @property
    def title(self) -> str:
        """The title, or the name that an alias stands for."""


Row = TypeVar("Row", bound=Named)


def normal(typed: str) -> str:
    """Return the name of a style in the form of the CSL project's: ``annals-of-oncology``."""
    name = _AND.sub(" and ", typed.strip())
    return re.sub(r"[\s_]+", "-", _LEFT_OUT.sub("", name)).strip("-").casefold()


def ranked(rows: Iterable[Row], typed: str, *, within_words: bool = True) -> list[Row]:
    """Return the rows that a text finds, the nearest first.

    First comes a name or title that is this text; then those of which every word of the text
    begins a word, as in abbreviations, the shortest first; then those that have the text within a
    word, which for a short text is looked for only if there is nothing else.
    """
    phrase, name = typed.strip().casefold(), normal(typed)
    words = words_of(typed)
    words = list(dict.fromkeys([word for word in words if word not in _SMALL] or words))
    same: list[Row] = []
    begun: list[tuple[int, Row]] = []
    within: list[Row] = []
    for row in rows:
        title = row.title.casefold()
        name_of_title, words_of_row = _forms(row.name, row.title)
        if name and name in (row.name, name_of_title):
            same.append(row)
        elif words and _begin(words, words_of_row):
            begun.append((min(map(_length, filter(None, (row.name, row.title)))), row))
        elif (name and name in row.name) or (phrase and phrase in title):
            within.append(row)
    if not within_words or (len(phrase) < _SHORTEST and (same or begun)):
        within = []
    same.sort(key=lambda row: row.name != name)
    begun.sort(key=itemgetter(0))
    return [*same, *(row for _, row in begun), *within]


@cache
def _forms(name: str, title: str) -> tuple[str, str]:
    """Return the title in the form of a name, and the words of both with a space before each."""
    return normal(title), "".join(f" {word}" for word in words_of(f"{name} {title}"))


def _length(text: str) -> int:
    return len(words_of(text))


def _begin(words: list[str], others: str) -> bool:
    return all(f" {word}" in others for word in words)
