"""The ``styles`` command: list the names that ``cite --style`` accepts."""

from typing import Annotated

import typer

from abstool.cli.options import OutputFile
from abstool.cli.output import opened
from abstool.errors import UsageError

EXAMPLES = """\
abstool styles
abstool styles rheumatology
abstool styles ann rheum dis
"""


def styles(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="WORD",
            help="List only styles with words in their name or title that begin with each WORD,"
            " the nearest first.",
            show_default=False,
        ),
    ] = None,
    *,
    output: OutputFile = "-",
) -> None:
    """List citation styles and export formats.

    Prints one per line: name, kind and title, separated by tabs. An alias has the name it stands
    for in place of a title. Titles of CSL styles are shown only with WORD.
    """
    from abstool.styles.catalog import listing

    word = " ".join(words or ())
    rows = listing(word)
    if not rows:
        raise UsageError(word, "no matching style", "try fewer or shorter words", argument="words")
    with opened(output) as out:
        out.write("".join("\t".join(filter(None, row)) + "\n" for row in rows))
