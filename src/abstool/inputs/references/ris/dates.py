"""Read the dates of RIS: ``2025/10/28/``, ``1998///Fal 1998``, ``MAR 15`` beside a year."""

from __future__ import annotations

import re
from functools import lru_cache

from abstool.inputs.references.dates.printed import (
    edtf,
    has_other_words,
    parts_of,
    printed,
    richer,
    two_seasons,
)
from abstool.inputs.references.entry import Fields
from abstool.inputs.references.fields import date, says_something, wording
from abstool.item import ItemDate, ends_of

_SLASHES = re.compile(r"(\d{4})/(\d{0,2})(?:/(\d{0,2}))?(?:/(.*))?")
_BESIDE = frozenset("season circa impossible".split())
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_OF_EARLY_ACCESS = re.compile(r"[A-Z]{3}[-A-Z]{0,6} (?:\d\d?(?:-\d\d?)?,? )?\d{4}", re.IGNORECASE)


def issued(fields: Fields) -> ItemDate | None:
    """Return the date of publication from PY, Y1 and DA.

    DA with a year of its own counts first; without one it has the month and day of PY. Y1 counts
    first if it has more parts than PY, and the same year. Ranges, seasons, impossible days and
    other words are kept as they are in the file, too, since RIS has no form for them. An article
    without an issue has only the date of early access, which Web of Science writes into C6:
    ``JUL 2021``.
    """
    texts = {tag: fields.take(tag) for tag in ("PY", "Y1", "DA")}
    found = _issued(*texts.values())
    if found is None and _OF_EARLY_ACCESS.fullmatch(text := fields.peek("C6")):
        found = _read(fields.take("C6")) if not has_other_words(text) else None
    is_more = found and (len(ends_of(found)) != 1 or found.keys() & _BESIDE)
    for tag, text in texts.items():
        if text and (is_more or has_other_words(text)):
            fields.put(tag, text)
    return found


@lru_cache(maxsize=4096)  # most entries of a file share a few dates
def _issued(year: str, other: str, day: str) -> ItemDate | None:
    base = _read(year or other)
    if year and other:
        base = richer(base, _read(other))
    if not day:
        return base
    if _YEAR.search(day):
        return _read(day) if not base or parts_of(base) == 0 else richer(_read(day), base)
    if base and (seasons := two_seasons(day, year or other)):
        return seasons
    found = printed(day, year or other) if base and "literal" not in base else None
    return found if found and "literal" not in found else base or _read(day)


def access_date(text: str) -> ItemDate | None:
    """Return the date of access."""
    return _read(text)


def is_day(text: str) -> bool:
    """Return whether a text of another field is a date with month and day, and nothing else."""
    if not _YEAR.search(text) or has_other_words(text):
        return False
    ends = ends_of(_read(text))
    return len(ends) == 1 and len(ends[0]) == 3


def is_range_of_meeting(text: str) -> bool:
    """Return whether a text is the range of days of a meeting, as Scopus writes it."""
    return " through " in text


@lru_cache(maxsize=4096)  # most entries of a file share a few dates
def _read(text: str) -> ItemDate | None:
    if not says_something(text):
        return None
    if match := _SLASHES.fullmatch(text.replace(" ", "") if text.endswith("/") else text):
        year, month, day, more = match.groups()
        if more and (seasons := two_seasons(more, year)):
            return seasons
        found = date(year, month, day or "", text)
        if month and not day and len(ends_of(found)[0]) == 1:  # 2019/20
            return printed(text)
        return richer(found, printed(more, year)) if more else found
    text = text.rstrip("/ ")  # 20200301//
    if re.fullmatch(r"\d{4}", text):
        return date(text)
    if found := edtf(text):
        return found
    if not _YEAR.search(text) and not re.fullmatch(r"\d{8}", text):
        return {"literal": wording(text)}
    return printed(text)
