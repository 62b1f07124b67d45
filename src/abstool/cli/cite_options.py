"""The options of ``abstool cite`` that say how citations are printed, and where to."""

from __future__ import annotations

from typing import Annotated

import typer

from abstool.cli.options import completing
from abstool.errors import UsageError

# Choices are texts and no enumerations, for which typer would load pydantic.
To = Annotated[
    str,
    typer.Option(
        "--to",
        metavar="FORM",
        help="Form of citations: text, markdown, html, rtf or docx.",
        autocompletion=completing("text", "markdown", "html", "rtf", "docx"),
    ),
]
Sort = Annotated[
    str,
    typer.Option(
        "--sort",
        metavar="ORDER",
        help="Order of citations: input, or style for the style's own.",
        autocompletion=completing("input", "style"),
    ),
]
Number = Annotated[
    bool, typer.Option("--number/--no-number", help="Number the citations, in styles that do.")
]
InText = Annotated[
    bool, typer.Option("--in-text", help="Print the one citation of all, as it stands in a text.")
]
Label = Annotated[
    bool, typer.Option("--label/--no-label", help="Say that an abstract is one: [abstract].")
]
Locale = Annotated[
    str,
    typer.Option(
        metavar="LANGUAGE",
        help="Language of citations, like de-DE; otherwise the style's.",
        show_default=False,
    ),
]
Clipboard = Annotated[
    bool, typer.Option("--clipboard", help="Put the citations on the clipboard, do not print them.")
]


def copy(data: bytes) -> None:
    """Put a text on the clipboard; raise UsageError where there is none."""
    import pyperclip

    try:
        pyperclip.copy(data.decode("utf-8"))
    except pyperclip.PyperclipException:
        raise UsageError(
            "--clipboard",
            "no clipboard can be reached from here",
            "install xclip, xsel or wl-clipboard, or use --output",
        ) from None
