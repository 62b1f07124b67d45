"""``abstool styles``: the names that ``abstool cite --style`` knows."""

from typing import Annotated

import typer

from abstool.cli.options import OutputFile
from abstool.cli.output import opened
from abstool.errors import UsageError

EXAMPLES = """\
abstool styles
abstool styles rheumatology
"""


def styles(
    word: Annotated[
        str,
        typer.Argument(metavar="WORD", help="Only styles whose name or title holds WORD."),
    ] = "",
    *,
    output: OutputFile = "-",
) -> None:
    """List styles and formats.

    One a line, separated by tabs: the name, its kind, and where it is known the title, or the
    style that an alias stands for.
    """
    from abstool.citing import styles as find

    found = list(find(word))
    if not found:
        raise UsageError(word, "no style has this in its name or title", "try a shorter word")
    with opened(output) as out:
        out.write("".join("\t".join(filter(None, style)) + "\n" for style in found))
