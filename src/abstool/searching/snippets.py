"""Find the words of a query in a text, and cut out the part that has most of them.

SQLite's own ``snippet`` reads the text as it is printed, but the indexes are of folded text. So the
words of the text are folded here, and SQLite says which of them have the same stem.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from functools import cache
from typing import NamedTuple

from abstool.library.schema import STEMS
from abstool.searching.clauses import index_of
from abstool.searching.query import LineNumber, Near, Phrase, SearchQuery
from abstool.searching.spellings import spellings
from abstool.sqlite import FTS5
from abstool.text import WORD, fold

_LENGTH = 240  # characters of a snippet, about
_BEFORE = 60  # characters before the first word that was found
_MOST_WORDS = 5000  # of a text that are looked at
_STEMMED = f'CREATE VIRTUAL TABLE words USING {FTS5}(word, tokenize="porter unicode61")'

Span = tuple[int, int]


class Marked(NamedTuple):
    """A text, and where the words that were found begin and end in it."""

    text: str
    marks: tuple[Span, ...] = ()


class _Wanted(NamedTuple):
    """A spelling of a phrase: its words, whether the last one is a beginning, and its column."""

    words: tuple[str, ...]
    is_prefix: bool
    column: str
    has_stems: bool


class Marker:
    """Marks the words of queries in texts."""

    def __init__(self, queries: Iterable[SearchQuery], *, is_exact: bool) -> None:
        """Prepare to mark the words of these queries."""
        self._wanted = [
            _Wanted(tuple(one.split()), phrase.is_prefix, column, table == STEMS)
            for query in queries
            for phrase, column, table in _phrases(query, is_exact=is_exact)
            for one in spellings(phrase, is_exact=is_exact)
        ]
        self._fold = cache(fold)  # texts repeat most of their words
        self._forms: dict[str, set[str]] = {}  # of a word: those in the texts with the same stem

    def learn(self, texts: Iterable[str]) -> None:
        """Find out which words of texts have the stems of words that are wanted."""
        asked = {word for one in self._wanted if one.has_stems for word in one.words}
        self._forms = {word: {word} for word in asked}
        words = {self._fold(word) for text in texts for word in WORD.findall(text)[:_MOST_WORDS]}
        if not asked or not words:
            return
        with closing(sqlite3.connect(":memory:")) as database:
            database.execute(_STEMMED)
            rows = ((word,) for word in words)
            database.executemany("INSERT INTO words VALUES (?)", rows)
            for word, forms in self._forms.items():
                query = "SELECT word FROM words WHERE words MATCH ?"
                forms.update(row[0] for row in database.execute(query, (f'"{word}"',)))

    def marked(self, text: str, column: str) -> Marked:
        """Return a text of a column with the words in it that are wanted there."""
        places = [(found.start(), found.end()) for found in WORD.finditer(text)][:_MOST_WORDS]
        words = [self._fold(text[start:end]) for start, end in places]
        where: dict[str, list[int]] = {}
        for index, word in enumerate(words):
            where.setdefault(word, []).append(index)
        spans: set[Span] = set()
        for wanted in self._wanted:
            if wanted.column in ("", column):
                spans.update(
                    (places[first][0], places[first + len(wanted.words) - 1][1])
                    for first in self._starts(wanted, where)
                    if self._follows(wanted, words, first)
                )
        return Marked(text, tuple(_merged(spans)))

    def _starts(self, wanted: _Wanted, where: dict[str, list[int]]) -> Iterable[int]:
        first = wanted.words[0]
        if wanted.is_prefix and len(wanted.words) == 1:
            forms: Iterable[str] = (word for word in where if word.startswith(first))
        else:
            forms = self._forms.get(first, {first}) if wanted.has_stems else (first,)
        return [index for form in forms for index in where.get(form, ())]

    def _follows(self, wanted: _Wanted, words: Sequence[str], first: int) -> bool:
        found = words[first : first + len(wanted.words)]
        if len(found) < len(wanted.words):
            return False
        last = len(found) - 1
        return all(
            word.startswith(asked)
            if wanted.is_prefix and index == last
            else word == asked or (wanted.has_stems and word in self._forms.get(asked, ()))
            for index, (word, asked) in enumerate(zip(found, wanted.words, strict=True))
        )


def snippet(marked: Marked) -> Marked:
    """Return the part of a text that has most of the marks, the first if several have as many."""
    text, marks = marked
    if len(text) <= _LENGTH:
        return marked
    start = 0
    if marks:
        starts = [mark[0] for mark in marks]
        best = max(starts, key=lambda one: (_worth(text, marks, one), -one))
        start = max(0, min(best - _BEFORE, len(text) - _LENGTH))
    end = min(start + _LENGTH, len(text))
    start = text.find(" ", start) + 1 if start and " " in text[start:end] else start
    if end < len(text) and (blank := text.rfind(" ", start, end)) > start:
        end = blank
    inside = [(one - start, other - start) for one, other in marks if start <= one and other <= end]
    before, after = "… " if start else "", " …" if end < len(text) else ""
    shifted = tuple((one + len(before), other + len(before)) for one, other in inside)
    return Marked(f"{before}{text[start:end]}{after}", shifted)


def _worth(text: str, marks: Sequence[Span], start: int) -> tuple[int, int]:
    """Return how many different words are marked in the snippet from a mark on, and how many."""
    inside = [one for one in marks if start <= one[0] and one[1] <= start + _LENGTH - _BEFORE]
    return len({fold(text[one:other]) for one, other in inside}), len(inside)


def _phrases(query: SearchQuery, *, is_exact: bool) -> Iterable[tuple[Phrase, str, str]]:
    """Yield the phrases of a query with the column and the index that they are looked up in."""
    for leaf in query.leaves:
        if isinstance(leaf, LineNumber):
            continue
        table = index_of(leaf, is_exact=is_exact)
        for phrase in leaf.phrases if isinstance(leaf, Near) else (leaf,):
            yield phrase, leaf.field, table


def _merged(spans: Iterable[Span]) -> Iterable[Span]:
    """Yield spans in order, without those that another one covers or touches."""
    current: Span | None = None
    for start, end in sorted(spans):
        if current and start <= current[1]:
            current = (current[0], max(end, current[1]))
        else:
            if current:
                yield current
            current = (start, end)
    if current:
        yield current
