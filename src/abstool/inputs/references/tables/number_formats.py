"""What the number format of a cell shows of its date: ``mmm-yy`` shows no day."""

from __future__ import annotations

import datetime as dt
import re

from abstool.dates import MONTHS

_NO_PART = re.compile(r'"[^"]*"|\[[^\]]{0,99}\]|[\\_*].', re.DOTALL)
_PARTS = re.compile(r"[ye]+|b+|m+|d+|[hs]", re.IGNORECASE)  # e and b count years of eras


def shown_parts(code: str) -> str:
    """Return which of ``y``, ``m`` and ``d`` a format shows, ``""`` for a time or a weekday."""
    first, *_ = _NO_PART.sub("", code).split(";", 1)
    found = {part if len(part) < 3 else part[0] * 3 for part in _PARTS.findall(first.lower())}
    if found & {"h", "s"}:
        return ""
    day = "d" if found & {"d", "dd"} else ""  # ddd and dddd are weekdays
    month = "m" if any(part[0] == "m" for part in found) else ""
    return ("y" if any(part[0] in "yeb" for part in found) else "") + month + day


def date_texts(date: object, parts: str) -> tuple[str, str]:
    """Return a date as ISO, up to what its format shows, and what it shows if that has no year."""
    if not isinstance(date, dt.datetime):
        return str(date), ""
    iso = date.date().isoformat()
    if parts in ("y", "ym"):
        return iso[: 4 if parts == "y" else 7], ""
    words = {"d": f"{date.day}", "m": MONTHS[date.month - 1]}
    shown = " ".join(words[part] for part in "dm" if part in parts)
    text = iso if date.time() == dt.time() else date.isoformat(" ")
    return text, "" if "y" in parts else shown
