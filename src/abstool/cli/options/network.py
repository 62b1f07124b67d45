"""The options shared by the commands that retrieve pages."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import TYPE_CHECKING, Annotated, TypeVar, Unpack

import typer

from abstool.errors import UsageError
from abstool.interrupts import Stop

if TYPE_CHECKING:
    from abstool.cli.report import Report
    from abstool.inputs.json import JsonObject
    from abstool.inputs.options import ReadOptions
    from abstool.inputs.outcome import Outcome
    from abstool.inputs.sources import Web
    from abstool.record import Abstract
    from abstool.record.given import Given
    from abstool.web.crawler import Crawler, CrawlerOptions

Result = TypeVar("Result")

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
        metavar="WORDS",
        help="Use the results of the site's own search for WORDS. To search records that you have,"
        " use 'abstool search'.",
        show_default=False,
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
    names: Sequence[str],
    given: Given | None = None,
    *,
    of_list: bool = False,
    **options: Unpack[CrawlerOptions],
) -> Iterator[Web]:
    """Yield the functions that fetch a URL or DOI, of ``names`` or a list.

    What is ``given`` is filled into the records of pages; ``options`` are those of Crawler.

    The network code is imported, and its session opened, at the first URL. If there are several, a
    signal is noticed in the pauses and after each page.
    """
    from abstool.inputs.addresses import is_address, is_list_file
    from abstool.inputs.sources import STDIN, Web

    many = of_list or STDIN in names or sum(map(is_address, names)) > 1
    many = many or any(map(is_list_file, names))
    stop = Stop()
    with ExitStack() as stack:

        @cache
        def crawler() -> Crawler:
            from abstool.web.crawler import Crawler

            sleep = stop.sleep if many else time.sleep
            return stack.enter_context(Crawler(many=many, sleep=sleep, **options))

        def in_pauses(fetch: Callable[[], Result]) -> Result:
            if not many:  # a person waits for the page, and not for longer than they want
                return fetch()
            with stop:
                try:
                    return fetch()
                finally:
                    stop.check()

        def fetch_page(url: str) -> Abstract:
            from abstool.fetching import fetch
            from abstool.record.given import NOTHING

            return in_pauses(lambda: fetch(url, crawler(), given or NOTHING))

        def fetch_data(doi: str) -> bytes:
            from abstool.fetching import fetch_csl_json

            return in_pauses(lambda: fetch_csl_json(doi, crawler()))

        yield Web(fetch_page, fetch_data)


@contextmanager
def outcomes_of(
    sources: list[str] | None,
    from_: str | None,
    options: ReadOptions,
    report: Report,
    *,
    of_dois: bool = False,
    shown: bool,
    hidden: bool = False,
) -> Iterator[Iterator[Outcome[Abstract | JsonObject]]]:
    """Yield the outcomes of reading sources and a list of URLs and DOIs, as they come.

    ``of_dois`` reads the data of DOIs, not the pages that they lead to. They are counted on a
    terminal if ``shown``; ``hidden`` is for results that are printed to it meanwhile.
    """
    from abstool.cli.progress import counted_pages
    from abstool.inputs.sources import STDIN, check_stdin, read_sources

    lists = [] if from_ is None else [from_]
    names = sources or ([] if lists else [STDIN])
    check_stdin([*names, *lists], report.note)
    with (
        page_fetcher(names, options.given, of_list=bool(lists)) as web,
        counted_pages(shown=shown, hidden=hidden) as counted,
    ):
        chosen = web if of_dois else web._replace(data_of=None)
        yield counted(read_sources(names, lists, chosen, options))
