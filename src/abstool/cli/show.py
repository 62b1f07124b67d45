"""The ``show`` command: print records for a person to read."""

import os
import shutil
import sys
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Annotated

import typer

from abstool.cli.network import page_fetcher
from abstool.cli.options import OutputFile, Quiet
from abstool.cli.output import opened
from abstool.cli.report import Report
from abstool.errors import UnreadableInput

if TYPE_CHECKING:
    from abstool.inputs.json import JsonObject
    from abstool.record import Abstract

EXAMPLES = """\
abstool show https://acrabstracts.org/abstract/some-title/
abstool show records.jsonl | less
abstool show --width 72 --output abstract.txt page.html
"""

# In columns. Text needs at least the first; lines longer than the second are tiring to read.
_MIN_WIDTH, _MAX_WIDTH = 20, 100


def show(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SOURCE",
            help="JSON file, saved page or URL. [default: standard input]",
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
    output: OutputFile = "-",
    quiet: Quiet = False,
) -> int:
    """Show records in readable form, with their AMA citation.

    Records are separated by a horizontal line. Text is bold and coloured on a terminal or if
    FORCE_COLOR is set, and plain if NO_COLOR is set.
    """
    from abstool.inputs.sources import STDIN, check_stdin, read_source

    names = sources or [STDIN]
    columns = width or _columns()
    report = Report(quiet=quiet)
    check_stdin(names, report.note)
    with opened(output) as out, page_fetcher(names) as fetch:
        shown = partial(_shown, width=columns, styled=_is_styled(output))
        found = chain.from_iterable(read_source(name, fetch) for name in names)
        for _, text in report.results(outcome.then(shown) for outcome in found):
            out.write(text if out.is_empty else f"\n{'─' * columns}\n\n{text}")
            report.success()
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
