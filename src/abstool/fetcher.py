"""The fetcher: an address goes in, the bytes of one web page come out, or one clear FetchError.

The only module that talks to the network. It knows nothing of what a page holds; any host will
do. Each hop of a redirect is checked and bounded like the first address, a body is read whole or
not at all, and a site that asks for a pause gets it. One ``Fetcher`` makes one request at a time.
"""

from __future__ import annotations

import gzip
import re
import socket
import ssl
import time
import zlib
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.message import Message
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.client import IncompleteRead
from itertools import count
from threading import Thread
from typing import TYPE_CHECKING, NoReturn, Self
from urllib.parse import urljoin

import requests
from urllib3.exceptions import HTTPError, ProtocolError, ProxyError

from abstool import __version__
from abstool.address import requestable
from abstool.errors import FetchError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from abstool.record import Abstract

USER_AGENT = (
    f"abstool/{__version__} (citations of conference abstracts)"
    f" python-requests/{requests.__version__}"
)
PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain")


@dataclass(frozen=True)
class Limits:
    """How long and how much: seconds, and bytes of an unpacked body."""

    connect: float = 10
    read: float = 30
    total: float = 60
    pause: float = 120
    size: int = 20_000_000
    redirects: int = 10
    tries: int = 3


@dataclass(frozen=True)
class Retrieved:
    """A retrieved page: the final address, the unpacked body, its charset ("" if unnamed)."""

    url: str
    body: bytes
    charset: str
    date: date


def _local_time() -> datetime:
    return datetime.now(UTC).astimezone()


class Fetcher:
    """Retrieves pages over one session; a context manager.

    ``sleep`` and ``now`` (an aware datetime) are the clock that pauses and dates are taken from.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], datetime] = _local_time,
    ) -> None:
        self._limits = limits or Limits()
        self._sleep = sleep
        self._now = now
        self._session = _Session()
        self._session.headers.update(
            {
                "User-Agent": USER_AGENT,
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

    def get(self, url: str) -> Retrieved:
        """Retrieve one page; an address without a scheme is taken as https.

        Raises FetchError, named after ``url``, for whatever keeps the page from being retrieved.
        """
        address = requestable(url)
        for attempt in count(1):
            try:
                return _within(self._limits.total, lambda: self._retrieve(address))
            except _Failure as error:
                failure = error
            if failure.pause > self._limits.pause:
                until = self._now() + timedelta(seconds=failure.pause)
                raise FetchError(
                    url,
                    f"the site asks for a pause ({failure.problem})",
                    f"try again after {until:%Y-%m-%d %H:%M}",
                )
            if not failure.again:
                raise FetchError(url, failure.problem, failure.next_step)
            if attempt == self._limits.tries:
                raise FetchError(url, f"{failure.problem}, {attempt} times", failure.next_step)
            self._sleep(max(failure.pause, 2.0 ** (attempt - 1)))
        raise AssertionError  # count() does not end

    def _retrieve(self, address: str) -> Retrieved:
        """Try once; raises _Failure, or FetchError for a redirect to what is no web address."""
        deadline = time.monotonic() + self._limits.total
        try:
            for _ in range(self._limits.redirects + 1):
                with self._session.get(
                    address, stream=True, timeout=(self._limits.connect, self._limits.read)
                ) as response:
                    if response.is_redirect:
                        address = _redirected(address, response.headers["Location"])
                        continue
                    charset = self._accepted(response)
                    body = self._body(response, deadline)
                    return Retrieved(response.url, body, charset, self._now().date())
        except (OSError, ValueError, EOFError, zlib.error, HTTPError) as error:
            raise _explained(error) from error
        raise _Failure(
            f"it redirects more than {self._limits.redirects} times", "check the address"
        )

    def _accepted(self, response: requests.Response) -> str:
        """Return the charset of an answer that holds a page; refuse any other answer."""
        if response.status_code != HTTPStatus.OK:
            self._refuse(response)
        if not (declared := response.headers.get("Content-Type", "")):
            return ""
        header = Message()
        header["Content-Type"] = declared
        if (content_type := header.get_content_type()) not in PAGE_TYPES:
            raise _Failure(
                f"it is {content_type}, not a web page",
                "give the address of the abstract's own page",
            )
        return header.get_content_charset("")

    def _refuse(self, response: requests.Response) -> NoReturn:
        status = response.status_code
        failed = 500 <= status < 600
        other = (_SERVER_FAILED, _LATER) if failed else (_phrase(status), "check the address")
        problem, next_step = _REFUSALS.get(status, other)
        again = failed or status == HTTPStatus.TOO_MANY_REQUESTS
        pause = self._pause(response.headers.get("Retry-After", "")) if again else 0.0
        raise _Failure(f"{problem} ({status})", next_step, again=again, pause=pause)

    def _pause(self, retry_after: str) -> float:
        """Return the seconds that a Retry-After header asks for: a number or a date."""
        longest = timedelta(days=366).total_seconds()
        if re.fullmatch(r"[0-9]+", retry_after):
            return min(float(retry_after), longest)
        try:
            until = parsedate_to_datetime(retry_after)
        except ValueError:
            return 0.0
        until = until if until.tzinfo else until.replace(tzinfo=UTC)
        return min(max((until - self._now()).total_seconds(), 0.0), longest)

    def _body(self, response: requests.Response, deadline: float) -> bytes:
        """Read a body to its end, unpacked.

        gzip notices a body that ends too early, which the decoder of requests does not.
        """
        encoding = response.headers.get("Content-Encoding", "").strip().lower() or "identity"
        if encoding not in ("identity", "gzip", "x-gzip"):
            raise _Failure(
                f"it is packed in a form that was not asked for ({encoding})",
                "save the page with a browser and use 'abstool parse'",
            )
        raw = response.raw
        source = raw if encoding == "identity" else gzip.GzipFile(fileobj=raw, mode="rb")
        body = bytearray()
        while part := source.read(2**14):
            body += part
            if len(body) > self._limits.size:
                raise _Failure(
                    f"it is larger than {self._limits.size / 1e6:g} MB",
                    "give the address of the abstract's own page",
                )
            if time.monotonic() > deadline:  # nobody waits any more: see _within
                raise _too_slow(self._limits.total)
        return bytes(body)


def fetch(url: str, fetcher: Fetcher | None = None) -> Abstract:
    """Retrieve one abstract page and return its record, dated with the day of the retrieval.

    Several pages share a connection through ``fetcher``. Raises FetchError where the page cannot
    be retrieved, NotAnAbstract where it shows no abstract.
    """
    from abstool.parser import parse  # noqa: PLC0415 - not needed to retrieve a page

    if fetcher is None:
        with Fetcher() as own:
            return fetch(url, own)
    page = fetcher.get(url)
    record = parse(page.body, page.url, charset=page.charset, subject=url)
    record.accessed = page.date.isoformat()
    return record


class _Session(requests.Session):
    """Leaves redirects to the fetcher: requests would read the body of each one whole."""

    def get_redirect_target(self, resp: requests.Response) -> None:  # noqa: ARG002
        return None


class _Failure(Exception):  # noqa: N818 - one try failed; FetchError is the error
    """Why one try failed, whether another one makes sense, and the pause the site asks for."""

    def __init__(
        self, problem: str, next_step: str, *, again: bool = False, pause: float = 0.0
    ) -> None:
        super().__init__(problem)
        self.problem = problem
        self.next_step = next_step
        self.again = again
        self.pause = pause


_LATER = "try again later"
_BY_HAND = "open it in a browser, save the page and use 'abstool parse'"
_SERVER_FAILED = "the site's server failed"
_REFUSALS = {
    401: ("the site wants a login", _BY_HAND),
    403: ("the site refuses access", _BY_HAND),
    404: ("no page at this address", "check the address"),
    410: ("the page was removed from the site", "look for a saved copy"),
    429: ("the site refuses more requests for now", _LATER),
    503: ("the site is not available", _LATER),
    504: ("the site's server did not answer in time", _LATER),
}

# What lies behind an exception, and whether another try makes sense; the first row that fits.
_CAUSES: tuple[tuple[tuple[type[BaseException], ...], str, str, bool], ...] = (
    (
        (ssl.SSLCertVerificationError,),
        "its certificate cannot be trusted",
        "check the address and the clock; name a proxy's certificate in REQUESTS_CA_BUNDLE",
        False,
    ),
    ((ssl.SSLEOFError,), "the connection broke", _LATER, True),
    ((ssl.SSLError,), "no secure connection could be made", "check the address", False),
    ((ProxyError,), "the proxy failed", "check HTTPS_PROXY and HTTP_PROXY", True),
    ((socket.gaierror,), "its host was not found", "check the address and the network", True),
    ((TimeoutError,), "the site did not answer in time", _LATER, True),
    ((EOFError, IncompleteRead), "the page broke off before its end", _LATER, True),
    ((gzip.BadGzipFile, zlib.error), "the page arrived damaged", _LATER, True),
    ((ConnectionRefusedError,), "the host refuses the connection", "check the address", True),
    ((ConnectionError,), "the connection broke", _LATER, True),
    ((ProtocolError,), "the site's answer is not HTTP", "check the address", True),
    ((requests.ConnectionError,), "no connection could be made", "check the network", True),
)


def _explained(error: BaseException) -> _Failure:
    chain = list(_chain(error))
    for kinds, problem, next_step, again in _CAUSES:
        if any(isinstance(cause, kinds) for cause in chain):
            return _Failure(problem, next_step, again=again)
    return _Failure(f"it cannot be requested ({error})", "check the address and the settings")


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _redirected(address: str, location: str) -> str:
    """Return the address a Location header names; requests gives its bytes as Latin-1."""
    target = urljoin(address, location.encode("latin-1").decode("utf-8", "replace"))
    return requestable(target, subject=f"{address}, redirected to {target}")


def _phrase(status: int) -> str:
    try:
        return f"the site answered {HTTPStatus(status).phrase!r} instead of a page"
    except ValueError:
        return "the site answered with a status that HTTP does not know"


def _within(seconds: float, work: Callable[[], Retrieved]) -> Retrieved:
    """Return what ``work`` returns, within a time that no part of the network can stretch.

    Time-outs of sockets hold for each single read and not at all for the look-up of a name, so a
    server that trickles its headers would keep its reader for ever. Work that outlives its time is
    left behind on a thread that ends at the next part of a body, and at the latest with abstool.
    """
    outcome: Future[Retrieved] = Future()

    def run() -> None:
        try:
            outcome.set_result(work())
        except BaseException as error:  # noqa: BLE001 - raised again by result()
            outcome.set_exception(error)

    Thread(target=run, daemon=True).start()
    try:
        return outcome.result(timeout=seconds)
    except TimeoutError:
        raise _too_slow(seconds) from None


def _too_slow(seconds: float) -> _Failure:
    return _Failure(f"the page did not arrive within {seconds:g} s", _LATER)
