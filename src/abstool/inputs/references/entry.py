"""Build the item of an entry from its fields, for all formats but RIS and BibTeX.

A field that a reader does not turn into a variable of CSL is kept in ``custom``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import cast

from abstool.inputs.references.fields import InvalidEntryError, Reading, unescaped
from abstool.item import Item, ItemName, clean, join_keywords, split_keywords
from abstool.names import SUFFIXES
from abstool.text import tidy

RETRACTED = "this work was retracted"
_RETRACTED_TITLE = re.compile(r"\W*retracted(?: article| paper)?\W", re.IGNORECASE)
_INITIALS = r"(?:[A-Z]\.?[ -]?){1,4}"
_FAMILY_AND_INITIALS = re.compile(rf"((?:[^\s,]+ ){{1,3}})({_INITIALS})")
_ISSN = re.compile(r"(?<![\d-])\d{4}-?\d{3}[\dXx](?![\d-])")
_ISBN = re.compile(r"(?<![\d-])(?:\d[\d -]{8,15}[\dXx])(?!\d)")
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_SUPPLEMENT = re.compile(r"(?:(\S+) )?(suppl\w*\b.*)", re.IGNORECASE)


class Fields:
    """The fields of an entry by tag; a reader takes those that it understands."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Store pairs of tag and value in the order of the file."""
        self._values: dict[str, list[tuple[int, str]]] = {}
        for place, (tag, value) in enumerate(pairs):
            if value := value.strip():
                self._values.setdefault(tag, []).append((place, value))

    def __contains__(self, tag: str) -> bool:
        return tag in self._values

    def peek(self, tags: str) -> str:
        """Return the first value of the first tag that has one, and leave it there."""
        return next((tidy(self._values[tag][0][1]) for tag in tags.split() if tag in self), "")

    def take(self, tags: str) -> str:
        """Return the first value of the first tag that has one, and remove it."""
        for tag in tags.split():
            if tag in self:
                values = self._values[tag]
                _, value = values.pop(0)
                if not values:
                    del self._values[tag]
                return tidy(value)
        return ""

    def seen(self, tag: str) -> list[str]:
        """Return the values of a tag, and leave them there."""
        return [tidy(value) for _, value in self._values.get(tag, [])]

    def take_all(self, tags: str) -> list[str]:
        """Return the values of all of these tags in the order of the file, and remove them."""
        found = [pair for tag in tags.split() for pair in self._values.pop(tag, [])]
        return [text for _, value in sorted(found) if (text := tidy(value))]

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
                if not (found := pattern.search(value)):
                    continue
                text = found[found.lastindex or 0]
                if not re.search(r"\d", value.replace(text, "", 1)):
                    del values[index]
                    if not values:
                        del self._values[tag]
                return tidy(text)
        return ""

    def seen_all(self, tags: str) -> list[str]:
        """Return the values of these tags, and leave them there."""
        return [value for tag in tags.split() for value in self.seen(tag)]

    def seen_lines(self, tag: str) -> list[str]:
        """Return each line of the values of a tag, and leave them there."""
        return [line for _, value in self._values.get(tag, ()) for line in value.splitlines()]

    def take_raw(self, tag: str) -> list[str]:
        """Return the values of a tag as they are in the file, and remove them."""
        return [value for _, value in self._values.pop(tag, [])]

    def put(self, tag: str, value: str) -> None:
        """Add a value that no variable has."""
        self._values.setdefault(tag, []).append((0, value))

    def drop(self, tags: str, text: str) -> None:
        """Remove the values of these tags that only repeat a text."""
        for tag in tags.split():
            if tag in self and text:
                kept = [pair for pair in self._values[tag] if tidy(unescaped(pair[1])) != text]
                self._values[tag] = kept
                if not kept:
                    del self._values[tag]

    def people(self, texts: Iterable[str]) -> list[ItemName]:
        """Return the names in texts, each of which may be a list of them."""
        return people(name for text in texts for name in split_people(text))

    def rest(self) -> dict[str, list[str]]:
        """Return the values that were not taken, by tag, as they are in the file."""
        return {tag: [value for _, value in values] for tag, values in self._values.items()}


def reading(
    form: str, values: Mapping[str, object], fields: Fields, warnings: Iterable[str] = ()
) -> Reading:
    """Return the item with these variables; the fields that are left are kept in ``custom``.

    Raises InvalidEntryError if the entry has nothing to cite.
    """
    custom = {name: value for name, value in _custom(values).items() if value}
    if rest := fields.rest():
        custom["fields"] = {"format": form, "values": rest}
    item = clean({**values, "custom": custom})
    if not item.keys() - {"id", "type", "custom", "genre", "source", "language"}:
        raise InvalidEntryError("the entry is empty")
    return Reading(item, (*dict.fromkeys((*warnings, *retraction(item))),))


def retraction(item: Item) -> list[str]:
    """Return the warning about a work whose title says that it was retracted, if it does."""
    title = item.get("title")
    is_retracted = isinstance(title, str) and _RETRACTED_TITLE.match(title)
    return [RETRACTED] if is_retracted else []


def _custom(values: Mapping[str, object]) -> dict[str, object]:
    custom = values.get("custom")
    return dict(custom) if isinstance(custom, dict) else {}


# --- names ----------------------------------------------------------------------------------------


def people(names: Iterable[str]) -> list[ItemName]:
    """Return names written as ``Family, Given`` or ``Family AB``; any other is a group's."""
    return [_person(name) for text in names if (name := tidy(text).strip(";"))]


def group(names: Iterable[str]) -> list[ItemName]:
    """Return the names of groups."""
    return [{"literal": name} for name in names]


def split_people(text: str) -> list[str]:
    """Return the names in one text, split at semicolons, ``and`` or the commas after initials."""
    if ";" in text:
        return [name for part in text.split(";") if (name := part.strip())]
    if re.search(r"\sand\s", text):
        return [name for part in re.split(r",?\s+and\s+", text) if (name := part.strip())]
    parts = [part.strip() for part in text.rstrip(" .").split(",")]
    if len(parts) > 1 and all(map(_FAMILY_AND_INITIALS.fullmatch, parts)):
        return parts
    return [text.strip()] if text.strip() else []


def _person(name: str) -> ItemName:
    family, comma, rest = name.partition(",")
    if comma and rest.strip():
        given, _, suffix = (part.strip() for part in rest.partition(","))
        if not suffix and (words := given.split())[-1].rstrip(".") in SUFFIXES and len(words) > 1:
            given, suffix = " ".join(words[:-1]), words[-1]
        person = {"family": family.strip(), "given": given, "suffix": suffix}
        return cast("ItemName", {part: value for part, value in person.items() if value})
    words = name.split()
    suffix = words.pop() if words[-1].rstrip(".") in SUFFIXES and len(words) > 2 else ""
    if not comma and (parts := _FAMILY_AND_INITIALS.fullmatch(" ".join(words))):
        found: ItemName = {"family": parts[1].strip(), "given": parts[2].strip()}
        return {**found, "suffix": suffix} if suffix else found
    return {"literal": family.strip()}


# --- other fields -------------------------------------------------------------------------------


def keywords(words: Iterable[str]) -> dict[str, object]:
    """Return keywords as one text; ``custom`` has the list if that text cannot be split safely."""
    listed = [*dict.fromkeys(filter(None, map(tidy, words)))]
    keyword = join_keywords(listed)
    return {"keyword": keyword, "keywords": [] if split_keywords(keyword) == listed else listed}


def affiliations(names: Iterable[str]) -> list[dict[str, str]]:
    """Return affiliations as records have them, without the labels that link authors."""
    return [{"label": "", "name": name} for name in dict.fromkeys(map(tidy, names))]


def with_supplement(issue: str, supplement: str) -> str:
    """Return an issue with its supplement: ``suppl 9``, ``4 suppl``."""
    number = re.sub(r"^s(?:upp(?:l(?:ement)?)?)?\b[.:]?\s*", "", supplement, flags=re.IGNORECASE)
    named = f"suppl {number}".strip() if supplement else ""
    return f"{issue} {named}".strip()


def split_supplement(text: str) -> tuple[str, str]:
    """Return the number and the supplement in a volume or issue such as ``4 Suppl 2``."""
    found = _SUPPLEMENT.fullmatch(text)
    return (found[1] or "", with_supplement("", found[2])) if found else (text, "")


def page_range(first: str, last: str) -> str:
    """Return pages from the first and the last, which may be the same or a whole range.

    Web of Science writes ``+`` or ``&`` for an unknown last page, and UNSP before an
    article number.
    """
    first = re.sub(r"^(?:UNSP|ARTN)\s+", "", first)
    last = "" if last in ("+", "&") else last
    if not first or not last or last == first or re.search(r"[-–]", first):
        return first or last
    return last if last.startswith(f"{first}-") else f"{first}-{last}"


def serial_number(fields: Fields, tags: str) -> dict[str, str]:
    """Return the ISSN and the ISBN in fields that may have either."""
    issn = fields.take_matching(tags, _ISSN).upper()
    if issn and "-" not in issn:
        issn = f"{issn[:4]}-{issn[4:]}"
    return {"ISSN": issn, "ISBN": fields.take_matching(tags, _ISBN)}


def doi_in(text: str) -> str:
    """Return the DOI in a text, or ``""``."""
    found = _DOI.search(text)
    return found[0].rstrip(".,;") if found else ""
