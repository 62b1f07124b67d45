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
abstool show records.jsonl | less
abstool show --width 72 --output abstract.txt page.html
"""


@reads_inputs
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

    Records are separated by a horizontal line. Text is bold and coloured on a terminal or if
    FORCE_COLOR is set, and plain if NO_COLOR is set.
    """
    from abstool.inputs.sources import STDIN

    columns = width or terminal_width()
    report = Report(quiet=quiet)
    if show_columns:
        return print_columns(sources or [STDIN], read.sheets, output, report)
    is_counted = not quiet and not (output == "-" and sys.stdout and sys.stdout.isatty())
    with (
        opened(output) as out,
        outcomes_of(sources, from_, read, report, shown=is_counted) as outcomes,
    ):
        shown = partial(_shown, width=columns, styled=is_styled(output))
        for _, text in report.results(outcome.then(shown) for outcome in outcomes):
            out.write(text if out.is_empty else f"\n{'─' * columns}\n\n{text}")
            report.success()
    return report.exit_code


def _shown(record: "Abstract | JsonObject", subject: str, width: int, *, styled: bool) -> str:
    from abstool.citing import cite
    from abstool.cli.records import display
    from abstool.record import Abstract

    if isinstance(record, dict):
        if "type" in record and "schema" not in record:
            raise UnreadableInput(
                subject, "this is a CSL-JSON item, not a record", "use 'abstool cite' for items"
            )
        record = Abstract.from_dict(record, subject)
    (citation,) = cite([record], style="ama")
    return display.render(record, citation, width=width, styled=styled)
