"""Add records to a library, and remove them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import islice

from abstool.library.rows import AbstractRow, row_of, searched, trials_of
from abstool.library.schema import COLUMNS
from abstool.library.upserts import Known, Outcomes
from abstool.record import Abstract

_AT_ONCE = 2000  # records of a transaction: what a kill may lose, and how long others wait
# Words are written to an index once for each transaction, and what was written is merged when there
# are 16 such parts, not 4: merging takes longer than searching in a few more parts.
_SETTINGS = {"hashsize": 16_000_000, "automerge": 16}
_NAMES = ", ".join(AbstractRow._fields)
_MARKS = ", ".join("?" * len(AbstractRow._fields))
_INSERT = f"INSERT INTO abstracts ({_NAMES}) VALUES ({_MARKS})"  # noqa: S608


class Writer:
    """Writes to the tables and indexes of a library that is open."""

    def __init__(self, database: sqlite3.Connection, indexes: tuple[str, ...]) -> None:
        """Use a database that has the tables, and these indexes of words."""
        self._database = database
        self._indexes = indexes
        self._waiting: list[tuple[int | str, ...]] = []  # rows for the indexes

    def add(self, records: Iterable[Abstract]) -> Outcomes:
        """Add records; see ``LibraryFile.add``."""
        counts, known, source = Outcomes(), Known(self._database), iter(records)
        self._expect_many()
        while batch := [_prepared(one) for one in islice(source, _AT_ONCE)]:
            now = _now()
            with self._transaction():
                for row, record, trials in batch:
                    self._put(row._replace(added=now), record, trials, known, counts)
                self._index_waiting()
        return counts

    def remove(self, positions: Iterable[int]) -> int:
        """Remove abstracts and their former versions; return how many there were."""
        count, source = 0, iter(positions)
        while batch := list(islice(source, _AT_ONCE)):
            with self._transaction():
                for one in batch:
                    self._unindex(one)
                    for table, column in (
                        ("trials", "abstract"),
                        ("versions", "abstract"),
                        ("records", "id"),
                        ("abstracts", "id"),
                    ):
                        self._database.execute(f"DELETE FROM {table} WHERE {column} = ?", (one,))  # noqa: S608
                    count += 1
        return count

    def _expect_many(self) -> None:
        """Make the indexes ready for many words.

        Other programs that open the file keep these settings, which are in it.
        """
        for table in self._indexes:
            known = dict(self._database.execute(f"SELECT k, v FROM {table}_config"))  # noqa: S608
            for name, value in _SETTINGS.items():
                if known.get(name) != value:
                    query = f"INSERT INTO {table} ({table}, rank) VALUES (?, ?)"  # noqa: S608
                    self._database.execute(query, (name, value))

    def _put(
        self,
        row: AbstractRow,
        record: str,
        trials: set[tuple[str, str]],
        known: Known,
        counts: Outcomes,
    ) -> None:
        found = known.find(row, record)
        if found is None:
            position = self._database.execute(_INSERT, row).lastrowid or 0
            counts.new += 1
        else:
            position, digest = found
            if digest == row.digest:
                known.take(position)
                counts.same += 1
                return
            self._replace(position, row)
            counts.changed += 1
        known.take(position)
        self._database.execute("INSERT INTO records VALUES (?, ?)", (position, record))
        values = [(trial, registry, position) for trial, registry in trials]
        self._database.executemany("INSERT OR IGNORE INTO trials VALUES (?, ?, ?)", values)
        self._waiting.append((position, *row.searched))

    def _replace(self, position: int, row: AbstractRow) -> None:
        """Put a row in place of an older one, and keep the older record."""
        self._index_waiting()  # the older one may be of this transaction
        self._unindex(position)
        self._database.execute(
            "INSERT INTO versions (abstract, replaced, record)"
            " SELECT id, ?, record FROM records WHERE id = ?",
            (row.added, position),
        )
        self._database.execute("DELETE FROM records WHERE id = ?", (position,))
        self._database.execute("DELETE FROM trials WHERE abstract = ?", (position,))
        columns = ", ".join(f"{name} = ?" for name in AbstractRow._fields)
        self._database.execute(
            f"UPDATE abstracts SET {columns} WHERE id = ?",  # noqa: S608
            (*row, position),
        )

    def _index_waiting(self) -> None:
        """Index the rows that wait: one index after the other, which is faster than by turns."""
        for table in self._indexes:
            self._database.executemany(
                f"INSERT INTO {table} (rowid, {', '.join(COLUMNS)}) VALUES (?, ?, ?, ?, ?)",  # noqa: S608
                self._waiting,
            )
        self._waiting.clear()

    def _unindex(self, position: int) -> None:
        """Remove an abstract from the indexes, which need its text for that."""
        query = f"SELECT {', '.join(COLUMNS)} FROM abstracts WHERE id = ?"  # noqa: S608
        values = searched(*map(str, self._database.execute(query, (position,)).fetchone()))
        for table in self._indexes:
            self._database.execute(
                f"INSERT INTO {table} ({table}, rowid, {', '.join(COLUMNS)})"  # noqa: S608
                " VALUES ('delete', ?, ?, ?, ?, ?)",
                (position, *values),
            )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._waiting.clear()
            self._database.execute("ROLLBACK")
            raise
        self._database.execute("COMMIT")


def _prepared(record: Abstract) -> tuple[AbstractRow, str, set[tuple[str, str]]]:
    """Return what the tables get of a record: its columns, its JSON and its trials."""
    return row_of(record, ""), record.to_json().decode(), trials_of(record)


def _now() -> str:
    """Return the local time, to the second, as ISO 8601."""
    return datetime.now().astimezone().isoformat(timespec="seconds")
