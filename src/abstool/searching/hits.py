"""Run queries on a library, and return hits in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from abstool.library import LibraryFile
from abstool.library.filters import EVERYTHING, Condition, Filters
from abstool.library.schema import EXACT, STEMS, WEIGHTS
from abstool.searching.clauses import Clause, Evaluation, index_of, match_of
from abstool.searching.query import LineNumber, SearchQuery
from abstool.searching.snippets import Marked, Marker, snippet
from abstool.text import tidy

RELEVANCE = "relevance"
# The other orders, as SQL. Numbers of one length are in the order of their values.
_BY_NUMBER = "meeting, length(bare_number), bare_number, id"
ORDERS = {"number": _BY_NUMBER, "year": f"year DESC, {_BY_NUMBER}", "title": "title, id"}
_NAMES = 3  # authors that are shown


class Hit(NamedTuple):
    """An abstract that was found; texts are on one line and have no control characters."""

    position: int
    url: str
    number: str
    meeting: str
    year: int | None
    authors: str
    title: Marked
    snippet: Marked


@dataclass(frozen=True, slots=True)
class Searched:
    """What a query found: how many abstracts, and how to get at them."""

    query: SearchQuery
    clause: Clause
    count: int


class Search:
    """Searches of one library, all with the same filters."""

    def __init__(self, library: LibraryFile, filters: Filters, *, is_exact: bool) -> None:
        """Search a library that is open for reading.

        If exact, words are matched as they are typed, else in all their forms.
        """
        self._library = library
        self._database = library.database
        self._is_exact = is_exact
        self._evaluation = Evaluation(library.database, is_exact=is_exact)
        self._filters = filters
        self._condition = filters.condition(library.database)

    def run(self, query: SearchQuery, number: int = 0) -> Searched:
        """Return what a query finds; ``number`` is that of a line that others may name.

        A query without words finds what passes the filters, or nothing if there are none.
        """
        clause = self._evaluation.clause(query)
        if not query.steps and self._filters:
            clause = Clause(is_negated=True)
        self._evaluation.lines[number] = clause
        sql, values = self._selection(clause)
        count = self._database.execute(f"SELECT count(*) FROM ({sql})", values).fetchone()[0]  # noqa: S608
        return Searched(query, clause, count)

    def positions(
        self, searched: Searched, order: str = RELEVANCE, limit: int | None = None
    ) -> list[int]:
        """Return the positions of what was found, in an order, at most ``limit``."""
        most = -1 if limit is None else limit
        if order == RELEVANCE:
            return self._ranked(searched, most)
        sql, values = self._selection(searched.clause)
        query = f"SELECT id FROM abstracts WHERE id IN ({sql}) ORDER BY {ORDERS[order]} LIMIT ?"  # noqa: S608
        return [row[0] for row in self._database.execute(query, (*values, most))]

    def urls(self, positions: Sequence[int]) -> list[str]:
        """Return the URLs of abstracts, "" for those without one."""
        query = "SELECT url FROM abstracts WHERE id = ?"
        return [tidy(self._database.execute(query, (one,)).fetchone()[0]) for one in positions]

    def hits(self, positions: Sequence[int], queries: Sequence[SearchQuery]) -> Iterator[Hit]:
        """Yield the hits at positions, with the words of queries marked."""
        query = (
            "SELECT id, url, number, meeting, year, authors, title, text, keywords"
            " FROM abstracts WHERE id = ?"
        )
        # Another program may have written the file.
        rows = [
            (one[0], *map(tidy, one[1:4]), one[4], *map(tidy, one[5:]))
            for one in (self._database.execute(query, (at,)).fetchone() for at in positions)
        ]
        marker = Marker(queries, is_exact=self._is_exact)
        marker.learn(text for row in rows for text in row[5:])
        for position, url, number, meeting, year, authors, title, text, keywords in rows:
            body = marker.marked(text, "text")
            if not body.marks and (listed := marker.marked(keywords, "keywords")).marks:
                body = listed
            elif not body.marks and (named := marker.marked(authors, "authors")).marks:
                body = named
            names = authors.split("; ")
            shown = "; ".join(names[:_NAMES]) + ("; …" if len(names) > _NAMES else "")
            marked_title = marker.marked(title, "title")
            yield Hit(position, url, number, meeting, year, shown, marked_title, snippet(body))

    # --- queries ----------------------------------------------------------------------------------

    def _selection(self, clause: Clause) -> tuple[str, tuple[str | int, ...]]:
        """Return the SQL that selects the ids of a clause that pass the filters, and its values."""
        if clause.table and not clause.is_negated:
            where, bound = _filtered("rowid", self._condition)
            sql = f"SELECT rowid AS id FROM {clause.table} WHERE {clause.table} MATCH ?{where}"  # noqa: S608
            return sql, (clause.match, *bound)
        condition, values = self._condition
        negation = "NOT " if clause.is_negated else ""
        if clause.table:
            inner = f"SELECT rowid FROM {clause.table} WHERE {clause.table} MATCH ?"  # noqa: S608
            values = (*values, clause.match)
        else:
            inner = f"SELECT id FROM {self._stored(clause.found)}"  # noqa: S608
        sql = f"SELECT id FROM abstracts WHERE {condition} AND id {negation}IN ({inner})"  # noqa: S608
        return sql, values

    def _stored(self, ids: frozenset[int]) -> str:
        """Return the name of a temporary table that has the ids."""
        self._database.execute("CREATE TEMP TABLE IF NOT EXISTS found (id INTEGER PRIMARY KEY)")
        self._database.execute("DELETE FROM temp.found")
        rows = ((one,) for one in ids)
        self._database.executemany("INSERT INTO temp.found VALUES (?)", rows)
        return "temp.found"

    def _ranked(self, searched: Searched, most: int) -> list[int]:
        clause = searched.clause
        sql, values = self._selection(clause)
        if clause.table and not clause.is_negated:
            order = _rank_of(clause.table)
            found = self._database.execute(f"{sql} ORDER BY {order} LIMIT ?", (*values, most))
            return [row[0] for row in found]
        # What is left when words are left out has none of them.
        table, match = ("", "") if clause.table else self._likely(searched.query)
        ranked: list[int] = []
        if match:
            query = (
                f"SELECT rowid FROM {table} WHERE {table} MATCH ? AND +rowid IN ({sql})"  # noqa: S608
                f" ORDER BY {_rank_of(table)} LIMIT ?"
            )
            ranked = [row[0] for row in self._database.execute(query, (match, *values, most))]
        if len(ranked) == most:
            return ranked
        known = set(ranked)
        query = f"SELECT id FROM abstracts WHERE id IN ({sql}) ORDER BY id"  # noqa: S608
        rest = (row[0] for row in self._database.execute(query, values) if row[0] not in known)
        return ranked + list(islice(rest, None if most < 0 else most - len(ranked)))

    def _likely(self, query: SearchQuery) -> tuple[str, str]:
        """Return an index, and the query that ranks by any of the words that are looked up in it.

        It is that of stems, unless all words are looked up in the other one.
        """
        matches: dict[str, list[str]] = {STEMS: [], EXACT: []}
        for leaf in query.leaves:
            if not isinstance(leaf, LineNumber):
                table = index_of(leaf, is_exact=self._is_exact)
                matches[table].append(match_of(leaf, is_exact=self._is_exact))
        table = STEMS if matches[STEMS] else EXACT
        return table, " OR ".join([*dict.fromkeys(matches[table])][:_MOST_RANKED])


_MOST_RANKED = 50  # words that count in the ranking of a query that is not one of FTS5


def _rank_of(table: str) -> str:
    """Return the SQL by which the rows of an index are ranked, the best first.

    FTS5's column ``rank`` is the same number, but to order by it, SQLite sorts all rows and not
    only those that are asked for, which takes a third longer.
    """
    return f"bm25({table}, {', '.join(map(str, WEIGHTS))}), rowid"


def _filtered(column: str, condition: Condition) -> tuple[str, tuple[str | int, ...]]:
    """Return a condition to append to a query of an index, and its values.

    The plus keeps SQLite from running the query once for each abstract that passes.
    """
    if condition is EVERYTHING:
        return "", ()
    sql = f" AND +{column} IN (SELECT id FROM abstracts WHERE {condition.sql})"  # noqa: S608
    return sql, condition.values


def indexes_needed(queries: Sequence[SearchQuery], *, is_exact: bool) -> tuple[str, ...]:
    """Return the indexes that queries are looked up in."""
    leaves = [one for query in queries for one in query.leaves if not isinstance(one, LineNumber)]
    return tuple(sorted({index_of(one, is_exact=is_exact) for one in leaves}))
