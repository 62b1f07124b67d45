"""Check, complete and compare the URLs of web pages."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from collections.abc import Container
from urllib.parse import SplitResult, quote, unquote, urldefrag, urlsplit

from abstool.errors import FetchError, masked

_USUAL_PORTS = {"http": 80, "https": 443}
_DELIMITERS = "!$&'()*+,;=:@/?[]\\"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
_IN_PATH = f"{_LETTERS}!$&'()*+,;=:@[]"  # what means the same there with and without an escape
_IN_QUERY = f"{_LETTERS}!$'()*,:@/?[]"
_UNESCAPED = re.compile(rf"[{re.escape(_LETTERS + _DELIMITERS)}]*")
_ESCAPES = r"(?:%[0-9A-Fa-f]{2})+|%"
# Parameters of a query that say where a reader came from, and not which page it is.
_TRACKING = (
    r"(?i)(?:utm_[^=]*|(?:[gdy]|fb|tt|tw)clid|msclkid|gclsrc|gbraid|wbraid|igshid|mc_[ce]id|_gl|_ga|"
    r"_hsenc|_hsmi)(?:=.*)?"
)
_LONGEST_HOST = 253  # characters
_PRIVATE_NAMES = ("localhost", "local", "internal", "intranet", "lan", "home.arpa", "localdomain")
RESOLVER = "https://doi.org/"
# What a DOI begins with; the code of a registrant may have parts.
DOI_PREFIX = r"10\.\d{4,9}(?:\.\d{1,9}){0,4}/"
_LONGEST_DOI = 2048  # characters, with a label or as a URL; a longer text takes long to match
# These patterns are compiled on first use, since most URLs have no DOI.
_DOI = (
    r"(?i)(?:doi\s*:?\s*)?(?P<resolver>https?://(?:dx\.|www\.)?doi\.org/)?(?:doi\s*:\s*)?"
    rf"(?P<doi>{DOI_PREFIX}\S+)"
)
_DOI_WITHIN = rf"(?i)({DOI_PREFIX[:-1]})(?:/|%2F)(\S+)"
# The last 32 bits of these are an IPv4 address.
_WITH_IPV4 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("::/96"))
# What older versions of Python take for public: NAT64 within a network, and documentation.
_NOT_PUBLIC = (ipaddress.ip_network("64:ff9b:1::/48"), ipaddress.ip_network("3fff::/20"))


def is_url(name: str) -> bool:
    """Return whether the name of an input is a URL."""
    return name[:8].lower().startswith(("http://", "https://"))  # it may be a long text


def requestable(url: str, subject: str = "") -> str:
    """Return a URL that can be requested: with a scheme (https if it has none), without fragment.

    Raises FetchError for a URL of another scheme, and for one with a user name or password, which
    the message leaves out. The error is about ``subject``, or else the URL.
    """
    url = url.strip()
    shown = subject or without_credentials(url) or "URL"
    if any(ord(character) < 32 or ord(character) == 127 for character in url):
        raise FetchError(shown, "the URL contains control characters", "check the URL")
    if _has_surrogates(url):
        raise FetchError(shown, "the URL is not UTF-8", "check the URL")
    url = _with_scheme(url)
    try:
        parts = urlsplit(url)
        host = parts.hostname
        _ = parts.port
    except ValueError:  # http://[ or http://host:99999/
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


def without_credentials(url: str) -> str:
    """Return a URL as a message shows it, also one with blanks, malformed or without a scheme."""
    text = re.sub(r"\s", "%20", url)
    return masked(text) if "//" in text else masked(f"//{text}")[2:]


def identity(url: str) -> str:
    """Return a text that is the same for all URLs of a page, to compare them by.

    It ignores the scheme (http, https or none), ``www.``, the ports 80 and 443, a user name, the
    last slash, the fragment, what ``untracked`` does, and what ``normalized`` does. The rest of the
    query, the path and its case, and other ports count. Text that is not the URL of a web page is
    only stripped. The result is its own identity. Raises nothing.
    """
    if (parts := _web_parts(url)) is None:
        return url.strip()
    host = _without_www(_host_and_port(parts, _USUAL_PORTS.values()))
    query = untracked(parts.query)
    return f"https://{host}{parts.path.rstrip('/')}{'?' if query else ''}{query}"


def untracked(query: str) -> str:
    """Return the query of a URL without parameters for tracking, such as ``utm_source``."""
    return without_parameters(query, _TRACKING)


def without_parameters(query: str, pattern: str) -> str:
    """Return the query of a URL without the parameters that a pattern matches."""
    if not query:  # most URLs have none
        return ""
    parameters = [one for one in query.split("&") if not re.fullmatch(pattern, one)]
    return "&".join(parameters) if any(parameters) else ""


def normalized(url: str) -> str:
    """Return a URL with a scheme in one spelling: only what servers are sent counts.

    So ``%c3%a9``, ``%C3%A9`` and ``é`` are one letter, and a host is the same in Unicode, in
    Punycode and in capitals. ``%2F`` is not a slash, though, and so for all delimiters of the path
    or query. Text that is not the URL of a web page is only stripped. Raises nothing.
    """
    parts = _web_parts(url)
    return url.strip() if parts is None else parts.geturl()


def _web_parts(url: str) -> SplitResult | None:
    """Return the parts of the URL of a web page, each in one spelling; else None."""
    url = url.strip()
    if len(url.split()) != 1:
        return None
    try:
        parts = urlsplit(_with_scheme(url))
        if parts.scheme not in _USUAL_PORTS or not parts.hostname:
            return None
        user, at, host = parts.netloc.rpartition("@")
        return parts._replace(
            netloc=f"{user}{at}{_spelled_host(host)}",
            path=_spelled(parts.path, _IN_PATH),
            query=_spelled(parts.query, _IN_QUERY),
            fragment=_spelled(parts.fragment, _IN_QUERY),
        )
    except ValueError:
        return None


def _spelled(text: str, unescaped: str) -> str:
    """Return a part of a URL in ASCII; ``unescaped`` are the signs that need no escape there."""
    if _UNESCAPED.fullmatch(text):
        return text

    def decoded(match: re.Match[str]) -> str:
        data = bytes.fromhex(match[0].replace("%", "") or "25")  # a stray % stands for itself
        return "".join(
            one if one in unescaped or (one > "\x7f" and one.isprintable()) else _escaped(one)
            for one in data.decode("utf-8", "surrogateescape")
        )

    text = unicodedata.normalize("NFC", re.sub(_ESCAPES, decoded, text))
    return quote(text, safe=_DELIMITERS + "%", errors="surrogatepass")


def _escaped(character: str) -> str:
    """Return the escape of a character, or of the byte that stands for none."""
    return quote(character, safe="", errors="surrogateescape")


def _spelled_host(host: str) -> str:
    """Return a host and port in lower case and in Punycode."""
    host = host.lower()
    if host.isascii() and "%" not in host:
        return host
    text = unicodedata.normalize("NFKC", unquote(host)).lower().replace("\u3002", ".")
    is_name = text.isprintable() and not any(sign in text for sign in " /?#@[]%")
    if not is_name or len(text) > _LONGEST_HOST:
        return host
    labels = (
        label if label.isascii() else f"xn--{label.encode('punycode').decode('ascii')}"
        for label in text.split(".")
    )
    return ".".join(labels)


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
        if any(ip in network for network in _WITH_IPV4):
            embedded.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
        if any(inner is not None and is_private_address(str(inner)) for inner in embedded):
            return True
        if ip.is_site_local or any(ip in network for network in _NOT_PUBLIC):
            return True
    return not ip.is_global or ip.is_multicast


def _has_surrogates(text: str) -> bool:
    """Return whether a text has what stands for bytes of an argument that are not UTF-8."""
    return any("\ud800" <= character <= "\udfff" for character in text)


def _with_scheme(url: str) -> str:
    if re.match(r"[a-z][a-z0-9+.-]*+:(?![0-9])", url, re.IGNORECASE):  # not localhost:8000/
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
    if "10." not in text or len(text) > _LONGEST_DOI or _has_surrogates(text):
        return ""
    if not (match := re.fullmatch(_DOI, text.strip())):
        return ""
    doi = unquote(re.split(r"[?#]", match["doi"])[0]) if match["resolver"] else match["doi"]
    return doi.rstrip(".,;")


def doi_within(text: str) -> str:
    """Return the first DOI anywhere in a text, such as a field or a URL, or ``""``."""
    if "10." not in text or not (found := re.search(_DOI_WITHIN, text)):
        return ""
    suffix = found[2]
    if "://" in text[: found.start()]:
        suffix = unquote(re.split(r"[?#]", suffix)[0])
    return f"{found[1]}/{suffix}".rstrip(".,;")


def doi_url(doi: str) -> str:
    """Return the URL at which the resolver of DOIs has a DOI."""
    return RESOLVER + quote(doi, safe="/:;()._-~", errors="surrogatepass")


def is_of_resolver(url: str) -> bool:
    """Return whether a requestable URL is that of a DOI, which always leads to another site."""
    return url.startswith(RESOLVER)
