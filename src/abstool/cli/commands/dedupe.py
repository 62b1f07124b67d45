"""The ``dedupe`` command: print each work once."""

from contextlib import ExitStack
from typing import TYPE_CHECKING, Annotated

import typer

from abstool.cli.options import OutputFile, Quiet
from abstool.cli.options.cite import style_names
from abstool.cli.options.reading import reads_inputs
from abstool.cli.options.sheets import ShowColumns, print_columns
from abstool.cli.output import opened
from abstool.cli.records.deduplicated import (
    ReadEntry,
    first_target,
    read_entry,
    suited_target,
    written,
)
from abstool.cli.report import Report
from abstool.errors import UsageError
from abstool.inputs.outcome import Outcome
from abstool.text import count_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from abstool.inputs.json import JsonObject
    from abstool.inputs.options import ReadOptions
    from abstool.matching.selection import Selection
    from abstool.record import Abstract


EXAMPLES = """\
abstool dedupe pubmed.ris embase.ris --output unique.ris
abstool dedupe new.ris --against seen.ris --report prisma.json
abstool dedupe january.jsonl june.jsonl | abstool cite
"""

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

    names = sources or [STDIN]
    libraries = [against] if against else []
    if report_file == output == "-":
        raise UsageError("--report", "standard output has the entries", "use a file")
    report, selection = Report(quiet=quiet), Selection()
    if show_columns:
        return print_columns([*libraries, *names], read.sheets, output, report)
    target = first_target(style, output)
    check_stdin([*libraries, *names], report.note)
    kept: list[ReadEntry] = []
    formats: list[set[str]] = []  # of each source
    keys: list[str] = []  # of the libraries, to which the entries may be added
    with ExitStack() as stack:
        out = stack.enter_context(opened(output, is_text=False))
        log = stack.enter_context(opened(report_file)) if report_file else None
        web = stack.enter_context(page_fetcher([*libraries, *names], read.given))
        for name in libraries:
            selection.start(name, is_library=True)
            for entry in _entries(read_source(name, web, read), report):
                selection.add(entry.subject, entry.item)
                keys.append(str(entry.item.get("id", "")))
        for name in names:
            selection.start(name)
            formats.append(set())
            for entry in _entries(read_source(name, web, read), report):
                formats[-1].add(entry.format)
                if dropped := selection.add(entry.subject, entry.item):
                    report.note(str(dropped))
                else:
                    kept.append(entry)
        if any(formats):
            target = target if target and style else suited_target(formats, output)
            target.taken_keys = keys
            out.write(written(kept, target, report))
            if log:
                log.write_json(selection.to_dict(), indent=2)
            _note_counts(selection, report)
    return report.exit_code


def _entries(
    outcomes: "Iterable[Outcome[Abstract | JsonObject]]", report: Report
) -> "Iterator[ReadEntry]":
    return (entry for _, entry in report.results(map(read_entry, outcomes)))


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
