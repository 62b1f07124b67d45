"""Read the session block: its title, and its dates and times as ISO 8601."""

from __future__ import annotations

import re
from datetime import date

from abstool.dates import month_number
from abstool.record import Session

_DATE = re.compile(
    r"(?:(?P<weekday>[A-Za-z]{3,6}day),?\s+)?(?:(?P<first>\d{1,2})(?:st|nd|rd|th|\.)?\s+)?"
    r"(?P<month>[A-Za-z]{3,9})\.?,?\s+(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+)?(?P<year>\d{4})",
    re.IGNORECASE,
)
_CLOCK = r"(\d{1,2})(?::(\d\d))?\s*(?:([ap])\.?m\.?)?"
_TIMES = re.compile(rf"{_CLOCK}(?:\s*[-–—]\s*{_CLOCK})?", re.IGNORECASE)
_NUMBER = r"[A-Z]{0,3}\d{1,4}[A-Z]?"
_RANGE = re.compile(
    rf"^\s*\(({_NUMBER})\s*[-–—]\s*({_NUMBER})\)\s*|\s*\(({_NUMBER})\s*[-–—]\s*({_NUMBER})\)\s*$"
)


def iso_date(printed: str) -> tuple[str, str]:
    """Return ``Tuesday, October 28, 2025`` as an ISO date, and a warning if the weekday is wrong.

    The date is "" if it cannot be read; the warning is "" if the weekday is right.
    """
    match = _DATE.search(printed)
    month = month_number(match["month"]) if match else 0
    if not match or not month or bool(match["first"]) == bool(match["day"]):
        return "", ""
    try:
        day = date(int(match["year"]), month, int(match["first"] or match["day"]))
    except ValueError:
        return "", ""
    weekday = match["weekday"]
    if weekday and weekday.lower() != f"{day:%A}".lower():
        warning = f"The session date is printed as a {weekday}, but {day} was a {day:%A}."
        return day.isoformat(), warning
    return day.isoformat(), ""


def read(fields: dict[str, str]) -> tuple[Session | None, list[str]]:
    """Return the session in printed ``title``, ``type``, ``date`` and ``time``, and warnings."""
    warnings: list[str] = []
    session = Session(type=fields.get("type", ""))
    session.title, session.abstract_range = split_range(fields.get("title", ""))
    if printed := fields.get("date"):
        session.date, warning = iso_date(printed)
        if warning:
            warnings.append(warning)
        if not session.date:
            warnings.append(f"The session date could not be read: {printed!r}.")
    if printed := fields.get("time"):
        times = _times(printed)
        if times and session.date:
            session.start, session.end = (time and f"{session.date}T{time}" for time in times)
            if session.end and session.end <= session.start:
                warnings.append(f"The session ends before it starts: {printed!r}.")
        else:
            problem = "could not be read" if session.date else "has no date"
            warnings.append(f"The session time {problem}: {printed!r}.")
    return (session if session.to_dict() else None), warnings


def split_range(title: str) -> tuple[str, list[str]]:
    """Split ``(2470–2503) Title`` or ``Title (1801–1835)`` into the title and [first, last]."""
    match = _RANGE.search(title)
    if not match:
        return title.strip(), []
    first, last = [group for group in match.groups() if group]
    return (title[: match.start()] + title[match.end() :]).strip(), [first, last]


def _times(printed: str) -> tuple[str, str] | None:
    """Return the start and the end, "" if only the start is printed; None for other texts.

    A time without AM or PM is one of 24 hours, unless the other one has it.
    """
    match = _TIMES.fullmatch(printed.strip())
    if not match:
        return None
    start, end = match.group(1, 2, 3), match.group(4, 5, 6)
    if end[0] and bool(start[2]) != bool(end[2]):  # 11:00-1:00 PM
        return None
    times = _clock(*start), _clock(*end) if end[0] else ""
    return times if times[0] and bool(times[1]) == bool(end[0]) else None


def _clock(hour: str, minute: str | None, half: str | None) -> str:
    if int(minute or 0) > 59 or not (half or minute):
        return ""
    if half is None:
        return f"{int(hour):02}:{minute}" if int(hour) < 24 else ""
    if not 1 <= int(hour) <= 12:
        return ""
    return f"{int(hour) % 12 + 12 * (half in 'pP'):02}:{int(minute or 0):02}"
