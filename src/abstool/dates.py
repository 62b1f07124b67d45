"""Dates in English: names of months, and days in words."""

from __future__ import annotations

from datetime import date

MONTHS = tuple(
    "January February March April May June July August September October November December".split()
)
_NUMBERS = {month[:3].lower(): number for number, month in enumerate(MONTHS, 1)}


def month_number(word: str) -> int:
    """Return the number of a month by its first three letters, in any case, or 0."""
    return _NUMBERS.get(word[:3].lower(), 0)


def long_date(iso: str) -> str:
    """Return an ISO date in words, with the day of the week; other text as it is."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:  # none, or not a real day: 2025-02-30
        return iso
    return f"{day:%A, %B} {day.day}, {day.year}"
