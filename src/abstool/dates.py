"""The months of the English calendar."""

from __future__ import annotations

MONTHS = tuple(
    "January February March April May June July August September October November December".split()
)
_NUMBERS = {month[:3].lower(): number for number, month in enumerate(MONTHS, 1)}


def month_number(word: str) -> int:
    """Return the number of a month by its first three letters, in any case, or 0."""
    return _NUMBERS.get(word[:3].lower(), 0)
