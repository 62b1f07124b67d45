"""Read listings: find the URL of one, and yield its abstracts page by page, each once."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from urllib.parse import quote_plus

from msgspec.structs import replace

from abstool.address import (
    authority,
    identity,
    is_url,
    kept_secure,
    requestable,
    same_site,
    without_credentials,
)
from abstool.errors import AbstoolError, ExitCode, FetchError, NotAnAbstract, UsageError
from abstool.fetching import fetch_and_parse
from abstool.parser.listing import ListedAbstract, Listing, parse_listing
from abstool.text import count_of
from abstool.web.crawler import Crawler
from abstool.web.failure import HaltError, StatusError
from abstool.web.fetcher import Retrieved

HOST = "acrabstracts.org"
MOST_PAGES = 10_000  # of one listing; the largest known one has 3,400
_TRIES = 3  # for a listing page: if one is missing, so are all that follow it


class CutListing(AbstoolError):  # noqa: N818 - the name says what happened
    """A listing was not read to its end; what was read is good."""

    exit_code = ExitCode.SOME_FAILED


def listing_url(name: str, site: str = HOST) -> str:
    """Return the URL of a listing, which is named by a meeting's slug or by its URL.

    Raises UsageError if ``name`` is neither.
    """
    if re.fullmatch(r"[\w-]+", name):
        return requestable(f"{_host(site)}/meetings/{name}/")
    if "." in name or name.startswith("http"):
        return requestable(name)
    raise UsageError(
        name or '""',
        "neither a file nor a listing",
        "use a meeting such as acr-convergence-2025, a URL, or a file of URLs",
    )


def search_url(words: str, site: str = HOST) -> str:
    """Return the URL of a site search. Raises UsageError if there are no words."""
    if not words.strip():
        raise UsageError(
            problem="no search words", next_step="give at least one", argument="search"
        )
    try:
        query = quote_plus(words.strip())
    except UnicodeEncodeError:  # bytes in an argument
        problem, next_step = "the words are not UTF-8", "check the encoding of the terminal"
        raise UsageError(problem=problem, next_step=next_step, argument="search") from None
    return requestable(f"{_host(site)}/?s={query}")


def _host(site: str) -> str:
    """Return the host of a site, with its scheme if it has one; raise UsageError if not valid."""
    if not re.fullmatch(r"(?:https?://)?[^\s/?#@]+/?", site, re.IGNORECASE):
        raise _not_a_host(site)
    try:
        requestable(site)
    except FetchError:
        raise _not_a_host(site) from None
    return site.removesuffix("/")


def _not_a_host(site: str) -> UsageError:
    problem = f"{without_credentials(site)!r} is not a host name"
    return UsageError(problem=problem, next_step=f"use one such as {HOST}", argument="site")


def walk(
    crawler: Crawler, url: str, note: Callable[[str], None], limit: int | None = None
) -> Iterator[ListedAbstract]:
    """Yield the abstracts of a listing and of its next pages, each once, up to a limit.

    Abstracts on other hosts are skipped with a note. A next page that was read before ends the walk
    with a note. Raises CutListing, after the abstracts, if one was skipped because it has no usable
    link of its own, or if there is a next page that is not read: because it is on another host or
    no web page, because it redirects to a page that was read, because it cannot be retrieved or
    lists no abstracts, because a page has no new abstract, or because there are more than
    ``MOST_PAGES``. Raises FetchError if the first page cannot be retrieved, NotAnAbstract if it
    lists no abstracts, and HaltError if the site accepts no more requests.
    """
    found = _Walked(url, note)
    yield from islice(_walk(crawler, url, note, found), limit)
    if found.lost:
        lost = count_of(len(found.lost), "abstract")
        raise _cut(url, f"{lost} skipped for want of a usable link")


class _Walked:
    """The abstracts of the pages of a listing that were read so far."""

    def __init__(self, url: str, note: Callable[[str], None]) -> None:
        self._url = url
        self._note = note
        self._elsewhere: set[str] = set()
        self._linked: dict[str, ListedAbstract] = {}
        self.lost: set[tuple[str, str]] = set()  # by number and title

    def __len__(self) -> int:
        return len(self._linked) + len(self.lost)

    def add(self, page: str, listing: Listing) -> Iterator[ListedAbstract]:
        """Yield the new abstracts of a page; note those that are skipped."""
        host = authority(requestable(self._url))
        for far in listing.elsewhere:
            if identity(far) not in self._elsewhere:
                self._elsewhere.add(identity(far))
                self._note(f"{far}: skipped, not on {host}")
        for item in listing.items:
            if not item.url:  # nor has one on another host
                if (item.number, item.title) in listing.unlinked:
                    self._lose(page, item)
            elif earlier := self._linked.get(identity(item.url)):
                if item.number != earlier.number and item.title != earlier.title:
                    self._lose(page, item)
            elif not same_site(item.url, self._url):
                self._note(f"{item.url}: skipped, not on {host}")
            elif not _is_usable(item.url):
                self._lose(page, item)
            else:
                self._linked[identity(item.url)] = item
                yield item

    def _lose(self, page: str, item: ListedAbstract) -> None:
        if (item.number, item.title) not in self.lost:
            self.lost.add((item.number, item.title))
            name = " ".join(filter(None, (item.number, item.title)))
            self._note(f"{page}: skipped {name}, which has no usable link of its own")


def _is_usable(url: str) -> bool:
    try:
        requestable(url)
    except FetchError:  # https://name:password@a.org/
        return False
    return True


def _walk(
    crawler: Crawler, url: str, note: Callable[[str], None], found: _Walked
) -> Iterator[ListedAbstract]:
    """Yield the abstracts of ``walk``, and raise its errors."""
    page = requestable(url)
    pages: set[str] = set()
    is_downgraded = False
    count = 1
    while page:
        arrived, listing = _listing(crawler, page, is_first=count == 1)
        if identity(arrived) in pages:
            raise _cut(page, f"redirects to a page that was already read ({arrived})")
        pages |= {identity(page), identity(arrived)}
        if (secure := _by_https(listing, page)) != listing:
            listing = secure
            if not is_downgraded:
                note(f"{page}: has http links to its own site; using https for them")
            is_downgraded = True
        earlier = len(found)
        yield from found.add(page, listing)
        following, unread = "", listing.next_elsewhere
        try:
            following = requestable(listing.next_url) if listing.next_url else ""
        except FetchError:  # http://a.org:99999/
            unread = listing.next_url
        if following and identity(following) in pages:
            note(f"{page}: the next page was already read; stopping here")
            return
        if following and len(found) == earlier:
            raise _cut(page, f"no new abstracts, so the next page ({following}) was not read")
        far = unread or (following if not _is_near(following, url) else "")
        if far:
            where = "on another host" if is_url(far) else "not a web page"
            raise _cut(page, f"the next page is {where} ({far}) and was not read")
        if following and count >= MOST_PAGES:
            raise _cut(page, f"page {count:,} of the listing is not its last one")
        page, count = following, count + 1


def _by_https(listing: Listing, page: str) -> Listing:
    """Return a listing on an https page with https links to its own site."""
    items = [replace(item, url=kept_secure(item.url, page)) for item in listing.items]
    following = kept_secure(listing.next_url, page)
    return dataclasses.replace(listing, items=items, next_url=following)


def _is_near(following: str, url: str) -> bool:
    return not following or same_site(following, url)


def _cut(page: str, problem: str) -> CutListing:
    return CutListing(page, problem, "the list is incomplete; check the site in a browser")


def _listing(crawler: Crawler, url: str, *, is_first: bool) -> tuple[str, Listing]:
    """Return a listing page and the URL it came from; retry unless the failure is permanent.

    Raises the errors of ``walk``.
    """
    for left in reversed(range(_TRIES)):
        try:
            return fetch_and_parse(url, crawler, partial(_parse, url))
        except AbstoolError as error:
            is_permanent = isinstance(error, HaltError | UsageError) or (
                isinstance(error, StatusError) and error.status in (401, 403, 404, 410)
            )
            was_retried = isinstance(error, FetchError) and error.was_retried
            if is_permanent or was_retried or not left:
                raise _failure(error, url, is_first=is_first) from error
    raise AssertionError  # the last try returns or raises


def _parse(url: str, page: Retrieved) -> tuple[str, Listing]:
    return page.url, parse_listing(page.body, page.url, charset=page.charset, subject=url)


def _failure(error: AbstoolError, url: str, *, is_first: bool) -> AbstoolError:
    """Return what is said of a page that is not tried again."""
    if not is_first and not isinstance(error, HaltError | UsageError):
        return _cut(url, error.problem)
    if isinstance(error, NotAnAbstract):
        return NotAnAbstract(error.subject, error.problem, "use the URL of a listing")
    return error
