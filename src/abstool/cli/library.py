"""The ``library`` command: keep the records of many meetings in one file."""

import sys
from itertools import chain
from typing import TYPE_CHECKING, Annotated

import typer

from abstool.cli.options import OutputFile, Quiet, completing
from abstool.cli.options.library import (
    LibraryOption,
    MeetingFilter,
    NumberFilter,
    SessionFilter,
    TrialFilter,
    YearFilter,
    filters_of,
    library_path,
)
from abstool.cli.output import Output, opened
from abstool.cli.report import Report
from abstool.errors import ExitCode, UsageError, printable
from abstool.text import escaped_controls

if TYPE_CHECKING:
    from pathlib import Path

    from abstool.library.filters import Filters

EXAMPLES = """\
abstool library add meeting.jsonl
abstool library info
abstool library export --meeting 'ACR 2025' --output acr.jsonl
abstool library remove https://acrabstracts.org/abstract/some-title/
"""

_ACTIONS = ("add", "info", "remove", "export")

Action = Annotated[
    str,
    typer.Argument(
        metavar="|".join(_ACTIONS),
        help="Add records; count them by meeting and date of harvest; remove records; or print"
        " records (JSON Lines).",
        autocompletion=completing(*_ACTIONS),
    ),
]
Sources = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="SOURCE",
        help="For add: records, saved pages or sheets. [default: standard input] For remove and"
        " export: URLs of abstracts.",
        show_default=False,
    ),
]
Former = Annotated[
    bool,
    typer.Option("--former", help="With export: print the former versions of changed records."),
]
AsJson = Annotated[bool, typer.Option("--json", help="With info: print JSON.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="With remove: do not ask.")]


def library(
    action: Action,
    sources: Sources = None,
    *,
    file: LibraryOption = None,
    meeting: MeetingFilter = None,
    year: YearFilter = None,
    session: SessionFilter = None,
    trial: TrialFilter = None,
    number: NumberFilter = None,
    former: Former = False,
    as_json: AsJson = False,
    yes: Yes = False,
    output: OutputFile = "-",
    quiet: Quiet = False,
) -> int:
    """Keep the records of many meetings in one file, to search them.

    A record that is there already is replaced if it changed, and its former version is kept.
    Records are matched by URL, or else by meeting and number. The file is an SQLite database that
    sqlite3 and Datasette open as it is. --meeting, --year, --session, --trial and --number choose
    what to remove or export.
    """
    if action not in _ACTIONS:
        raise UsageError(action, "unknown action", f"use {', '.join(_ACTIONS)}")
    is_chosen = any((meeting, year, session, trial, number))
    if is_chosen and action not in ("remove", "export"):
        raise UsageError("library", f"filters cannot be used with {action}", "remove them")
    if sources and action == "info":
        raise UsageError(sources[0], "info takes no SOURCE", "remove it")
    report, path = Report(quiet=quiet), library_path(file)
    if action == "add":
        _add(path, sources, report)
        return report.exit_code
    filters = filters_of(
        meeting=meeting, year=year, session=session, trial=trial, number=number, url=sources
    )
    if action == "remove":
        return _remove(path, filters, report, yes=yes)
    with opened(output) as out:
        if action == "info":
            _info(path, out, as_json=as_json)
        else:
            _export(path, filters, out, report, former=former)
    return report.exit_code


def _add(path: "Path", sources: list[str] | None, report: Report) -> None:
    from abstool.cli.records.reading import records_in
    from abstool.inputs.sources import STDIN
    from abstool.library import create

    # The first record is read before the file is made, so that a typing error leaves no file.
    records = records_in(sources or [STDIN], report)
    first = next(records, None)
    if first is None:
        return
    report.success()
    with create(path) as library:
        outcomes = library.add(chain([first], records))
        report.note(f"{path}: {outcomes}; {library.count():,} abstracts")


def _info(path: "Path", out: Output, *, as_json: bool) -> None:
    from abstool.library import reading
    from abstool.library.report import library_report

    with reading(path) as library:
        found = library_report(library)
    if as_json:
        out.write_json(found, indent=2)
        return
    for name in ("file", "version", "bytes", "abstracts", "former_versions"):
        out.write(f"{name}\t{_cell(str(found[name]))}\n")
    out.write("\nmeeting\tharvested\tabstracts\n")
    for one in found["meetings"]:
        cells = (one.get("meeting", "-"), one.get("harvested", "-"), str(one["abstracts"]))
        out.write("\t".join(map(_cell, cells)) + "\n")


def _export(path: "Path", filters: "Filters", out: Output, report: Report, *, former: bool) -> None:
    from abstool.library import reading

    with reading(path) as library:
        count = 0
        for one in library.positions(filters):
            for line in library.former_versions(one) if former else [library.record(one)]:
                out.write(escaped_controls(line) + b"\n")
                count += 1
    report.success()
    report.note(f"{count:,} {'former versions' if former else 'records'}")


def _remove(path: "Path", filters: "Filters", report: Report, *, yes: bool) -> int:
    from abstool.cli.progress import counted_pages
    from abstool.library import create, reading

    if not filters:
        raise UsageError(
            "library remove", "nothing is named", "give URLs, or --meeting, --year or --number"
        )
    with reading(path) as library:
        positions = library.positions(filters)
    if not positions:
        report.note("no such abstracts; nothing was removed")
        return report.exit_code
    if not yes and not _is_confirmed(len(positions)):
        report.note("cancelled; nothing was removed")
        return ExitCode.OK
    with (
        create(path) as library,
        counted_pages(shown=not report.is_quiet, hidden=False) as counted,
    ):
        removed = library.remove(counted(positions))
    report.note(f"{path}: {removed:,} abstracts removed")
    return report.exit_code


def _is_confirmed(count: int) -> bool:
    if not (sys.stdin and sys.stdin.isatty()):
        raise UsageError(
            "library remove", "cannot ask for confirmation without a terminal", "use --yes"
        )
    return typer.confirm(f"Remove {count:,} abstracts and their former versions?", err=True)


def _cell(text: str) -> str:
    return printable(text, limit=10_000)
