"""``abstool parse``: saved pages in, records out."""

from typing import Annotated

import typer

from abstool.cli.options import Indent, Lines, OutputFile, Quiet, indentation
from abstool.cli.output import opened
from abstool.cli.report import Report
from abstool.sources import STDIN, check_stdin, read_page

EXAMPLES = """\
abstool parse page.html
abstool parse *.html *.txt > records.jsonl
curl -s URL | abstool parse | abstool cite
"""


def parse(
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FILE",
            help="Saved page, HTML or text; standard input if - or none.",
            show_default=False,
        ),
    ] = None,
    *,
    output: OutputFile = "-",
    lines: Lines = False,
    indent: Indent = None,
    quiet: Quiet = False,
) -> int:
    """Read saved abstract pages and print their records as JSON.

    HTML and plain text are told apart by content. One page gives one indented object; several
    give JSON Lines, in the order given.
    """
    inputs = files or [STDIN]
    spaces = indentation(inputs, lines=lines, indent=indent)
    report = Report(quiet=quiet)
    check_stdin(inputs, report.note)
    with opened(output) as out:
        for record in report.results(inputs, read_page):
            out.write_json(record.to_dict(), spaces)
            report.success()
    return report.exit_code
