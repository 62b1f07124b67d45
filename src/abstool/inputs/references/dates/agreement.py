"""Compare dates that several fields give for one work, and warn of one that contradicts."""

from __future__ import annotations

import re

from abstool.errors import printable
from abstool.item import ItemDate, ends_of

_YEAR = re.compile(r"\b\d{4}\b")
_LAST = 99  # after every month and day


def agree(date: ItemDate, other: ItemDate, parts: int = 3) -> bool:
    """Return whether two dates, each of which may be a range or lack parts, have a day in common.

    ``parts`` is how many parts of each are compared: one is the year. Words have only their years.
    """
    ends, others = _ends(date), _ends(other)
    if not ends or not others:
        return True
    return _begins_before_end(ends, others, parts) and _begins_before_end(others, ends, parts)


def _ends(date: ItemDate) -> list[list[int]]:
    return ends_of(date) or [[int(year)] for year in _YEAR.findall(date.get("literal", ""))]


def _begins_before_end(ends: list[list[int]], others: list[list[int]], parts: int) -> bool:
    last = others[-1][:parts]
    return not last or ends[0][:parts] <= [*last, _LAST]


def contradiction(text: str) -> str:
    """Return the warning about a date that says another year or month than the one that is used."""
    return f"the date {printable(text, limit=40)!r} contradicts another field, which is used"
