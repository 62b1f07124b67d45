"""Retrieve pages politely: from the cache if possible, otherwise from the site.

Pages are cached for a day (``cache``), robots.txt is respected (``robots``), requests are kept
apart (``pace``), and all of them go through one ``fetcher``. What a site's owner sees of this
is in ``docs/explanation/manners.md``.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self, TypedDict, TypeVar

from abstool import config
from abstool.address import host_of, is_of_resolver, requestable, same_site
from abstool.errors import FetchError
from abstool.web.cache import PageCache
from abstool.web.connection import is_local
from abstool.web.failure import NETWORKS, StatusError, unsafe_redirect
from abstool.web.fetcher import Fetcher, Limits, Retrieved, user_agent
from abstool.web.pace import JITTER, Pace, local_time
from abstool.web.robots import Rules, read, robots_url

Result = TypeVar("Result")

FRESH = timedelta(days=1)  # how long a cached page is used without revalidating it
_LEAST_DELAY = 1.0  # seconds, between requests that leave this machine
_LONGEST_PAUSE = 900.0  # seconds; a run of many pages would rather wait than start over


@dataclass(frozen=True)
class CacheOptions:
    """How a run uses the cache.

    ``refresh`` ignores pages cached before the run; ``offline`` uses cached pages only.
    """

    refresh: bool = False
    offline: bool = False


class CrawlerOptions(TypedDict, total=False):
    """The options of a ``Crawler`` that a command passes on."""

    settings: config.Settings
    caching: CacheOptions
    note: Callable[[str], None]


class Crawler:
    """Retrieves pages; a context manager. ``sleep`` and ``now`` are the clock."""

    def __init__(
        self,
        settings: config.Settings | None = None,
        caching: CacheOptions | None = None,
        *,
        many: bool = True,
        note: Callable[[str], None] = lambda _: None,
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], datetime] = local_time,
    ) -> None:
        """Store the settings (by default the user's), and how to use the cache.

        ``many`` is False for a single page that a person waits for: it may redirect to another
        host, and there is no pause between its robots.txt, its redirects and the page. ``note`` is
        called with messages for the user.
        """
        self.settings = settings or config.load()
        self._caching = caching or CacheOptions()
        self._many = many
        self._now = now
        self._started = now()
        self._cache = PageCache(self.settings.cache, note)
        delay, timeout = self.settings.delay, self.settings.timeout
        self.pace = Pace(
            delay,
            folder=self.settings.cache / "pace",
            longest=_LONGEST_PAUSE if many else 120.0,
            every=many,
            note=note,
            sleep=sleep,
            now=now,
        )
        limits = Limits(
            connect=min(timeout, Limits.connect),
            read=timeout,
            total=2 * timeout,
            backoff=min(delay, Limits.backoff),
            tries=Limits.tries + 1 if many else Limits.tries,
        )
        self.agent = user_agent(self.settings.contact)
        self._fetcher = Fetcher(limits, self.pace, self.agent)
        self._origins: dict[str, str] = {}  # the first URL of each host, "www." aside
        self._rules: dict[str, tuple[Rules, datetime]] = {}
        self._unreadable: dict[str, FetchError] = {}  # why a robots.txt cannot be read
        self._waited = timedelta()
        self._retrievals = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._fetcher.close()
        self._cache.close()

    def get(self, url: str, accept: str = "") -> Retrieved:
        """Return the page at a URL, from the cache or the site. Raises FetchError.

        ``accept`` is the content type to ask for, if it is not that of a page.
        """
        address = requestable(url)
        # The others may be links on its page, which must not lead from a public to a private host.
        origin = self._origins.setdefault(host_of(address), address)
        key = _key(address, accept)
        cached = self._cache.find(key)
        if cached and self._is_fresh(cached.time):
            self._check_redirect(url, address, cached.url)
            return cached
        if self._caching.offline:
            next_step = "turn off offline mode to fetch it"
            raise FetchError(url, "not in the cache", next_step, page=NETWORKS)
        began = self._now()
        try:
            page = self._fetcher.get(
                url,
                None if self._caching.refresh else cached,
                check=lambda target: self._check(address, target),
                accept=accept,
                origin=origin,
            )
        finally:
            self._waited += self._now() - began
            self._retrievals += 1
        self._store(key, page)
        return page

    def discard(self, url: str, accept: str = "") -> None:
        """Drop a page from the cache."""
        self._cache.forget(_key(requestable(url), accept))

    def is_cached(self, url: str) -> bool:
        """Return whether a page would come from the cache."""
        retrieved = self._cache.time(requestable(url))
        return retrieved is not None and self._is_fresh(retrieved)

    def cached_on(self, url: str) -> str:
        """Return the ISO date on which the cached copy of a page was retrieved; ``""`` if none."""
        retrieved = self._cache.time(requestable(url))
        return retrieved.date().isoformat() if retrieved else ""

    def is_cached_before(self, url: str, moment: datetime) -> bool:
        """Return whether there is a cached copy of a page from before a moment."""
        retrieved = self._cache.time(requestable(url))
        return retrieved is not None and retrieved < moment

    def read_robots(self, url: str) -> None:
        """Read the robots.txt of a site before its pages, to know its Crawl-delay."""
        if not self._caching.offline:
            self._rules_for(requestable(url), requestable(url))

    def seconds_per_page(self, url: str) -> float:
        """Return how long a page of this site takes: measured if possible, or else estimated."""
        paused = self.pace.delay(url) * (1 + JITTER / 2)
        if not self._retrievals:
            return paused + 0.5
        return max(paused, self._waited.total_seconds() / self._retrievals)

    def _is_fresh(self, retrieved: datetime) -> bool:
        if self._caching.offline:
            return True
        if self._caching.refresh and retrieved < self._started:
            return False
        return self._now() - FRESH < retrieved <= self._now()

    def _store(self, url: str, page: Retrieved) -> None:
        if page.storable:
            self._cache.store(url, page)
        else:
            self._cache.forget(url)

    # --- what may be requested --------------------------------------------------------------------

    def _check(self, url: str, target: str) -> None:
        """Raise an error if a page, or the URL that it redirects to, must not be requested."""
        self._check_place(url, url, target)
        if not self._rules_for(url, target).allow(target):
            problem = "robots.txt disallows this page"
            raise FetchError(url, problem, "open it in a browser", page=NETWORKS)

    def _check_place(self, subject: str, url: str, target: str) -> None:
        """Raise an error if nothing may be requested from where a URL redirects to, if at all."""
        self._check_redirect(subject, url, target)
        if self.settings.delay < _LEAST_DELAY and not is_local(target):
            raise self.settings.error(
                "delay",
                f"{self.settings.delay:g} s is too short for a site that is not on this machine",
                f"use at least {_LEAST_DELAY:g}",
            )

    def _check_redirect(self, subject: str, url: str, target: str) -> None:
        """Raise FetchError if a redirect, of now or of a cached page, must not be followed."""
        problem = unsafe_redirect(url, target)
        if self._many and not same_site(url, target) and not is_of_resolver(url):
            problem = f"redirects to another host ({target})", "check whether the page has moved"
        if problem:
            raise FetchError(subject, *problem)

    def _rules_for(self, url: str, target: str) -> Rules:
        """Return the rules of a site, at most a day old."""
        robots = robots_url(target)
        rules, read_at = self._rules.get(robots, (None, self._now()))
        if not rules or self._now() - read_at >= FRESH:
            page = self._robots(robots, url)
            rules = read(page.body)
            if rules.delay:
                self.pace.slow_down(target, rules.delay)
            self._rules[robots] = (rules, page.time)
        return rules

    def _robots(self, robots: str, url: str) -> Retrieved:
        """Return a site's robots.txt, or an empty one if the site has none.

        Raises FetchError about ``url`` if it cannot be read and there is no older copy; it is then
        not requested again in this run.
        """
        if known := self._unreadable.get(robots):
            again = type(known)(url, known.problem, known.next_step, page=known.page)
            again.was_retried = True
            raise self._fetcher.refused(again)
        cached = self._cache.find(robots)
        if cached and self._now() - FRESH < cached.time <= self._now():
            return cached
        try:
            page = self._fetcher.get(
                robots,
                cached,
                check=lambda target: self._check_place(robots, robots, target),
                any_type=True,
                origin=self._origins.get(host_of(url), url),
            )
        except StatusError as error:
            if 400 <= error.status < 500 and error.status != 429:
                page = Retrieved(robots, b"", "", self._now())
            elif cached:
                return cached
            else:
                problem = f"robots.txt cannot be read: {error.problem}"
                same = FetchError(url, problem, "try again later", page=NETWORKS)
                raise self._no_rules(robots, same) from error
        except FetchError as error:
            if not cached:
                is_redirect = error.problem.startswith("redirects")
                problem = f"robots.txt {error.problem}" if is_redirect else error.problem
                same = type(error)(url, problem, error.next_step, page=error.page)
                raise self._no_rules(robots, same) from error
            return cached
        self._store(robots, page)
        return page

    def _no_rules(self, robots: str, error: FetchError) -> FetchError:
        """Remember why a robots.txt cannot be read; return the error."""
        error.was_retried = True
        self._unreadable[robots] = error
        return error


def _key(address: str, accept: str) -> str:
    """Return the key of the cache, in which a URL has a page and data of other content types."""
    return f"{address}#{accept}" if accept else address  # a requestable URL has no fragment
