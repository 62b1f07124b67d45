"""The ``cite`` command: read records, pages or URLs, and print citations or an export."""

import json
import sys
from collections.abc import Callable, Mapping
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from abstool.cli.options import OutputFile, Quiet, Strict
from abstool.cli.options.cite import (
    Accessed,
    ByteOrderMark,
    Clipboard,
    InText,
    Journals,
    Key,
    Label,
    Locale,
    Number,
    Sort,
    Style,
    To,
    abbreviations,
    chosen_style,
    copy,
)
from abstool.cli.options.sheets import Columns, PadNumbers, chosen_columns
from abstool.cli.output import opened
from abstool.cli.report import Report
from abstool.errors import UsageError
from abstool.styles.options import Options

if TYPE_CHECKING:
    from abstool.citing.targets import Target
    from abstool.inputs.json import JsonObject
    from abstool.inputs.outcome import Outcome
    from abstool.item import Item
    from abstool.matching import Features, GivenURL, GivenURLs
    from abstool.record import Abstract

EXAMPLES = """\
abstool cite https://acrabstracts.org/abstract/some-title/
abstool parse page.html | abstool cite --accessed 2026-11-23
abstool cite --style vancouver --number --to docx -o list.docx records.jsonl
abstool cite --style bibtex --output refs.bib records.jsonl page.html
"""

_OF_READING = ("accessed", "warnings")

Sources = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="SOURCE",
        help="References, JSON, saved page, folder or URL. [default: standard input]",
        show_default=False,
    ),
]


class Prepared(NamedTuple):
    """A record as the target needs it, its subject in messages, and the URL it gives, if any."""

    subject: str
    content: "Abstract | Item"
    given: "GivenURL | None"
    is_item: bool


def cite(
    sources: Sources = None,
    *,
    style: Style = None,
    accessed: Accessed = None,
    key: Key = Options.key,
    bom: ByteOrderMark = Options.bom,
    to: To = None,
    sort: Sort = Options.sort,
    number: Number = Options.number,
    in_text: InText = Options.in_text,
    label: Label = Options.label,
    locale: Locale = Options.locale,
    journals: Journals = None,
    clipboard: Clipboard = False,
    column: Columns = None,
    pad_numbers: PadNumbers = 0,
    output: OutputFile = "-",
    strict: Strict = False,
    quiet: Quiet = False,
) -> int:
    """Print citations of abstracts in any style, or export them.

    JSON can be an object, an array, JSON Lines or a sequence of objects, each of them a record or a
    CSL-JSON item. References can be BibTeX, RIS, PubMed (.nbib), Web of Science (.ciw), EndNote
    (XML, .enw), RefWorks, Ovid, CSV, Excel or pandoc's YAML. Warnings in records are printed on
    standard error. Records with the same URL, title and number are cited once. If only the URL is
    the same, they are cited without it.
    """
    from abstool.citing.targets import StyleTarget, resolve
    from abstool.cli.losses import note_losses
    from abstool.cli.network import page_fetcher
    from abstool.inputs.sources import STDIN, check_stdin, read_source
    from abstool.matching import GivenURLs
    from abstool.styles.endings import form_of

    report = Report(quiet=quiet, strict=strict)
    style = chosen_style(style, output)
    options = Options(
        accessed=accessed,
        key=key,
        bom=bom,
        to=to or form_of(output, style),
        sort=sort,
        number=number,
        in_text=in_text,
        label=label,
        locale=locale,
        journals=abbreviations(journals, report.note),
    )
    target = resolve(style, options)
    _check_output(target, output, clipboard=clipboard)
    names = sources or [STDIN]
    prepare = partial(_prepared, prepare=target.prepare, report=report, urls=GivenURLs())
    check_stdin(names, report.note)
    with opened(output) as out, page_fetcher(names) as fetch:
        read = partial(read_source, fetch=fetch, with_abstracts=target.prints_abstracts)
        read = partial(read, sheets=chosen_columns(column, pad_numbers))
        found = chain.from_iterable(map(read, names))
        items = [one for _, one in report.results(map(prepare, found))]
        warn_of_items = report.warn if isinstance(target, StyleTarget) else None
        items = _distinct(items, report.warn, same_url_is_same=warn_of_items is not None)
        items = [_undisputed(one, warn_of_items if one.is_item else report.warn) for one in items]
        if (data := _written(items, target, report)) is not None:
            copy(data) if clipboard else out.write(data)
            note_losses(target, (one.content for one in items if one.is_item), report)
            report.success()
    _note_skipped(report)
    return report.exit_code


def _check_output(target: "Target[Any]", output: str, *, clipboard: bool) -> None:
    from abstool.styles.endings import check

    if clipboard and (output != "-" or target.is_binary):
        problem = "cannot be combined with --output or a binary format"
        raise UsageError("--clipboard", problem, "use only one")
    if output == "-" and target.is_binary and _is_terminal():
        problem = "binary output cannot be printed to a terminal"
        raise UsageError(target.name, problem, "use --output FILE")
    check(output, target.name, target.options.to)


def _is_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def _prepared(
    outcome: "Outcome[Abstract | JsonObject]",
    prepare: "Callable[[Abstract | JsonObject, str], Abstract | Item]",
    report: Report,
    urls: "GivenURLs",
) -> "Outcome[Prepared]":
    """Return a record as the target needs it, with the URL it gives; print its warnings."""

    def prepared(record: "Abstract | JsonObject", subject: str) -> Prepared:
        ready = prepare(record, subject)
        warnings = record.get("warnings") if isinstance(record, dict) else record.warnings
        for warning in warnings if isinstance(warnings, list) else ():
            report.warn(f"{subject}: warning: {warning}")
        given = urls.add(subject, _features(ready), outcome.address)
        is_item = isinstance(record, dict) and "type" in record and "schema" not in record
        return Prepared(subject, ready, given, is_item=is_item)

    return outcome.then(prepared)


def _features(content: "Abstract | Item") -> "Features":
    from abstool.matching import features

    if not isinstance(content, dict):
        return features(content.url, content.title, content.number)
    url, title, page = (str(content.get(key) or "") for key in ("URL", "title", "page"))
    number = str(content.get("number") or page.partition("Abstract ")[2])
    return features(url, title, number)


def _distinct(
    prepared: list[Prepared], warn: Callable[[str], None], *, same_url_is_same: bool
) -> list[Prepared]:
    """Return what was prepared without what was given twice; print how many were.

    In a list of citations, one with the same URL, title and number counts as given twice, too. An
    export can have several entries of a work, since each may have data that the others lack.
    """
    from abstool.matching.selection import Repetitions

    repetitions = Repetitions()
    kept = [
        one
        for one in prepared
        if repetitions.is_new(
            *_compared(one.content),
            is_known=bool(same_url_is_same and one.given and one.given.first is not one.given),
        )
    ]
    if note := str(repetitions):
        warn(note)
    return kept


def _compared(content: "Abstract | Item") -> tuple[str, "Item"]:
    """Return all of a record or item but how it was read, as text, and its item."""
    from abstool.mapping import item_of

    data: Mapping[str, object] = content if isinstance(content, dict) else content.to_dict()
    same = {name: value for name, value in data.items() if name not in _OF_READING}
    item = content if isinstance(content, dict) else item_of(content)
    return json.dumps(same, sort_keys=True, default=str), item


def _note_skipped(report: Report) -> None:
    if report.skipped:
        files = "1 file" if report.skipped == 1 else f"{report.skipped:,} files"
        report.note(f"skipped {files}: no references or abstract found")


def _undisputed(one: Prepared, warn: Callable[[str], None] | None) -> Prepared:
    """Return what was prepared, with another URL or none if it belongs to another abstract.

    Items of reference lists keep theirs: it may be that of the volume they are all in.
    """
    from abstool.cli.disputes import without_disputed_url
    from abstool.record import Abstract

    given, content = one.given, one.content
    if given is None or warn is None or (rival := given.rival) is None:
        return one
    line = f"{one.subject}: same URL as {rival.subject}, but another abstract; check the URLs"
    if one.is_item:
        if given is not given.earliest:
            warn(line)
        return one
    url = given.replacement
    warn(f"{line} (using {url or 'none'})")
    if isinstance(content, Abstract):
        return one._replace(content=without_disputed_url(content, given))
    item = content.copy()
    if url:
        item["URL"] = url
    else:
        item.pop("URL", None)
        item.pop("accessed", None)
    return one._replace(content=item)


def _written(items: list[Prepared], target: "Target[Any]", report: Report) -> bytes | None:
    """Return a file with the items, or None if all of them fail; report those that fail."""
    failures = 0

    def failed(index: int, error: Exception) -> None:
        nonlocal failures
        failures += 1
        report.failure(items[index].subject, error)

    data = target.write([one.content for one in items], failed)
    return data if failures < len(items) else None
