"""The address: what a person typed or a redirect named goes in, a requestable one comes out."""

from __future__ import annotations

import re
from urllib.parse import urldefrag, urlsplit

from abstool.errors import FetchError


def requestable(url: str, subject: str = "") -> str:
    """Return a web address without its fragment; one without a scheme is taken as https.

    Raises FetchError, named after ``subject`` (else the address), for any other kind of address
    and for one that holds a user name or password, which the message leaves out.
    """
    url = url.strip()
    shown = re.sub(r"[^/?#\s]+@", "…@", subject or url) or "address"
    if any(ord(character) < 32 or ord(character) == 127 for character in url):
        raise FetchError(shown, "the address holds control characters", "check the address")
    if not re.match(r"[a-z][a-z0-9+.-]*:(?![0-9])", url, re.IGNORECASE):
        url = f"https://{url.removeprefix('//')}"
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:  # http://[
        raise FetchError(shown, "the address is not well formed", "check the address") from None
    if parts.scheme not in ("http", "https"):
        raise FetchError(
            shown,
            f"an address of the kind {parts.scheme}: is not a web page's",
            "give one that begins with https://",
        )
    if parts.username is not None or parts.password is not None:
        raise FetchError(shown, "the address holds a user name or password", "leave them out")
    if not host:
        raise FetchError(shown, "the address names no host", "give one like https://host/page/")
    return urldefrag(url).url


def authority(address: str) -> str:
    """Return the host of a requestable address, with its port where that is not the usual one."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    try:
        port = parts.port
    except ValueError:  # http://host:99999/
        return parts.netloc.lower()
    return host if port in (None, _USUAL_PORTS.get(parts.scheme)) else f"{host}:{port}"


def same_site(one: str, other: str) -> bool:
    """Say whether two addresses are of one host; ``www.`` and ``https`` make no difference."""
    return authority(one).removeprefix("www.") == authority(other).removeprefix("www.")


_USUAL_PORTS = {"http": 80, "https": 443}
