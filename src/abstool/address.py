"""Check, complete and compare the URLs of web pages."""

from __future__ import annotations

import re
from collections.abc import Container
from urllib.parse import SplitResult, urldefrag, urlsplit

from abstool.errors import FetchError

_USUAL_PORTS = {"http": 80, "https": 443}


def requestable(url: str, subject: str = "") -> str:
    """Return a URL that can be requested: with a scheme (https if it has none), without fragment.

    Raises FetchError for a URL of another scheme, and for one with a user name or password, which
    the message leaves out. The error is about ``subject``, or else the URL.
    """
    url = url.strip()
    shown = re.sub(r"[^/?#\s]+@", "…@", subject or url) or "URL"
    if any(ord(character) < 32 or ord(character) == 127 for character in url):
        raise FetchError(shown, "the URL contains control characters", "check the URL")
    if any("\ud800" <= character <= "\udfff" for character in url):  # of bytes in an argument
        raise FetchError(shown, "the URL is not UTF-8", "check the URL")
    url = _with_scheme(url)
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:  # http://[
        raise FetchError(shown, "the URL is malformed", "check the URL") from None
    if parts.scheme not in _USUAL_PORTS:
        raise FetchError(
            shown,
            f"a {parts.scheme}: URL is not a web page",
            "use a URL that begins with https://",
        )
    if parts.username is not None or parts.password is not None:
        raise FetchError(shown, "the URL contains a user name or password", "remove it")
    if not host:
        raise FetchError(shown, "the URL has no host", "use a URL such as https://host/page/")
    return urldefrag(url).url


def identity(url: str) -> str:
    """Return one and the same text for all URLs of a page, for comparing them.

    These do not count: the scheme (http, https or none), ``www.`` and the case of the host, the
    ports 80 and 443, a user name, the last slash, the fragment, and ``utm_...`` parameters. The
    rest of the query, the path with its case, and other ports do. Text that is not the URL of a
    web page is only stripped. The result is its own identity. Raises nothing.
    """
    url = url.strip()
    if len(url.split()) != 1:
        return url
    try:
        parts = urlsplit(_with_scheme(url))
        host = _without_www(_host_and_port(parts, _USUAL_PORTS.values()))
    except ValueError:
        return url
    if parts.scheme not in _USUAL_PORTS or not parts.hostname:
        return url
    parameters = [p for p in parts.query.split("&") if not p.lower().startswith("utm_")]
    query = f"?{'&'.join(parameters)}" if any(parameters) else ""
    return f"https://{host}{parts.path.rstrip('/')}{query}"


def host_of(url: str) -> str:
    """Return the host of a URL, lower-cased and without ``www.``; ``""`` if it has none."""
    try:
        return _without_www(urlsplit(url).hostname or "")
    except ValueError:
        return ""


def authority(url: str) -> str:
    """Return the host of a requestable URL, with its port unless that is its scheme's usual one."""
    parts = urlsplit(url)
    return _host_and_port(parts, (_USUAL_PORTS.get(parts.scheme),))


def same_site(one: str, other: str) -> bool:
    """Return whether two requestable URLs have the same host and port, ``www.`` aside."""
    return _without_www(authority(one)) == _without_www(authority(other))


def _with_scheme(url: str) -> str:
    if re.match(r"[a-z][a-z0-9+.-]*:(?![0-9])", url, re.IGNORECASE):  # not localhost:8000/
        return url
    return f"https://{url.removeprefix('//')}"


def _host_and_port(parts: SplitResult, usual: Container[int | None]) -> str:
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    try:
        port = parts.port
    except ValueError:  # http://host:99999/
        return parts.netloc.lower()
    return host if port is None or port in usual else f"{host}:{port}"


def _without_www(host: str) -> str:
    return re.sub(r"^(?:www\.)+(?=.)", "", host)
