"""What a library contains: counts, and the records themselves."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from abstool.library.filters import Filters
from abstool.library.schema import EXACT, STEMS

if TYPE_CHECKING:
    from abstool.library.upserts import Outcomes
    from abstool.record import Abstract


class Meeting(NamedTuple):
    """How many abstracts of a meeting were harvested on a date; either can be ``""``."""

    meeting: str
    harvested: str
    abstracts: int


class LibraryFile:
    """The records of a library that is open; see ``files``."""

    def __init__(
        self, database: sqlite3.Connection, path: Path, indexes: tuple[str, ...] = (STEMS, EXACT)
    ) -> None:
        """Use a database that has the tables, and these indexes of words."""
        self.database = database
        self.path = path
        self._indexes = indexes

    # --- writing ----------------------------------------------------------------------------------
    # What is needed for it is imported only here: most searches write nothing and want to be quick.

    def add(self, records: Iterable[Abstract]) -> Outcomes:
        """Add records; one that is there already is replaced if it changed, and its old form kept.

        What is added is safe as soon as some more records are read. Raises sqlite3.Error.
        """
        from abstool.library.writing import Writer  # noqa: PLC0415

        return Writer(self.database, self._indexes).add(records)

    def remove(self, positions: Iterable[int]) -> int:
        """Remove abstracts and their former versions; return how many there were."""
        from abstool.library.writing import Writer  # noqa: PLC0415

        return Writer(self.database, self._indexes).remove(positions)

    # --- reading ----------------------------------------------------------------------------------

    def count(self) -> int:
        """Return the number of abstracts."""
        return int(self.database.execute("SELECT count(*) FROM abstracts").fetchone()[0])

    def former(self) -> int:
        """Return the number of former versions."""
        return int(self.database.execute("SELECT count(*) FROM versions").fetchone()[0])

    def version(self) -> int:
        """Return the version of the file's form."""
        return int(self.database.execute("PRAGMA user_version").fetchone()[0])

    def meetings(self) -> list[Meeting]:
        """Return the counts by meeting and date of harvest, in this order."""
        rows = self.database.execute(
            "SELECT meeting, harvested, count(*) FROM abstracts GROUP BY 1, 2 ORDER BY 1, 2"
        )
        return [Meeting(*row) for row in rows]

    def positions(self, filters: Filters) -> list[int]:
        """Return the abstracts that pass filters, by meeting and in the order they were added."""
        sql, values = filters.condition(self.database)
        query = f"SELECT id FROM abstracts WHERE {sql} ORDER BY meeting, id"  # noqa: S608
        return [row[0] for row in self.database.execute(query, values)]

    def record(self, position: int) -> bytes:
        """Return the JSON of a record, on one line."""
        row = self.database.execute("SELECT record FROM records WHERE id = ?", (position,))
        return str(row.fetchone()[0]).encode()

    def former_versions(self, position: int) -> list[bytes]:
        """Return the JSON of the former versions of an abstract, the oldest first."""
        query = "SELECT record FROM versions WHERE abstract = ? ORDER BY id"
        return [str(row[0]).encode() for row in self.database.execute(query, (position,))]
