"""Listings: what a user calls one goes in, its abstracts come out, page after page, each once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from urllib.parse import quote_plus

from abstool.address import authority, requestable, same_site
from abstool.errors import AbstoolError, NotAnAbstract, UsageError
from abstool.fetching import fetch_and_parse
from abstool.parser.listing import Item, Listing, parse_listing
from abstool.web.crawler import Crawler
from abstool.web.failure import HaltError, StatusError
from abstool.web.fetcher import Retrieved

HOST = "acrabstracts.org"
_TRIES = 3  # for a listing page: without it, all that follow it are lost


def listing_address(name: str, site: str = HOST) -> str:
    """Return the address of a listing: of a meeting by its slug, or an address as it is.

    Raises UsageError for what is neither.
    """
    if re.fullmatch(r"[\w-]+", name):
        return requestable(f"{site}/meetings/{name}/")
    if "." in name or name.startswith("http"):
        return requestable(name)
    raise UsageError(
        name,
        "neither a file nor a listing",
        "give a meeting like acr-convergence-2025, an address, or a file of addresses",
    )


def search_address(words: str, site: str = HOST) -> str:
    """Return the address of a search for words."""
    if not words.strip():
        raise UsageError("--search", "there are no words to search for", "give some")
    return requestable(f"{site}/?s={quote_plus(words.strip())}")


def walk(crawler: Crawler, url: str, note: Callable[[str], None]) -> Iterator[Item]:
    """Yield the abstracts of a listing and of the pages that follow it.

    Only those of its own host count. A page that was seen before, or shows nothing new, ends the
    walk with a note. Raises FetchError or NotAnAbstract where a page cannot be had.
    """
    address = requestable(url)
    pages: set[str] = set()
    abstracts: set[str] = set()
    while address:
        pages.add(address)
        listing = _listing(crawler, address)
        is_new = False
        for item in listing.items:
            if not item.url or item.url in abstracts:
                continue
            if not same_site(item.url, url):
                note(f"{item.url}: left out, as it is not on {authority(requestable(url))}")
                continue
            abstracts.add(item.url)
            is_new = True
            yield item
        following = requestable(listing.next_url) if listing.next_url else ""
        if following in pages:
            note(f"{address}: its next page was seen before; the listing ends here")
            return
        if following and not is_new:
            note(f"{address}: it shows no abstract that was not seen before; the listing ends here")
            return
        if following and not same_site(following, url):
            note(f"{address}: its next page is on another host ({following}); it is not followed")
            return
        address = following


def _listing(crawler: Crawler, address: str) -> Listing:
    """Return a listing page; what looks like a passing fault is tried again."""
    for left in reversed(range(_TRIES)):
        try:
            return fetch_and_parse(address, crawler, partial(_parse, address))
        except AbstoolError as error:
            final = isinstance(error, HaltError | UsageError) or (
                isinstance(error, StatusError) and error.status in (401, 403, 404, 410)
            )
            if final or not left:
                raise _as_incomplete(error) from error
    raise AssertionError  # the last try returns or raises


def _parse(address: str, page: Retrieved) -> Listing:
    return parse_listing(page.body, page.url, charset=page.charset, subject=address)


def _as_incomplete(error: AbstoolError) -> AbstoolError:
    if isinstance(error, NotAnAbstract):
        return NotAnAbstract(error.subject, error.problem, "give the address of a listing")
    return error
