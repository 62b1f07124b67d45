"""Fetch one web page: return its bytes, or raise one clear FetchError.

Only this module talks to the network. It works for any host and does not look into pages. Each
redirect is checked and limited like the first URL, a body is read completely or not at all, and a
site that asks us to wait gets its pause. One ``Fetcher`` makes one request at a time.
"""

from __future__ import annotations

import gzip
import re
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from email.message import Message
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from itertools import count
from threading import Thread
from urllib.parse import urljoin

import requests

from abstool._version import __version__
from abstool.address import requestable
from abstool.errors import FetchError
from abstool.web.connection import AbortableSession
from abstool.web.failure import (
    NETWORK_ERRORS,
    NETWORKS,
    Failure,
    HaltError,
    failure_of,
    private_target,
    status_failure,
    timeout_failure,
    unsafe_redirect,
)
from abstool.web.pace import Pace

PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain")


def user_agent(contact: str) -> str:
    """Return the User-Agent; ``contact`` is where a site's owner can reach the user, if known."""
    about = "citations of conference abstracts" + (f"; contact: {contact}" if contact else "")
    return f"abstool/{__version__} ({about}) python-requests/{requests.__version__}"


@dataclass(frozen=True)
class Limits:
    """The limits of a fetcher: seconds, bytes of a decompressed body, and numbers of requests.

    ``backoff`` is the pause before the first retry; it doubles with each retry, up to a minute.
    ``refusals`` is how many pages in a row may fail because of the site.
    """

    connect: float = 10
    read: float = 30
    total: float = 60
    backoff: float = 1
    size: int = 20_000_000
    redirects: int = 10
    tries: int = 3
    refusals: int = 5


@dataclass(frozen=True)
class _ContentType:
    """The content type that a request asks for; ``""`` for a page, ``*/*`` for any."""

    accept: str = ""

    @property
    def headers(self) -> dict[str, str]:
        return {"Accept": self.accept} if self.accept not in ("", "*/*") else {}

    def check(self, content_type: str) -> None:
        """Raise Failure if a response has another content type."""
        expected = (self.accept, "application/json") if self.accept else PAGE_TYPES
        if self.accept == "*/*" or content_type in expected:
            return
        if self.accept:
            problem = f"{content_type} instead of {self.accept}"
            raise Failure(f"the site sent {problem}", "open it in a browser")
        raise Failure(f"not a web page ({content_type})", "use the URL of the abstract's own page")


_PAGE, _ANY = _ContentType(), _ContentType("*/*")


@dataclass(frozen=True)
class Retrieved:
    """A retrieved page: its final URL, decompressed body, and charset ("" if not declared).

    ``time`` is when the site sent it or confirmed that it is unchanged. ``etag`` and ``modified``
    are the validators to send when revalidating it ("" if none); ``storable`` is whether it may be
    cached.
    """

    url: str
    body: bytes
    charset: str
    time: datetime
    etag: str = ""
    modified: str = ""
    storable: bool = True

    @property
    def date(self) -> date:
        """The day of ``time`` in the user's time zone."""
        return self.time.date()


class Fetcher:
    """Fetches pages over one session, in turns that ``pace`` grants."""

    def __init__(self, limits: Limits, pace: Pace, agent: str) -> None:
        """Store the limits and the pace to keep, and the User-Agent to send."""
        self._limits = limits
        self._pace = pace
        self._refusals = 0
        self._session = AbortableSession()
        self._session.headers.update(
            {
                "User-Agent": agent,
                "Accept": "text/html, application/xhtml+xml, text/plain;q=0.9, */*;q=0.1",
                "Accept-Encoding": "gzip",
            }
        )

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def get(
        self,
        url: str,
        cached: Retrieved | None = None,
        *,
        check: Callable[[str], None] = lambda _: None,
        any_type: bool = False,
        accept: str = "",
        origin: str = "",
    ) -> Retrieved:
        """Return the page at a URL; a URL without a scheme is requested by https.

        If the site says that the ``cached`` copy is unchanged, that copy is returned with a new
        time. ``check`` is called with each URL before it is requested, including redirects, and
        raises if it may not be. ``any_type`` accepts any content type, ``accept`` asks for one and
        accepts no other. ``origin`` is the URL that the user chose, if ``url`` is only requested
        because of that one. Raises FetchError about ``url`` if the page cannot be retrieved, and
        HaltError if the site asks for a long pause or has failed for several pages in a row.
        """
        address = requestable(url)
        origin = origin or address
        form = _ContentType(accept) if accept else _ANY if any_type else _PAGE
        for attempt in count(1):
            try:
                page = self._retrieve(address, cached, check, form, origin=origin)
            except Failure as error:
                failure = error
            else:
                self._refusals = 0
                return page
            last = attempt == self._limits.tries or not failure.retry
            backoff = 0.0 if last else min(self._limits.backoff * 2.0 ** (attempt - 1), 60)
            if failure.retry and max(failure.pause, backoff):
                pause = max(failure.pause, backoff)
                self._pace.hold(address, pause, failure.problem, asked=failure.pause > 0)
            if last:
                raise self._counted(url, failure, attempt)
        raise AssertionError  # count() does not end

    def _counted(self, url: str, failure: Failure, tries: int) -> FetchError:
        """Return the error for a page, or HaltError if too many pages in a row were refused."""
        error = failure.as_error(url, tries)
        if failure.is_refusal:
            return self.refused(error)
        self._refusals = 0
        return error

    def refused(self, error: FetchError) -> FetchError:
        """Count a page that a site refused; return its error, or HaltError if there were many."""
        self._refusals += 1
        if self._refusals < self._limits.refusals:
            return error
        return HaltError(
            error.subject,
            f"{error.problem}, as for the previous {self._refusals - 1} pages:"
            " the site keeps refusing requests",
            error.next_step,
            page=NETWORKS,
        )

    def _retrieve(
        self,
        url: str,
        cached: Retrieved | None,
        check: Callable[[str], None],
        form: _ContentType,
        *,
        origin: str,
    ) -> Retrieved:
        """Try once. Raises Failure, or FetchError if the page redirects to an unusable URL."""
        for _ in range(self._limits.redirects + 1):
            if not self._session.may_reach(url, origin):
                raise Failure(*private_target(url))
            check(url)
            target = url
            with self._pace.turn(url):
                response = self._within_time(
                    lambda: self._request(target, cached, form)  # noqa: B023
                )
            if isinstance(response, Retrieved):
                return response
            before, url = url, _redirected(url, response)
            if problem := unsafe_redirect(before, url):
                raise Failure(*problem)
        raise Failure(f"redirects more than {self._limits.redirects} times", "check the URL")

    def _request(self, url: str, cached: Retrieved | None, form: _ContentType) -> Retrieved | str:
        """Make one request; return the page, or the location that the site redirects to."""
        deadline = time.monotonic() + self._limits.total
        try:
            conditions = _conditions(url, cached)
            with self._session.get(
                url,
                stream=True,
                timeout=(self._limits.connect, self._limits.read),
                headers=conditions | form.headers,
            ) as response:
                if response.is_redirect:
                    return str(response.headers["Location"])
                if response.status_code == HTTPStatus.NOT_MODIFIED and cached and conditions:
                    return replace(cached, time=self._pace.now())
                charset = self._accepted(response, form)
                return Retrieved(
                    response.url,
                    self._body(response, deadline),
                    charset,
                    self._pace.now(),
                    response.headers.get("ETag", ""),
                    response.headers.get("Last-Modified", ""),
                    "no-store" not in response.headers.get("Cache-Control", "").lower(),
                )
        except NETWORK_ERRORS as error:
            raise failure_of(error) from error

    def _accepted(self, response: requests.Response, form: _ContentType) -> str:
        """Return the charset of a response with a page. Raises Failure for any other response."""
        if response.status_code != HTTPStatus.OK:
            pause = self._asked_pause(response.headers.get("Retry-After", ""))
            raise status_failure(response.status_code, pause)
        if not (declared := response.headers.get("Content-Type", "")):
            return ""
        header = Message()
        header["Content-Type"] = declared
        form.check(header.get_content_type())
        return header.get_content_charset("")

    def _asked_pause(self, retry_after: str) -> float:
        """Return the seconds that a Retry-After header asks for: a number or a date."""
        longest = timedelta(days=366).total_seconds()
        if re.fullmatch(r"[0-9]+", retry_after):
            return min(float(retry_after), longest)
        if "_" in retry_after:  # Python would read 2_3 Nov as the 23rd
            return 0.0
        try:
            until = parsedate_to_datetime(retry_after)
            until = until if until.tzinfo else until.replace(tzinfo=UTC)
            return min(max((until - self._pace.now()).total_seconds(), 0.0), longest)
        except (ValueError, TypeError, IndexError, OverflowError):  # any text may come
            return 0.0

    def _body(self, response: requests.Response, deadline: float) -> bytes:
        """Return the complete body, decompressed.

        The gzip module notices a body that ends early; the decoder of requests does not.
        """
        encoding = response.headers.get("Content-Encoding", "").strip().lower() or "identity"
        if encoding not in ("identity", "gzip", "x-gzip"):
            raise Failure(
                f"unsupported content encoding ({encoding})",
                "save the page with a browser and use 'abstool parse'",
            )
        raw = response.raw
        source = raw if encoding == "identity" else gzip.GzipFile(fileobj=raw, mode="rb")
        body = bytearray()
        while part := source.read(2**14):
            body += part
            if len(body) > self._limits.size:
                raise Failure(
                    f"larger than {self._limits.size / 1e6:g} MB",
                    "use the URL of the abstract's own page",
                )
            if time.monotonic() > deadline:  # the caller has given up
                raise timeout_failure(self._limits.total)
        return bytes(body)

    def _within_time(self, work: Callable[[], Retrieved | str]) -> Retrieved | str:
        """Return the result of ``work``. Raises Failure if the total time limit is exceeded.

        A socket's timeout applies to each single read, and not at all to name resolution, so a
        server that trickles its headers could block its reader forever. Work that takes too long
        has its connection aborted, so that the site never serves two requests at a time.
        """
        outcome: Future[Retrieved | str] = Future()

        def run() -> None:
            try:
                outcome.set_result(work())
            except BaseException as error:  # noqa: BLE001 - raised again by result()
                outcome.set_exception(error)

        thread = Thread(target=run, daemon=True)
        thread.start()
        try:
            return outcome.result(timeout=self._limits.total)
        except TimeoutError:
            self._session.abort()
            thread.join(timeout=1)
            raise timeout_failure(self._limits.total) from None


def _conditions(url: str, cached: Retrieved | None) -> dict[str, str]:
    """Return the headers that ask whether a page changed.

    Validators mean something only to the URL that they came from. Another one, which the page now
    redirects to, could confirm them by chance, and its page would pass for unchanged.
    """
    if not cached or requests.Request("GET", url).prepare().url != cached.url:
        return {}
    conditions = {"If-None-Match": cached.etag, "If-Modified-Since": cached.modified}
    return {name: value for name, value in conditions.items() if value}


def _redirected(url: str, location: str) -> str:
    """Return the URL that a Location header names; requests decodes its bytes as Latin-1."""
    try:
        target = urljoin(url, location.encode("latin-1").decode("utf-8", "replace"))
    except ValueError as error:  # http://[
        raise failure_of(error) from error
    return requestable(target, subject=f"{url}, redirected to {target}")
