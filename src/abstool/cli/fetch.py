"""``abstool fetch``: addresses in, records out."""

import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from abstool.cli.network import Delay, Offline, Refresh, crawler_options
from abstool.cli.options import Indent, Lines, OutputFile, Quiet, indentation
from abstool.cli.output import opened
from abstool.cli.report import Report
from abstool.errors import UnreadableInput, UsageError

if TYPE_CHECKING:
    from abstool.record import Abstract

EXAMPLES = """\
abstool fetch https://acrabstracts.org/abstract/some-title/
abstool fetch URL1 URL2 | abstool cite --style bibtex
abstool list --search "nailfold" | abstool fetch - > records.jsonl
"""


def fetch(
    urls: Annotated[
        list[str],
        typer.Argument(
            metavar="URL", help="Address of an abstract's page; - reads addresses, one a line."
        ),
    ],
    *,
    delay: Delay = None,
    refresh: Refresh = False,
    offline: Offline = False,
    output: OutputFile = "-",
    lines: Lines = False,
    indent: Indent = None,
    quiet: Quiet = False,
) -> int:
    """Retrieve abstract pages and print their records as JSON.

    One address gives one indented object; several give JSON Lines, in the order given, each
    printed as soon as it is there. A page is not asked for again within a day.
    """
    from abstool.fetching import fetching
    from abstool.inputs.sources import STDIN, check_stdin

    spaces = indentation([*urls, *urls] if STDIN in urls else urls, lines=lines, indent=indent)
    report = Report(quiet=quiet)
    check_stdin(urls, report.note)
    options = crawler_options(report, delay=delay, refresh=refresh, offline=offline)
    with opened(output) as out, fetching(urls, **options) as fetch_page:
        for record in _records(urls, fetch_page, report):
            out.write(record.to_json(spaces) + b"\n")
            report.success()
    return report.exit_code


def _records(
    urls: list[str], fetch_page: Callable[[str], "Abstract"], report: Report
) -> Iterator["Abstract"]:
    """Yield the record of each address; report those that fail, and stop where the site says so."""
    from abstool.web.failure import HaltError

    for url in _addresses(urls):
        if isinstance(url, UnreadableInput):
            report.failure("", url)
            continue
        try:
            record = fetch_page(url)
        except Exception as error:  # noqa: BLE001 - a bug, too, costs one page and not all
            report.failure(url, error)
            if isinstance(error, HaltError | UsageError):
                return
        else:
            yield record


def _addresses(urls: list[str]) -> "Iterator[str | UnreadableInput]":
    from abstool.harvesting.urls import read_urls
    from abstool.inputs.sources import STDIN

    for url in urls:
        if url == STDIN:
            yield from read_urls(sys.stdin.buffer, "standard input")
        else:
            yield url
