"""The ``diff`` command: compare two harvests."""

import shutil
from collections.abc import Iterator
from io import StringIO
from typing import TYPE_CHECKING, Annotated

import typer

from abstool.cli.options import OutputFile, Quiet
from abstool.cli.options.reading import reads_inputs
from abstool.cli.options.sheets import ShowColumns, print_columns
from abstool.cli.output import opened
from abstool.cli.report import Report
from abstool.errors import ExitCode, UsageError, printable

if TYPE_CHECKING:
    from abstool.harvesting.comparison import Change, LocatedRecord
    from abstool.inputs.json import JsonObject
    from abstool.inputs.options import ReadOptions
    from abstool.record import Abstract

EXAMPLES = """\
abstool diff meeting-january.jsonl meeting-june.jsonl
abstool diff --table old.jsonl new.jsonl
abstool diff --values old.jsonl new.jsonl | jq .new
"""

_KINDS = ("new", "gone", "changed")


@reads_inputs
def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="Earlier records or pages.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="Later records or pages.")],
    *,
    values: Annotated[
        bool, typer.Option("--values", help="Include the old and new values of changed fields.")
    ] = False,
    table: Annotated[
        bool, typer.Option("--table", help="Print a table instead of JSON Lines.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Also compare the fields accessed and warnings.")
    ] = False,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit with code 1 if anything changed.")
    ] = False,
    read: "ReadOptions",
    show_columns: ShowColumns = False,
    output: OutputFile = "-",
    quiet: Quiet = False,
) -> int:
    """Compare two harvests and list new, gone and changed abstracts.

    Abstracts are matched by URL, or by meeting and number if they have none. If different abstracts
    have one URL, title or number must be the same too. Prints JSON Lines that name the changed
    fields, and a summary on standard error. The exit code is 0 whether or not there are changes.
    """
    from abstool.harvesting.comparison import OF_THE_HARVEST, compare
    from abstool.inputs.sources import check_stdin

    report = Report(quiet=quiet)
    if values and table:
        raise UsageError("--values", "cannot be combined with --table", "use only one")
    if show_columns:
        return print_columns([old, new], read.sheets, output, report)
    check_stdin([old, new], report.note)
    counts = dict.fromkeys(_KINDS, 0)
    changes = compare(
        *(_entries(name, read, report) for name in (old, new)),
        ignored=frozenset(("schema",)) if strict else OF_THE_HARVEST,
        repeated=lambda one, first: report.note(f"{one}: skipped, same abstract as {first}"),
        disputed=lambda one, other: report.note(
            f"{one}: same URL as {other}, but another abstract; both are compared"
        ),
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
    """An input has no records, which does not mean that all abstracts are gone or new."""


def _entries(name: str, options: "ReadOptions", report: Report) -> Iterator["LocatedRecord"]:
    from abstool.inputs.sources import Web, read_source

    entry = None
    outcomes = (outcome.then(_entry) for outcome in read_source(name, Web(_refuse), options))
    for _, entry in report.results(outcomes):
        report.success()
        yield entry
    if entry is None:
        raise _NothingToCompareError


def _refuse(url: str) -> "Abstract":
    raise UsageError(url, "this is a URL, not a file", "fetch or harvest it first")


def _entry(record: "Abstract | JsonObject", subject: str) -> "LocatedRecord":
    from abstool.harvesting.comparison import LocatedRecord, check
    from abstool.record import Abstract

    if isinstance(record, dict):
        record = Abstract.from_dict(record, subject)
    return check(LocatedRecord(subject, record.to_dict()))


def _table(changes: list["Change"]) -> str:
    """Return the changes as a table; rich does not interpret the text in it."""
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
