"""The ``cite`` command: read records, pages or URLs, and print citations or an export."""

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
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
    destination,
)
from abstool.cli.options.pages import From
from abstool.cli.options.reading import reads_inputs
from abstool.cli.options.sheets import ShowColumns, print_columns
from abstool.cli.records.prepared import Prepared
from abstool.cli.records.warnings import SUMMARY, RecordWarnings
from abstool.cli.records.writing import write_all
from abstool.cli.report import Report
from abstool.errors import UsageError
from abstool.styles.options import Options
from abstool.text import count_of

if TYPE_CHECKING:
    from abstool.citing.targets import Target
    from abstool.inputs.json import JsonObject
    from abstool.inputs.options import ReadOptions
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
        help="References, JSON, saved page, sheet, folder, archive, URL or DOI. [default: standard"
        " input]",
        show_default=False,
    ),
]


@reads_inputs
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
    read: "ReadOptions",
    show_columns: ShowColumns = False,
    warnings: Warnings = SUMMARY,
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
    from abstool.inputs.sources import STDIN
    from abstool.styles.endings import form_of

    report, style = Report(quiet=quiet, strict=strict), chosen_style(style, output)
    if show_columns:
        return print_columns(sources or [STDIN], read.sheets, output, report)
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
    read = replace(read, with_abstracts=target.prints_abstracts)
    seen = {"shown": not quiet, "hidden": output == "-" and not target.waits}
    with (
        destination(output, clipboard=clipboard) as write,
        outcomes_of(sources, from_, read, report, of_dois=True, **seen) as found,
    ):
        write_all(_read(found, target, report, warnings), target, write, report)
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
        files = count_of(report.skipped, "file")
        report.note(f"skipped {files}: no references or abstract found")
