"""Read the comments that browsers and SingleFile put at the beginning of a page they save.

<!-- saved from url=(0064)https://acrabstracts.org/abstract/a-title/ -->
<!-- Page saved with SingleFile  url: https://...  saved date: Thu Jan 08 2026 19:12:36 ... -->
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from abstool.dates import month_number

_WHERE = 20_000  # bytes from the beginning in which such a comment is
_LONGEST = 5000  # bytes of such a comment
_MOST = 20  # comments
_URL = re.compile(
    rb"saved from url=\(\d{1,6}\)(https?://[^\s<>]+)|^\s*url:\s*(https?://\S+)", re.MULTILINE
)
_DATE = re.compile(
    rb"^\s*saved date:\s*[A-Za-z]{3} ([A-Za-z]{3}) (\d{1,2}) (\d{4})\b", re.MULTILINE
)
_SINGLE_FILE = b"saved with SingleFile"


class Saved(NamedTuple):
    """Where and on which day (ISO) a page was saved, as far as its comments give it."""

    url: str = ""
    day: str = ""


def read(markup: bytes) -> Saved:
    """Return what the comments at the beginning of a page say."""
    found = Saved()
    start = 0
    for _ in range(_MOST):
        start = markup.find(b"<!--", start, _WHERE)
        end = markup.find(b"-->", start, start + _LONGEST) if start >= 0 else -1
        if end < 0:
            break
        comment = markup[start:end]
        start = end
        single = _SINGLE_FILE in comment
        url = _URL.search(comment) if single or b"saved from url" in comment else None
        day = _DATE.search(comment) if single else None
        found = Saved(
            found.url or ((url[1] or url[2]).decode() if url else ""),
            found.day or (_iso(day) if day else ""),
        )
    return found


def _iso(day: re.Match[bytes]) -> str:
    month = month_number(day[1].decode())
    try:
        return date(int(day[3]), month, int(day[2])).isoformat()
    except ValueError:  # also without a month of this name
        return ""
