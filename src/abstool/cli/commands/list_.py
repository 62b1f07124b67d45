"""The ``list`` command: print the abstracts of listings."""

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Annotated

import typer

from abstool.cli.options import OutputFile, Quiet
from abstool.cli.options.network import (
    Delay,
    Limit,
    Offline,
    Refresh,
    Search,
    SiteHost,
    crawler_options,
)
from abstool.cli.output import opened
from abstool.cli.report import Report
from abstool.errors import UsageError
from abstool.interrupts import Stop

if TYPE_CHECKING:
    from abstool.parser.listing import ListedAbstract

EXAMPLES = """\
abstool list acr-convergence-2025
abstool list --urls https://acrabstracts.org/tag/nailfold-capillaroscopy/
abstool list --search "systemic sclerosis" --limit 50
"""

_KEYS = ("url", "number", "title", "meeting")


def list_(
    listings: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="LISTING",
            help="Meeting slug such as acr-convergence-2025, or listing URL.",
            show_default=False,
        ),
    ] = None,
    *,
    search: Search = None,
    urls: Annotated[bool, typer.Option("--urls", help="Print only the URLs.")] = False,
    limit: Limit = None,
    site: SiteHost = None,
    delay: Delay = None,
    refresh: Refresh = False,
    offline: Offline = False,
    output: OutputFile = "-",
    quiet: Quiet = False,
) -> int:
    """List the abstracts of meetings, keywords or searches.

    Prints JSON Lines with the url, number, title and meeting shown in the listing. Follows the
    listing to its last page, and prints each of its abstracts once.
    """
    from abstool.harvesting.listings import HOST, listing_url, search_url, walk
    from abstool.web.crawler import Crawler
    from abstool.web.failure import HaltError

    host = site or HOST
    starts = [listing_url(name, host) for name in listings or ()]
    starts += [search_url(search, host)] if search is not None else []
    if not starts:
        raise UsageError("list", "nothing to list", "give a LISTING or use --search")
    report = Report(quiet=quiet)
    options = crawler_options(report, delay=delay, refresh=refresh, offline=offline)
    with (
        opened(output) as out,
        Stop() as stop,
        Crawler(**options, sleep=stop.sleep) as crawler,
    ):

        def items() -> "Iterator[ListedAbstract]":
            for start in starts:
                try:
                    yield from walk(crawler, start, report.note)
                except Exception as error:  # noqa: BLE001 - a bug, too, must fail only one listing
                    stop.check()
                    report.failure(start, error)
                    if isinstance(error, HaltError | UsageError):
                        return

        for item in islice(items(), limit):
            stop.check()
            if urls:
                out.write(f"{item.url}\n")
            else:
                out.write_json({key: value for key in _KEYS if (value := getattr(item, key))})
            report.success()
    return report.exit_code
