"""The ``cite`` command: read records, pages or URLs, and print citations or an export."""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

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
    Warnings,
    abbreviations,
    chosen_style,
    copy,
)
from abstool.cli.options.pages import From, Like, Set, given_of
from abstool.cli.options.sheets import Columns, PadNumbers, chosen_columns
from abstool.cli.output import opened
from abstool.cli.records.prepared import Prepared
from abstool.cli.records.warnings import SUMMARY, RecordWarnings
from abstool.cli.report import Report
from abstool.errors import UsageError
from abstool.styles.options import Options

if TYPE_CHECKING:
    from abstool.citing.targets import Target
    from abstool.inputs.json import JsonObject
    from abstool.inputs.outcome import Outcome
    from abstool.item import Item
    from abstool.record import Abstract

EXAMPLES = """\
abstool cite https://acrabstracts.org/abstract/some-title/
abstool cite 10.1136/annrheumdis-2022-eular.1234
abstool parse page.html | abstool cite --accessed 2026-11-23
abstool cite --style vancouver --number --to docx -o list.docx records.jsonl
abstool cite --style bibtex --output refs.bib records.jsonl page.html
"""

Sources = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="SOURCE",
        help="References, JSON, saved page, folder, URL or DOI. [default: standard input]",
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
    to: To = None,
    sort: Sort = Options.sort,
    number: Number = Options.number,
    in_text: InText = Options.in_text,
    label: Label = Options.label,
    locale: Locale = Options.locale,
    journals: Journals = None,
    clipboard: Clipboard = False,
    from_: From = None,
    set_: Set = None,
    like: Like = None,
    warnings: Warnings = SUMMARY,
    column: Columns = None,
    pad_numbers: PadNumbers = 0,
    output: OutputFile = "-",
    strict: Strict = False,
    quiet: Quiet = False,
) -> int:
    """Print citations of abstracts in any style, or export them.

    JSON can be an object, an array, JSON Lines or a sequence of records or CSL-JSON items.
    References can be BibTeX, RIS, PubMed (.nbib), Web of Science (.ciw), EndNote (XML, .enw),
    RefWorks, Ovid, CSV, Excel or pandoc's YAML. DOIs are looked up at doi.org. Warnings in records
    are printed on standard error. Records with the same URL, title and number are cited once.
    """
    from abstool.citing.targets import resolve
    from abstool.cli.options.network import outcomes_of
    from abstool.inputs.options import ReadOptions
    from abstool.styles.endings import form_of

    report, style = Report(quiet=quiet, strict=strict), chosen_style(style, output)
    chosen = Options(
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
    target = resolve(style, chosen)
    _check_output(target, output, clipboard=clipboard)
    given, sheets = given_of(set_, like), chosen_columns(column, pad_numbers)
    reading = ReadOptions(given, with_abstracts=target.prints_abstracts, sheets=sheets)
    copied: list[bytes] = []
    with (
        opened(output) as out,
        outcomes_of(
            sources,
            from_,
            reading,
            report,
            of_dois=True,
            shown=not quiet,
            hidden=output == "-" and not target.waits,
        ) as found,
    ):
        items = _read(found, target, report, warnings)
        _write(items, target, copied.append if clipboard else out.write, report)
    if copied:
        copy(b"".join(copied))
    return report.exit_code


def _read(
    found: "Iterable[Outcome[Abstract | JsonObject]]",
    target: "Target[Any]",
    report: Report,
    warnings: str,
) -> "Iterator[Prepared]":
    """Yield what was found as the target needs it, each work once; print errors and warnings."""
    from abstool.citing.targets import StyleTarget
    from abstool.cli.records.repeats import distinct

    told = RecordWarnings(report, warnings, target.parts)
    prepare = partial(_prepared, prepare=target.prepare, told=told)

    def prepared() -> "Iterator[Prepared]":
        for _, one in report.results(map(prepare, found)):
            yield one
        told.print()
        _note_skipped(report)

    return distinct(prepared(), report, as_list=isinstance(target, StyleTarget))


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
    told: RecordWarnings,
) -> "Outcome[Prepared]":
    """Return a record as the target needs it; keep its warnings."""

    def prepared(record: "Abstract | JsonObject", subject: str) -> Prepared:
        ready = prepare(record, subject)
        told.add(subject, record.get("warnings") if isinstance(record, dict) else record.warnings)
        is_item = isinstance(record, dict) and "type" in record and "schema" not in record
        return Prepared(subject, ready, outcome.address, is_item=is_item)

    return outcome.then(prepared)


def _note_skipped(report: Report) -> None:
    if report.skipped:
        files = "1 file" if report.skipped == 1 else f"{report.skipped:,} files"
        report.note(f"skipped {files}: no references or abstract found")


def _write(
    items: "Iterable[Prepared]",
    target: "Target[Any]",
    write: Callable[[bytes], object],
    report: Report,
) -> None:
    """Write the items as they come, unless all fail; say what the target has no place for."""
    from abstool.cli.records.losses import note_losses

    subjects: list[str] = []  # by position
    losses: Counter[str] = Counter()
    failures = 0
    pieces: list[bytes] = []  # not written yet

    def failed(index: int, error: Exception) -> None:
        nonlocal failures
        failures += 1
        report.failure(subjects[index], error)

    def contents() -> "Iterator[Abstract | Item]":
        for one in items:
            subjects.append(one.subject)
            yield one.content
            if one.is_item:
                losses.update(target.losses([one.content]))
            flush()

    def flush() -> None:
        if pieces and failures < len(subjects):
            write(b"".join(pieces))
            pieces.clear()

    for piece in target.pieces(contents(), failed):
        pieces.append(piece)  # noqa: PERF402 - contents() empties the list
    flush()
    if failures < len(subjects):
        note_losses(target.name, losses, report)
        report.success()
