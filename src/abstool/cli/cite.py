"""``abstool cite``: records, pages or addresses in, citations out."""

import sys
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Annotated, Any

import typer

from abstool.cli.cite_options import (
    Clipboard,
    InText,
    Label,
    Locale,
    Number,
    Sort,
    To,
    copy,
)
from abstool.cli.options import OutputFile, Quiet
from abstool.cli.output import opened
from abstool.cli.report import Report
from abstool.errors import UsageError

if TYPE_CHECKING:
    from abstool.inputs.json import JsonObject
    from abstool.inputs.outcome import Outcome
    from abstool.item import Item
    from abstool.record import Abstract

    Prepared = tuple[str, Abstract | Item]  # with the subject for messages

EXAMPLES = """\
abstool cite https://acrabstracts.org/abstract/some-title/
abstool parse page.html | abstool cite --accessed 2026-11-23
abstool cite --style vancouver --number --to docx -o list.docx records.jsonl
abstool cite --style bibtex --output refs.bib records.jsonl page.html
"""


def _configured_style() -> str:
    from abstool.config import load

    return load().style


def _style_names(incomplete: str) -> list[str]:
    from abstool.citing import styles

    return [style.name for style in styles() if style.name.startswith(incomplete)]


Style = Annotated[
    str | None,
    typer.Option(
        "--style",
        "-s",
        metavar="STYLE",
        help="Style or format, see 'abstool styles'; or a .csl file. Usually ama.",
        autocompletion=_style_names,
        show_default=False,
    ),
]


Sources = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="SOURCE",
        help="File of JSON, saved page, or address; standard input if - or none.",
        show_default=False,
    ),
]
Accessed = Annotated[
    str | None,
    typer.Option(
        metavar="DATE",
        help="Date of access to print, like 2026-11-23; otherwise the record's, else today.",
        show_default=False,
    ),
]
Key = Annotated[
    str,
    typer.Option(
        metavar="TEMPLATE",
        help="Template of citation keys: {family}{year}{word}, {number}, {meeting}.",
        show_default=False,
    ),
]
ByteOrderMark = Annotated[
    bool, typer.Option("--bom", help="Begin with a byte order mark, as Excel wants of CSV.")
]


def cite(
    sources: Sources = None,
    *,
    style: Style = None,
    accessed: Accessed = None,
    key: Key = "",
    bom: ByteOrderMark = False,
    to: To = "text",
    sort: Sort = "input",
    number: Number = False,
    in_text: InText = False,
    label: Label = True,
    locale: Locale = "",
    clipboard: Clipboard = False,
    output: OutputFile = "-",
    quiet: Quiet = False,
) -> int:
    """Print citations of abstracts, in any style.

    JSON may be one object, an array, JSON Lines, or objects one after the other: records of
    abstool, or CSL-JSON items. What a record warns of is noted on standard error; of two with
    the same address the first one counts.
    """
    from abstool.citing import (
        Printing,
        export_prepared,
        is_binary,
        is_citation_style,
        preparing,
    )
    from abstool.cli.network import page_fetcher
    from abstool.inputs.sources import STDIN, check_stdin, read_source

    style = _configured_style() if style is None else style
    names = sources or [STDIN]
    day = _date(accessed) if accessed is not None else None
    printing = Printing(locale, label, number, sort, to, in_text)
    write = partial(export_prepared, style=style, key=key, bom=bom, printing=printing)
    write([])  # an unknown style is said before anything is read
    is_text = not (is_binary(style) or to == "docx")
    if clipboard and (output != "-" or not is_text):
        raise UsageError("--clipboard", "it takes texts, and no file besides", "leave one out")
    if output == "-" and not is_text and _is_terminal():
        raise UsageError(style, "it is no text for a terminal", "name a file with --output")
    report = Report(quiet=quiet)
    prepare = partial(_prepared, prepare=preparing(style, day), note=report.note)
    check_stdin(names, report.note)
    with opened(output) as out, page_fetcher(names) as fetch:
        found = chain.from_iterable(read_source(name, fetch) for name in names)
        prepared: Iterator[Outcome[Abstract | Item]] = (o.then(prepare) for o in found)
        items = list(report.results(prepared))
        if is_citation_style(style):
            items = _without_repeats(items, report.note)
        data = _exported(items, write, report)
        if data is not None:
            copy(data) if clipboard else out.write(data)
            report.success()
    return report.exit_code


def _is_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def _warn(place: str, warnings: list[str], note: Callable[[str], None]) -> None:
    for warning in warnings:
        note(f"{place}: warning: {warning}")


def _prepared(
    record: "Abstract | JsonObject",
    subject: str,
    prepare: "Callable[[Abstract | JsonObject, str], Abstract | Item]",
    note: Callable[[str], None],
) -> "Abstract | Item":
    """Return a record as the style takes it, and note the record's warnings."""
    ready = prepare(record, subject)
    warnings = record.get("warnings") if isinstance(record, dict) else record.warnings
    _warn(subject, warnings if isinstance(warnings, list) else [], note)
    return ready


def _without_repeats(items: list["Prepared"], note: Callable[[str], None]) -> list["Prepared"]:
    """Return the items without those whose URL an earlier item has, and note each one skipped."""
    from abstool.address import identity

    first: dict[str, str] = {}
    kept = []
    for subject, content in items:
        url = content.get("URL") if isinstance(content, dict) else getattr(content, "url", "")
        key = identity(str(url or ""))
        if key and key in first:
            note(f"{subject}: skipped, same URL as {first[key]}")
            continue
        first[key] = subject
        kept.append((subject, content))
    return kept


def _exported(
    items: list["Prepared"], write: Callable[[list[Any]], bytes], report: Report
) -> bytes | None:
    """Export all items at once; where that fails, leave out those that cannot be exported.

    Return None where there is none.
    """
    from abstool.inputs.outcome import Outcome

    def exported(some: list["Prepared"]) -> bytes | None:
        data = write([item for _, item in some])
        return data if some else None

    def proven(item: "Abstract | Item", _: str) -> "Abstract | Item":
        write([item])
        return item

    try:
        return exported(items)
    except Exception:
        outcomes: list[Outcome[Abstract | Item]] = [Outcome(*item) for item in items]
        outcomes = [outcome.then(proven) for outcome in outcomes]
        sound = list(report.results(outcomes))
        if len(sound) == len(items):
            raise
        return exported(sound)


def _date(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:  # ISO has other forms, like 2026-W47-1
        raise UsageError("--accessed", f"{text!r} is no date", "write it like 2026-11-23")
    return day
