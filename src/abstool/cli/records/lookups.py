"""Look up the pages that references cite: in the cache, and on their sites if the user asks for it.

Only 404 and 410 say that a page is gone. A site that refuses requests or does not answer says
nothing about the page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote

from abstool.address import authority, doi_in, doi_url, host_of, identity, requestable
from abstool.errors import FetchError, NotAnAbstract, UnreadableInput
from abstool.interrupts import Stop
from abstool.record import Abstract
from abstool.text import count_of

if TYPE_CHECKING:
    from abstool.checking import Library
    from abstool.cli.report import Report
    from abstool.manuscripts import Reference
    from abstool.web.crawler import Crawler

_GONE = (404, 410)
_MOST = 1_000  # addresses; no article cites so many abstracts


@dataclass
class FoundPages:
    """The records of pages, the URLs that led to another one, and those that lead nowhere."""

    records: list[Abstract] = field(default_factory=list)
    led_to: dict[str, str] = field(default_factory=dict)
    dead: set[str] = field(default_factory=set)


def looked_up(
    references: Iterable[Reference], known: Library, report: Report, *, online: bool
) -> FoundPages:
    """Return what the pages say that references to conference abstracts cite.

    Without ``online``, only pages in the cache are read, and nothing is requested.
    """
    from abstool.checking import addresses_of

    found = FoundPages()
    cited = [*dict.fromkeys(filter(None, map(addresses_of, references)))]
    if not cited:
        return found
    from abstool.config import load
    from abstool.web.crawler import CacheOptions, Crawler

    with (
        Stop() as stop,
        Crawler(
            load(),
            CacheOptions(offline=not online),
            note=report.note,
            sleep=stop.sleep,
        ) as crawler,
    ):
        lookups = _Lookups(crawler, known, report, found)
        if online:
            _announce(crawler, cited, report)
        for addresses in cited[:_MOST]:
            stop.check()
            if not lookups.read(addresses, online=online):
                break
    return found


class _Lookups:
    """The look-ups of one run; each page is requested once."""

    def __init__(self, crawler: Crawler, known: Library, report: Report, found: FoundPages) -> None:
        self._crawler = crawler
        self._known = known
        self._report = report
        self._found = found
        self._is_gone: dict[str, bool] = {}

    def read(self, addresses: Sequence[str], *, online: bool) -> bool:
        """Read the page at the first of several addresses that has one; return whether to go on."""
        gone = []
        for address in addresses:
            url = _in_cache(self._crawler, address) or (_requested(address) if online else "")
            if not url or (not online and self._is_as_new(address, url)):
                return True
            key = identity(url)
            if key not in self._is_gone:
                self._is_gone[key], stops = self._look(address, url)
                if stops:
                    return False
            if not self._is_gone[key]:
                return True
            gone.append(address)
        self._found.dead.update(map(identity, gone))
        return True

    def _look(self, address: str, url: str) -> tuple[bool, bool]:
        """Return whether the page is gone, and whether to stop."""
        try:
            self._add(address, url)
        except (NotAnAbstract, UnreadableInput) as error:
            self._report.note(f"{error.subject}: {error.problem}; the reference is not checked")
        except FetchError as error:
            if getattr(error, "status", 0) in _GONE:
                return True, False
            rest = ", and no more requests are made" if error.stops_run else ""
            self._report.note(
                f"{error.subject}: {error.problem}; whether it exists is unknown{rest}"
            )
            return False, error.stops_run
        return False, False

    def _is_as_new(self, address: str, url: str) -> bool:
        """Return whether a record of the page is already known that is as new as the cached one."""
        newest = max(
            (self._known.record(one).accessed for one in self._known.at(address)), default=""
        )
        return bool(newest) and self._crawler.cached_on(url) <= newest

    def _add(self, address: str, url: str) -> None:
        from abstool.fetching import fetch

        record = fetch(url, self._crawler)
        doi = doi_in(address)
        if doi and record.doi.lower() != doi.lower():
            problem = f"this DOI leads to a page that does not name it ({record.url})"
            raise UnreadableInput(address, problem)
        if not doi and host_of(identity(record.url)) != host_of(identity(url)):
            # A page must not pass for one of another site, whose record it would replace.
            record.url, record.site = url, host_of(url)
        self._found.records.append(record)
        if identity(record.url) != identity(address):
            self._found.led_to[address] = record.url


def _in_cache(crawler: Crawler, address: str) -> str:
    """Return the URL by which the cache has a page at this moment; ``""`` if it does not."""
    url = _requested(address)
    # Pages are cached by the URL of their site, which a reference may spell in another way.
    bare = [url.rstrip("/"), identity(url), unquote(identity(url))]
    spellings = (url, *bare, *(f"{one}/" for one in bare)) if url else ()
    return next((one for one in spellings if crawler.is_cached(one)), "")


def _requested(address: str) -> str:
    """Return the URL to request for an address; ``""`` if that is impossible."""
    doi = doi_in(address)
    try:
        return requestable(doi_url(doi) if doi else address)
    except FetchError:
        return ""


def _announce(crawler: Crawler, cited: Sequence[Sequence[str]], report: Report) -> None:
    """Say how many requests there will be."""
    from abstool.web.robots import robots_url

    urls: dict[str, str] = {}
    for addresses in cited[:_MOST]:
        url = _requested(addresses[0])
        if url and not _in_cache(crawler, addresses[0]):
            urls.setdefault(identity(url), url)
    rules = {robots_url(url) for url in urls.values()}
    rules = {url for url in rules if not crawler.is_cached(url)}
    pages = Counter(authority(url) for url in urls.values())
    hosts = ", ".join(f"{count:,} of {host}" for host, count in pages.items())
    total = len(urls) + len(rules)
    if not total:
        report.note("0 requests: all pages are in the cache")
        return
    detail = f"pages: {hosts}" + (f"; robots.txt: {len(rules)}" if rules else "")
    report.note(f"{count_of(total, 'request')} ({detail})")
