"""The report of a search as JSON: what was searched, how, where and when, as PRISMA-S asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NotRequired, TypedDict

import msgspec

from abstool._version import __version__
from abstool.library.filters import Filters
from abstool.searching.hits import Hit
from abstool.searching.snippets import Marked

SCHEMA = "abstool-search/1"


class SourceCount(TypedDict):
    """A source that was searched, and how many records were read from it."""

    source: str
    records: int


class QueryCount(TypedDict):
    """A query as it was typed, how it was read, and how many abstracts it found."""

    number: int
    query: str
    read_as: str
    hits: int
    notes: NotRequired[list[str]]


class MarkedText(TypedDict):
    """A text, and the offsets of the words that were found in it."""

    text: str
    marks: list[list[int]]


class FoundAbstract(TypedDict):
    """An abstract that was found."""

    rank: int
    url: NotRequired[str]
    number: NotRequired[str]
    meeting: NotRequired[str]
    year: NotRequired[int]
    authors: NotRequired[str]
    title: MarkedText
    snippet: NotRequired[MarkedText]


class SearchReport(TypedDict):
    """A search; ``hits`` and ``results`` are those of the last query."""

    schema: str
    tool: str
    version: str
    date: str
    sources: list[SourceCount]
    searched: int
    filters: dict[str, list[str | int]]
    word_forms: bool
    queries: list[QueryCount]
    hits: int
    sort: str
    results: list[FoundAbstract]


def search_report(
    sources: Mapping[str, int],
    searched: int,
    filters: Filters,
    queries: Sequence[QueryCount],
    hits: Iterable[Hit],
    *,
    is_exact: bool,
    sort: str,
) -> SearchReport:
    """Return the report of a search on ``searched`` abstracts, dated now."""
    return {
        "schema": SCHEMA,
        "tool": "abstool",
        "version": __version__,
        "date": datetime.now().astimezone().isoformat(timespec="seconds"),
        "sources": [{"source": name, "records": count} for name, count in sources.items()],
        "searched": searched,
        "filters": filters.to_dict(),
        "word_forms": not is_exact,
        "queries": list(queries),
        "hits": queries[-1]["hits"] if queries else 0,
        "sort": sort,
        "results": [_found(rank, hit) for rank, hit in enumerate(hits, 1)],
    }


def _found(rank: int, hit: Hit) -> FoundAbstract:
    found: FoundAbstract = {"rank": rank, "title": _marked(hit.title)}
    if hit.url:
        found["url"] = hit.url
    if hit.number:
        found["number"] = hit.number
    if hit.meeting:
        found["meeting"] = hit.meeting
    if hit.year:
        found["year"] = hit.year
    if hit.authors:
        found["authors"] = hit.authors
    if hit.snippet.text:
        found["snippet"] = _marked(hit.snippet)
    return found


def _marked(marked: Marked) -> MarkedText:
    return {"text": marked.text, "marks": [list(span) for span in marked.marks]}


def json_schema() -> dict[str, object]:
    """Return the JSON Schema (draft 2020-12) of reports."""
    schema = msgspec.json.schema(SearchReport)
    definitions = schema["$defs"]
    report = definitions.pop("SearchReport")
    report["properties"]["schema"] = {"const": SCHEMA}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA,
        **report,
        "$defs": definitions,
    }
