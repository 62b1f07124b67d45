"""Search many titles for those that a text may mean: candidates by words, ranked by likeness."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

from abstool.text import words_of

CANDIDATES = 20  # as many as search-based matchers compare; the right one is nearly always there
MARGIN = 5.0  # points; a smaller lead over the next candidate is not clear
_TERMS = 8  # the rarest words of a text; the frequent ones make the search slow and find nothing
_MOST_WORDS = 2000  # of a text that are looked up
_AUTHORS = 6  # the first, since many styles print no more

TABLES = """
    CREATE VIRTUAL TABLE titles USING fts5(words, content='');
    CREATE VIRTUAL TABLE terms USING fts5vocab(titles, row);
"""


class Likeness(NamedTuple):
    """How much a text is like a title with authors, in percent and as a share of the authors."""

    title: float
    authors: float
    words: float

    @property
    def points(self) -> float:
        """All of it as points, at most 100."""
        return 0.6 * self.title + 0.2 * self.words + 20 * self.authors


def add(database: sqlite3.Connection, position: int, title: str, families: Iterable[str]) -> None:
    """Add a title and the family names of its authors to the index of a database."""
    words = " ".join(words_of(" ".join([title, *families])))
    database.execute("INSERT INTO titles(rowid, words) VALUES (?, ?)", (position, words))


def candidates(database: sqlite3.Connection, text: str, limit: int = CANDIDATES) -> list[int]:
    """Return the positions of the titles that share the most, and the rarest, words with a text."""
    words = [*dict.fromkeys(words_of(text)[:_MOST_WORDS])]
    frequency: dict[str, int] = {}
    for word in words:
        row = database.execute("SELECT doc FROM terms WHERE term = ?", (word,)).fetchone()
        if row:
            frequency[word] = row[0]
    rarest = sorted(frequency, key=lambda word: frequency[word])[:_TERMS]
    if not rarest:
        return []
    query = " OR ".join(f'"{word}"' for word in rarest)
    rows = database.execute(
        "SELECT rowid FROM titles WHERE titles MATCH ? ORDER BY rank LIMIT ?", (query, limit)
    )
    return [row[0] for row in rows]


def likeness(text: str, title: str, families: Sequence[str]) -> Likeness:
    """Return how much a text, in the form of ``searchable``, is like a title with its authors."""
    wanted = searchable(title)
    first = [name for one in families[:_AUTHORS] if (name := searchable(one))]
    found = sum(f" {name} " in f" {text} " for name in first)
    return Likeness(
        fuzz.partial_ratio(wanted, text),
        found / len(first) if first else 0.0,
        fuzz.token_set_ratio(wanted, text),
    )


def searchable(text: str) -> str:
    """Return the folded words of a text with single spaces."""
    return " ".join(words_of(text))
