"""What the commands share that retrieve pages: their options, and the settings these make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from abstool.errors import UsageError

if TYPE_CHECKING:
    from abstool.cli.report import Report

Delay = Annotated[
    str | None,
    typer.Option(
        metavar="SECONDS",
        help="Pause between two requests: 1 or more; robots.txt may want a longer one.",
        show_default=False,
    ),
]
Refresh = Annotated[bool, typer.Option("--refresh", help="Fetch anew what is in the cache.")]
Offline = Annotated[bool, typer.Option("--offline", help="Use the cache only.")]
SiteHost = Annotated[
    str | None,
    typer.Option(
        "--site",
        metavar="HOST",
        help="Site of the meeting or search; otherwise acrabstracts.org.",
        show_default=False,
    ),
]
Search = Annotated[
    str | None,
    typer.Option(metavar="WORDS", help="Take what a search for WORDS finds.", show_default=False),
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
) -> dict[str, Any]:
    """Return what ``Crawler`` takes, as the options and the configuration say."""
    from abstool.config import load
    from abstool.web.crawler import Wishes

    if refresh and offline:
        raise UsageError("--refresh", "cannot be combined with --offline", "choose one of them")
    return {
        "settings": load(delay=delay),
        "wishes": Wishes(refresh=refresh, offline=offline),
        "note": report.note,
    }
