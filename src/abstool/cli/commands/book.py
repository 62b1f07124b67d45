"""The ``book`` command: a meeting as one document to read, search, cite and print."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Annotated

import typer

from abstool.cli.options import Quiet, completing
from abstool.cli.options.cite import citation_style_names
from abstool.cli.options.pages import RecordSources
from abstool.cli.output import opened
from abstool.cli.report import Report
from abstool.errors import UsageError
from abstool.text import count_of

if TYPE_CHECKING:
    from abstool.book import Book

EXAMPLES = """\
abstool book meeting.jsonl --output book.html
abstool book meeting.jsonl --by keyword --output topics.html
abstool book meeting.jsonl --output book.epub
"""

_HTML, _EPUB = (".html", ".htm"), (".epub",)
_ORDERS = ("session", "number", "keyword")

OutputBook = Annotated[
    str,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write the book to FILE, which ends with .html or .epub.",
        show_default=False,
    ),
]
Title = Annotated[
    str,
    typer.Option(
        metavar="TITLE", help="Title on the cover. [default: the meeting]", show_default=False
    ),
]
By = Annotated[
    str,
    typer.Option(
        metavar="ORDER",
        help="Order of the abstracts: session, number or keyword.",
        autocompletion=completing(*_ORDERS),
    ),
]
Style = Annotated[
    str,
    typer.Option(
        "--style",
        "-s",
        metavar="STYLE",
        help="Style of the printed citations.",
        autocompletion=citation_style_names,
    ),
]
WithoutText = Annotated[
    bool,
    typer.Option(
        "--without-text", help="Leave out texts and disclosures, so that it can be shared."
    ),
]


def book(
    sources: RecordSources = None,
    *,
    output: OutputBook,
    title: Title = "",
    by: By = "session",
    style: Style = "ama",
    without_text: WithoutText = False,
    quiet: Quiet = False,
) -> int:
    """Make a book of abstracts: one HTML file, or an EPUB.

    It has a cover, contents, the abstracts with their citations, charts, and indexes of authors,
    keywords and trials. The HTML can be searched and printed, copies citations in five styles, and
    keeps a reading list in its URL; it needs no network. The abstracts' text belongs to others:
    share a book only --without-text.
    """
    from abstool.book import BookOptions, book_of
    from abstool.cli.records.reading import records_in
    from abstool.inputs.sources import STDIN
    from abstool.styles.catalog import find

    ending = PurePath(output).suffix.lower()
    if ending not in (*_HTML, *_EPUB):
        raise UsageError(
            output, "not a book", "use a name that ends with .html or .epub", argument="output"
        )
    if by not in _ORDERS:
        raise UsageError(by, "unknown", f"use {', '.join(_ORDERS)}", argument="by")
    style_name = find(style).name
    report = Report(quiet=quiet)
    with opened(output, is_text=False) as out:
        records = list(records_in(sources or [STDIN], report))
        if not records:
            return report.exit_code
        options = BookOptions(title, by, style, with_text=not without_text)
        made = book_of(records, options)
        _cite(made, report)
        out.write(_written(made, style_name, is_epub=ending in _EPUB))
        report.success()
        report.note(f"{output}: {count_of(len(records), 'abstract')}")
    return report.exit_code


def _cite(made: Book, report: Report) -> None:
    """Add the printed citations; report those that cannot be made."""
    from abstool.book.citations import printed

    entries = list(made.entries)
    texts = printed(
        made.records,
        made.options.style,
        lambda position, error: report.failure(entries[position].name, error),
    )
    for entry, text in zip(entries, texts, strict=True):
        entry.citation = text


def _written(made: Book, style_name: str, *, is_epub: bool) -> bytes:
    from abstool.book import epub, html

    return epub(made) if is_epub else html(made, style_name.upper())
