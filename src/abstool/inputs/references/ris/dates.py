"""Read the dates of RIS: ``2025/10/28/``, ``1998///Fal 1998``, ``MAR 15`` beside a year."""

from __future__ import annotations

import re
from functools import lru_cache

from abstool.inputs.references.dates.agreement import agree, contradiction
from abstool.inputs.references.dates.printed import (
    has_other_words,
    parts_of,
    printed,
    range_in_words,
    richer,
)
from abstool.inputs.references.entry import Fields
from abstool.inputs.references.fields import date, says_something, wording
from abstool.item import ItemDate, ends_of

_SLASHES = re.compile(r"(\d{4})/(\d{0,2})(?:/(\d{0,2}))?(?:/(.*))?")
_BESIDE = frozenset("season circa impossible ambiguous".split())
_YEAR = re.compile(r"(?<!\d)(?:\d{4}|\d{8})(?!\d)")
_OF_EARLY_ACCESS = re.compile(r"[A-Z]{3}[-A-Z]{0,6} (?:\d\d?(?:-\d\d?)?,? )?\d{4}", re.IGNORECASE)


def issued(fields: Fields) -> ItemDate | None:
    """Return the date of publication from PY, Y1 and DA.

    Y1 counts before PY if it has more parts, and DA before both, but PY before those of another
    year; a DA without a year has the month and day of theirs. A date that contradicts the one that
    counts is kept as it is in the file, and so are ranges, seasons, impossible days and other
    words, since RIS has no form for them. An article without an issue has only the date of early
    access, which Web of Science writes into C6: ``JUL 2021``.
    """
    texts = {tag: fields.take(tag) for tag in ("PY", "Y1", "DA")}
    found, others = _issued(*texts.values())
    if found is None and _OF_EARLY_ACCESS.fullmatch(text := fields.peek("C6")):
        found = _read(fields.take("C6")) if not has_other_words(text) else None
    is_more = found and (len(ends_of(found)) != 1 or found.keys() & _BESIDE)
    says_more = {text: text in others or has_other_words(text) for text in texts.values()}
    # DA is written instead of the date, of which PY or Y1 may have more.
    is_lost = says_more[texts["DA"]] and parts_of(found) > 1
    for tag, text in texts.items():
        if text and (is_more or is_lost or says_more[text]):
            fields.put(tag, text)
        if text in others and (tag != "Y1" or not _agree(found, text, 1)):  # Y1 may be that online
            fields.warnings.append(contradiction(text))
    return found


@lru_cache(maxsize=4096)  # most entries of a file share a few dates
def _issued(year: str, other: str, day: str) -> tuple[ItemDate | None, tuple[str, ...]]:
    """Return the date, and the texts that contradict it."""
    found = _chosen(year, other, day)
    texts = (text for text in (year, other, day) if _YEAR.search(text))
    return found, tuple(text for text in texts if not _agree(found, text))


def _chosen(year: str, other: str, day: str) -> ItemDate | None:
    base = _read(year or other)
    if year and other:
        base = richer(base, _read(other))
    if not day:
        return base
    if _YEAR.search(day):
        own = _read(day)
        if not base or not parts_of(base) or not own:
            return own or base
        is_used = agree(own, base, 1) or not year or _is_of_issue(own, year, other)
        if "literal" in own or not is_used:
            return richer(base, own)
        return richer(own, base)
    if base and (seasons := range_in_words(day, year or other)):
        return seasons
    found = printed(day, year or other) if base and "literal" not in base else None
    return found if found and "literal" not in found else base or _read(day)


def _is_of_issue(date: ItemDate, year: str, other: str) -> bool:
    """Return whether a date is that of an issue, in a later year than the article was online.

    Publishers write the day on which it was online into Y1, and the year of that day into PY.
    """
    online = ends_of(_read(other))
    is_day = len(online) == 1 and len(online[0]) == 3
    return is_day and f"{online[0][0]}" == year and ends_of(date) > online


def _agree(date: ItemDate | None, text: str, parts: int = 3) -> bool:
    other = _read(text)
    return not date or not other or agree(date, other, parts)


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
        if more and (seasons := range_in_words(more, year)):
            return seasons
        found = date(year, month, day or "", text)
        if month and not day and len(ends_of(found)[0]) == 1:  # 2019/20
            return printed(text)
        return richer(found, printed(more, year)) if more else found
    text = text.rstrip("/ ")  # 20200301//
    if not _YEAR.search(text):
        return {"literal": wording(text)}
    return printed(text)
