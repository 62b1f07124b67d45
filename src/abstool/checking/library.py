"""The records that references are checked against, in indexes on disk or in memory.

A record is kept without its body, and read only when a reference may mean it, so that a file of
100,000 records needs neither the time nor the memory to read them all.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import NamedTuple

from msgspec import structs

from abstool._version import __version__
from abstool.address import host_of, identity
from abstool.matching import search
from abstool.matching.index_files import IndexFiles, in_memory
from abstool.record import Abstract
from abstool.record.numbering import bare_number, year_of, year_of_meeting
from abstool.sqlite import fts5_needed
from abstool.text import tidy

_FORM = 3  # of the index; another one is built again
_SCHEMA = """
    CREATE TABLE records (
        id INTEGER PRIMARY KEY, url TEXT, number TEXT, year INTEGER, title TEXT, families TEXT,
        data BLOB
    );
"""
_INDEXES = """
    CREATE INDEX urls ON records(url);
    CREATE INDEX numbers ON records(number, year);
"""
_LONGEST = 2000  # characters of a title that are searched
_MOST_AUTHORS = 500
_KEPT = 4096  # records that are not read again
_FIRST = 1 << 40  # positions are those in an index, and so many more for each index before it


class RecordFeatures(NamedTuple):
    """What a record is found by.

    The families are those of its authors, ``url`` is the identity of its URL, ``number`` the bare
    number of the abstract. ``year`` is that of a citation, or of the meeting; 0 if unknown.
    """

    title: str
    families: list[str]
    url: str
    number: str
    year: int


class _IndexedRecords:
    """The index of some records; each has a position in it."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self.record = lru_cache(_KEPT)(partial(_read, database))  # not of self: no cycle

    def __del__(self) -> None:
        """Close the database, which Python 3.13 wants to be closed."""
        self.close()

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def where(self, condition: str, *values: str | int) -> list[int]:
        rows = self._database.execute(
            f"SELECT id FROM records WHERE {condition} ORDER BY id LIMIT 50",  # noqa: S608 - ours
            values,
        )
        return [row[0] for row in rows]

    def candidates(self, text: str) -> list[int]:
        return search.candidates(self._database, text)

    def features(self, position: int) -> tuple[str, str, str | None, str, int | None]:
        row: tuple[str, str, str | None, str, int | None] = self._database.execute(
            "SELECT title, families, url, number, year FROM records WHERE id = ?", (position,)
        ).fetchone()
        return row


class Library:
    """Records by URL, by number and year, and by the words of their titles and authors.

    They can be in several indexes, one after the other.
    """

    def __init__(
        self, indexes: Iterable[_IndexedRecords], led_to: Mapping[str, str] | None = None
    ) -> None:
        """Use the indexes of ``of`` and ``joined``."""
        self._indexes = tuple(indexes)
        self._led_to = dict(led_to or {})

    @classmethod
    def of(
        cls, records: Iterable[Abstract], cache: Path | None = None, digest: str = ""
    ) -> Library:
        """Return a library of records.

        With a cache folder and the digest of the file that the records are read from, the index is
        kept there, and used again without reading the records. The iterable must then be one that
        can be read twice, since the folder may turn out to be full.
        """
        if cache is None or not digest:
            return cls([_IndexedRecords(in_memory(partial(_fill, records)))])
        kept = IndexFiles(cache).find(_name(digest))
        database = kept or IndexFiles(cache).make(_name(digest), partial(_fill, records))
        return cls([_IndexedRecords(database)])

    @classmethod
    def joined(
        cls, libraries: Iterable[Library], led_to: Mapping[str, str] | None = None
    ) -> Library:
        """Return one library of the records of several, in this order.

        ``led_to`` has URLs that lead to a page which calls itself by another one, and that one.
        """
        known = {identity(url): identity(own) for url, own in (led_to or {}).items()}
        return cls((index for one in libraries for index in one._indexes), known)  # noqa: SLF001

    def record(self, position: int) -> Abstract:
        """Return a record, without its body."""
        index, place = self._place(position)
        return index.record(place)

    def at(self, url: str) -> list[int]:
        """Return the positions of the records with a URL, in the order in which they came."""
        key = tidy(identity(url))
        keys = [key, *([self._led_to[key]] if key in self._led_to else ())]
        return [*self._where("url IN (?, ?)", keys[0], keys[-1])]

    def numbered(self, number: str, years: Iterable[int]) -> list[int]:
        """Return the positions of the records with a number, of one of these years."""
        bare = bare_number(number)
        return [
            one
            for year in sorted(set(years))
            for one in self._where("number = ? AND year = ?", bare, year)
        ]

    def candidates(self, text: str) -> list[int]:
        """Return the positions of the records whose titles and authors a text may print."""
        return [
            _FIRST * number + place
            for number, index in enumerate(self._indexes)
            for place in index.candidates(text)
        ]

    def features(self, position: int) -> RecordFeatures:
        """Return what a record is found by, without reading it."""
        index, place = self._place(position)
        title, families, url, number, year = index.features(place)
        return RecordFeatures(
            title, families.split("\n") if families else [], url or "", number, year or 0
        )

    def close(self) -> None:
        """Close the indexes; the library cannot be used any more."""
        for index in self._indexes:
            index.close()

    def _place(self, position: int) -> tuple[_IndexedRecords, int]:
        number, place = divmod(position, _FIRST)
        return self._indexes[number], place

    def _where(self, condition: str, *values: str | int) -> Iterator[int]:
        for number, index in enumerate(self._indexes):
            for place in index.where(condition, *values):
                yield _FIRST * number + place


def forget_index(cache: Path, digest: str) -> None:
    """Remove the index of a file from a cache."""
    IndexFiles(cache).forget(_name(digest))


def _name(digest: str) -> str:
    # What is read from a file may depend on the version.
    return f"{digest}-{_FORM}-{__version__}"


def digest_of(path: Path) -> str:
    """Return a digest of the content of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").hexdigest()[:40]


def _read(database: sqlite3.Connection, position: int) -> Abstract:
    row = database.execute("SELECT data FROM records WHERE id = ?", (position,))
    data = row.fetchone()[0]
    # A record with keys of other tools has another form.
    return Abstract.from_json(data) or Abstract.from_dict(json.loads(data))


def _fill(records: Iterable[Abstract], database: sqlite3.Connection) -> None:
    """Write records into an empty database."""
    with fts5_needed("check"):
        database.executescript(_SCHEMA + search.TABLES)
    with database:
        for position, record in enumerate(records, 1):
            title = tidy(record.title)[:_LONGEST]
            names = (author.family or author.literal for author in record.authors[:_MOST_AUTHORS])
            families = [tidy(name)[:_LONGEST] for name in names]
            slim = structs.replace(
                record, sections=[], tables=[], figures=[], disclosures=[], keywords=[]
            )
            row = (
                position,
                tidy(identity(record.url)) if host_of(record.url) else None,
                bare_number(record.number),
                year_of(record) or year_of_meeting(record),
                title,
                "\n".join(families),
                slim.to_json(),
            )
            database.execute("INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?)", row)
            search.add(database, position, title, families)
        database.executescript(_INDEXES)
