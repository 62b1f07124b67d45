"""Read the tagged format of Web of Science (.ciw, .isi, "plain text")."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial

from abstool.inputs.references.entry import (
    Fields,
    affiliations,
    keywords,
    reading,
    with_supplement,
)
from abstool.inputs.references.fields import Entry, Reading
from abstool.inputs.references.numbers import pages
from abstool.inputs.references.people import group
from abstool.inputs.references.serials import serial_numbers
from abstool.inputs.references.tagged.lines import Pairs, TaggedLayout, split
from abstool.item import ItemName
from abstool.text import comparable

_DAMAGED = "PT|AU|AF|BA|BF|BE|CA|GP|TI|SO|SE|JI|J9|PY|PD|VL|IS|SU|MA|BP|EP|AR|DI|DT|PM|SN|EI|BN|UT"
_LAYOUT = TaggedLayout(
    re.compile(r"\ufeff?([A-Z][A-Z0-9])(?:[ \t](?![-–—:=][ \t]+\S)(.*)|$)"),
    re.compile(rf"[ \t\ufeff]{{0,2}}({_DAMAGED})[ \t]{{0,2}}[-–—:=][ \t]+(\S.*)"),
    frozenset({"PT"}),
    frozenset({"ER", "EF", "FN", "VR"}),
    separator="\n",
    texts=frozenset({"AB", "CR"}),
)
# Names are one per line; the lines of any other field are one text.
NAMED = frozenset(("AU", "AF", "BA", "BF", "BE", "CA", "GP", "C1"))
_TYPES = {"J": "article-journal", "S": "paper-conference", "C": "paper-conference"}
_TYPES |= {"P": "patent", "B": "book"}
_IDENTIFIER = re.compile(r"\s*\([^()@]*@[^()]*\)|,?\s*\d{4}-\d{4}-\d{4}-\d{3}[\dX]")


def entries(text: str) -> Iterator[Entry]:
    """Yield the line number of each entry with what reads it."""
    for part in split(text, _LAYOUT):
        yield part.line, partial(read_pairs, part.pairs, part.warnings)


def read_pairs(pairs: Pairs, warnings: Iterable[str] = ()) -> Reading:
    """Read the tags of an entry and their values."""
    fields = Fields(
        (tag, line)
        for tag, value in pairs
        for line in (value.split("\n") if tag in NAMED else [value.replace("\n", " ")])
    )
    kind, document = fields.peek("PT").upper(), fields.peek("DT")
    is_abstract = "meeting abstract" in document.lower()
    number = fields.take("MA")
    first, last = fields.take_number("BP"), fields.take_number("EP")
    page = pages(first, last) or fields.take("PS") or fields.take("AR")
    words = keywords(word.strip() for text in fields.take_all("DE ID") for word in text.split(";"))
    type_ = _type(fields, kind, document)
    values: dict[str, object] = {
        "type": type_,
        "author": _authors(fields),
        "editor": _people(fields, fields.take_all("BE ED")),
        "title": fields.take("TI"),
        "container-title": "" if type_ == "book" else fields.take("SO"),
        "container-title-short": fields.take("JI"),
        "collection-title": fields.take("SE"),
        "volume": fields.take_number("VL"),
        **_numbers(fields, type_),
        "page": page or (number and f"Abstract {number}"),
        "issued": _issued(fields),
        "event-title": fields.take("CT"),
        "event-place": fields.take("CL"),
        "event-date": fields.dated("CY"),
        "genre": "abstract" if is_abstract else "",
        "publisher": fields.take("PU"),
        "publisher-place": fields.take("PI"),
        "DOI": fields.doi("DI"),
        "PMID": fields.take("PM"),
        "language": fields.take("LA"),
        "abstract": fields.take("AB"),
        "keyword": words["keyword"],
        **serial_numbers(fields, "SN EI BN"),
    }
    values["custom"] = {
        "abstract_number": number,
        "keywords": words["keywords"],
        "affiliations": affiliations(fields.take_all("C1")),
    }
    return reading("wos", values, fields, warnings)


def _type(fields: Fields, kind: str, document: str) -> str:
    if (
        kind == "B"
        and "SO" in fields
        and comparable(fields.peek("SO")) != comparable(fields.peek("TI"))
    ):
        return "chapter"
    if kind == "S" and "CT" not in fields:
        return "article-journal" if "VL" in fields and "BN" not in fields else "chapter"
    if "proceedings paper" in document.lower() and "VL" not in fields:
        return "paper-conference"
    return _TYPES.get(kind, "article-journal" if "SO" in fields else "document")


def _numbers(fields: Fields, type_: str) -> dict[str, str]:
    """Return the issue with its part and supplement, ``3 pt 2``, or the number of a patent."""
    if type_ == "patent":
        return {"number": fields.take("PN IS")}
    issue, part = fields.take_number("IS"), fields.take("PN")
    issue = f"{issue} pt {part}".strip() if part else issue
    return {"issue": with_supplement(issue, fields.take("SU"))}


def _issued(fields: Fields) -> object:
    """Return the date; an article that is only online has that of "early access" (EA, EY)."""
    if date := fields.dated("PD", "PY"):
        return date
    return fields.dated("EA", "EY")


def _authors(fields: Fields) -> list[ItemName]:
    """Return the authors, then the groups; names are in full (AF, BF) where they have a comma.

    The group of a book (GP) is the organizer of its conference.
    """
    authors = _names(fields, fields.take_all("AU"), fields.take_all("AF"))
    if not authors:
        authors = _names(fields, fields.take_all("BA"), fields.take_all("BF"))
    groups = fields.take_all("CA") or ([] if authors else fields.take_all("GP"))
    return [*authors, *group(groups)]


def _names(fields: Fields, short: list[str], full: list[str]) -> list[ItemName]:
    if len(short) == len(full):
        full = [name if "," in name else other for other, name in zip(short, full, strict=True)]
    return _people(fields, [name for name in full or short if name != "[Anonymous]"])


def _people(fields: Fields, names: list[str]) -> list[ItemName]:
    return fields.people(_IDENTIFIER.sub("", name) for name in names)
