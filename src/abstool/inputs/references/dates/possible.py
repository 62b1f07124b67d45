"""Leave out the parts of a date that cannot be, such as day 31 of February, with a warning."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, MutableMapping
from typing import cast

from abstool.errors import printable
from abstool.item import DATES, ItemDate, ends_of, to_date, valid_parts


def possible(date: ItemDate, text: str) -> ItemDate:
    """Return a date up to its first part that cannot be; ``impossible`` is then the text.

    A zero stands for an unknown part. A range whose ends are then the same is one date.
    """
    ends = ends_of(date)
    found = [*map(possible_parts, ends)]
    if found == ends:
        return date
    if not any(found):  # 0000
        return {}
    date = {**date, "date-parts": [*filter(None, found)]}
    pairs = zip(found, ends, strict=True)
    if not any(parts and _is_given(end, len(parts)) for parts, end in pairs):
        return date
    known = min(map(len, found))
    if known and found[0][:known] == found[-1][:known]:
        date["date-parts"] = [found[0][:known]]
    return {**date, "impossible": text}


def possible_parts(parts: list[int]) -> list[int]:
    """Return the parts of one end up to the first that cannot be."""
    parts = valid_parts(parts)
    if len(parts) < 3 or parts[2] <= 28:
        return parts
    year = parts[0] + (parts[0] < 0)  # CSL has no year 0
    return parts[:2] if parts[2] > monthrange(year, parts[1])[1] else parts


def _is_given(end: list[int], index: int) -> bool:
    """Return whether a date has a part at this place, which may be a text in JSON."""
    return str(end[index]).lstrip("0").isdecimal() if index < len(end) else False


def doubts_of_dates(values: MutableMapping[str, object]) -> Iterator[str]:
    """Yield a warning about each date of which a part was left out."""
    for name in sorted(DATES & values.keys()):
        date = values[name]
        if not isinstance(date, dict) or date.keys().isdisjoint(("impossible", "ambiguous")):
            continue
        values[name] = to_date(cast("ItemDate", date))
        if "impossible" in date:
            text = printable(str(date["impossible"]), limit=40)
            yield f"the date {text!r} does not exist; left out its day or month"
        if "ambiguous" in date:
            text = printable(str(date["ambiguous"]), limit=40)
            yield f"day and month of {text!r} may be in either order; used the year"
