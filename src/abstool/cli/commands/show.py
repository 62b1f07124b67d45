"""The ``show`` command: print records for a person to read."""

import sys
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from abstool.cli.options import OutputFile, Quiet
from abstool.cli.options.network import outcomes_of
from abstool.cli.options.pages import From
from abstool.cli.options.reading import reads_inputs
from abstool.cli.options.sheets import ShowColumns, print_columns
from abstool.cli.output import NARROWEST, WIDEST, is_styled, opened, terminal_width
from abstool.cli.report import Report
from abstool.errors import UnreadableInput

if TYPE_CHECKING:
    from abstool.inputs.json import JsonObject
    from abstool.inputs.options import ReadOptions
    from abstool.record import Abstract

EXAMPLES = """\
abstool show https://acrabstracts.org/abstract/some-title/
abstool show records.jsonl
abstool show --width 72 --output abstract.txt page.html
"""


@reads_inputs
def show(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SOURCE",
            help="JSON file, saved page, sheet, folder, URL or DOI. [default: standard input]",
            show_default=False,
        ),
    ] = None,
    *,
    width: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=NARROWEST,
            max=1000,
            help=f"Wrap lines at N columns. [default: terminal width, at most {WIDEST}]",
            show_default=False,
        ),
    ] = None,
    from_: From = None,
    read: "ReadOptions",
    show_columns: ShowColumns = False,
    output: OutputFile = "-",
    quiet: Quiet = False,
) -> int:
    """Show records in readable form, with their AMA citation.

    Records are separated by a horizontal line. On a terminal, several go through the pager in PAGER
    (less by default; none if PAGER is empty). Text is bold and coloured on a terminal or if
    FORCE_COLOR is set, and plain if NO_COLOR is set.
    """
    from abstool.cli.pager import Pager
    from abstool.inputs.sources import STDIN

    columns = width or terminal_width()
    report = Report(quiet=quiet)
    if show_columns:
        return print_columns(sources or [STDIN], read.sheets, output, report)
    is_read_here = output == "-" and sys.stdout is not None and sys.stdout.isatty()
    is_many = from_ is not None or len(sources or ()) > 1
    is_counted = not quiet and not is_read_here
    with (
        opened(output) as out,
        Pager(out, (0 if is_many else 1) if is_read_here else None) as pager,
        outcomes_of(sources, from_, read, report, shown=is_counted) as outcomes,
    ):
        shown = partial(_shown, width=columns, styled=is_styled(output))
        rule = ""
        for _, text in report.results(outcome.then(shown) for outcome in outcomes):
            report.success()
            pager.write(f"{rule}{text}")
            rule = f"\n{'─' * columns}\n\n"
    return report.exit_code


def _shown(record: "Abstract | JsonObject", subject: str, width: int, *, styled: bool) -> str:
    from abstool.citing import cite
    from abstool.cli.records import display
    from abstool.record import Abstract

    if isinstance(record, dict):
        if "type" in record and "schema" not in record:
            raise UnreadableInput(
                subject, "this is a reference, not a record", "use 'abstool cite' for references"
            )
        record = Abstract.from_dict(record, subject)
    (citation,) = cite([record], style="ama")
    return display.render(record, citation, width=width, styled=styled)
