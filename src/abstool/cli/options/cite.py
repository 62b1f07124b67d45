"""The options of the ``cite`` command, and its clipboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from abstool.cli.options import completing
from abstool.cli.output import opened
from abstool.cli.records.warnings import ALL, SUMMARY
from abstool.errors import UsageError
from abstool.styles.options import FORMS, ORDERS


def style_names(incomplete: str) -> list[str]:
    """Return the names of styles and formats that complete what was typed."""
    from abstool.styles.catalog import listing

    return [row.name for row in listing() if row.name.startswith(incomplete)]


def citation_style_names(incomplete: str) -> list[str]:
    """Return the names of styles, but not of formats, that complete what was typed."""
    from abstool.styles.catalog import formats

    return [name for name in style_names(incomplete) if name not in formats()]


Style = Annotated[
    str | None,
    typer.Option(
        "--style",
        "-s",
        metavar="STYLE",
        help="Citation style, export format or .csl file (see 'abstool styles'). [default: the"
        " setting style, the format of FILE's ending, or ama]",
        autocompletion=style_names,
        show_default=False,
    ),
]
Accessed = Annotated[
    str | None,
    typer.Option(
        metavar="DATE",
        help="Access date to print, as YYYY-MM-DD. [default: the record's, or today]",
        show_default=False,
    ),
]
Key = Annotated[
    str,
    typer.Option(
        metavar="TEMPLATE",
        help="Template for citation keys, such as {number} or {meeting}. [default: an item's own"
        " key, or {family}{year}{word} for a record]",
        show_default=False,
    ),
]
ByteOrderMark = Annotated[
    bool,
    typer.Option("--bom", help="Start CSV with a byte order mark so that Excel reads it as UTF-8."),
]
# Choices are strings: for enumerations typer would load pydantic.
To = Annotated[
    str | None,
    typer.Option(
        "--to",
        metavar="FORM",
        help="Output form: text, markdown, html, rtf or docx. [default: that of FILE's ending, or"
        " text]",
        show_default=False,
        autocompletion=completing(*FORMS),
    ),
]
Sort = Annotated[
    str,
    typer.Option(
        "--sort",
        metavar="ORDER",
        help="Sort order: input, or style for the style's own order.",
        autocompletion=completing(*ORDERS),
    ),
]
Number = Annotated[
    bool, typer.Option("--number/--no-number", help="Number the citations if the style does.")
]
InText = Annotated[
    bool,
    typer.Option(
        "--in-text",
        help="Print one in-text citation for all records, such as (Smith 2020; Doe 2021).",
    ),
]
Label = Annotated[bool, typer.Option("--label/--no-label", help='Add the label "[abstract]".')]
Locale = Annotated[
    str,
    typer.Option(
        metavar="LANGUAGE",
        help="Language of citations, such as de-DE. [default: the style's]",
        show_default=False,
    ),
]
Journals = Annotated[
    str | None,
    typer.Option(
        metavar="LIST",
        help="Journal abbreviations for items that have only the full title: JabRef's list, or"
        " NLM's J_Medline.txt.",
        show_default=False,
    ),
]
Warnings = Annotated[
    str,
    typer.Option(
        metavar="WHICH",
        help="Warnings in records to show: all, or summary for those about what is printed.",
        autocompletion=completing(ALL, SUMMARY),
    ),
]
Clipboard = Annotated[
    bool,
    typer.Option(
        "--clipboard", help="Copy the citations to the clipboard instead of printing them."
    ),
]


def chosen_style(style: str | None, output: str) -> str:
    """Return the style that was given, or is configured, or that the output's ending names."""
    if style is not None:
        return style
    from abstool.config import load
    from abstool.styles.endings import format_of

    settings = load()
    is_configured = settings.origins["style"] != "default"
    return settings.style if is_configured else format_of(output) or settings.style


def abbreviations(path: str | None, note: Callable[[str], None]) -> dict[str, str] | None:
    """Return the abbreviations in a list of journals, if one was given."""
    if path is None:
        return None
    from abstool.inputs.journals import read_journals

    found = read_journals(path)
    if found.unread:
        lines = (
            f"line {found.unread[0]}" if len(found.unread) == 1 else f"{len(found.unread):,} lines"
        )
        note(f"{path}: skipped {lines}: not a title and an abbreviation")
    return found.abbreviations


@contextmanager
def destination(output: str, *, clipboard: bool) -> Iterator[Callable[[bytes], object]]:
    """Yield the function that writes pieces of a file: to OUTPUT, or the clipboard at the end."""
    if not clipboard:
        with opened(output, is_text=False) as out:
            yield out.write
        return
    pieces: list[bytes] = []
    yield pieces.append
    if pieces:
        _copy(b"".join(pieces))


def _copy(data: bytes) -> None:
    """Copy a text to the clipboard; raise UsageError if there is no clipboard."""
    import pyperclip

    try:
        pyperclip.copy(data.decode("utf-8"))
    except pyperclip.PyperclipException:
        raise UsageError(
            "--clipboard",
            "no clipboard found",
            "install xclip, xsel or wl-clipboard, or use --output",
        ) from None
