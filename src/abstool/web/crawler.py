"""The crawler: what an address holds, with manners; the cache first, then the site.

Puts together what makes a polite visitor: pages are kept for a day (``cache``), robots.txt is
honoured (``robots``), requests keep their distance (``pace``), and all goes through one
``fetcher``. ``docs/manners.md`` says what of this a site's owner will see.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from abstool import config
from abstool.address import requestable, same_site
from abstool.errors import FetchError, UsageError
from abstool.web.cache import PageCache
from abstool.web.connection import ends_here
from abstool.web.failure import StatusError
from abstool.web.fetcher import Fetcher, Limits, Retrieved, user_agent
from abstool.web.pace import JITTER, Pace, local_time
from abstool.web.robots import Rules, read, robots_address

FRESH = timedelta(days=1)  # for so long a page is not asked for again
_LEAST_DELAY = 1.0  # seconds, between requests that leave this machine
_LONGEST_PAUSE = 900.0  # seconds; who retrieves many pages rather waits than begins anew


@dataclass(frozen=True)
class Wishes:
    """What a user asks of a run.

    ``refresh`` takes nothing older than the run out of the cache, ``offline`` nothing from
    anywhere else.
    """

    refresh: bool = False
    offline: bool = False


class Crawler:
    """Retrieves pages; a context manager. ``sleep`` and ``now`` are its clock."""

    def __init__(
        self,
        settings: config.Settings | None = None,
        wishes: Wishes | None = None,
        *,
        many: bool = True,
        note: Callable[[str], None] = lambda _: None,
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], datetime] = local_time,
    ) -> None:
        """Retrieve as ``settings`` (else the user's own) and ``wishes`` say.

        ``many`` False is for one page that a person waits for: it may be redirected to another
        host, and its robots.txt and redirects are not kept apart from it. ``note`` is told what
        is worth knowing.
        """
        self.settings = settings or config.load()
        self._wishes = wishes or Wishes()
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
        self._fetcher = Fetcher(limits, pace=self.pace, agent=self.agent)
        self._rules: dict[str, tuple[Rules, datetime]] = {}
        self._waited = timedelta()
        self._retrievals = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._fetcher.close()
        self._cache.close()

    def get(self, url: str) -> Retrieved:
        """Return the page at an address, from the cache or the site. Raises FetchError."""
        address = requestable(url)
        known = self._cache.find(address)
        if known and self._is_fresh(known.time):
            return known
        if self._wishes.offline:
            raise FetchError(url, "it is not in the cache", "leave out --offline to fetch it")
        began = self._now()
        try:
            page = self._fetcher.get(
                url,
                None if self._wishes.refresh else known,
                check=lambda target: self._check(address, target),
            )
        finally:
            self._waited += self._now() - began
            self._retrievals += 1
        self._keep(address, page)
        return page

    def discard(self, url: str) -> None:
        """Drop a page from the cache."""
        self._cache.forget(requestable(url))

    def is_at_hand(self, url: str) -> bool:
        """Say whether a page would come from the cache."""
        found = self._cache.time(requestable(url))
        return found is not None and self._is_fresh(found)

    def is_from_before(self, url: str, moment: datetime) -> bool:
        """Say whether a page is kept that was retrieved before a moment."""
        found = self._cache.time(requestable(url))
        return found is not None and found < moment

    def learn_pace(self, url: str) -> None:
        """Read the robots.txt of a site before any page of it, for its Crawl-delay."""
        if not self._wishes.offline:
            self._rules_for(requestable(url), requestable(url))

    def seconds_a_page(self, url: str) -> float:
        """Return how long retrieving a page of this site takes, by experience if there is any."""
        paused = self.pace.delay(url) * (1 + JITTER / 2)
        if not self._retrievals:
            return paused + 0.5
        return max(paused, self._waited.total_seconds() / self._retrievals)

    def _is_fresh(self, found: datetime) -> bool:
        if self._wishes.offline:
            return True
        if self._wishes.refresh and found < self._started:
            return False
        return self._now() - FRESH < found <= self._now()

    def _keep(self, address: str, page: Retrieved) -> None:
        if page.storable:
            self._cache.store(address, page)
        else:
            self._cache.forget(address)

    # --- what may be requested --------------------------------------------------------------------

    def _check(self, address: str, target: str) -> None:
        """Raise what keeps the request for a page, or for what it redirects to, from being made."""
        if self._many and not same_site(address, target):
            raise FetchError(
                address, f"it redirects to another host ({target})", "see whether it has moved"
            )
        if self.settings.delay < _LEAST_DELAY and not ends_here(target):
            raise UsageError(
                self.settings.origins["delay"],
                f"{self.settings.delay:g} s is too short for a site that is not on this machine",
                f"give at least {_LEAST_DELAY:g}",
            )
        if not self._rules_for(address, target).allow(target):
            raise FetchError(
                address, "the site's robots.txt does not allow to fetch it", "open it in a browser"
            )

    def _rules_for(self, address: str, target: str) -> Rules:
        """Return the rules of a site, not older than a day."""
        url = robots_address(target)
        rules, read_at = self._rules.get(url, (None, self._now()))
        if not rules or self._now() - read_at >= FRESH:
            page = self._robots(url, address)
            rules = read(page.body)
            self._rules[url] = (rules, page.time)
            if rules.delay:
                self.pace.slow_down(target, rules.delay)
        return rules

    def _robots(self, url: str, address: str) -> Retrieved:
        """Return a site's robots.txt: an empty one where it has none.

        Where it cannot be reached nothing may be fetched, unless an older copy is there.
        """
        known = self._cache.find(url)
        if known and self._now() - FRESH < known.time <= self._now():
            return known
        try:
            page = self._fetcher.get(url, known, any_type=True)
        except StatusError as error:
            if 400 <= error.status < 500 and error.status != 429:
                page = Retrieved(url, b"", "", self._now())
            elif known:
                return known
            else:
                raise FetchError(
                    address,
                    f"the site's robots.txt cannot be read: {error.problem}",
                    "try again later",
                ) from error
        except FetchError as error:
            if not known:
                raise type(error)(address, error.problem, error.next_step) from error
            return known
        self._keep(url, page)
        return page
