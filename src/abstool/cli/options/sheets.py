"""The options for spreadsheets and CSV files of abstracts."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from abstool.inputs.sheets import SheetOptions

Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        metavar="FIELD=NAME",
        help='In a sheet, read FIELD from column NAME, as in title="Poster Title". Repeatable.',
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
