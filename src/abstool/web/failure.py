"""Explain why a page could not be retrieved.

A ``Failure`` is about one try and says whether to retry. ``StatusError`` and ``HaltError`` are the
two kinds of FetchError that a caller may want to handle differently from the others.
"""

from __future__ import annotations

import gzip
import socket
import ssl
import zlib
from collections.abc import Iterator
from http import HTTPStatus
from http.client import IncompleteRead
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import HTTPError, LocationParseError, ProtocolError, ProxyError

from abstool.errors import FetchError

# What reading a response may raise; ``failure_of`` explains each.
NETWORK_ERRORS = (OSError, ValueError, EOFError, zlib.error, HTTPError)

_LATER = "try again later"
_BY_HAND = "open it in a browser, save the page and use 'abstool parse'"
NETWORKS = "how-to/networks"  # the page about proxies, certificates and sites that refuse requests


class StatusError(FetchError):
    """The site responded with a status other than success."""

    def __init__(
        self, subject: str, problem: str, next_step: str, status: int, *, page: str = ""
    ) -> None:
        """Store the parts of the message, and the HTTP status."""
        super().__init__(subject, problem, next_step, page=page)
        self.status = status


class HaltError(FetchError):
    """The site accepts no more requests for now, so a run of several pages has to stop."""

    stops_run = True


class PrivateAddressError(ValueError):
    """A public URL leads to a private address."""


class Failure(Exception):  # noqa: N818 - one try failed; FetchError is the error
    """Why one try failed, whether to retry, and the pause that the site asks for."""

    def __init__(
        self,
        problem: str,
        next_step: str,
        *,
        retry: bool = False,
        pause: float = 0.0,
        status: int = 0,
        page: str = "",
    ) -> None:
        """Store the parts of the message, the pause in seconds, and the status if there was one."""
        super().__init__(problem)
        self.problem = problem
        self.next_step = next_step
        self.retry = retry
        self.pause = pause
        self.status = status
        self.page = page

    @property
    def is_refusal(self) -> bool:
        """Whether the failure is about the whole site and not about this page."""
        return self.retry or self.status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)

    def as_error(self, url: str, tries: int) -> FetchError:
        """Return the error to raise after the last try."""
        problem = f"{self.problem}, tried {tries} times" if tries > 1 else self.problem
        error = FetchError(url, problem, self.next_step, page=self.page)
        if self.status:
            error = StatusError(url, problem, self.next_step, self.status, page=self.page)
        error.was_retried = self.retry
        return error


_STATUSES = {
    401: ("the site requires a login", _BY_HAND),
    403: ("the site denies access", _BY_HAND),
    404: ("page not found", "check the URL"),
    410: ("the page was removed from the site", "look for a saved copy"),
    429: ("too many requests", f"the site asks us to wait; {_LATER}"),
    503: ("the site is unavailable", _LATER),
    504: ("the site's server timed out", _LATER),
}
_REFUSALS = frozenset({401, 403, 429, 503})  # a challenge has 403 or 503

# The exceptions behind a failure, its message, whether to retry, and the page that explains it; the
# first match counts.
_CAUSES: tuple[tuple[tuple[type[BaseException], ...], str, str, bool, str], ...] = (
    (
        (ssl.SSLCertVerificationError,),
        "the certificate is not trusted",
        "check the URL and the clock; for a proxy's certificate set REQUESTS_CA_BUNDLE",
        False,
        NETWORKS,
    ),
    (
        (PrivateAddressError,),
        "the connection leads to a private address",
        "open it in a browser if you trust the site",
        False,
        NETWORKS,
    ),
    ((ssl.SSLEOFError,), "the connection was lost", _LATER, True, ""),
    ((ssl.SSLError,), "cannot make a secure connection", "check the URL", False, NETWORKS),
    (  # whose own words have parts of it, perhaps of the password
        (LocationParseError, requests.exceptions.InvalidURL),
        "the request failed (the URL, or that of the proxy, is malformed)",
        "check the URL, HTTPS_PROXY and HTTP_PROXY",
        False,
        NETWORKS,
    ),
    ((ProxyError,), "the proxy failed", "check HTTPS_PROXY and HTTP_PROXY", True, NETWORKS),
    ((socket.gaierror,), "host not found", "check the URL and the network", True, NETWORKS),
    ((TimeoutError,), "the site did not respond in time", _LATER, True, NETWORKS),
    ((EOFError, IncompleteRead), "the response ended early", _LATER, True, ""),
    ((gzip.BadGzipFile, zlib.error), "the response is corrupt", _LATER, True, ""),
    ((ConnectionRefusedError,), "the host refused the connection", "check the URL", True, ""),
    ((ConnectionError,), "the connection was lost", _LATER, True, ""),
    ((ProtocolError,), "the response is not HTTP", "check the URL", True, ""),
    ((requests.ConnectionError,), "cannot connect", "check the network", True, NETWORKS),
)


def failure_of(error: BaseException) -> Failure:
    """Return the failure that an exception of the network means."""
    chain = list(_chain(error))
    for kinds, problem, next_step, retry, page in _CAUSES:
        if any(isinstance(cause, kinds) for cause in chain):
            return Failure(problem, next_step, retry=retry, page=page)
    return Failure(f"the request failed ({error})", "check the URL and the settings")


def status_failure(status: int, pause: float) -> Failure:
    """Return the failure that a status other than 200 means."""
    is_server_error = 500 <= status < 600
    other = ("server error", _LATER) if is_server_error else (_phrase(status), "check the URL")
    problem, next_step = _STATUSES.get(status, other)
    retry = is_server_error or status == HTTPStatus.TOO_MANY_REQUESTS
    return Failure(
        f"{problem} ({status})",
        next_step,
        retry=retry,
        pause=pause if retry else 0.0,
        status=status,
        page=NETWORKS if status in _REFUSALS else "",
    )


def private_target(url: str) -> tuple[str, str]:
    """Return the problem with a URL of a private host, and what to do."""
    return f"redirects to a private address ({url})", "open it in a browser if you trust the site"


def unsafe_redirect(url: str, target: str) -> tuple[str, str] | None:
    """Return the problem with a redirect from https to http, and what to do; None if it is not."""
    if urlsplit(url).scheme == "https" and urlsplit(target).scheme == "http":
        return f"redirects from https to http ({target})", "check whether the page has moved"
    return None


def timeout_failure(seconds: float) -> Failure:
    """Return the failure of a page that exceeded its time limit."""
    return Failure(f"the page did not arrive within {seconds:g} s", _LATER, page=NETWORKS)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _phrase(status: int) -> str:
    try:
        return f"the site responded {HTTPStatus(status).phrase!r} instead of a page"
    except ValueError:
        return "the site responded with an unknown status"
