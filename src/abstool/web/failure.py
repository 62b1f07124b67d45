"""Why a page could not be retrieved: an exception or an HTTP status goes in, a Failure comes out.

A ``Failure`` is about one try and says whether another makes sense; ``StatusError`` and
``HaltError`` are the two kinds of FetchError that a caller may want to tell from the others.
"""

from __future__ import annotations

import gzip
import socket
import ssl
import zlib
from collections.abc import Iterator
from http import HTTPStatus
from http.client import IncompleteRead

import requests
from urllib3.exceptions import HTTPError, ProtocolError, ProxyError

from abstool.errors import FetchError

# What reading an answer may raise; each is told by ``explained``.
NETWORK_ERRORS = (OSError, ValueError, EOFError, zlib.error, HTTPError)

_LATER = "try again later"
_BY_HAND = "open it in a browser, save the page and use 'abstool parse'"


class StatusError(FetchError):
    """The site answered with a status that refuses the page."""

    def __init__(self, subject: str, problem: str, next_step: str, status: int) -> None:
        """Take the message's parts and the HTTP status."""
        super().__init__(subject, problem, next_step)
        self.status = status


class HaltError(FetchError):
    """The site wants no more requests for now: whoever has more pages to ask for stops here."""


class Failure(Exception):  # noqa: N818 - one try failed; FetchError is the error
    """Why one try failed, whether another one makes sense, and the pause the site asks for."""

    def __init__(
        self,
        problem: str,
        next_step: str,
        *,
        again: bool = False,
        pause: float = 0.0,
        status: int = 0,
    ) -> None:
        """Take the message's parts, the pause in seconds, and the status if there was one."""
        super().__init__(problem)
        self.problem = problem
        self.next_step = next_step
        self.again = again
        self.pause = pause
        self.status = status

    @property
    def is_refusal(self) -> bool:
        """Say whether it speaks of the site as a whole and not of the one page."""
        return self.again or self.status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)

    def as_error(self, url: str, tries: int) -> FetchError:
        """Return the error for the last of so many tries."""
        problem = f"{self.problem}, {tries} times" if tries > 1 else self.problem
        if self.status:
            return StatusError(url, problem, self.next_step, self.status)
        return FetchError(url, problem, self.next_step)


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


def explained(error: BaseException) -> Failure:
    """Return the failure that an exception of the network stands for."""
    chain = list(_chain(error))
    for kinds, problem, next_step, again in _CAUSES:
        if any(isinstance(cause, kinds) for cause in chain):
            return Failure(problem, next_step, again=again)
    return Failure(f"it cannot be requested ({error})", "check the address and the settings")


def refused(status: int, pause: float) -> Failure:
    """Return the failure of an answer with a status other than 200."""
    failed = 500 <= status < 600
    other = (
        ("the site's server failed", _LATER) if failed else (_phrase(status), "check the address")
    )
    problem, next_step = _REFUSALS.get(status, other)
    again = failed or status == HTTPStatus.TOO_MANY_REQUESTS
    return Failure(
        f"{problem} ({status})",
        next_step,
        again=again,
        pause=pause if again else 0.0,
        status=status,
    )


def too_slow(seconds: float) -> Failure:
    """Return the failure of a page that took longer than it may."""
    return Failure(f"the page did not arrive within {seconds:g} s", _LATER)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _phrase(status: int) -> str:
    try:
        return f"the site answered {HTTPStatus(status).phrase!r} instead of a page"
    except ValueError:
        return "the site answered with a status that HTTP does not know"
