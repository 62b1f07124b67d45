"""Search records that are in memory: the public function ``search``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from abstool.errors import UsageError
from abstool.library import scratch
from abstool.library.filters import Filters
from abstool.record import Abstract
from abstool.searching.hits import Search, indexes_needed
from abstool.searching.query import SearchQuery


def search(
    query: str,
    records: Iterable[Abstract | Mapping[str, object]],
    *,
    exact: bool = False,
    limit: int | None = None,
) -> list[Abstract]:
    """Return the records that a query finds, the most relevant first.

    The query is that of ``abstool search``: words, ``"phrases"``, ``OR``, ``NOT``, ``begin*``,
    ``title:word``; nothing in it is an error. With ``exact``, words are matched as typed, not in
    all their forms. A record that repeats another is found once. A dictionary may stand for a
    record, but CSL-JSON items cannot be searched.

    Raises:
        UsageError: an argument is of the wrong type, or the query has no word.
    """
    if not isinstance(query, str):
        raise UsageError(problem="not text", next_step="give the query", argument="query")
    if isinstance(records, Abstract | str) or not isinstance(records, Iterable):
        next_step = "give a list of them"
        raise UsageError(problem="not records", next_step=next_step, argument="records")
    wanted = SearchQuery.read(query, is_exact=exact)
    if not wanted.steps:
        raise UsageError(problem="no word to search for", argument="query")
    needed = indexes_needed([wanted], is_exact=exact)
    with scratch(needed, "search") as library:
        library.add(_checked(one) for one in records)
        found = Search(library, Filters(), is_exact=exact)
        places = found.positions(found.run(wanted), limit=limit)
        return [Abstract.from_dict(json.loads(library.record(place))) for place in places]


def _checked(record: Abstract | Mapping[str, object]) -> Abstract:
    if isinstance(record, Abstract):
        return record
    if isinstance(record, Mapping) and "schema" in record:
        return Abstract.from_dict(dict(record))
    problem, next_step = "not a record", "give records, as read() and fetch() return them"
    if isinstance(record, Mapping):
        problem, next_step = "a reference of another program is not a record", "leave it out"
    raise UsageError(problem=problem, next_step=next_step, argument="records")
