"""The options of the ``search`` command, and the form that they ask for."""

from __future__ import annotations

from typing import Annotated, NamedTuple

import typer

from abstool.cli.options import completing
from abstool.errors import UsageError

SHOWN = 20  # hits, unless they are printed as data
ORDERS = ("relevance", "number", "year", "title")

QueryText = Annotated[
    str | None,
    typer.Argument(
        metavar="QUERY",
        help='One argument: words, OR, NOT or -, ( ), "phrases", word*, NEAR(a b, 5), and title:,'
        " author:, keyword: or text: before what they limit.",
        show_default=False,
    ),
]
Sources = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="SOURCE",
        help="Records, saved pages or sheets; - is standard input. [default: the library]",
        show_default=False,
    ),
]
StrategyFile = Annotated[
    str,
    typer.Option(
        "--strategy",
        metavar="FILE",
        help="Instead of QUERY, run the numbered queries of FILE, which may use earlier ones, such"
        " as 3 #1 AND #2. Prints how many hits each has; other options are about the last one.",
        show_default=False,
    ),
]
Exact = Annotated[
    bool, typer.Option("--exact", help="Find words as typed, not also their other forms.")
]
RecordLines = Annotated[
    bool, typer.Option("--lines", help="Print all hits as records (JSON Lines), for a pipe.")
]
Urls = Annotated[bool, typer.Option("--urls", help="Print the URLs of all hits.")]
Count = Annotated[bool, typer.Option("--count", help="Print only how many hits there are.")]
AsJson = Annotated[
    bool,
    typer.Option("--json", help="Print one JSON object: date, sources, queries, counts and hits."),
]
Most = Annotated[
    int | None,
    typer.Option(
        "--limit",
        metavar="N",
        min=1,
        max=1_000_000,
        help=f"Print at most N hits. [default: {SHOWN}, or all with --lines and --urls]",
        show_default=False,
    ),
]
Sort = Annotated[
    str,
    typer.Option(
        metavar="ORDER",
        help="Order of the hits: relevance, number, year (newest first) or title.",
        autocompletion=completing(*ORDERS),
    ),
]


class HitsForm(NamedTuple):
    """In what form hits are printed, at most how many, and in what order.

    ``kind`` is the name of an option, or "" for a list to read.
    """

    kind: str
    limit: int | None
    sort: str


def form_of(
    *, lines: bool, urls: bool, count: bool, as_json: bool, limit: int | None, sort: str
) -> HitsForm:
    """Return the form that the options ask for. Raises UsageError."""
    given = {"--lines": lines, "--urls": urls, "--count": count, "--json": as_json}
    kinds = [name for name, is_given in given.items() if is_given]
    if len(kinds) > 1:
        raise UsageError(kinds[0], f"cannot be combined with {kinds[1]}", "use only one")
    if sort not in ORDERS:
        problem = f"unknown order {sort!r}"
        raise UsageError(problem=problem, next_step=f"use {', '.join(ORDERS)}", argument="sort")
    kind = kinds[0] if kinds else ""
    return HitsForm(kind, limit or (None if kind in ("--lines", "--urls") else SHOWN), sort)
