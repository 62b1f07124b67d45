"""What the number format of a cell shows of its date: ``mmm-yy`` shows no day."""

from __future__ import annotations

import datetime as dt
import re

from abstool.dates import MONTHS

_NO_PART = re.compile(r'"[^"]*"|\[[^\]]{0,99}\]|[\\_*].', re.DOTALL)
_PARTS = re.compile(r"[ye]+|b+|m+|d+|[hs]", re.IGNORECASE)  # e and b count years of eras


def shown_parts(code: str) -> str:
    """Return which of ``y``, ``m`` and ``d`` a format shows; a year beside a time is a date's."""
    first, *_ = _NO_PART.sub("", code).split(";", 1)
    found = {part if len(part) < 3 else part[0] * 3 for part in _PARTS.findall(first.lower())}
    year = "y" if any(part[0] in "yeb" for part in found) else ""
    if found & {"h", "s"}:  # m may be minutes
        return year and "ymd"
    day = "d" if found & {"d", "dd"} else ""  # ddd and dddd are weekdays
    month = "m" if any(part[0] == "m" for part in found) else ""
    return year + month + day


def iso(date: object) -> str:
    """Return a date, with its time if it has one."""
    if isinstance(date, dt.datetime) and date.time() == dt.time():
        return date.date().isoformat()
    return date.isoformat(" ") if isinstance(date, dt.datetime) else str(date)


def to_shown(text: str, parts: str) -> str:
    """Return a date in ISO up to the last of the year and month that its format shows."""
    return text[: {"y": 4, "ym": 7}.get(parts, len(text))]


def without_year(text: str, parts: str) -> str:
    """Return a date in ISO as ``3 May``, with the parts that its format shows."""
    words = {"d": f"{int(text[8:10])}", "m": MONTHS[int(text[5:7]) - 1]}
    return " ".join(words[part] for part in "dm" if part in parts)
