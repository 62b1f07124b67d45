"""Find the abstract of a library that a record is a newer version of.

The address decides, or else meeting and number. A page can give a wrong address (see
``matching.urls``), so an abstract with the same one is another if title and number differ and the
library has both, or got the first one in the same run. What has neither number nor authors is told
apart by all of its content.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache

from abstool.library.rows import AbstractRow
from abstool.matching import Features, content_of, features, is_same

_MOST = 1000  # abstracts of one address that are looked at


@dataclass
class Outcomes:
    """How many records were new, changed and the same as before."""

    new: int = 0
    changed: int = 0
    same: int = 0

    def __str__(self) -> str:
        """Return the counts in words."""
        return f"{self.new:,} new, {self.changed:,} changed, {self.same:,} the same"


class Known:
    """The abstracts of a library, and which of them a record of this run was found for."""

    def __init__(self, database: sqlite3.Connection) -> None:
        """Look them up in a database."""
        self._database = database
        self._taken: set[int] = set()

    def take(self, position: int) -> None:
        """Note that an abstract was added, or found for a record."""
        self._taken.add(position)

    def find(self, row: AbstractRow, record: str) -> tuple[int, bytes] | None:
        """Return the abstract that a record (and its JSON) is a version of, and its digest."""
        found = next(self._versions(row, record), None)
        if found is None:
            return None
        query = "SELECT id, digest FROM abstracts WHERE id = ?"
        position, digest = self._database.execute(query, (found,)).fetchone()
        return position, digest

    def _versions(self, row: AbstractRow, record: str) -> Iterator[int]:
        """Yield the abstracts that a record can be a version of, the surest first."""
        if row.address:
            yield from self._at_address(row, record)
        if row.bare_number and row.meeting:
            yield from self._numbered(row)
        elif not row.address:
            yield from self._titled(row, record)

    def _at_address(self, row: AbstractRow, record: str) -> Iterator[int]:
        here = self._features("address = ?", (row.address,))
        if not here:
            return
        wanted = _features(row.url, row.title, row.number, row.authors, record)
        yield from (one for one, known in here if is_same(known, wanted))
        left = [(one, known) for one, known in here if one not in self._taken]
        for one, known in left:
            if known.title == wanted.title or known.number == wanted.number != "":
                yield one
        if len(here) == 1 and left:
            yield left[0][0]

    def _numbered(self, row: AbstractRow) -> Iterator[int]:
        where = "bare_number = ? AND meeting = ?"
        for one, known in self._features(where, (row.bare_number, row.meeting)):
            wanted = _features(row.url, row.title, row.number, row.authors)
            if known.title == wanted.title or (
                one not in self._taken and not (known.url and wanted.url)
            ):
                yield one

    def _titled(self, row: AbstractRow, record: str) -> Iterator[int]:
        """Yield those with the title and authors, of records with neither address nor number."""
        where = "bare_number = '' AND address = '' AND number = '' AND title = ? AND authors = ?"
        here = self._features(where, (row.title, row.authors))
        if here:
            wanted = _features(row.url, row.title, row.number, row.authors, record)
            yield from (one for one, known in here if is_same(known, wanted))
            yield from (one for one, _ in here if one not in self._taken)

    def _features(self, where: str, values: tuple[str, ...]) -> list[tuple[int, Features]]:
        content = "CASE WHEN number = '' AND authors = '' THEN record ELSE '' END"
        columns = f"id, url, title, number, authors, {content}"
        tables = "abstracts LEFT JOIN records USING (id)"
        query = f"SELECT {columns} FROM {tables} WHERE {where} ORDER BY id LIMIT ?"  # noqa: S608
        rows = self._database.execute(query, (*values, _MOST))
        # Another program may have put bytes in place of text.
        return [(one, _features(*map(str, known))) for one, *known in rows]


@lru_cache(2 * _MOST)  # many records with one address are compared with each other
def _features(url: str, title: str, number: str, authors: str, record: str = "") -> Features:
    """Return what the columns of an abstract are compared by; the first author ends at ``;``."""
    author = authors.partition(";")[0]
    return features(url, title, number, author, content=lambda: _content(record))


def _content(record: str) -> str:
    """Return what is compared of a record's JSON; of damaged JSON, all of it."""
    with suppress(ValueError, RecursionError):
        data = json.loads(record)
        return content_of(data) if isinstance(data, dict) else record
    return record
