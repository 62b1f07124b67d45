"""The variables of a CSL-JSON item, in the types that the elements of a style work with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from abstool.csl.text.inline import marked, tagged
from abstool.csl.text.numbers import first_page
from abstool.csl.text.particles import split_particles, split_suffix
from abstool.item import DATES, IDENTIFIERS, NAMES, bare_doi, to_date
from abstool.text import joined_if_tidy, tidy

_VERBATIM = frozenset({"URL", "DOI", "PMID", "PMCID", "ISSN", "ISBN"})
_NAME_PARTS = frozenset(
    ("family", "given", "dropping-particle", "non-dropping-particle", "suffix", "literal")
)
# Variables that other tools write under another name.
_ALIASES = {
    "container-title-short": "journalAbbreviation",
    "title-short": "shortTitle",
    "event-title": "event",
    "event": "event-title",
}


_SEASONS = 12  # seasons are the months after these


class DateSpan(NamedTuple):
    """A date or a range of dates; each end is (year, month, day), as far as known.

    The months 13 to 16 stand for spring, summer, autumn and winter.
    """

    begin: tuple[int, ...] = ()
    end: tuple[int, ...] = ()
    is_open: bool = False  # a range without an end
    circa: bool = False
    literal: str = ""


PersonName = dict[str, str]
Value = str | list[PersonName] | DateSpan | None


class Variables(dict[str, Value]):
    """The values of an item by variable: marked text, names or dates, or None if absent.

    A value is converted when it is first read (``variables[name]``), because a style prints few of
    the variables of an item. Nulls, tags and values of the wrong type are handled here, so that the
    elements never see them.
    """

    def __init__(self, item: Mapping[str, object], *, typographic: bool) -> None:
        """Wrap an item; ``typographic`` curls its straight quotation marks and apostrophes."""
        super().__init__()
        self._item = item
        self._typographic = typographic
        self.type = str(item.get("type", ""))
        self.language = str(item.get("language") or "")

    def __missing__(self, name: str) -> Value:
        """Convert a variable's value and keep it."""
        value = self._converted(name, name)
        if value is None and name in _ALIASES:
            value = self._converted(name, _ALIASES[name])
        if value is None and name == "page-first" and (page := self["page"]) is not None:
            value = first_page(str(page))
        self[name] = value
        return value

    def cited(self, values: Mapping[str, str]) -> Variables:
        """Return the variables with those that only a cite has, such as its locator."""
        variables = Variables(self._item, typographic=self._typographic)
        variables.update(self)
        for name, value in values.items():
            variables[name] = self.marked(value)
        return variables

    def marked(self, value: object) -> str:
        """Return text of the user with marks for its tags and quotations."""
        return marked(tidy(value), typographic=self._typographic)

    @property
    def title(self) -> str:
        """The item's title, for messages, or its first identifier."""
        numbers = (f"{name} {self._item[name]}" for name in IDENTIFIERS if name in self._item)
        return tidy(self._item.get("title") or next(numbers, "an item"))

    def _converted(self, name: str, source: str) -> Value:
        """Return the value of the item's field ``source`` as that of the variable ``name``."""
        value = self._item.get(source)
        if value is None:
            return None
        if name in NAMES:
            return self._people(value) or None
        if name in DATES:
            return _date(value)
        if not isinstance(value, str | int | float) or isinstance(value, bool):
            return None
        if name in _VERBATIM:
            text = tidy(value)
            return (bare_doi(text) if name == "DOI" else text) or None
        return marked(tidy(value), typographic=self._typographic) or None

    def _people(self, value: object) -> list[PersonName]:
        listed = value if isinstance(value, list) else []
        people = [person for person in listed if isinstance(person, dict)]
        texts = [text for person in people for text in person.values() if isinstance(text, str)]
        clean = str if joined_if_tidy(texts) else tidy
        return [name for person in people if (name := self._name(person, clean))]

    def _name(self, person: dict[str, object], clean: Callable[[object], str]) -> PersonName:
        parts: PersonName = {}
        for part, value in person.items():
            if value and part in _NAME_PARTS and (text := clean(value)):
                text = text.replace("'", "’") if self._typographic else text
                parts[part] = tagged(text) if "<" in text else text
        if person.get("comma-suffix") is True:
            parts["comma-suffix"] = "true"
        if "literal" in parts or "family" not in parts:
            literal = parts.get("literal") or parts.get("given", "")
            return {"literal": literal} if literal else {}
        return split_particles(split_suffix(parts) if "," in parts.get("given", "") else parts)


def _date(value: object) -> DateSpan | None:
    date = to_date(value)
    if not date:
        return None
    circa = bool(date.get("circa"))
    if "literal" in date:
        return DateSpan(circa=circa, literal=tidy(date["literal"]))
    listed = value.get("date-parts") if isinstance(value, dict) else None
    given = listed if isinstance(listed, list) else []
    ends = [
        _seasonal(tuple(end), given[number] if number < len(given) else ())
        for number, end in enumerate(date["date-parts"])
    ]
    season = str(date.get("season", ""))
    if len(ends[0]) == 1 and season in ("1", "2", "3", "4"):
        ends[0] = (*ends[0], _SEASONS + int(season))
    return DateSpan(
        begin=ends[0],
        end=ends[1] if len(ends) > 1 else (),
        is_open=len(ends) == 1 and given[1:2] in ([[0]], [["0"]]),
        circa=circa,
    )


def _seasonal(end: tuple[int, ...], given: object) -> tuple[int, ...]:
    """Return a year with the season that tools write as its month: 21 is spring."""
    if len(end) != 1 or not isinstance(given, list | tuple) or len(given) < 2:
        return end
    month = str(given[1])
    if month.isdecimal() and len(month) == 2 and _SEASONS < int(month) <= _SEASONS + 12:
        return (*end, _SEASONS + 1 + (int(month) - _SEASONS - 1) % 4)
    return end
