"""The ``fetch`` command: retrieve abstract pages and print their records."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from abstool.cli.network import Delay, Offline, Refresh, crawler_options, page_fetcher
from abstool.cli.options import Indent, Lines, OutputFile, Quiet, Strict, indentation
from abstool.cli.output import opened, printed
from abstool.cli.report import Report
from abstool.errors import UnreadableInput, UsageError

if TYPE_CHECKING:
    from abstool.inputs.outcome import Outcome
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
            metavar="URL",
            help="Abstract URL, or - to read URLs from standard input, one per line.",
        ),
    ],
    *,
    delay: Delay = None,
    refresh: Refresh = False,
    offline: Offline = False,
    output: OutputFile = "-",
    lines: Lines = False,
    indent: Indent = None,
    strict: Strict = False,
    quiet: Quiet = False,
) -> int:
    """Retrieve abstract pages and print their records as JSON.

    One URL gives one indented object. Several give JSON Lines, in the order given, each printed as
    soon as its page is fetched. Pages are cached for a day.
    """
    from abstool.cli.records.disputes import settled
    from abstool.inputs.sources import STDIN, check_stdin

    spaces = indentation([*urls, *urls] if STDIN in urls else urls, lines=lines, indent=indent)
    report = Report(quiet=quiet, strict=strict)
    check_stdin(urls, report.note)
    options = crawler_options(report, delay=delay, refresh=refresh, offline=offline)
    with opened(output) as out, page_fetcher(urls, **options) as fetch_page:
        convert = partial(printed, of_many=False, named=spaces, collected=None)
        outcomes = (
            outcome.then(lambda record, _: convert(record))
            for outcome in _outcomes(urls, fetch_page)
        )
        for _, record in report.results(settled(outcomes, report, ahead=0)):
            out.write(record.line)
            report.warnings += record.warnings
            report.success()
    return report.exit_code


def _outcomes(
    urls: list[str], fetch_page: Callable[[str], "Abstract"]
) -> Iterator["Outcome[Abstract]"]:
    """Yield the outcome of each URL; stop if the site refuses more requests."""
    from abstool.inputs.outcome import Outcome
    from abstool.web.failure import HaltError

    for url in _urls(urls):
        if isinstance(url, UnreadableInput):
            yield Outcome("", error=url)
            continue
        outcome = Outcome(url, url, address=url).then(lambda url, _: fetch_page(url))
        yield outcome
        if isinstance(outcome.error, HaltError | UsageError):
            return


def _urls(names: list[str]) -> "Iterator[str | UnreadableInput]":
    """Yield the URLs, including those from standard input, and the errors of lines without one."""
    from abstool.harvesting.urls import read_urls
    from abstool.inputs.sources import STDIN, stdin_lines

    for name in names:
        if name == STDIN:
            try:
                yield from read_urls(stdin_lines(), "standard input")
            except UnreadableInput as error:
                yield error
        else:
            yield name
