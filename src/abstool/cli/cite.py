"""The ``cite`` command: read records, pages or URLs, and print citations or an export."""

import sys
from collections.abc import Callable
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Annotated, Any

import typer

from abstool.cli.cite_options import (
    Accessed,
    ByteOrderMark,
    Clipboard,
    InText,
    Key,
    Label,
    Locale,
    Number,
    Sort,
    Style,
    To,
    copy,
)
from abstool.cli.options import OutputFile, Quiet, Strict
from abstool.cli.output import opened
from abstool.cli.report import Report
from abstool.errors import UsageError
from abstool.styles.options import Options

if TYPE_CHECKING:
    from abstool.citing.targets import Target
    from abstool.inputs.json import JsonObject
    from abstool.item import Item
    from abstool.record import Abstract

    Prepared = tuple[str, Abstract | Item]  # with the subject for messages

EXAMPLES = """\
abstool cite https://acrabstracts.org/abstract/some-title/
abstool parse page.html | abstool cite --accessed 2026-11-23
abstool cite --style vancouver --number --to docx -o list.docx records.jsonl
abstool cite --style bibtex --output refs.bib records.jsonl page.html
"""


Sources = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="SOURCE",
        help="JSON, BibTeX or RIS file, saved page or URL. [default: standard input]",
        show_default=False,
    ),
]


def cite(
    sources: Sources = None,
    *,
    style: Style = None,
    accessed: Accessed = None,
    key: Key = Options.key,
    bom: ByteOrderMark = Options.bom,
    to: To = Options.to,
    sort: Sort = Options.sort,
    number: Number = Options.number,
    in_text: InText = Options.in_text,
    label: Label = Options.label,
    locale: Locale = Options.locale,
    clipboard: Clipboard = False,
    output: OutputFile = "-",
    strict: Strict = False,
    quiet: Quiet = False,
) -> int:
    """Print citations of abstracts in any style, or export them.

    JSON can be an object, an array, JSON Lines or a sequence of objects, each of them a record or a
    CSL-JSON item. Warnings in records are printed on standard error. Records with the same URL,
    title and number are cited once.
    """
    from abstool.citing.targets import StyleTarget, resolve
    from abstool.cli.network import page_fetcher
    from abstool.inputs.sources import STDIN, check_stdin, read_source

    options = Options(
        accessed=accessed,
        key=key,
        bom=bom,
        to=to,
        sort=sort,
        number=number,
        in_text=in_text,
        label=label,
        locale=locale,
    )
    target = resolve(_configured_style() if style is None else style, options)
    _check_output(target, output, clipboard=clipboard)
    names = sources or [STDIN]
    report = Report(quiet=quiet, strict=strict)
    prepare = partial(_prepared, prepare=target.prepare, warn=report.warn)
    check_stdin(names, report.note)
    with opened(output) as out, page_fetcher(names) as fetch:
        read = partial(read_source, fetch=fetch, with_abstracts=target.prints_abstracts)
        found = chain.from_iterable(map(read, names))
        items: list[Prepared] = list(report.results(outcome.then(prepare) for outcome in found))
        if isinstance(target, StyleTarget):
            items = _without_repeats(items, report.warn)
        data = _written(items, target, report)
        if data is not None:
            copy(data) if clipboard else out.write(data)
            report.success()
    if report.skipped:
        files = "1 file" if report.skipped == 1 else f"{report.skipped:,} files"
        report.note(f"skipped {files}: no references or abstract found")
    return report.exit_code


def _configured_style() -> str:
    from abstool.config import load

    return load().style


def _check_output(target: "Target[Any]", output: str, *, clipboard: bool) -> None:
    if clipboard and (output != "-" or target.is_binary):
        problem = "cannot be combined with --output or a binary format"
        raise UsageError("--clipboard", problem, "use only one")
    if output == "-" and target.is_binary and _is_terminal():
        problem = "binary output cannot be printed to a terminal"
        raise UsageError(target.name, problem, "use --output FILE")


def _is_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def _prepared(
    record: "Abstract | JsonObject",
    subject: str,
    prepare: "Callable[[Abstract | JsonObject, str], Abstract | Item]",
    warn: Callable[[str], None],
) -> "Abstract | Item":
    """Return a record as the target needs it; print its warnings."""
    ready = prepare(record, subject)
    warnings = record.get("warnings") if isinstance(record, dict) else record.warnings
    for warning in warnings if isinstance(warnings, list) else ():
        warn(f"{subject}: warning: {warning}")
    return ready


def _without_repeats(items: list["Prepared"], warn: Callable[[str], None]) -> list["Prepared"]:
    """Return the items, each abstract once; print which are skipped.

    Items that have the same URL are one abstract if title and number agree too.
    """
    from abstool.address import identity
    from abstool.text import comparable

    kept: list[Prepared] = []
    first: dict[str, str] = {}  # subjects by URL
    same: dict[tuple[str, str], list[tuple[str, str]]] = {}  # subjects and numbers by URL and title
    for subject, content in items:
        url, title, number = _identifying(content)
        key = identity(url)
        others = same.setdefault((key, comparable(title)), []) if key else []
        for other, other_number in others:
            if number == other_number or not (number and other_number):
                warn(f"{subject}: skipped, same URL as {other}")
                break
        else:
            if key in first:
                warn(f"{subject}: same URL as {first[key]}, but another abstract; check the URLs")
            elif key:
                first[key] = subject
            others.append((subject, number))
            kept.append((subject, content))
    return kept


def _identifying(content: "Abstract | Item") -> tuple[str, str, str]:
    """Return the URL, title and number of a record or an item."""
    if not isinstance(content, dict):
        return content.url, content.title, content.number
    url, title, page = (str(content.get(key) or "") for key in ("URL", "title", "page"))
    return url, title, str(content.get("number") or page.partition("Abstract ")[2])


def _written(items: list["Prepared"], target: "Target[Any]", report: Report) -> bytes | None:
    """Return a file with the items, or None if all of them fail; report those that fail."""
    failures = 0

    def failed(index: int, error: Exception) -> None:
        nonlocal failures
        failures += 1
        report.failure(items[index][0], error)

    data = target.write([item for _, item in items], failed)
    return data if failures < len(items) else None
