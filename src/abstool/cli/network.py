"""The options shared by the commands that retrieve pages."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import TYPE_CHECKING, Annotated, Unpack

import typer

from abstool.errors import UsageError
from abstool.interrupts import Stop

if TYPE_CHECKING:
    from abstool.cli.report import Report
    from abstool.record import Abstract
    from abstool.web.crawler import Crawler, CrawlerOptions

Delay = Annotated[
    str | None,
    typer.Option(
        metavar="SECONDS",
        help="Seconds to wait between requests (at least 1, or robots.txt's Crawl-delay).",
        show_default=False,
    ),
]
Refresh = Annotated[
    bool, typer.Option("--refresh", help="Ignore cached pages and fetch them again.")
]
Offline = Annotated[bool, typer.Option("--offline", help="Use cached pages only.")]
SiteHost = Annotated[
    str | None,
    typer.Option(
        "--site",
        metavar="HOST",
        help="Site of the meeting or search. [default: acrabstracts.org]",
        show_default=False,
    ),
]
Search = Annotated[
    str | None,
    typer.Option(
        metavar="WORDS", help="Use the results of a site search for WORDS.", show_default=False
    ),
]
Limit = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        min=1,
        max=100_000,
        help="Stop after N abstracts.",
        show_default=False,
    ),
]


def crawler_options(
    report: Report, *, delay: str | None, refresh: bool, offline: bool
) -> CrawlerOptions:
    """Return the options of a ``Crawler``, from the command line and the configuration."""
    from abstool.config import load
    from abstool.web.crawler import CacheOptions

    if refresh and offline:
        raise UsageError("--refresh", "cannot be combined with --offline", "use only one")
    return {
        "settings": load(delay=delay),
        "caching": CacheOptions(refresh=refresh, offline=offline),
        "note": report.note,
    }


@contextmanager
def page_fetcher(
    names: Sequence[str], **options: Unpack[CrawlerOptions]
) -> Iterator[Callable[[str], Abstract]]:
    """Yield the function that fetches a URL, one of ``names``; ``options`` are those of Crawler.

    The network code is imported, and its session opened, at the first URL. If there are several, a
    signal is noticed in the pauses and after each page.
    """
    from abstool.inputs.sources import STDIN, is_url

    many = STDIN in names or sum(map(is_url, names)) > 1
    stop = Stop()
    with ExitStack() as stack:

        @cache
        def crawler() -> Crawler:
            from abstool.web.crawler import Crawler

            sleep = stop.sleep if many else time.sleep
            return stack.enter_context(Crawler(many=many, sleep=sleep, **options))

        def fetch_page(url: str) -> Abstract:
            from abstool.fetching import fetch

            if not many:  # a person waits for the page, and not for longer than they want
                return fetch(url, crawler())
            with stop:
                try:
                    return fetch(url, crawler())
                finally:
                    stop.check()

        yield fetch_page
