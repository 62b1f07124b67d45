"""Check, complete and compare the URLs of web pages."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from collections.abc import Container
from urllib.parse import SplitResult, quote, unquote, urldefrag, urlsplit

from abstool.errors import FetchError

_USUAL_PORTS = {"http": 80, "https": 443}
# Tried only where such a run begins, since trying each of its characters takes quadratic time.
_CREDENTIALS = re.compile(r"(?<![^/?#\s])[^/?#\s]+@")
_PRIVATE_NAMES = ("localhost", "local", "internal", "intranet", "lan", "home.arpa", "localdomain")
RESOLVER = "https://doi.org/"
# What a DOI begins with; the code of a registrant may have parts.
DOI_PREFIX = r"10\.\d{4,9}(?:\.\d{1,9}){0,4}/"
_LONGEST_DOI = 2048  # characters, with a label or as a URL; a longer text takes long to match
_DOI = re.compile(
    r"(?:doi\s*:?\s*)?(?P<resolver>https?://(?:dx\.|www\.)?doi\.org/)?(?:doi\s*:\s*)?"
    rf"(?P<doi>{DOI_PREFIX}\S+)",
    re.IGNORECASE,
)
_DOI_WITHIN = re.compile(rf"({DOI_PREFIX[:-1]})(?:/|%2F)(\S+)", re.IGNORECASE)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # the last 32 bits are an IPv4 address


def is_url(name: str) -> bool:
    """Return whether the name of an input is a URL."""
    return name.lower().startswith(("http://", "https://"))


def requestable(url: str, subject: str = "") -> str:
    """Return a URL that can be requested: with a scheme (https if it has none), without fragment.

    Raises FetchError for a URL of another scheme, and for one with a user name or password, which
    the message leaves out. The error is about ``subject``, or else the URL.
    """
    url = url.strip()
    shown = _CREDENTIALS.sub("…@", subject or url) or "URL"
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
    if "\\" in parts.netloc:  # browsers and urllib3 take it for a slash, so the host is ambiguous
        raise FetchError(shown, "the URL is malformed", "check the URL")
    if parts.scheme not in _USUAL_PORTS:
        raise FetchError(
            shown,
            f"{parts.scheme}: URLs are not web pages",
            "use a URL that begins with https://",
        )
    if parts.username is not None or parts.password is not None:
        raise FetchError(shown, "the URL contains a user name or password", "remove it")
    if not host:
        raise FetchError(shown, "the URL has no host", "use a URL such as https://host/page/")
    return urldefrag(url).url


def identity(url: str) -> str:
    """Return a text that is the same for all URLs of a page, to compare them by.

    It ignores the scheme (http, https or none), ``www.`` and the case of the host, the ports 80 and
    443, a user name, the last slash, the fragment, and ``utm_...`` parameters. The rest of the
    query, the path and its case, and other ports count. Text that is not the URL of a web page is
    only stripped. The result is its own identity. Raises nothing.
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


def kept_secure(url: str, page: str) -> str:
    """Return a URL on an https page, by https too if it is http on the same site."""
    parts = urlsplit(url)
    if urlsplit(page).scheme == "https" and parts.scheme == "http" and same_site(url, page):
        return parts._replace(scheme="https", netloc=parts.netloc.removesuffix(":80")).geturl()
    return url


def is_private_host(host: str) -> bool:
    """Return whether the host of a URL is private by its name: an IP address, or a local name.

    An IP address counts in every spelling that a resolver understands (``127.1``, ``0x7f000001``).
    Other names are not resolved. Raises nothing.
    """
    host = unicodedata.normalize("NFKC", unquote(host)).replace("\u3002", ".")
    host = host.strip("[]").rstrip(".").lower()
    if ":" in host:
        return is_private_address(host)
    import socket  # noqa: PLC0415 - only URLs need it, and it loads slowly

    try:
        return is_private_address(socket.inet_ntoa(socket.inet_aton(host)))
    except (OSError, ValueError):  # a name
        return "." not in host or host.endswith(tuple(f".{name}" for name in _PRIVATE_NAMES))


def is_private_address(address: str) -> bool:
    """Return whether an IP address is not on the public internet; other text counts as private."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return True
    if isinstance(ip, ipaddress.IPv6Address):
        embedded = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
        if ip in _NAT64:
            embedded.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
        if any(inner is not None and is_private_address(str(inner)) for inner in embedded):
            return True
        if ip.is_site_local:
            return True
    return not ip.is_global or ip.is_multicast


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


def doi_in(text: str) -> str:
    """Return the DOI that a text is, bare, with a label or as the URL of its resolver; else ""."""
    if len(text) > _LONGEST_DOI or not (match := _DOI.fullmatch(text.strip())):
        return ""
    doi = unquote(re.split(r"[?#]", match["doi"])[0]) if match["resolver"] else match["doi"]
    return doi.rstrip(".,;")


def doi_within(text: str) -> str:
    """Return the first DOI anywhere in a text, such as a field or a URL, or ``""``."""
    found = _DOI_WITHIN.search(text)
    if found is None:
        return ""
    suffix = found[2]
    if "://" in text[: found.start()]:
        suffix = unquote(re.split(r"[?#]", suffix)[0])
    return f"{found[1]}/{suffix}".rstrip(".,;")


def doi_url(doi: str) -> str:
    """Return the URL at which the resolver of DOIs has a DOI."""
    return RESOLVER + quote(doi, safe="/:;()._-~")


def is_of_resolver(url: str) -> bool:
    """Return whether a requestable URL is that of a DOI, which always leads to another site."""
    return url.startswith(RESOLVER)
