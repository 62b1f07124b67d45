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
from abstool.cli.options import OutputFile, Quiet
from abstool.cli.output import opened
from abstool.cli.report import Report
from abstool.errors import UsageError
from abstool.styles.options import Options

if TYPE_CHECKING:
    from abstool.inputs.sources import Citable
    from abstool.targets import Target

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
        help="JSON file, saved page or URL. [default: standard input, also as -]",
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
    quiet: Quiet = False,
) -> int:
    """Print citations of abstracts in any style, or export them.

    JSON can be an object, an array, JSON Lines or a sequence of objects, each of them a record or
    a CSL-JSON item. Warnings of records are printed on standard error. Records with the same URL
    are cited once.
    """
    from abstool.fetching import fetching
    from abstool.inputs.sources import STDIN, check_stdin, read_citables
    from abstool.targets import StyleTarget, resolve

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
    report = Report(quiet=quiet)
    prepare = partial(_prepared, prepare=target.prepare, note=report.note)
    check_stdin(names, report.note)
    with opened(output) as out, fetching(names) as fetch:
        found = chain.from_iterable(read_citables(name, fetch) for name in names)
        items = list(report.results(found, prepare))
        if isinstance(target, StyleTarget):
            items = _without_repeats(items, report.note)
        data = _written(items, target, report)
        if data is not None:
            copy(data) if clipboard else out.write(data)
            report.success()
    return report.exit_code


def _configured_style() -> str:
    from abstool.config import load

    return load().style


def _check_output(target: "Target[Any]", output: str, *, clipboard: bool) -> None:
    if clipboard and (output != "-" or target.is_binary):
        problem = "cannot be combined with --output or a binary format"
        raise UsageError("--clipboard", problem, "leave one out")
    if output == "-" and target.is_binary and _is_terminal():
        problem = "binary output cannot be printed to a terminal"
        raise UsageError(target.name, problem, "use --output FILE")


def _is_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def _warn(place: str, warnings: list[str], note: Callable[[str], None]) -> None:
    for warning in warnings:
        note(f"{place}: warning: {warning}")


def _prepared(
    citable: "Citable", prepare: Callable[[Any, str], Any], note: Callable[[str], None]
) -> "Citable":
    """Return a record as the target needs it; print its warnings."""
    place, content = citable
    if isinstance(content, Exception):
        raise content
    ready = prepare(content, place)
    warnings = content.get("warnings") if isinstance(content, dict) else content.warnings
    _warn(place, warnings if isinstance(warnings, list) else [], note)
    return citable._replace(content=ready)


def _without_repeats(items: list["Citable"], note: Callable[[str], None]) -> list["Citable"]:
    """Return the items, only the first of those with the same URL; print which are skipped.

    A final slash makes no difference.
    """
    first: dict[str, str] = {}
    kept = []
    for item in items:
        content = item.content
        url = content.get("URL") if isinstance(content, dict) else getattr(content, "url", "")
        address = str(url or "").rstrip("/")
        if address and address in first:
            note(f"{item.subject}: skipped, same URL as {first[address]}")
            continue
        first[address] = item.subject
        kept.append(item)
    return kept


def _written(items: list["Citable"], target: "Target[Any]", report: Report) -> bytes | None:
    """Return a file with the items; report those that fail. None if there are no others."""
    failures = 0

    def failed(position: int, error: Exception) -> None:
        nonlocal failures
        failures += 1
        report.failure(items[position].subject, error)

    data = target.write([item.content for item in items], failed)
    return data if failures < len(items) else None
