"""Turn what is searched for into queries of FTS5, and join their results.

A clause is a query of one index, or a set of abstracts where one query does not do: because words
are looked up in one index and beginnings of words in the other, or because it would be nested too
deeply. A negated clause stands for all other abstracts, since FTS5 has no NOT without a word before
it. Only folded letters and digits get into a query, each word in quotation marks, and the query is
bound.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from abstool.library.schema import EXACT, STEMS
from abstool.searching.query import LineNumber, Near, Operation, Phrase, SearchQuery
from abstool.searching.spellings import near_spellings, spellings

_DEEPEST = 12  # levels of a query; FTS5 refuses many more
_LONGEST = 5_000  # characters of a query; the time for ranking grows with its words and hits


class Clause(NamedTuple):
    """A query of an index, or the ids in ``found``; all others if it is negated."""

    table: str = ""
    match: str = ""
    found: frozenset[int] = frozenset()
    is_negated: bool = False
    depth: int = 0


NOTHING = Clause()


def index_of(leaf: Phrase | Near, *, is_exact: bool) -> str:
    """Return the index in which something is looked up: that of stems has no beginnings."""
    phrases = leaf.phrases if isinstance(leaf, Near) else (leaf,)
    return EXACT if is_exact or any(one.is_prefix for one in phrases) else STEMS


def match_of(leaf: Phrase | Near, *, is_exact: bool) -> str:
    """Return the query of FTS5 for a phrase, or for phrases near each other."""
    if isinstance(leaf, Near):
        groups = near_spellings(leaf, is_exact=is_exact)
        queries = [
            f"NEAR({' '.join(_quoted(*one) for one in group)}, {leaf.distance})" for group in groups
        ]
    else:
        queries = [_quoted(one, leaf.is_prefix) for one in spellings(leaf, is_exact=is_exact)]
    joined = queries[0] if len(queries) == 1 else f"({' OR '.join(queries)})"
    return f"{{{leaf.field}}} : {joined}" if leaf.field else joined


def _quoted(words: str, is_prefix: bool) -> str:
    return f'"{words}" *' if is_prefix else f'"{words}"'


class Evaluation:
    """Clauses of queries on one database; ``lines`` are those of a strategy by their number."""

    def __init__(self, database: sqlite3.Connection, *, is_exact: bool) -> None:
        """Search in a database that has the indexes of a library."""
        self._database = database
        self._is_exact = is_exact
        self.lines: dict[int, Clause] = {}

    def clause(self, query: SearchQuery) -> Clause:
        """Return what a query finds; nothing for one without words."""
        stack: list[Clause] = []
        for step in query.steps:
            if isinstance(step, LineNumber):
                stack.append(self.lines.get(step.number, NOTHING))
            elif isinstance(step, Operation):
                operands = stack[len(stack) - step.count :]
                del stack[len(stack) - step.count :]
                stack.append(self._applied(step.kind, operands))
            else:
                table = index_of(step, is_exact=self._is_exact)
                stack.append(Clause(table, match_of(step, is_exact=self._is_exact)))
        return stack[0] if stack else NOTHING

    def _applied(self, kind: str, operands: Sequence[Clause]) -> Clause:
        if kind == "NOT":
            return _negated(operands[0])
        if kind == "AND":
            return self._all(operands)
        return _negated(self._all([_negated(one) for one in operands]))  # by De Morgan

    def _all(self, clauses: Sequence[Clause]) -> Clause:
        """Return what all clauses find."""
        clauses = list(dict.fromkeys(clauses))
        wanted = [one for one in clauses if not one.is_negated]
        others = [one for one in clauses if one.is_negated]
        if len({one.table for one in clauses}) == 1 and clauses[0].table:
            depth = max(one.depth for one in clauses) + 1 + bool(wanted and others)
            length = sum(len(one.match) for one in clauses)
            if depth <= _DEEPEST and length <= _LONGEST:
                match = _joined(others, "OR")
                if wanted:
                    within = _joined(wanted, "AND")
                    match = f"({within} NOT {match})" if others else within
                return Clause(clauses[0].table, match, is_negated=not wanted, depth=depth)
        left_out = frozenset[int]().union(*map(self.ids, others))
        if not wanted:
            return Clause(found=left_out, is_negated=True)
        found: frozenset[int] | None = None
        for one in self._by_table(wanted):
            found = self.ids(one) if found is None else found & self.ids(one)
            if not found:
                break
        return Clause(found=(found or frozenset()) - left_out)

    def _by_table(self, clauses: Iterable[Clause]) -> list[Clause]:
        """Return clauses of which those in one index are joined, which SQLite does quickly."""
        tables: dict[str, list[Clause]] = {}
        joined = []
        for one in clauses:
            if one.table:
                tables.setdefault(one.table, []).append(one)
            else:
                joined.append(one)
        for same in tables.values():
            is_short = sum(len(one.match) for one in same) <= _LONGEST
            if len(same) > 1 and is_short and max(one.depth for one in same) < _DEEPEST:
                joined.append(Clause(same[0].table, _joined(same, "AND")))
            else:
                joined += same
        return joined

    def ids(self, clause: Clause) -> frozenset[int]:
        """Return the ids that a clause finds, or leaves out if it is negated."""
        if not clause.table:
            return clause.found
        query = f"SELECT rowid FROM {clause.table} WHERE {clause.table} MATCH ?"  # noqa: S608
        return frozenset(row[0] for row in self._database.execute(query, (clause.match,)))


def _joined(clauses: Sequence[Clause], operator: str) -> str:
    texts = [one.match for one in clauses]
    return texts[0] if len(texts) == 1 else f"({f' {operator} '.join(texts)})"


def _negated(clause: Clause) -> Clause:
    return clause._replace(is_negated=not clause.is_negated)
