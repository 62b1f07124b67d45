"""``abstool show``: records, pages or addresses in, text for a person to read out."""

import os
import shutil
import sys
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Annotated

import typer

from abstool.cli.options import OutputFile, Quiet
from abstool.cli.output import opened
from abstool.cli.report import Report
from abstool.errors import UnreadableInput

if TYPE_CHECKING:
    from abstool.inputs.sources import Citable

EXAMPLES = """\
abstool show https://acrabstracts.org/abstract/some-title/
abstool show records.jsonl | less
abstool show --width 72 --output abstract.txt page.html
"""

# Columns: fewer leave no room for text, and longer lines than the widest are tiring to read.
_NARROWEST, _WIDEST = 20, 100


def show(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SOURCE",
            help="File of JSON, saved page, or address; standard input if - or none.",
            show_default=False,
        ),
    ] = None,
    *,
    width: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=_NARROWEST,
            max=1000,
            help=f"Wrap lines at N columns; otherwise the terminal's, {_WIDEST} at most.",
            show_default=False,
        ),
    ] = None,
    output: OutputFile = "-",
    quiet: Quiet = False,
) -> int:
    """Show records for reading, with their AMA citation.

    Several are separated by a rule. Text is bold and coloured on a terminal, or where FORCE_COLOR
    is set, and plain where NO_COLOR is.
    """
    from abstool.fetching import fetching
    from abstool.inputs.sources import STDIN, check_stdin, read_citables

    names = sources or [STDIN]
    columns = width or _columns()
    report = Report(quiet=quiet)
    check_stdin(names, report.note)
    with opened(output) as out, fetching(names) as fetch:
        shown = partial(_shown, width=columns, styled=_is_styled(output))
        found = chain.from_iterable(read_citables(name, fetch) for name in names)
        for text in report.results(found, shown):
            out.write(text if out.is_empty else f"\n{'─' * columns}\n\n{text}")
            report.success()
    return report.exit_code


def _shown(citable: "Citable", width: int, *, styled: bool) -> str:
    from abstool.citing import cite
    from abstool.cli import display
    from abstool.record import Abstract

    place, content = citable
    if isinstance(content, Exception):
        raise content
    if isinstance(content, dict):
        if "type" in content and "schema" not in content:
            raise UnreadableInput(
                place, "it is a CSL-JSON item, not a record", "use 'abstool cite' for items"
            )
        content = Abstract.from_dict(content, place)
    (citation,) = cite([content], style="ama")
    return display.render(content, citation, width=width, styled=styled)


def _columns() -> int:
    """Return the width of the terminal (or COLUMNS) as far as it is readable; 80 without one."""
    return min(max(shutil.get_terminal_size().columns, _NARROWEST), _WIDEST)


def _is_styled(output: str) -> bool:
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return output == "-" and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
