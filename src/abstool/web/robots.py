"""Read robots.txt: which URLs of a site may be requested, and how fast.

protego implements RFC 9309 and ``Crawl-delay``. What a missing or unreachable file means is decided
where it is fetched, in ``crawler``.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego

from abstool.config import number_in

AGENT = "abstool"  # the name of abstool in a robots.txt
_MAX_SIZE = 512 * 1024  # bytes; the RFC asks for at least 500 KiB
_LONGEST_DELAY = 1e10  # seconds; protego takes an infinite delay for none


@dataclass(frozen=True)
class Rules:
    """The rules of one site for abstool; ``delay`` is its Crawl-delay in seconds, or 0."""

    delay: float
    _rules: Protego

    def allow(self, url: str) -> bool:
        """Return whether a URL may be requested."""
        return bool(self._rules.can_fetch(url, AGENT))


def read(data: bytes) -> Rules:
    """Return the rules of a robots.txt; lines that are not rules are ignored."""
    lines = data[:_MAX_SIZE].decode("utf-8-sig", "replace").splitlines()
    rules = Protego.parse("\n".join(map(_with_plain_delay, map(_with_own_agent, lines))))
    delay = float(rules.crawl_delay(AGENT) or 0.0)
    return Rules(delay if delay > 0 else 0.0, rules)  # some versions of protego return NaN


def _with_own_agent(line: str) -> str:
    """Return a line; if it names an agent that is not abstool, with one name for all of these.

    protego keeps the rules of a group once for each name, so that a file of many names would take
    all memory. A name applies to abstool if it is the beginning of its own.
    """
    if not (found := re.match(r"(?i)\s*user(?:-|\s+)?agent(?:\s*:|\s)([^#]*)", line)):
        return line
    name = found[1].strip().lower()
    if name != "*":
        name = name.replace("*", "")
        name = name if name and AGENT.startswith(name) else "another"
    return f"User-agent: {name}"


def _with_plain_delay(line: str) -> str:
    """Return a line; if it has a Crawl-delay, with a number that all versions of protego read."""
    if not (found := re.match(r"(?i)\s*crawl(?:-|\s+)delay[\s:]([^#]*)", line)):
        return line
    seconds = number_in(found[1].strip().removeprefix(":"))
    return f"Crawl-delay: {'none' if math.isnan(seconds) else min(seconds, _LONGEST_DELAY)}"


def robots_url(url: str) -> str:
    """Return the URL of the robots.txt that applies to a URL."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/robots.txt"
