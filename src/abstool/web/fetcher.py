"""The fetcher: an address goes in, the bytes of one web page come out, or one clear FetchError.

The only module that talks to the network. It knows nothing of what a page holds; any host will
do. Each hop of a redirect is checked and bounded like the first address, a body is read whole or
not at all, and a site that asks for a pause gets it. One ``Fetcher`` makes one request at a time.
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
from typing import Self
from urllib.parse import urljoin

import requests

from abstool._version import __version__
from abstool.address import requestable
from abstool.errors import FetchError
from abstool.web.connection import Session
from abstool.web.failure import NETWORK_ERRORS, Failure, HaltError, explained, refused, too_slow
from abstool.web.pace import Pace

PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain")


def user_agent(contact: str = "") -> str:
    """Return what abstool calls itself; ``contact`` is the user's address for a site's owner."""
    about = "citations of conference abstracts" + (f"; contact: {contact}" if contact else "")
    return f"abstool/{__version__} ({about}) python-requests/{requests.__version__}"


@dataclass(frozen=True)
class Limits:
    """How long and how much: seconds, bytes of an unpacked body, and numbers of requests.

    ``backoff`` is the first pause before another try, doubled each time and at most a minute;
    ``refusals`` is how many pages in a row may fail by the site's fault.
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
class Retrieved:
    """A retrieved page: the final address, the unpacked body, its charset ("" if unnamed).

    ``time`` is when the site gave it or confirmed that it is unchanged. ``etag`` and ``modified``
    are what the site asks to be shown for that ("" if nothing); ``storable`` is whether it allows
    to keep the page.
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
        """The day of ``time``, as the user's calendar has it."""
        return self.time.date()


class Fetcher:
    """Retrieves pages over one session, in turns that ``pace`` grants; a context manager."""

    def __init__(
        self, limits: Limits | None = None, *, pace: Pace | None = None, agent: str = ""
    ) -> None:
        """Fetch within ``limits``; ``agent`` stands in for the usual User-Agent."""
        self._limits = limits or Limits()
        self._pace = pace or Pace()
        self._refusals = 0
        self._session = Session()
        self._session.headers.update(
            {
                "User-Agent": agent or user_agent(),
                "Accept": "text/html, application/xhtml+xml, text/plain;q=0.9, */*;q=0.1",
                "Accept-Encoding": "gzip",
            }
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the session's connections."""
        self._session.close()

    def get(
        self,
        url: str,
        known: Retrieved | None = None,
        *,
        check: Callable[[str], None] = lambda _: None,
        any_type: bool = False,
    ) -> Retrieved:
        """Retrieve one page; an address without a scheme is taken as https.

        ``known`` is an older copy of the page: where the site says that it is unchanged, it comes
        back with a new time. ``check`` is called with each address before it is requested, those
        of redirects included, and raises what keeps it from that. Raises FetchError, named after
        ``url``, for whatever keeps the page from being retrieved, and HaltError where the site
        asks for a long pause, or has failed for several pages in a row.
        """
        address = requestable(url)
        for attempt in count(1):
            try:
                page = self._retrieve(address, known, check, any_type=any_type)
            except Failure as error:
                failure = error
            else:
                self._refusals = 0
                return page
            last = attempt == self._limits.tries or not failure.again
            backoff = 0.0 if last else min(self._limits.backoff * 2.0 ** (attempt - 1), 60)
            if failure.again and max(failure.pause, backoff):
                pause = max(failure.pause, backoff)
                self._pace.hold(address, pause, failure.problem, asked=failure.pause > 0)
            if last:
                raise self._counted(url, failure, attempt)
        raise AssertionError  # count() does not end

    def _counted(self, url: str, failure: Failure, tries: int) -> FetchError:
        """Return a page's error; the one for the run where the site keeps refusing."""
        error = failure.as_error(url, tries)
        self._refusals = self._refusals + 1 if failure.is_refusal else 0
        if self._refusals < self._limits.refusals:
            return error
        return HaltError(
            url,
            f"{error.problem}, as for the {self._refusals - 1} pages before it:"
            " the site keeps refusing",
            failure.next_step,
        )

    def _retrieve(
        self,
        address: str,
        known: Retrieved | None,
        check: Callable[[str], None],
        *,
        any_type: bool,
    ) -> Retrieved:
        """Try once; raises Failure, or FetchError for a redirect to what is no web address."""
        for _ in range(self._limits.redirects + 1):
            check(address)
            target = address
            with self._pace.turn(address):
                answer = self._within_time(
                    lambda: self._request(target, known, any_type=any_type)  # noqa: B023
                )
            if isinstance(answer, Retrieved):
                return answer
            address = _redirected(address, answer)
        raise Failure(f"it redirects more than {self._limits.redirects} times", "check the address")

    def _request(self, address: str, known: Retrieved | None, *, any_type: bool) -> Retrieved | str:
        """Make one request; return the page, or where the site redirects to."""
        deadline = time.monotonic() + self._limits.total
        conditions = {
            "If-None-Match": known.etag if known else "",
            "If-Modified-Since": known.modified if known else "",
        }
        try:
            with self._session.get(
                address,
                stream=True,
                timeout=(self._limits.connect, self._limits.read),
                headers={name: value for name, value in conditions.items() if value},
            ) as response:
                if response.is_redirect:
                    return response.headers["Location"]
                if response.status_code == HTTPStatus.NOT_MODIFIED and known:
                    return replace(known, time=self._pace.now())
                charset = self._accepted(response, any_type=any_type)
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
            raise explained(error) from error

    def _accepted(self, response: requests.Response, *, any_type: bool) -> str:
        """Return the charset of an answer that holds a page; refuse any other answer."""
        if response.status_code != HTTPStatus.OK:
            pause = self._asked_pause(response.headers.get("Retry-After", ""))
            raise refused(response.status_code, pause)
        if not (declared := response.headers.get("Content-Type", "")):
            return ""
        header = Message()
        header["Content-Type"] = declared
        if (content_type := header.get_content_type()) not in PAGE_TYPES and not any_type:
            raise Failure(
                f"it is {content_type}, not a web page",
                "give the address of the abstract's own page",
            )
        return header.get_content_charset("")

    def _asked_pause(self, retry_after: str) -> float:
        """Return the seconds that a Retry-After header asks for: a number or a date."""
        longest = timedelta(days=366).total_seconds()
        if re.fullmatch(r"[0-9]+", retry_after):
            return min(float(retry_after), longest)
        try:
            until = parsedate_to_datetime(retry_after)
        except ValueError:
            return 0.0
        until = until if until.tzinfo else until.replace(tzinfo=UTC)
        return min(max((until - self._pace.now()).total_seconds(), 0.0), longest)

    def _body(self, response: requests.Response, deadline: float) -> bytes:
        """Read a body to its end, unpacked.

        gzip notices a body that ends too early, which the decoder of requests does not.
        """
        encoding = response.headers.get("Content-Encoding", "").strip().lower() or "identity"
        if encoding not in ("identity", "gzip", "x-gzip"):
            raise Failure(
                f"it is packed in a form that was not asked for ({encoding})",
                "save the page with a browser and use 'abstool parse'",
            )
        raw = response.raw
        source = raw if encoding == "identity" else gzip.GzipFile(fileobj=raw, mode="rb")
        body = bytearray()
        while part := source.read(2**14):
            body += part
            if len(body) > self._limits.size:
                raise Failure(
                    f"it is larger than {self._limits.size / 1e6:g} MB",
                    "give the address of the abstract's own page",
                )
            if time.monotonic() > deadline:  # nobody waits any more: see _within
                raise too_slow(self._limits.total)
        return bytes(body)

    def _within_time(self, work: Callable[[], Retrieved | str]) -> Retrieved | str:
        """Return what ``work`` returns, within a time that no part of the network can stretch.

        Time-outs of sockets hold for each single read and not at all for the look-up of a name, so
        a server that trickles its headers would keep its reader for ever. Work that outlives its
        time has its connection cut, so that the site never serves two requests at a time.
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
            self._session.cut()
            thread.join(timeout=1)
            raise too_slow(self._limits.total) from None


def _redirected(address: str, location: str) -> str:
    """Return the address a Location header names; requests gives its bytes as Latin-1."""
    try:
        target = urljoin(address, location.encode("latin-1").decode("utf-8", "replace"))
    except ValueError as error:  # http://[
        raise explained(error) from error
    return requestable(target, subject=f"{address}, redirected to {target}")
