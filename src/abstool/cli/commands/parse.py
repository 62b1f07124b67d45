"""The ``parse`` command: print the records of saved pages, folders and archives."""

import os
from collections.abc import Generator
from contextlib import closing
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from abstool.cli.options import Indent, Lines, OutputFile, Quiet, Strict, indentation
from abstool.cli.options.reading import reads_inputs
from abstool.cli.options.sheets import ShowColumns, print_columns
from abstool.cli.output import opened, printed
from abstool.cli.progress import counted_pages
from abstool.cli.report import Report
from abstool.text import count_of

if TYPE_CHECKING:
    from abstool.cli.output import PrintedRecord
    from abstool.inputs.options import ReadOptions
    from abstool.inputs.outcome import Outcome

EXAMPLES = """\
abstool parse page.html
abstool parse *.html *.txt > records.jsonl
abstool parse saved-pages/ crawl.warc.gz --output records.jsonl
curl -s URL | abstool parse | abstool cite
"""

Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        "-j",
        metavar="N",
        min=1,
        max=1024,
        help="Number of worker processes. [default: one per CPU]",
        show_default=False,
    ),
]


@reads_inputs
def parse(
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FILE",
            help="Saved page, sheet, folder, archive (ZIP, WARC) or quoted pattern. "
            "[default: standard input]",
            show_default=False,
        ),
    ] = None,
    *,
    output: OutputFile = "-",
    lines: Lines = False,
    indent: Indent = None,
    jobs: Jobs = None,
    read: "ReadOptions",
    show_columns: ShowColumns = False,
    strict: Strict = False,
    quiet: Quiet = False,
) -> int:
    """Read saved abstract pages and print their records as JSON.

    A page is HTML, text or MHTML, and may be compressed with gzip; the content decides, not the
    name. One page gives one indented object. Several pages, a folder, an archive or a sheet of
    abstracts (CSV, Excel) give JSON Lines, in input order. In folders and archives, pages without
    an abstract are skipped.
    """
    from abstool.inputs.sources import STDIN, check_stdin, convert_pages

    names = files or [STDIN]
    spaces = indentation(names, lines=lines, indent=indent)
    report = Report(quiet=quiet, strict=strict)
    check_stdin(names, report.note)
    if show_columns:
        return print_columns(names, replace(read.sheets, only_pages=True), output, report)
    convert = partial(printed, named=spaces, collected=indent)
    outcomes = convert_pages(names, convert, jobs or 0, read)
    _print_records(outcomes, output, report, ahead=_ahead(names))
    if report.skipped:
        pages = count_of(report.skipped, "page")
        report.note(f"skipped {pages}: no abstract found")
    return report.exit_code


def _print_records(
    outcomes: "Generator[Outcome[PrintedRecord]]", output: str, report: Report, *, ahead: int
) -> None:
    """Print each record when it cannot be disputed any more, and its errors."""
    from abstool.cli.records.disputes import settled

    with (
        opened(output) as out,
        closing(outcomes),
        counted_pages(shown=not report.is_quiet, hidden=output == "-") as counted,
    ):
        for _, record in report.results(settled(counted(outcomes), report, ahead=ahead)):
            out.write(record.line)
            report.warnings += record.warnings
            report.success()


def _ahead(names: list[str]) -> int:
    """Return how many records are read before one is printed; 0 if an input may keep us waiting.

    What was read before a pipe or standard input is printed before these are read.
    """
    from abstool.cli.records.prepared import AHEAD
    from abstool.inputs.sources import STDIN

    def may_wait(name: str) -> bool:
        # Unlike those of Path, these are False for a name that no file can have.
        is_special = os.path.exists(name) and not (os.path.isfile(name) or os.path.isdir(name))  # noqa: PTH110, PTH112, PTH113
        return name == STDIN or is_special

    return 0 if len(names) > 1 and any(map(may_wait, names)) else AHEAD
