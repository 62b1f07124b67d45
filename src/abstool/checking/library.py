"""The records that references are checked against, in an index on disk or in memory.

A record is kept without its body, and read only when a reference may mean it, so that a file of
100,000 records needs neither the time nor the memory to read them all.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache, partial
from pathlib import Path

from msgspec import structs

from abstool.address import host_of, identity
from abstool.matching import search
from abstool.record import Abstract
from abstool.record.numbering import bare_number, year_of, year_of_meeting
from abstool.sqlite import fts5_needed
from abstool.text import tidy

_FORM = 1  # of the index; another one is built again
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


class Library:
    """Records by URL, by number and year, and by the words of their titles and authors."""

    def __init__(self, database: sqlite3.Connection) -> None:
        """Use a database that ``of`` has filled."""
        self._database = database
        self.record = lru_cache(_KEPT)(partial(_read, database))  # not of self: no cycle

    def __del__(self) -> None:
        """Close the database, which Python 3.13 wants to be closed."""
        self._database.close()

    @classmethod
    def of(
        cls, records: Iterable[Abstract], cache: Path | None = None, digest: str = ""
    ) -> Library:
        """Return a library of records.

        With a cache folder and the digest of the file that the records are read from, the index is
        kept there. It is used again without reading the records.
        """
        if cache is None or not digest:
            return cls(_in_memory(records))
        path = cache / "check" / f"{digest}-{_FORM}.sqlite"
        with suppress(sqlite3.Error, OSError):
            if path.exists():
                return cls(_opened(path))
        temporary = path.with_name(f"{path.stem}.{os.getpid()}.new")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary.unlink(missing_ok=True)
            database = sqlite3.connect(temporary)
        except (sqlite3.Error, OSError):  # a folder that cannot be written
            return cls(_in_memory(records))
        try:
            _filled(database, records)
        finally:
            database.close()
        temporary.replace(path)
        return cls(_opened(path))

    def at(self, url: str) -> list[int]:
        """Return the positions of the records with a URL, in the order in which they came."""
        rows = self._database.execute(
            "SELECT id FROM records WHERE url = ? ORDER BY id LIMIT 50", (tidy(identity(url)),)
        )
        return [row[0] for row in rows]

    def numbered(self, number: str, years: Iterable[int]) -> list[int]:
        """Return the positions of the records with a number, of one of these years."""
        found: list[int] = []
        for year in sorted(set(years)):
            rows = self._database.execute(
                "SELECT id FROM records WHERE number = ? AND year = ? ORDER BY id LIMIT 50",
                (bare_number(number), year),
            )
            found += [row[0] for row in rows]
        return found

    def candidates(self, text: str) -> list[int]:
        """Return the positions of the records whose titles and authors a text may print."""
        return search.candidates(self._database, text)

    def wording(self, position: int) -> tuple[str, list[str]]:
        """Return title and family names of a record, without reading it."""
        row = self._database.execute(
            "SELECT title, families FROM records WHERE id = ?", (position,)
        ).fetchone()
        return row[0], row[1].split("\n") if row[1] else []

    def keys(self, position: int) -> tuple[str, str]:
        """Return the identity of a record's URL and its bare number, without reading it."""
        row = self._database.execute(
            "SELECT url, number FROM records WHERE id = ?", (position,)
        ).fetchone()
        return row[0] or "", row[1]


def digest_of(path: Path) -> str:
    """Return a digest of the content of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").hexdigest()[:40]


def _read(database: sqlite3.Connection, position: int) -> Abstract:
    row = database.execute("SELECT data FROM records WHERE id = ?", (position,))
    data = row.fetchone()[0]
    # A record with keys of other tools has another form.
    return Abstract.from_json(data) or Abstract.from_dict(json.loads(data))


def _opened(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    try:
        database.execute("SELECT id, families, data FROM records LIMIT 1").fetchone()
        database.execute("SELECT count(*) FROM terms WHERE term = 'a'").fetchone()
    except sqlite3.Error:
        database.close()
        raise
    return database


def _in_memory(records: Iterable[Abstract]) -> sqlite3.Connection:
    database = sqlite3.connect(":memory:")
    try:
        return _filled(database, records)
    except BaseException:
        database.close()
        raise


def _filled(database: sqlite3.Connection, records: Iterable[Abstract]) -> sqlite3.Connection:
    database.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
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
    return database
