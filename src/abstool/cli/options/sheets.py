"""The options for spreadsheets and CSV files of abstracts."""

from itertools import chain
from typing import TYPE_CHECKING, Annotated

import typer

from abstool.cli.output import opened
from abstool.errors import printable

if TYPE_CHECKING:
    from abstool.cli.report import Report
    from abstool.inputs.sheets import SheetOptions


def _fields() -> list[str]:
    """Return the beginnings of values of --column."""
    from abstool.inputs.references.tables.abstracts import FIELDS

    return [f"{name}=" for name in FIELDS]


Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        metavar="FIELD=NAME",
        help='In a sheet, read FIELD from column NAME, as in title="Poster Title".'
        " Can be repeated.",
        autocompletion=_fields,
        show_default=False,
    ),
]
PadNumbers = Annotated[
    int,
    typer.Option(
        "--pad-numbers",
        metavar="N",
        min=0,
        max=12,
        help="In a sheet, restore lost zeros of abstract numbers, up to N digits.",
        show_default=False,
    ),
]
ShowColumns = Annotated[
    bool,
    typer.Option("--show-columns", help="Print what is read from each column of the sheets."),
]


def chosen_columns(pairs: list[str] | None, pad_numbers: int) -> "SheetOptions":
    """Return how sheets are read. Raises UsageError for an unknown field."""
    from abstool.inputs.sheets import SheetOptions

    return SheetOptions.of(pairs or (), pad_numbers)


def print_columns(names: list[str], sheets: "SheetOptions", output: str, report: "Report") -> int:
    """Print the columns of each sheet with what is read from them; return the exit code."""
    from abstool.inputs.sources import sheet_columns

    with opened(output) as out:
        found = chain.from_iterable(sheet_columns(name, sheets) for name in names)
        for _, lines in report.results(found):
            out.write("".join("\t".join(map(printable, line)) + "\n" for line in lines))
            report.success()
    return report.exit_code
