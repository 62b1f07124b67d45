"""The ``parse`` command: print the records of saved pages, folders and archives."""

import os
import sys
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Annotated

import typer

from abstool.cli.options import Indent, Lines, OutputFile, Quiet, Strict, indentation
from abstool.cli.options.sheets import Columns, PadNumbers, ShowColumns, chosen_columns
from abstool.cli.output import opened, printed
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

_PATIENCE = 1.0  # seconds before progress is shown


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
    jobs: Annotated[
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
    ] = None,
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
    from abstool.inputs.sources import STDIN, check_stdin, convert_pages

    names = files or [STDIN]
    sheets = chosen_columns(column, pad_numbers)
    spaces = indentation(names, lines=lines, indent=indent)
    report = Report(quiet=quiet, strict=strict)
    check_stdin(names, report.note)
    if show_columns:
        with opened(output) as out:
            return _show_columns(names, sheets, out, report)
    convert = partial(printed, named=spaces, collected=indent)
    outcomes = convert_pages(names, convert, jobs or 0, sheets)
    _print_records(outcomes, output, report, ahead=_ahead(names))
    if report.skipped:
        pages = "1 page" if report.skipped == 1 else f"{report.skipped:,} pages"
        report.note(f"skipped {pages}: no abstract found")
    return report.exit_code


def _print_records(
    outcomes: "Generator[Outcome[PrintedRecord]]", output: str, report: Report, *, ahead: int
) -> None:
    """Print each record when it cannot be disputed any more, and its errors."""
    from abstool.cli.disputes import settled

    shows_progress = not report.is_quiet and (output != "-" or not sys.stdout.isatty())
    with opened(output) as out, closing(outcomes), _progress(shown=shows_progress) as advance:
        for _, record in report.results(settled(_counted(outcomes, advance), report, ahead=ahead)):
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
    from abstool.cli.disputes import AHEAD
    from abstool.inputs.sources import STDIN

    def may_wait(name: str) -> bool:
        # Unlike those of Path, these are False for a name that no file can have.
        is_special = os.path.exists(name) and not (os.path.isfile(name) or os.path.isdir(name))  # noqa: PTH110, PTH112, PTH113
        return name == STDIN or is_special

    return 0 if len(names) > 1 and any(map(may_wait, names)) else AHEAD


def _counted(
    outcomes: "Iterable[Outcome[PrintedRecord]]", advance: Callable[[], None]
) -> "Iterator[Outcome[PrintedRecord]]":
    for outcome in outcomes:
        advance()
        yield outcome


@contextmanager
def _progress(*, shown: bool) -> Iterator[Callable[[], None]]:
    """Yield the function that counts a page, shown on stderr if that is a terminal."""
    if not shown or sys.stderr is None or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    started = time.monotonic()
    with ExitStack() as stack:
        progress = Progress(*columns, console=Console(stderr=True), transient=True)
        task = progress.add_task("reading")

        def advance() -> None:
            elapsed = time.monotonic() - started
            if elapsed > _PATIENCE and not progress.live.is_started:
                stack.enter_context(progress)
            pages = progress.tasks[0].completed + 1
            description = f"{pages:,.0f} pages, {pages / max(elapsed, 1e-9):,.0f} per second"
            progress.update(task, completed=pages, description=description)

        yield advance
