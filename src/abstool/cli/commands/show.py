"""The ``show`` command: print records for a person to read."""

import os
import shutil
import sys
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from abstool.cli.options import OutputFile, Quiet
from abstool.cli.options.network import outcomes_of
from abstool.cli.options.pages import From, Like, Set, given_of
from abstool.cli.output import opened
from abstool.cli.report import Report
from abstool.errors import UnreadableInput

if TYPE_CHECKING:
    from abstool.inputs.json import JsonObject
    from abstool.record import Abstract

EXAMPLES = """\
abstool show https://acrabstracts.org/abstract/some-title/
abstool show records.jsonl
abstool show --width 72 --output abstract.txt page.html
"""

# In columns. Text needs at least the first; lines longer than the second are tiring to read.
_MIN_WIDTH, _MAX_WIDTH = 20, 100


def show(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SOURCE",
            help="JSON file, saved page, URL or DOI. [default: standard input]",
            show_default=False,
        ),
    ] = None,
    *,
    width: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=_MIN_WIDTH,
            max=1000,
            help=f"Wrap lines at N columns. [default: terminal width, at most {_MAX_WIDTH}]",
            show_default=False,
        ),
    ] = None,
    from_: From = None,
    set_: Set = None,
    like: Like = None,
    output: OutputFile = "-",
    quiet: Quiet = False,
) -> int:
    """Show records in readable form, with their AMA citation.

    Records are separated by a horizontal line. On a terminal, several go through the pager in PAGER
    (less by default; none if PAGER is empty). Text is bold and coloured on a terminal or if
    FORCE_COLOR is set, and plain if NO_COLOR is set.
    """
    from abstool.cli.pager import Pager
    from abstool.inputs.options import ReadOptions

    columns = width or _columns()
    report = Report(quiet=quiet)
    options = ReadOptions(given_of(set_, like))
    is_read_here = output == "-" and sys.stdout is not None and sys.stdout.isatty()
    is_many = from_ is not None or len(sources or ()) > 1
    with (
        opened(output) as out,
        Pager(out, (0 if is_many else 1) if is_read_here else None) as pager,
        outcomes_of(
            sources, from_, options, report, shown=not quiet and not is_read_here
        ) as outcomes,
    ):
        shown = partial(_shown, width=columns, styled=_is_styled(output))
        rule = ""
        for _, text in report.results(outcome.then(shown) for outcome in outcomes):
            report.success()
            pager.write(f"{rule}{text}")
            rule = f"\n{'─' * columns}\n\n"
    return report.exit_code


def _shown(record: "Abstract | JsonObject", subject: str, width: int, *, styled: bool) -> str:
    from abstool.citing import cite
    from abstool.cli import display
    from abstool.record import Abstract

    if isinstance(record, dict):
        if "type" in record and "schema" not in record:
            raise UnreadableInput(
                subject, "this is a CSL-JSON item, not a record", "use 'abstool cite' for items"
            )
        record = Abstract.from_dict(record, subject)
    (citation,) = cite([record], style="ama")
    return display.render(record, citation, width=width, styled=styled)


def _columns() -> int:
    """Return the width of the terminal (or COLUMNS) within limits; 80 if it is unknown."""
    return min(max(shutil.get_terminal_size().columns, _MIN_WIDTH), _MAX_WIDTH)


def _is_styled(output: str) -> bool:
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return output == "-" and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
