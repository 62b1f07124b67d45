"""The ``library`` command: keep the records of many meetings in one file."""

from typing import Annotated

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
from abstool.cli.output import opened
from abstool.cli.records.holdings import (
    add_records,
    print_counts,
    print_records,
    remove_records,
)
from abstool.cli.report import Report
from abstool.errors import UsageError

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
    library_: LibraryOption = None,
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
        raise UsageError(sources[0], "info does not read a SOURCE", "remove it")
    report, path = Report(quiet=quiet), library_path(library_)
    if action == "add":
        add_records(path, sources, report)
        return report.exit_code
    filters = filters_of(
        meeting=meeting, year=year, session=session, trial=trial, number=number, url=sources
    )
    if action == "remove":
        return remove_records(path, filters, report, yes=yes)
    with opened(output) as out:
        if action == "info":
            print_counts(path, out, as_json=as_json)
        else:
            print_records(path, filters, out, report, former=former, to_stdout=output == "-")
    return report.exit_code
