"""A URL to a record: fetch one page and parse it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import TYPE_CHECKING, Unpack

from abstool.inputs.sources import STDIN, is_address

if TYPE_CHECKING:
    from abstool.record import Abstract
    from abstool.web.crawler import Crawler, CrawlerOptions
    from abstool.web.fetcher import Retrieved


def fetch(url: str, crawler: Crawler | None = None) -> Abstract:
    """Retrieve one abstract page and return its record, dated with the day of the retrieval.

    Several pages share connections, rules and pace through ``crawler``. Raises FetchError where
    the page cannot be retrieved, NotAnAbstract where it shows no abstract.
    """
    from abstool.parser import parse  # noqa: PLC0415 - not needed to retrieve a page

    def record_of(page: Retrieved) -> Abstract:
        record = parse(page.body, page.url, charset=page.charset, subject=url)
        record.accessed = page.date.isoformat()
        return record

    if crawler is not None:
        return crawler.read(url, record_of)
    from abstool.web.crawler import Crawler  # noqa: PLC0415 - as above

    with Crawler(many=False) as own:
        return own.read(url, record_of)


@contextmanager
def fetching(
    names: Sequence[str] = (), **options: Unpack[CrawlerOptions]
) -> Iterator[Callable[[str], Abstract]]:
    """Give the function that fetches an address, one of ``names``; ``options`` are a Crawler's.

    The network code is imported, and its one session opened, at the first address.
    """
    many = STDIN in names or sum(map(is_address, names)) > 1
    with ExitStack() as stack:

        @cache
        def crawler() -> Crawler:
            from abstool.web.crawler import Crawler  # noqa: PLC0415 - see above

            return stack.enter_context(Crawler(many=many, **options))

        def fetch_one(address: str) -> Abstract:
            return fetch(address, crawler())

        yield fetch_one
