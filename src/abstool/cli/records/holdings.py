"""Add, count, print and remove the records of a library, for the ``library`` command."""

import sys
from itertools import chain
from typing import TYPE_CHECKING

import typer

from abstool.cli.options.library import library_path
from abstool.cli.output import Output
from abstool.cli.report import Report
from abstool.errors import ExitCode, UsageError, printable, reason_of
from abstool.text import count_of, escaped_controls

if TYPE_CHECKING:
    from pathlib import Path

    from abstool.library.filters import Filters


def checked_library(name: str | None) -> "Path | None":
    """Return the path of the library that an option names, "" for the usual one, None without it.

    Raises UsageError for a file that exists and cannot be a library.
    """
    if name is None:
        return None
    from abstool.library import reading

    path = library_path(name or None)
    try:
        is_there = path.exists()
    except (OSError, ValueError) as error:  # a name too long, or with a null character
        problem = f"cannot be opened ({reason_of(error)})"
        raise UsageError(str(path), problem, "choose another file", argument="library") from None
    if is_there:
        with reading(path):
            pass
    return path


def add_records(path: "Path", sources: list[str] | None, report: Report) -> None:
    """Add the records of sources, or of standard input, to the library in a file."""
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
        report.note(f"{_shown(path)}: {outcomes}; {count_of(library.count(), 'abstract')}")


def print_counts(path: "Path", out: Output, *, as_json: bool) -> None:
    """Print what the library in a file contains."""
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


def print_records(
    path: "Path",
    filters: "Filters",
    out: Output,
    report: Report,
    *,
    former: bool,
    to_stdout: bool,
) -> None:
    """Print the records that pass filters, or their former versions."""
    from abstool.cli.progress import counted_pages
    from abstool.library import reading

    count, shown = 0, not report.is_quiet
    with (
        reading(path) as library,
        counted_pages(shown=shown, hidden=to_stdout, noun="abstracts") as counted,
    ):
        for one in counted(library.positions(filters)):
            for line in library.former_versions(one) if former else [library.record(one)]:
                out.write(escaped_controls(line) + b"\n")
                count += 1
    report.success()
    report.note(count_of(count, "former version" if former else "record"))


def remove_records(path: "Path", filters: "Filters", report: Report, *, yes: bool) -> int:
    """Remove the abstracts that pass filters, if the user confirms; return the exit code."""
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
        counted_pages(shown=not report.is_quiet, hidden=False, noun="abstracts") as counted,
    ):
        removed = library.remove(counted(positions))
    report.note(f"{_shown(path)}: {count_of(removed, 'abstract')} removed")
    return report.exit_code


def _is_confirmed(count: int) -> bool:
    if not (sys.stdin and sys.stdin.isatty()):
        raise UsageError(
            "library remove", "cannot ask for confirmation without a terminal", "use --yes"
        )
    return typer.confirm(f"Remove {count:,} abstracts and their former versions?", err=True)


def _shown(path: "Path") -> str:
    """Return a path as it is typed in this folder."""
    folder = path.cwd()
    return str(path.relative_to(folder) if path.is_relative_to(folder) else path)


def _cell(text: str) -> str:
    return printable(text, limit=10_000)
