"""Which abstracts of a library are meant: by meeting, year, session, trial, number or address."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from abstool.address import identity
from abstool.text import tidy, words_of


class Condition(NamedTuple):
    """A condition of SQL on ``abstracts``, with its values, which are bound."""

    sql: str
    values: tuple[str | int, ...]


EVERYTHING = Condition("TRUE", ())


class Filters(NamedTuple):
    """What is asked of abstracts: one of the values of each field that has any.

    A meeting and a session are given by words of their names, in any order.
    """

    meeting: tuple[str, ...] = ()
    year: tuple[int, ...] = ()
    session: tuple[str, ...] = ()
    trial: tuple[str, ...] = ()
    number: tuple[str, ...] = ()
    url: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is asked."""
        return any(tuple(self))

    def to_dict(self) -> dict[str, list[str | int]]:
        """Return the values by field, without empty fields."""
        return {name: list(values) for name, values in self._asdict().items() if values}

    def condition(self, database: sqlite3.Connection) -> Condition:
        """Return the condition that the abstracts of a library have to meet."""
        parts = [
            *self._named(database, "meeting", self.meeting),
            *self._named(database, "session", self.session),
            *_one_of("year", self.year),
            *_one_of("bare_number", _bare_numbers(self.number)),
            *_one_of("address", (tidy(identity(url)) for url in self.url)),
        ]
        for sql, values in _one_of("trial", _trial_keys(self.trial)):
            parts.append(
                Condition(f"id IN (SELECT abstract FROM trials WHERE {sql})", values)  # noqa: S608
            )
        if not parts:
            return EVERYTHING
        values = tuple(value for part in parts for value in part.values)
        return Condition(" AND ".join(part.sql for part in parts), values)

    @staticmethod
    def _named(
        database: sqlite3.Connection, column: str, wanted: tuple[str, ...]
    ) -> Iterator[Condition]:
        """Yield the condition that a name has all the words of one that is wanted."""
        if not wanted:
            return
        sets = [set(words_of(name)) for name in wanted]
        names = (row[0] for row in database.execute(f"SELECT DISTINCT {column} FROM abstracts"))  # noqa: S608
        found = [name for name in names if any(one <= set(words_of(name)) for one in sets)]
        yield from _one_of(column, found) if found else [Condition("FALSE", ())]


def _one_of(column: str, values: Iterable[str | int]) -> Iterator[Condition]:
    """Yield the condition that a column has one of the values, if there are any."""
    if listed := tuple(values):
        marks = ", ".join("?" * len(listed))
        yield Condition(f"{column} IN ({marks})", listed)


# Records are imported only where they are needed: most searches do without, and want to be quick.


def _bare_numbers(numbers: Iterable[str]) -> list[str]:
    if not numbers:
        return []
    from abstool.record.numbering import bare_number  # noqa: PLC0415

    return [bare_number(one) for one in numbers]


def _trial_keys(numbers: Iterable[str]) -> list[str]:
    if not numbers:
        return []
    from abstool.library.rows import trial_key  # noqa: PLC0415

    return [trial_key(one) for one in numbers]
