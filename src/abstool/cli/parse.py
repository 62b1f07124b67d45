"""``abstool parse``: saved pages, single, in folders or in archives, in; records out."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from abstool.cli.options import Indent, Lines, OutputFile, Quiet, indentation
from abstool.cli.output import opened, printed
from abstool.cli.report import Report

if TYPE_CHECKING:
    from abstool.inputs.sources import Parsed

EXAMPLES = """\
abstool parse page.html
abstool parse *.html *.txt > records.jsonl
abstool parse saved-pages/ crawl.warc.gz --output records.jsonl
curl -s URL | abstool parse | abstool cite
"""

_PATIENCE = 1.0  # seconds without a sign of life


def parse(
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FILE",
            help="Saved page, folder, quoted pattern, or archive (ZIP, WARC); standard input if - "
            "or none.",
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
            help="Use N processes; otherwise one a processor.",
            show_default=False,
        ),
    ] = None,
    quiet: Quiet = False,
) -> int:
    """Read saved abstract pages and print their records as JSON.

    A page is HTML, text or MHTML, also packed with gzip; content tells, not the name. One page
    gives one indented object; several, a folder or an archive give JSON Lines, in input order. Of
    folders and archives, pages that show no abstract are passed over.
    """
    from abstool.inputs.sources import STDIN, check_stdin, read_pages

    names = files or [STDIN]
    spaces = indentation(names, lines=lines, indent=indent)
    report = Report(quiet=quiet)
    check_stdin(names, report.note)
    made = partial(printed, named=spaces, collected=indent)
    passed_over = 0
    with (
        opened(output) as out,
        closing(read_pages(names, jobs or 0, made=made)) as found,
        _progress(shown=not quiet and (output != "-" or not sys.stdout.isatty())) as advance,
    ):
        for page in found:
            advance()
            if page.content is None:
                passed_over += 1
            for line in report.results([page] if page.content else [], _content):
                out.write(line)
                report.success()
    if passed_over:
        shown = "1 page shows" if passed_over == 1 else f"{passed_over:,} pages show"
        report.note(f"{shown} no abstract and {'was' if passed_over == 1 else 'were'} passed over")
    return report.exit_code


def _content(page: "Parsed") -> bytes:
    if isinstance(page.content, Exception):
        raise page.content
    line: bytes = page.content
    return line


@contextmanager
def _progress(*, shown: bool) -> Iterator[Callable[[], None]]:
    """Give the function that counts a page, in a line on stderr if that is a terminal."""
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
            description = f"{pages:,.0f} pages, {pages / max(elapsed, 1e-9):,.0f} a second"
            progress.update(task, completed=pages, description=description)

        yield advance
