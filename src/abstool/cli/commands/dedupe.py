"""The ``dedupe`` command: print each work once."""

from contextlib import ExitStack
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from abstool.cli.options import OutputFile, Quiet
from abstool.cli.options.cite import style_names
from abstool.cli.options.reading import reads_inputs
from abstool.cli.options.sheets import ShowColumns, print_columns
from abstool.cli.output import opened
from abstool.cli.report import Report
from abstool.errors import UsageError
from abstool.inputs.outcome import Outcome
from abstool.text import count_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from abstool.citing.targets import Target
    from abstool.inputs.json import JsonObject
    from abstool.inputs.options import ReadOptions
    from abstool.item import Item
    from abstool.mapping import RecordLike
    from abstool.matching.selection import Selection
    from abstool.record import Abstract


EXAMPLES = """\
abstool dedupe pubmed.ris embase.ris --output unique.ris
abstool dedupe new.ris --against seen.ris --report prisma.json
abstool dedupe january.jsonl june.jsonl | abstool cite
"""

_OF_RECORDS = "jsonl"
# The format of an export, by form of input. Forms that abstool does not write become RIS, which
# has most of their fields.
_FORMATS = {"": "csljson", "bibtex": "bibtex", "csv": "csv"}

Sources = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="SOURCE",
        help="Records, references, saved pages, URLs or DOIs. [default: standard input]",
        show_default=False,
    ),
]
Against = Annotated[
    str,
    typer.Option(
        metavar="SOURCE",
        help="Also skip what SOURCE has. SOURCE itself is not printed.",
        show_default=False,
    ),
]
ReportFile = Annotated[
    str,
    typer.Option(
        "--report",
        metavar="REPORT",
        help="Write sources, duplicates and counts to REPORT as JSON, for PRISMA.",
        show_default=False,
    ),
]
Style = Annotated[
    str | None,
    typer.Option(
        "--style",
        "-s",
        metavar="STYLE",
        help="Format or citation style. [default: that of FILE's ending, or JSON Lines for"
        " records and the first source's format for references]",
        autocompletion=style_names,
        show_default=False,
    ),
]


@reads_inputs
def dedupe(
    sources: Sources = None,
    *,
    against: Against = "",
    report_file: ReportFile = "",
    style: Style = None,
    read: "ReadOptions",
    show_columns: ShowColumns = False,
    output: OutputFile = "-",
    quiet: Quiet = False,
) -> int:
    """Print each work once, and say which entries repeat one.

    Two entries are one work if they have the same DOI, PubMed ID, or URL with the same title, or
    the same title, year and first author. The first one is kept. Titles that differ in a number, a
    Greek letter or an abbreviation are those of different works, and so are abstracts with
    different numbers.
    """
    from abstool.cli.options.network import page_fetcher
    from abstool.inputs.sources import STDIN, check_stdin, read_source
    from abstool.matching.selection import Selection
    from abstool.styles.endings import format_of

    names = sources or [STDIN]
    libraries = [against] if against else []
    if report_file == output == "-":
        raise UsageError("--report", "standard output has the entries", "use a file")
    report, selection = Report(quiet=quiet), Selection()
    if show_columns:
        return print_columns([*libraries, *names], read.sheets, output, report)
    style = style or format_of(output)
    target = _resolved(style, output) if style else None
    check_stdin([*libraries, *names], report.note)
    kept: list[ReadEntry] = []
    formats: dict[str, None] = {}  # of the sources, in order
    with ExitStack() as stack:
        out = stack.enter_context(opened(output, is_text=False))
        log = stack.enter_context(opened(report_file)) if report_file else None
        web = stack.enter_context(page_fetcher([*libraries, *names], read.given))
        for name in libraries:
            selection.start(name, is_library=True)
            for entry in _entries(read_source(name, web, read), report):
                selection.add(entry.subject, entry.item)
        for name in names:
            selection.start(name)
            for entry in _entries(read_source(name, web, read), report):
                formats[entry.format] = None
                if dropped := selection.add(entry.subject, entry.item):
                    report.note(str(dropped))
                else:
                    kept.append(entry)
        if formats:
            target = target or _resolved(_suited(formats), output)
            out.write(_written(kept, target, report))
            if log:
                log.write_json(selection.to_dict(), indent=2)
            _note_counts(selection, report)
    return report.exit_code


class ReadEntry(NamedTuple):
    """An entry as it was read, what it is compared by, and the format to write it in."""

    subject: str
    content: "RecordLike"
    item: "Item"
    format: str


def _entries(
    outcomes: "Iterable[Outcome[Abstract | JsonObject]]", report: Report
) -> "Iterator[ReadEntry]":
    return (entry for _, entry in report.results(map(_entry, outcomes)))


def _entry(outcome: "Outcome[Abstract | JsonObject]") -> "Outcome[ReadEntry]":
    from abstool.mapping import is_record, item_of

    suited = _FORMATS.get(outcome.form, "ris")

    def entry(content: "Abstract | JsonObject", subject: str) -> ReadEntry:
        item = item_of(content, subject=subject)
        return ReadEntry(subject, content, item, _OF_RECORDS if is_record(content) else suited)

    return outcome.then(entry)


def _suited(formats: dict[str, None]) -> str:
    """Return the format of the first source, which for records is that of the first references."""
    return next((one for one in formats if one != _OF_RECORDS), _OF_RECORDS)


def _resolved(style: str, output: str) -> "Target[Any]":
    from abstool.citing.targets import resolve
    from abstool.styles.endings import check, form_of
    from abstool.styles.options import Options

    target = resolve(style, Options(to=form_of(output, style)))
    check(output, target.name, target.options.to)
    return target


def _written(kept: list[ReadEntry], target: "Target[Any]", report: Report) -> bytes:
    """Return a file with the entries; report those that the target cannot write."""
    prepare: Callable[[RecordLike, str], Abstract | Item] = target.prepare
    outcomes: list[Outcome[RecordLike]] = [Outcome(one.subject, one.content) for one in kept]
    ready = list(report.results(outcome.then(prepare) for outcome in outcomes))
    contents = [content for _, content in ready]
    for _ in contents:
        report.success()
    return target.write(contents, lambda index, error: report.failure(ready[index][0], error))


def _note_counts(selection: "Selection", report: Report) -> None:
    if selection.contradicted:
        report.note(
            "entries with the DOI or PubMed ID of another, but a different title or number:"
            f" {selection.contradicted:,}; they are not duplicates"
        )
    counts = selection.counts
    report.note(
        f"{count_of(counts['entries'], 'entry', 'entries')},"
        f" {count_of(counts['duplicates'], 'duplicate')}, {counts['unique']:,} unique"
    )
