"""The options that the commands which retrieve pages share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from abstool.errors import UsageError

if TYPE_CHECKING:
    from abstool.cli.report import Report
    from abstool.web.crawler import CrawlerOptions

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
    """Return the options of a ``Crawler``, as the command line and the configuration say."""
    from abstool.config import load
    from abstool.web.crawler import CacheOptions

    if refresh and offline:
        raise UsageError("--refresh", "cannot be combined with --offline", "choose one of them")
    return {
        "settings": load(delay=delay),
        "caching": CacheOptions(refresh=refresh, offline=offline),
        "note": report.note,
    }
