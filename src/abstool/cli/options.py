"""Options and arguments that several commands share."""

from typing import Annotated

import typer

from abstool.errors import UsageError

OutputFile = Annotated[
    str,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write to FILE instead of standard output, whole or not at all.",
        show_default=False,
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only, no notes.")]
Lines = Annotated[
    bool,
    typer.Option("--lines", help="One record a line (JSON Lines), even for a single input."),
]
Indent = Annotated[
    int | None,
    typer.Option(
        "--indent",
        metavar="N",
        min=0,
        max=16,
        help="Indent by N spaces, even for several inputs.",
    ),
]


def indentation(inputs: list[str], *, lines: bool, indent: int | None) -> int | None:
    """Return by how many spaces to indent records; None stands for one record a line."""
    if lines and indent is not None:
        raise UsageError("--lines", "cannot be combined with --indent", "choose one of them")
    if lines or indent is not None:
        return indent
    return None if len(inputs) > 1 else 2
