"""A CSL-JSON item in the form the elements read.

In: an item of any tool. Out: an ``Entry`` whose values are texts with marks, names and dates that
no element stumbles over: no nulls, no tags, no unknown shapes, and no warnings on the way.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from abstool.csl import marks
from abstool.csl.particles import with_particles
from abstool.item import DATES, NAMES, Item, bare_doi, to_date
from abstool.text import tidy

_TAG = r"(?i)<(/?)(?:(i|b|sc|sup|sub)|span(?:\s+(?:class|style)=\"([^\"<>]*)\")?)>"
_MARK_OF = {
    "i": marks.ITALIC,
    "b": marks.BOLD,
    "sc": marks.SMALL_CAPS,
    "sup": marks.SUPERSCRIPT,
    "sub": marks.SUBSCRIPT,
    "nocase": marks.NOCASE,
}
_BEFORE, _AFTER = r"(?<![^\s(\[/\ufdd0-\ufde1–—-])", r"(?!\w)"
# Each by the sign that it begins with, which most texts do not hold.
_QUOTED = {
    '"': rf'{_BEFORE}"(?=\S)([^"]*[^"\s])"{_AFTER}',
    "'": rf"{_BEFORE}'(?=\S)((?:[^']|(?<=\w)'(?=\w))*[^'\s])'{_AFTER}",
}
_PRINTED = {
    "“": r"(“[^“”]+”)",
    "‘": rf"{_BEFORE}(‘(?:[^‘’]|(?<=\w)’(?=\w))+’){_AFTER}",
}
_VERBATIM = frozenset({"URL", "DOI", "PMID", "PMCID", "ISSN", "ISBN"})
_NAME_PARTS = frozenset(
    ("family", "given", "dropping-particle", "non-dropping-particle", "suffix", "literal")
)
# Variables that other tools write by other names.
_ALIASES = {
    "container-title-short": "journalAbbreviation",
    "title-short": "shortTitle",
    "event-title": "event",
    "event": "event-title",
}


class Date(NamedTuple):
    """A date or a range of dates; each end is a year, with month and day where they are known."""

    begin: tuple[int, ...] = ()
    end: tuple[int, ...] = ()
    season: int = 0
    circa: bool = False
    literal: str = ""


class Entry(dict[str, Any]):
    """An item's variables by their names in CSL: texts, lists of names, dates, or None.

    Each is made when it is first asked for, by ``entry[name]``: few styles print an abstract.
    """

    def __init__(self, item: Item, *, curly: bool) -> None:
        """Take over an item; ``curly`` sets typographic quotation marks and apostrophes."""
        super().__init__()
        self._item = item
        self._curly = curly
        self.type = str(item.get("type", ""))
        self.language = str(item.get("language") or "")

    def __missing__(self, name: str) -> Any:
        """Make a variable's value; None is that of an absent one."""
        value = _value(name, self._item.get(name), curly=self._curly)
        if value is None and name in _ALIASES:
            value = _value(name, self._item.get(_ALIASES[name]), curly=self._curly)
        if value is None and name == "page-first" and (page := self["page"]) is not None:
            value = re.split(r"[-–,&]", str(page))[0].strip()
        self[name] = value
        return value


def _value(name: str, value: Any, *, curly: bool) -> Any:
    if value is None:
        return None
    if name in NAMES:
        people = value if isinstance(value, list) else []
        named = [_name(person, curly=curly) for person in people if isinstance(person, dict)]
        return [person for person in named if person] or None
    if name in DATES:
        return _date(value)
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        return None
    if name in _VERBATIM:
        text = tidy(value)
        return (bare_doi(text) if name == "DOI" else text) or None
    return marked(tidy(value), curly=curly) or None


def marked(text: str, *, curly: bool) -> str:
    """Turn CSL's inline tags, and where ``curly`` quotation marks, into marks."""
    if "<" in text and "</" in text:
        text = _tagged(text)
    for sign, pattern in _PRINTED.items():
        if sign in text:
            text = re.sub(pattern, rf"{marks.PRINTED}\1{marks.END_OF_PRINTED}", text)
    if not curly:
        return text
    for sign, pattern in _QUOTED.items():
        if sign in text:
            text = re.sub(pattern, rf"{marks.QUOTE}\1{marks.END_OF_QUOTE}", text)
    return text.replace("'", "’")


def _tagged(text: str) -> str:
    """Turn whole pairs of tags into marks; what has no partner stays text."""
    result: list[str] = []
    opened: list[tuple[int, str, str]] = []  # place in the result, tag, mark
    position = 0
    for tag in re.finditer(_TAG, text):
        result.append(text[position : tag.start()])
        position = tag.end()
        closing, name, attribute = tag.groups()
        name = (name or "span").lower()
        if not closing and (name != "span" or attribute):
            kind = "sc" if "small-caps" in (attribute or "") else attribute or name
            opened.append((len(result), name, _MARK_OF.get(kind, "")))
            result.append(tag[0])
        elif closing and any(name == one[1] for one in opened):
            while opened:
                place, tag_name, mark = opened.pop()
                if tag_name == name:
                    break
            result[place] = mark
            result.append(chr(ord(mark) + 1) if mark else "")
        else:
            result.append(tag[0])
    return "".join((*result, text[position:]))


def _name(person: dict[str, Any], *, curly: bool) -> dict[str, str]:
    parts = {
        part: text.replace("'", "’") if curly else text
        for part, value in person.items()
        if part in _NAME_PARTS and value and (text := tidy(value))
    }
    if "literal" in parts or "family" not in parts:
        literal = parts.get("literal") or parts.get("given", "")
        return {"literal": literal} if literal else {}
    return with_particles(parts)


def _date(value: Any) -> Date | None:
    date = to_date(value)
    if not date:
        return None
    circa = bool(date.get("circa"))
    if "literal" in date:
        return Date(circa=circa, literal=tidy(date["literal"]))
    ends = [tuple(end) for end in date["date-parts"]]
    season = str(date.get("season", ""))
    return Date(
        begin=ends[0],
        end=ends[1] if len(ends) > 1 else (),
        season=int(season) if season in ("1", "2", "3", "4") else 0,
        circa=circa,
    )
