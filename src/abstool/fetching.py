"""Fetch and parse a page: from a URL to its record."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from abstool.errors import AbstoolError
from abstool.parser import parse
from abstool.record import Abstract
from abstool.web.crawler import Crawler
from abstool.web.fetcher import Retrieved

Result = TypeVar("Result")


def fetch(url: str, crawler: Crawler | None = None) -> Abstract:
    """Fetch an abstract page and return its record, with the date of the fetch.

    A ``crawler`` shares connections, robots.txt and pace among several pages. Raises FetchError if
    the page cannot be fetched, NotAnAbstract if it has no abstract.
    """

    def record_of(page: Retrieved) -> Abstract:
        record = parse(page.body, page.url, charset=page.charset, subject=url)
        record.accessed = page.date.isoformat()
        return record

    if crawler is not None:
        return fetch_and_parse(url, crawler, record_of)
    with Crawler(many=False) as own:
        return fetch_and_parse(url, own, record_of)


def fetch_and_parse(url: str, crawler: Crawler, convert: Callable[[Retrieved], Result]) -> Result:
    """Fetch a page and return the result of ``convert``; if that fails, drop the cached page.

    Otherwise a page that cannot be parsed would be a cache hit for a day.
    """
    page = crawler.get(url)
    try:
        return convert(page)
    except AbstoolError:
        crawler.discard(url)
        raise
