"""``abstool fetch``: addresses in, records out."""

from typing import Annotated

import typer

from abstool.cli.options import Indent, Lines, OutputFile, Quiet, indentation
from abstool.cli.output import opened
from abstool.cli.report import Report
from abstool.sources import fetching

EXAMPLES = """\
abstool fetch https://acrabstracts.org/abstract/some-title/
abstool fetch URL1 URL2 | abstool cite --style bibtex
"""


def fetch(
    urls: Annotated[
        list[str],
        typer.Argument(metavar="URL", help="Address of an abstract's page."),
    ],
    *,
    output: OutputFile = "-",
    lines: Lines = False,
    indent: Indent = None,
    quiet: Quiet = False,
) -> int:
    """Retrieve abstract pages and print their records as JSON.

    One address gives one indented object; several give JSON Lines, in the order given, each
    printed as soon as it is there.
    """
    spaces = indentation(urls, lines=lines, indent=indent)
    report = Report(quiet=quiet)
    with opened(output) as out, fetching() as fetch_page:
        for record in report.results(urls, fetch_page):
            out.write_json(record.to_dict(), spaces)
            report.success()
    return report.exit_code
