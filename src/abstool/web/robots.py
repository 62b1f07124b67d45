"""robots.txt: the file's text goes in; what of a site may be requested, and how fast, comes out.

RFC 9309 as protego reads it, with ``Crawl-delay``. What an absent or unreachable file means is
decided where it is fetched, in ``crawler``.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego

AGENT = "abstool"  # the name that a robots.txt calls abstool by
_READ = 512 * 1024  # bytes; the RFC asks for 500 KiB at least


@dataclass(frozen=True)
class Rules:
    """The rules of one site for abstool; ``delay`` is its Crawl-delay in seconds, else 0."""

    delay: float
    _rules: Protego

    def allow(self, address: str) -> bool:
        """Say whether an address may be requested."""
        return bool(self._rules.can_fetch(address, AGENT))


def read(data: bytes) -> Rules:
    """Read a robots.txt; whatever is no rule in it counts for nothing."""
    rules = Protego.parse(data[:_READ].decode("utf-8-sig", "replace"))
    return Rules(float(rules.crawl_delay(AGENT) or 0.0), rules)


def robots_address(address: str) -> str:
    """Return the address of the robots.txt that speaks for an address."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}/robots.txt"
