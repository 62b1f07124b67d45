"""A CSL-JSON item in the form citeproc-py's elements read.

In: an item of any tool. Out: an ``Entry`` whose values are plain strings, names and dates that
no element stumbles over: no nulls, no tags, no unknown shapes, and no warnings on the way.
"""

from __future__ import annotations

import re
from typing import Any

from citeproc.source import Date, DateRange, LiteralDate, Name, VariableError

from abstool.formatters._text import plain, tidy
from abstool.formatters.csl.casing import marked
from abstool.formatters.csljson import DATES, NAMES, to_date

_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)|(?<=s)'(?=\s)")
_NAME_PARTS = ("family", "given", "dropping-particle", "non-dropping-particle", "suffix", "literal")
_SHORT_WORD = re.compile(r"(?<![\w.-])[^\W\d_]{2,3}(?![\w.-])")


class Variables(dict[str, Any]):
    """An item's variables; the names are written with or without hyphens, as elements do both."""

    def __missing__(self, name: str) -> Any:
        plain_name = name.replace("-", "_")
        if plain_name != name and plain_name in self:
            return self[plain_name]
        raise VariableError

    def __getattr__(self, name: str) -> Any:
        return self[name]


class Entry(dict[str, Any]):
    """One item as layouts take it: nothing but its variables, never a locator."""

    has_locator = False
    key = ""

    def __init__(self, item: dict[str, Any], *, curly: bool) -> None:
        """Take over an item; ``curly`` sets typographic apostrophes, as CSL processors do."""
        super().__init__()
        values = {name: _value(name, value, curly=curly) for name, value in item.items()}
        self.reference = Variables(
            {name.replace("-", "_"): value for name, value in values.items() if value}
        )

    def __missing__(self, name: str) -> Any:
        raise VariableError

    def __getattr__(self, name: str) -> Any:
        raise VariableError


def _value(name: str, value: Any, *, curly: bool) -> Any:
    if name in NAMES:
        people = value if isinstance(value, list) else []
        return [_name(person, curly=curly) for person in people if isinstance(person, dict)]
    if name in DATES:
        return _date(value)
    return _text(value, curly=curly) if isinstance(value, str | int | float) else None


def _text(value: object, *, curly: bool) -> str:
    text = plain(marked(tidy(value)))
    return _APOSTROPHE.sub("’", text) if curly else text


def _name(person: dict[str, Any], *, curly: bool) -> Name:
    parts = {
        part: text for part in _NAME_PARTS if (text := _text(person.get(part) or "", curly=curly))
    }
    if "literal" in parts:
        return Name(literal=parts["literal"])
    if "family" not in parts:
        return Name(literal=parts.get("given", ""))
    if "given" in parts:
        parts["given"] = _spaced_initials(parts["given"], parts["family"])
    return Name(**parts)


def _spaced_initials(given: str, family: str) -> str:
    """Write initials that are joined (``CP``) apart: ``C. P.``.

    Two capitals are initials, and three without a vowel; where the family name is in capitals
    as well, two with a vowel may be a name (``LI WANG``) and stay.
    """

    def apart(match: re.Match[str]) -> str:
        word = match[0]
        maybe_name = re.search(r"[AEIOUY]", word) and (len(word) == 3 or family.isupper())
        initials = word.isupper() and not maybe_name
        return " ".join(f"{letter}." for letter in word) if initials else word

    return _SHORT_WORD.sub(apart, given)


def _date(value: Any) -> Date | DateRange | LiteralDate | None:
    date = to_date(value)
    if date is None:
        return None
    circa = bool(date.get("circa"))
    if "literal" in date:
        return LiteralDate(tidy(date["literal"]), circa=circa)
    ends = [_day(end, date.get("season")) for end in date["date-parts"]]
    return ends[0] if len(ends) == 1 else DateRange(begin=ends[0], end=ends[1], circa=circa)


def _day(parts: list[int], season: Any) -> Date:
    day = dict(zip(("year", "month", "day"), parts, strict=False))
    if "month" not in day and str(season) in ("1", "2", "3", "4"):
        day["season"] = int(season)
    return Date(**day)
