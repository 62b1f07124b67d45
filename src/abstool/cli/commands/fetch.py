"""The ``fetch`` command: retrieve abstract pages and print their records."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from abstool.cli.options import Indent, Lines, OutputFile, Quiet, Strict, indentation
from abstool.cli.options.network import Delay, Offline, Refresh, crawler_options, page_fetcher
from abstool.cli.options.pages import From, Like, Set, given_of, listed
from abstool.cli.output import opened, printed
from abstool.cli.progress import counted_pages
from abstool.cli.report import Report
from abstool.errors import AbstoolError, UsageError

if TYPE_CHECKING:
    from abstool.inputs.outcome import Outcome
    from abstool.record import Abstract

EXAMPLES = """\
abstool fetch https://acrabstracts.org/abstract/some-title/
abstool fetch URL1 URL2 | abstool cite --style bibtex
abstool fetch --from urls.txt --output records.jsonl
abstool list --search "nailfold" | abstool fetch - > records.jsonl
"""


def fetch(
    urls: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="URL",
            help="URL or DOI of an abstract, or - to read them from standard input, one per line.",
            show_default=False,
        ),
    ] = None,
    *,
    from_: From = None,
    set_: Set = None,
    like: Like = None,
    delay: Delay = None,
    refresh: Refresh = False,
    offline: Offline = False,
    output: OutputFile = "-",
    lines: Lines = False,
    indent: Indent = None,
    strict: Strict = False,
    quiet: Quiet = False,
) -> int:
    """Fetch abstract pages and print their records as JSON.

    A DOI stands for the page that it leads to; to cite it without that page, use 'abstool cite'.

    One URL gives one indented object. Several give JSON Lines, in the order given, each printed as
    soon as its page is fetched. Pages are cached for a day.
    """
    from abstool.cli.records.disputes import settled
    from abstool.inputs.addresses import is_list_file
    from abstool.inputs.sources import STDIN, check_stdin

    given = given_of(set_, like)
    names = urls or []
    lists = [from_] if from_ is not None else []
    if not names and not lists:
        raise UsageError("fetch", "missing argument 'URL'", "see 'abstool fetch --help'")
    are_many = bool(lists) or STDIN in names or any(map(is_list_file, names))
    spaces = indentation([*names, "", ""] if are_many else names, lines=lines, indent=indent)
    report = Report(quiet=quiet, strict=strict)
    check_stdin([*names, *lists], report.note)
    options = crawler_options(report, delay=delay, refresh=refresh, offline=offline)
    with (
        opened(output) as out,
        page_fetcher(names, given, of_list=are_many, **options) as web,
        counted_pages(shown=are_many and not quiet, hidden=output == "-") as counted,
    ):
        convert = partial(printed, of_many=False, named=spaces, collected=None)
        outcomes = (
            outcome.then(lambda record, _: convert(record))
            for outcome in counted(_outcomes(listed(names, from_), web.record_of))
        )
        for _, record in report.results(settled(outcomes, report, ahead=0)):
            out.write(record.line)
            report.warnings += record.warnings
            report.success()
    return report.exit_code


def _outcomes(
    urls: "Iterable[str | AbstoolError]", fetch_page: Callable[[str], "Abstract"]
) -> Iterator["Outcome[Abstract]"]:
    """Yield the outcome of each URL; stop if the site refuses more requests."""
    from abstool.inputs.outcome import Outcome
    from abstool.web.failure import HaltError

    for url in urls:
        if isinstance(url, AbstoolError):
            yield Outcome("", error=url)
            continue
        outcome = Outcome(url, url, address=url).then(lambda url, _: fetch_page(url))
        yield outcome
        if isinstance(outcome.error, HaltError | UsageError):
            return
