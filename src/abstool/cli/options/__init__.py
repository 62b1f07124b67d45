"""Options and arguments that several commands share."""

from collections.abc import Callable
from typing import Annotated

import typer

from abstool.errors import UsageError

OutputFile = Annotated[
    str,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write to FILE instead of standard output. The file is replaced only on success.",
        show_default=False,
    ),
]
Quiet = Annotated[
    bool, typer.Option("--quiet", "-q", help="Print errors, but not notes or warnings.")
]
Strict = Annotated[
    bool,
    typer.Option(
        "--strict", help="Exit with code 1 if there are warnings or skipped records or pages."
    ),
]
Lines = Annotated[
    bool,
    typer.Option(
        "--lines", help="Print one record per line (JSON Lines), even for a single input."
    ),
]
Indent = Annotated[
    int | None,
    typer.Option(
        "--indent",
        metavar="N",
        min=0,
        max=16,
        help="Indent records by N spaces, even for several inputs.",
    ),
]


def indentation(inputs: list[str], *, lines: bool, indent: int | None) -> int | None:
    """Return the number of spaces to indent records by, or None for one record per line."""
    if lines and indent is not None:
        raise UsageError(
            problem="cannot be combined with --indent", next_step="use only one", argument="lines"
        )
    if lines or indent is not None:
        return indent
    return None if len(inputs) > 1 else 2


def completing(*values: str) -> Callable[[], list[str]]:
    """Return the function with which the shell completes an option that has these values."""
    return lambda: list(values)
