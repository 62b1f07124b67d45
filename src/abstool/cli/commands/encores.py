"""The ``encores`` command: find work that was presented more than once."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from typing import TYPE_CHECKING, Annotated

import typer

from abstool.cli.options import OutputFile, Quiet
from abstool.cli.options.pages import RecordSources
from abstool.cli.output import opened
from abstool.cli.report import Report
from abstool.errors import printable
from abstool.text import count_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from abstool.encores import Pair
    from abstool.record import Abstract

EXAMPLES = """\
abstool encores acr-2025.jsonl eular-2025.jsonl
abstool encores new.jsonl --against earlier.jsonl --json | jq .kind
"""

_MANY = 2000  # records, from which on comparing them takes some seconds

Against = Annotated[
    list[str] | None,
    typer.Option(
        metavar="SOURCE",
        help="Look only for pairs of a record here and one in SOURCE. Can be repeated.",
        show_default=False,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON Lines, one per pair.")]


def encores(
    sources: RecordSources = None,
    *,
    against: Against = None,
    as_json: AsJson = False,
    output: OutputFile = "-",
    quiet: Quiet = False,
) -> int:
    """Find the same work presented again, at another meeting or under another title.

    Records are compared by authors, text, the numbers in it, title and trials. Those whose titles
    differ in a number, drug, disease or design are siblings, not encores. One record given twice
    is a repeat. Nothing is merged or left out: look at each pair.
    """
    from abstool.cli.progress import counted_pages
    from abstool.cli.records.reading import records_in
    from abstool.encores import find
    from abstool.inputs.sources import STDIN

    report = Report(quiet=quiet)
    kinds: Counter[str] = Counter()
    counts: dict[str, int] = {}
    others_counts: dict[str, int] = {}
    with opened(output) as out, ExitStack() as stack:
        records = records_in(sources or [STDIN], report, counts)
        others = records_in(against, report, others_counts) if against else None

        def watched(places: Iterable[int]) -> Iterator[int]:
            if sum(counts.values()) >= _MANY:
                report.note(f"comparing {sum(counts.values()):,} records")
            return stack.enter_context(
                counted_pages(shown=not quiet, hidden=output == "-", noun="records compared")
            )(places)

        for pair in find(records, others, watched):
            kinds[pair.kind] += 1
            if as_json:
                out.write_json(pair.to_dict())
            else:
                out.write(("" if out.is_empty else "\n") + _shown(pair))
        if sum(counts.values()):
            report.success()
    found = ", ".join(count_of(kinds[kind], kind) for kind in ("encore", "sibling", "repeat"))
    total = sum(counts.values()) + sum(others_counts.values())
    report.note(f"{count_of(total, 'record')}: {found}")
    return report.exit_code


def _shown(pair: Pair) -> str:
    """Return a pair for a person to read."""
    return (
        f"{pair.kind} ({pair.score:.2f}): {'; '.join(map(printable, pair.reasons))}\n"
        f"  {_line(pair.first)}\n  {_line(pair.second)}\n"
    )


def _line(record: Abstract) -> str:
    place = " ".join(filter(None, (record.meeting, record.number)))
    parts = (place, record.title, record.url)
    return printable(" · ".join(filter(None, parts)), 500)
