"""The ``parse`` command: print the records of saved pages, folders and archives."""

import os
from collections.abc import Generator
from contextlib import closing
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Annotated

import typer

from abstool.cli.options import Indent, Lines, OutputFile, Quiet, Strict, indentation
from abstool.cli.options.pages import Host, Like, Set, given_of, host_of_option
from abstool.cli.options.sheets import Columns, PadNumbers, ShowColumns, chosen_columns
from abstool.cli.output import opened, printed
from abstool.cli.progress import counted_pages
from abstool.cli.report import Report
from abstool.errors import printable

if TYPE_CHECKING:
    from abstool.cli.output import Output, PrintedRecord
    from abstool.inputs.outcome import Outcome
    from abstool.inputs.sheets import SheetOptions

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


def parse(
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FILE",
            help="Saved page, folder, archive (ZIP, WARC) or quoted pattern. "
            "[default: standard input]",
            show_default=False,
        ),
    ] = None,
    *,
    output: OutputFile = "-",
    lines: Lines = False,
    indent: Indent = None,
    jobs: Jobs = None,
    host: Host = "",
    set_: Set = None,
    like: Like = None,
    column: Columns = None,
    show_columns: ShowColumns = False,
    pad_numbers: PadNumbers = 0,
    strict: Strict = False,
    quiet: Quiet = False,
) -> int:
    """Read saved abstract pages and print their records as JSON.

    A page is HTML, text or MHTML, and may be compressed with gzip; the content decides, not the
    name. One page gives one indented object. Several pages, a folder, an archive or a sheet of
    abstracts (CSV, Excel) give JSON Lines, in input order. In folders and archives, pages without
    an abstract are skipped.
    """
    from abstool.inputs.options import ReadOptions
    from abstool.inputs.sources import STDIN, check_stdin, convert_pages

    sheets = chosen_columns(column, pad_numbers)
    options = ReadOptions(given_of(set_, like), host_of_option(host), sheets=sheets)
    names = files or [STDIN]
    spaces = indentation(names, lines=lines, indent=indent)
    report = Report(quiet=quiet, strict=strict)
    check_stdin(names, report.note)
    if show_columns:
        with opened(output) as out:
            return _show_columns(names, sheets, out, report)
    convert = partial(printed, named=spaces, collected=indent)
    outcomes = convert_pages(names, convert, jobs or 0, options)
    _print_records(outcomes, output, report, ahead=_ahead(names))
    if report.skipped:
        pages = "1 page" if report.skipped == 1 else f"{report.skipped:,} pages"
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


def _show_columns(names: list[str], sheets: "SheetOptions", out: "Output", report: Report) -> int:
    """Print the columns of each sheet with what is read from them, separated by tabs."""
    from abstool.inputs.sources import sheet_columns

    for _, found in report.results(chain.from_iterable(sheet_columns(n, sheets) for n in names)):
        out.write("".join("\t".join(map(printable, line)) + "\n" for line in found))
        report.success()
    return report.exit_code


def _ahead(names: list[str]) -> int:
    """Return how many records are read before one is printed; 0 if an input may keep us waiting.

    What was read before a pipe or standard input is printed before these are read.
    """
    from abstool.cli.records.disputes import AHEAD
    from abstool.inputs.sources import STDIN

    def may_wait(name: str) -> bool:
        # Unlike those of Path, these are False for a name that no file can have.
        is_special = os.path.exists(name) and not (os.path.isfile(name) or os.path.isdir(name))  # noqa: PTH110, PTH112, PTH113
        return name == STDIN or is_special

    return 0 if len(names) > 1 and any(map(may_wait, names)) else AHEAD
