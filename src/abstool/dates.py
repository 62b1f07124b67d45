"""Dates in English: names of months, and days in words."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

MONTHS = tuple(
    "January February March April May June July August September October November December".split()
)
SEASONS = ("Spring", "Summer", "Fall", "Winter")
_NUMBERS = {month[:3].lower(): number for number, month in enumerate(MONTHS, 1)}
_NAME = rf"(?:{'|'.join((*MONTHS, *SEASONS))})(?: \d\d?)?"
_IN_WORDS = re.compile(
    rf"({_NAME})(?: (\d{{4}}))?(?:(–{_NAME}|(?:, {_NAME})+) |(?<=\d)–(?=\d))(\d{{4}})"
)


class InWords(NamedTuple):
    """Months or seasons in words (``Winter–Spring``), with their first and last year."""

    names: str
    first: int
    last: int


def in_words(text: str) -> InWords | None:
    """Return what a range or list of months or seasons says: ``Winter–Spring 2019``; else None."""
    if not (found := _IN_WORDS.fullmatch(text)):
        return None
    return InWords(f"{found[1]}{found[3] or ''}", int(found[2] or found[4]), int(found[4]))


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
