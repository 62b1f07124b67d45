"""``abstool diff``: two harvests in, what changed between them out."""

import shutil
from collections.abc import Iterator
from io import StringIO
from typing import TYPE_CHECKING, Annotated

import typer

from abstool.cli.options import OutputFile, Quiet
from abstool.cli.output import opened
from abstool.cli.report import Report
from abstool.errors import ExitCode, UsageError, printable

if TYPE_CHECKING:
    from abstool.harvesting.comparison import Change, LocatedRecord
    from abstool.inputs.sources import Citable
    from abstool.record import Abstract

EXAMPLES = """\
abstool diff meeting-january.jsonl meeting-june.jsonl
abstool diff --table old.jsonl new.jsonl
abstool diff --values old.jsonl new.jsonl | jq .new
"""

_KINDS = ("new", "gone", "changed")


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="Records, or pages, as they were.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="Records, or pages, as they are.")],
    *,
    values: Annotated[
        bool, typer.Option("--values", help="Give the old and the new value of changed fields.")
    ] = False,
    table: Annotated[bool, typer.Option("--table", help="Print a table, for reading.")] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Compare accessed and warnings, too.")
    ] = False,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="End with 1 if anything changed.")
    ] = False,
    output: OutputFile = "-",
    quiet: Quiet = False,
) -> int:
    """Compare two harvests: which abstracts are new, gone or changed, and in what.

    Abstracts are told by address, else by meeting and number. Prints JSON Lines, and the numbers
    of changes on standard error; ends with 0 whether or not there are any.
    """
    from abstool.harvesting.comparison import OF_THE_HARVEST, compare
    from abstool.inputs.sources import check_stdin

    if values and table:
        raise UsageError("--values", "cannot be combined with --table", "choose one of them")
    report = Report(quiet=quiet)
    check_stdin([old, new], report.note)
    ignored = frozenset(("schema",)) if strict else OF_THE_HARVEST
    counts = dict.fromkeys(_KINDS, 0)
    changes = compare(
        _entries(old, report),
        _entries(new, report),
        ignored=ignored,
        repeated=lambda place, first: report.note(f"{place}: the same abstract as {first}"),
    )
    rows: list[Change] = []
    with opened(output) as out:
        try:
            for change in changes:
                counts[change.kind] += 1
                if table:
                    rows.append(change)
                else:
                    out.write_json(change.to_dict(values=values))
        except _NothingToCompareError:
            return report.exit_code
        if rows:
            out.write(_table(rows))
    report.note(", ".join(f"{count:,} {kind}" for kind, count in counts.items()))
    return report.exit_code or (ExitCode.SOME_FAILED if exit_code and any(counts.values()) else 0)


class _NothingToCompareError(Exception):
    """A file gave no record at all, which shall not pass for all abstracts being gone."""


def _entries(name: str, report: Report) -> Iterator["LocatedRecord"]:
    from abstool.inputs.sources import read_citables

    entry = None
    for entry in report.results(read_citables(name, _refuse), _entry):
        report.success()
        yield entry
    if entry is None:
        raise _NothingToCompareError


def _refuse(address: str) -> "Abstract":
    raise UsageError(address, "it is an address, not a file", "fetch or harvest it first")


def _entry(citable: "Citable") -> "LocatedRecord":
    from abstool.harvesting.comparison import LocatedRecord, check
    from abstool.record import Abstract

    place, content = citable
    if isinstance(content, Exception):
        raise content
    if isinstance(content, dict):
        content = Abstract.from_dict(content, place)
    return check(LocatedRecord(place, content.to_dict()))


def _table(changes: list["Change"]) -> str:
    """Return the changes as a table; texts of pages are plain texts there and steer nothing."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in ("Change", "Number", "Title", "Fields"):
        table.add_column(heading, no_wrap=heading == "Number", overflow="fold")
    for change in changes:
        record = change.new or change.old
        cells = (change.kind, record.get("number", ""), record["title"], ", ".join(change.fields))
        table.add_row(*(Text(printable(str(cell))) for cell in cells))
    console = Console(
        file=StringIO(),
        width=max(40, shutil.get_terminal_size((100, 24)).columns),
        color_system=None,
        force_terminal=False,
        legacy_windows=False,
    )
    with console.capture() as capture:
        console.print(table)
    lines = (line.rstrip() for line in capture.get().split("\n"))
    return "\n".join(lines).strip("\n") + "\n"
