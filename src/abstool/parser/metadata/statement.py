"""What one form of metadata says about an article, in the same fields for all forms."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from abstool.names import DEGREES, GENERATIONS, is_degree
from abstool.page import one_line


class Person(Struct, frozen=True):
    """An author: the name as written, its parts if the page gives them apart, and affiliations."""

    name: str
    family: str = ""
    given: str = ""
    suffix: str = ""
    affiliations: tuple[str, ...] = ()


class Statement(Struct, frozen=True):
    """What a page says to machines, as written; absent fields are empty.

    ``date`` begins with the year. ``issue`` is the whole issue, such as ``Suppl 1``.
    ``is_scholarly`` is false for forms that news have, too.
    """

    title: str = ""
    people: tuple[Person, ...] = ()
    journal: str = ""
    abbreviation: str = ""
    issns: tuple[str, ...] = ()
    volume: str = ""
    issue: str = ""
    pages: str = ""
    date: str = ""
    doi: str = ""
    pmid: str = ""
    publisher: str = ""
    meeting: str = ""
    keywords: tuple[str, ...] = ()
    is_scholarly: bool = False


_MARKUP = re.compile(r"</?(?:i|b|em|strong|sup|sub|span|u|sc)\b[^<>]{0,200}>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z]\w{1,31});")
_GENERATION = re.compile(rf"(.+?)\s+({'|'.join(GENERATIONS)})\.?")
_SEMICOLON = re.compile(r"\s*;\s*")
_TITLE_OF_PERSON = re.compile(r"(?:Drs?|Prof|Professor|Mr|Mrs|Ms)\.?\s+(?=\S+\s)")
_INITIALS_LAST = re.compile(
    r"(?P<family>[^\W\d_](?:[^\d(),;]*[^\W\d_A-Z])[^\W\d_]*)\s+(?P<given>[A-Z]{1,3})\.?"
)
_LONGEST_NAME = 200  # characters
_LETTERS_OF_FAMILY = 2  # of family names in capitals: Wei LI
INITIALS_LAST = "The authors are read as family names and initials: {}."
_OR_FAMILY_NAME = ("BA", "DO", "MA")  # Anh Van DO
_TAIL = re.compile(rf",\s*(?:(?P<suffix>{'|'.join(GENERATIONS)})|{DEGREES})\.?$")


def text(value: object) -> str:
    """Return a value as text on one line, without markup, or "" for any other kind of value."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    if not isinstance(value, str):
        return str(value)
    if _ENTITY.search(value):  # escaped twice
        from html import unescape  # noqa: PLC0415 - hardly any page needs it

        value = unescape(value)
    return one_line(_MARKUP.sub("", value))


def person(name: str, affiliations: tuple[str, ...] = ()) -> Person:
    """Return the author of a name such as ``Furie, Richard`` or ``Dr. Richard Furie, MD``."""
    name = _without_titles(name)
    suffix, rest = "", name
    while tail := _TAIL.search(rest):
        suffix, rest = tail["suffix"] or suffix, rest[: tail.start()]
    family, comma, given = (part.strip() for part in rest.partition(","))
    if comma and family and given and "," not in given:
        if generation := _GENERATION.fullmatch(family):  # Doe Jr., Bob
            family, suffix = generation[1], suffix or generation[2]
        return Person(_in_order(given, family, suffix), family, given, suffix, affiliations)
    return Person(name, affiliations=affiliations)


def people(listed: str) -> tuple[Person, ...]:
    """Return the authors of a list such as ``Furie, Richard; Werth, Victoria``."""
    return tuple(person(name) for name in _SEMICOLON.split(listed) if is_name(name))


def is_name(name: str) -> bool:
    """Return whether a name has letters."""
    return any(map(str.isalpha, name))


def initials_last(names: Sequence[str]) -> list[Person]:
    """Return the authors of names like ``van der Roe A``, or [] if one has another form.

    This is a guess: ``Wei LI`` has the same form.
    """
    short = (name for name in names if len(name) <= _LONGEST_NAME)  # or it takes too long
    found = [one for one in map(_INITIALS_LAST.fullmatch, short) if one]
    is_clear = any(len(one["given"]) != _LETTERS_OF_FAMILY for one in found)
    if len(found) != len(names) or not is_clear:
        return []
    return [Person(one[0], one["family"], " ".join(one["given"])) for one in found]


def _without_titles(name: str) -> str:
    """Return a name without ``Dr.`` in front and degrees behind, if these have no comma.

    The first of the degrees stays if it may be a family name.
    """
    words = _TITLE_OF_PERSON.sub("", name).split()
    kept = len(words)
    while "," not in name and kept > 2 and is_degree(words[kept - 1]):
        kept -= 1
    if words[kept:] and words[kept].upper() in _OR_FAMILY_NAME:
        kept += 1
    words = words[:kept]
    return " ".join(words) or name


def _in_order(given: str, family: str, suffix: str) -> str:
    return f"{given} {family}, {suffix}" if suffix else f"{given} {family}"


def pages(first: str, last: str) -> str:
    """Return a range of pages, or the one page."""
    return f"{first}-{last}" if first and last and first != last else first
