"""Build the item of an entry from its fields, for all formats but RIS and BibTeX.

A field that a reader does not turn into a variable of CSL is kept in ``custom``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, cast

from abstool.inputs.references.dates.agreement import agree, contradiction
from abstool.inputs.references.dates.possible import doubts_of_dates
from abstool.inputs.references.dates.printed import has_other_words, printed
from abstool.inputs.references.fields import (
    InvalidEntryError,
    Reading,
    doi,
    no_doi,
    other_dois,
    unescaped,
)
from abstool.inputs.references.normal import doi_of_url
from abstool.inputs.references.numbers import (
    is_no_number,
    known,
    known_number,
    unlabelled,
    without_volume,
)
from abstool.inputs.references.people import people
from abstool.inputs.references.retractions import with_sentences
from abstool.inputs.references.web_addresses import addresses
from abstool.item import (
    DATES,
    NAMELESS,
    Item,
    ItemDate,
    ItemName,
    ends_of,
    join_keywords,
    split_keywords,
    to_date,
)
from abstool.text import tidy

_LONG = 1000  # characters in which a number is looked for, to bound the time of patterns
_SUPPLEMENT_LABEL = re.compile(
    r"^(?:s(?:\b|(?=_))|sup(?:p(?:l(?:ements?)?)?)?(?![a-z]))[.:]?[\s_]*", re.IGNORECASE
)
_FORMS: dict[str, Callable[[Any], object]] = {  # numbers that are some, dates that can be
    "volume": unlabelled,
    "issue": unlabelled,
    "number": known_number,
    "edition": known,
    **dict.fromkeys(DATES, to_date),
}
# 4 Suppl 2, 4_suppl_2, 4 (Suppl 2), Supp. 1, sup1
_SUPPLEMENT = re.compile(
    r"(?:(\S+?)(?:\s*,\s*|[\s_]+|\s*(?P<bracket>\()))?"
    r"(sup(?:p(?:l(?:ements?)?)?)?(?![a-z]).*?)(?(bracket)\)|)",
    re.IGNORECASE,
)


PMID = re.compile(r"^\s*(\d{1,8})\s*$")  # alone in a field


class Fields:
    """The fields of an entry by tag; a reader takes those that it understands."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Store pairs of tag and value in the order of the file."""
        self.warnings: list[str] = []
        self.once: list[str] = []
        self._values: dict[str, list[tuple[int, str]]] = {}
        values = self._values
        for place, (tag, value) in enumerate(pairs):
            if value := value.strip():
                if tag in values:
                    values[tag].append((place, value))
                else:
                    values[tag] = [(place, value)]

    def has_any(self, tags: frozenset[str]) -> bool:
        """Return whether one of these tags has a value."""
        return not tags.isdisjoint(self._values)

    def __contains__(self, tag: str) -> bool:
        return tag in self._values

    def peek(self, tags: str) -> str:
        """Return the first value of the first tag that has one, and leave it there."""
        held = self._values
        for tag in tags.split():
            if tag in held:
                return tidy(held[tag][0][1])
        return ""

    def take(self, tags: str) -> str:
        """Return the first value of the first tag that has one, and remove it."""
        value = self._values and self.take_first_raw(tags)  # many rows of tables have few cells
        return tidy(value) if value else ""

    def take_number(self, tags: str) -> str:
        """Return what ``take`` returns, but leave words for one to come: ``In press``."""
        return "" if is_no_number(self.peek(tags)) else self.take(tags)

    def take_note(self, tags: str) -> str:
        """Return what ``take`` returns, with a sentence for a line about a retraction."""
        return tidy(with_sentences(self.take_first_raw(tags)))

    def take_first_raw(self, tags: str) -> str:
        """Return what ``take`` returns, as it is in the file."""
        held = self._values
        for tag in tags.split():
            if tag in held:
                _, value = held[tag].pop(0)
                if not held[tag]:
                    del held[tag]
                return value
        return ""

    def dated(self, tag: str, year_tag: str = "") -> ItemDate | None:
        """Return the date in a tag, with the year that another tag may have.

        A text with other words is kept in its tag, too: ``2020 Michaelmas`` is the year. So is a
        date of another year, with a warning, since the year counts.
        """
        texts = {tag: self.peek(tag), year_tag: self.peek(year_tag)}
        text, year = texts.values()
        date = printed(text, year)
        given = printed(year) if text and year and year not in text else None
        if date and given and not agree(date, given):
            self.warnings.append(contradiction(text))
            date = given
            del texts[tag]
        for name, said in texts.items():
            if said and not (ends_of(date) and has_other_words(said)):
                self.take(name)
        return date

    def doi(self, tags: str) -> str:
        """Return the first DOI in these tags, and remove it; warn if the first value has none."""
        text = self.peek(tags)
        if found := doi(text):
            tag = next(tag for tag in tags.split() if tag in self)
            self.take(tag)
            for other in other_dois(text):
                self.put(tag, other)
        elif known(text):
            self.warnings.append(no_doi(text))
        return found

    def url(self, tags: str) -> str:
        """Return the first URL in the values of these tags; the others stay there."""
        for tag in tags.split():
            for value in self.seen(tag):
                if found := addresses(unescaped(value)):
                    url, *others = found
                    self.drop(tag, value)
                    for other in others:
                        self.put(tag, other)
                    return url
        return ""

    def doi_in_urls(self, tags: str, first: str = "") -> str:
        """Return the first DOI in the first URL and those in these tags, which stay there."""
        return next(filter(None, map(doi_of_url, [first, *self.seen_all(tags)])), "")

    def seen(self, tag: str) -> list[str]:
        """Return the values of a tag, and leave them there."""
        return [tidy(value) for _, value in self._values[tag]] if tag in self._values else []

    def take_all(self, tags: str) -> list[str]:
        """Return the values of all of these tags in the order of the file, and remove them."""
        held = self._values
        found = [pair for tag in tags.split() if tag in held for pair in held.pop(tag)]
        return [text for _, value in sorted(found) if (text := tidy(value))] if found else []

    def take_lines(self, tag: str) -> list[str]:
        """Return each line of the values of a tag, and remove them."""
        found = self._values.pop(tag, [])
        return [text for _, value in found for line in value.splitlines() if (text := line.strip())]

    def take_matching(self, tags: str, pattern: re.Pattern[str]) -> str:
        """Return what a pattern finds first in the values of tags.

        The value is removed, unless it has other digits, such as those of a second ISSN.
        """
        for tag in tags.split():
            values = self._values.get(tag, [])
            for index, (_, value) in enumerate(values):
                if not (found := pattern.search(value[:_LONG])):
                    continue
                text = found[found.lastindex or 0]
                if not re.search(r"\d", value.replace(text, "", 1)):
                    del values[index]
                    if not values:
                        del self._values[tag]
                return tidy(text)
        return ""

    def people(self, texts: Iterable[str]) -> list[ItemName]:
        """Return the names in texts, each of which may be a list of them; keep the warnings."""
        names, warnings, once = people(map(unescaped, texts))
        self.warnings += warnings
        self.once += once
        return names

    def seen_all(self, tags: str) -> list[str]:
        """Return the values of these tags, and leave them there."""
        return [value for tag in tags.split() for value in self.seen(tag)]

    def take_raw(self, tag: str) -> list[str]:
        """Return the values of a tag as they are in the file, and remove them."""
        return [value for _, value in self._values.pop(tag, [])]

    def put(self, tag: str, value: str) -> None:
        """Add a value that no variable has."""
        self._values.setdefault(tag, []).append((0, value))

    def drop(self, tags: str, text: str) -> None:
        """Remove the values of these tags that only repeat a text."""
        held = self._values
        for tag in tags.split() if text else ():
            if tag in held:
                kept = [one for one in held[tag] if text not in (one[1], tidy(unescaped(one[1])))]
                held[tag] = kept
                if not kept:
                    del held[tag]

    def rest(self) -> dict[str, list[str]]:
        """Return the values that were not taken, by tag, as they are in the file."""
        return {tag: [value for _, value in values] for tag, values in self._values.items()}


def reading(
    form: str,
    values: Mapping[str, object],
    fields: Fields,
    warnings: Iterable[str] = (),
    *,
    abstract: str = "",
) -> Reading:
    """Return the item with these variables; the fields that are left are kept in ``custom``.

    Names have the form of CSL, as ``people`` returns them. ``abstract`` is as it is in the file,
    and is decoded only if it is needed. Raises InvalidEntryError if the entry has nothing to cite.
    """
    custom = {name: value for name, value in _custom(values).items() if value}
    if rest := fields.rest():
        custom["fields"] = {"format": form, "values": rest}
    values = {**values}
    fields.warnings += doubts_of_dates(values)
    filled: dict[str, object] = {}
    for name, value in values.items():
        if not value or name == "custom":
            continue
        if isinstance(value, str) and "&" in value:
            value = unescaped(value).replace("\xa0", " ")  # noqa: PLW2901 - the same value
        if valid := _FORMS[name](value) if name in _FORMS else value:
            filled[name] = valid
    if custom:
        filled["custom"] = custom
    item = cast("Item", filled)
    if not abstract and not item.keys() - NAMELESS:
        raise InvalidEntryError("the entry is empty")
    said = dict.fromkeys((*warnings, *fields.warnings))
    decoded = partial(_decoded, abstract) if abstract else None
    return Reading(item, tuple(said), tuple(fields.once), decoded)


def _decoded(abstract: str) -> tuple[str, tuple[str, ...]]:
    return tidy(unescaped(abstract)), ()


def _custom(values: Mapping[str, object]) -> dict[str, object]:
    custom = values.get("custom")
    return dict(custom) if isinstance(custom, dict) else {}


# --- other fields -------------------------------------------------------------------------------


def keywords(words: Iterable[str]) -> dict[str, object]:
    """Return keywords as one text; ``custom`` has the list if that text cannot be split safely."""
    listed = [*dict.fromkeys(filter(None, map(tidy, words)))]
    keyword = join_keywords(listed)
    return {"keyword": keyword, "keywords": [] if split_keywords(keyword) == listed else listed}


def affiliations(names: Iterable[str]) -> list[dict[str, str]]:
    """Return affiliations as records have them, without the labels that link authors."""
    texts = (unescaped(name) if "&" in name else name for name in names)
    return [{"label": "", "name": name} for name in dict.fromkeys(map(tidy, texts))]


def affiliations_of(people: object) -> list[dict[str, str]]:
    """Return the affiliations that JSON has beside each name, as text or with a ``name``."""
    listed = [
        person.get("affiliation")
        for person in (people if isinstance(people, list) else ())
        if isinstance(person, dict)
    ]
    found = [one for part in listed for one in (part if isinstance(part, list) else [part])]
    names = [one.get("name") if isinstance(one, dict) else one for one in found]
    return affiliations(name for name in names if isinstance(name, str) and name.strip())


def with_supplement(issue: str, supplement: str) -> str:
    """Return an issue with its supplement: ``suppl 9``, ``4 suppl``."""
    if not supplement:
        return issue.strip()
    named = f"suppl {_SUPPLEMENT_LABEL.sub('', supplement)}".strip()
    return f"{issue} {named}".strip()


def volume_and_issue(volume: str, issue: str) -> dict[str, str]:
    """Return volume and issue, the latter with a supplement that stands in the volume."""
    issue = without_volume(issue, volume)
    if not volume.isdecimal():
        bare, supplement = split_supplement(volume)
        number, other = split_supplement(issue)
        if supplement and (bare or not issue) and other in ("", supplement):
            volume, issue = bare, with_supplement(number, supplement)
    return {"volume": volume, "issue": issue}


def split_supplement(text: str) -> tuple[str, str]:
    """Return the number and the supplement in a volume or issue such as ``4 Suppl 2``."""
    found = _SUPPLEMENT.fullmatch(text) if len(text) < _LONG else None
    return (found[1] or "", with_supplement("", found[3])) if found else (text, "")
