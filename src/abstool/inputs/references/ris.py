"""Read RIS with rispy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

import rispy
from rispy.config import TAG_KEY_MAPPING

from abstool.inputs.references.fields import (
    Entry,
    InvalidEntryError,
    Reading,
    date,
    doi,
    noted,
    pages,
    titled,
)
from abstool.item import Item, ItemDate, clean, join_keywords
from abstool.text import tidy

_TYPES = {
    "ABST": "article-journal",
    "ART": "graphic",
    "BILL": "bill",
    "BLOG": "post-weblog",
    "BOOK": "book",
    "CASE": "legal_case",
    "CHAP": "chapter",
    "COMP": "software",
    "CONF": "paper-conference",
    "CPAPER": "paper-conference",
    "DATA": "dataset",
    "DBASE": "dataset",
    "DICT": "entry-dictionary",
    "EBOOK": "book",
    "ECHAP": "chapter",
    "EDBOOK": "book",
    "EJOUR": "article-journal",
    "ELEC": "webpage",
    "ENCYC": "entry-encyclopedia",
    "GOVDOC": "report",
    "HEAR": "hearing",
    "INPR": "article-journal",
    "JFULL": "periodical",
    "JOUR": "article-journal",
    "MAP": "map",
    "MGZN": "article-magazine",
    "MPCT": "motion_picture",
    "NEWS": "article-newspaper",
    "PAMP": "pamphlet",
    "PAT": "patent",
    "PCOMM": "personal_communication",
    "RPRT": "report",
    "SLIDE": "speech",
    "STAND": "standard",
    "STAT": "legislation",
    "THES": "thesis",
    "UNPB": "manuscript",
    "VIDEO": "motion_picture",
}
# Each variable with rispy's names of its tags; the first one that is present counts.
_TEXTS = {
    "container-title": "secondary_title alternate_title3 journal_name alternate_title2",
    "container-title-short": "alternate_title1 alternate_title2",
    "collection-title": "tertiary_title",
    "volume": "volume",
    "publisher": "publisher",
    "publisher-place": "place_published",
    "edition": "edition",
    "language": "language",
    "abstract": "abstract notes_abstract",
    "source": "name_of_database",
    "title-short": "short_title",
    "id": "id",
}
_TAG = re.compile(r"[ \t\ufeff]*([A-Z][A-Z0-9]) {1,2}-(?: (.*)|)$")
_TAGS = TAG_KEY_MAPPING.keys() | {"ED"}
_FAMILY_AND_INITIALS = re.compile(r"((?:\S+ ){1,3})((?:[A-Z]\.?[ -]?){1,4})")
_ISSN = re.compile(r"\d{4}-\d{3}[\dXx]")


def entries(text: str) -> Iterator[Entry]:
    """Yield the line number of each entry with what reads it."""
    for line, lines, complete in _records(text):
        yield line, partial(_read, lines, complete=complete)


def _read(lines: list[str], *, complete: bool) -> Reading:
    if not complete:
        raise InvalidEntryError("invalid RIS (the entry has no ER line)")
    (record,) = rispy.loads(
        "\n".join(lines), list_tags=[*rispy.LIST_TYPE_TAGS], delimiter_tags_mapping={}
    )
    if item := _item(record):
        return Reading(item)
    raise InvalidEntryError("the entry is empty")


def _records(text: str) -> Iterator[tuple[int, list[str], bool]]:
    """Yield the line number of each entry, its lines for rispy, and whether it has an ER."""
    start = 0
    lines: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        tag = _TAG.match(line)
        if tag and tag[1] in _TAGS:
            line = f"{tag[1]}  - {tag[2] or ''}"  # noqa: PLW2901 - the same line, normalized
        if tag and tag[1] == "TY":
            if lines:
                yield start, lines, False
            start, lines = number, [line]
        elif lines:
            lines.append(line)
            if tag and tag[1] == "ER":
                yield start, lines, True
                lines = []
    if lines:
        yield start, lines, False


def _item(record: dict[str, Any]) -> Item:
    """Return the item of an entry; empty if the entry has nothing to cite."""

    def text(names: str) -> str:
        return next((tidy(record[name]) for name in names.split() if record.get(name)), "")

    kind = text("type_of_reference").upper()
    unknown = record.get("unknown_tag", {})
    editors = [*record.get("secondary_authors", []), *unknown.get("ED", [])]
    values: dict[str, object] = {variable: text(names) for variable, names in _TEXTS.items()}
    values |= titled(text("title primary_title"))
    values |= noted("; ".join(map(tidy, record.get("notes", []))), visited=False)
    work = text("type_of_work")
    values |= {
        "type": _TYPES.get(kind, "document"),
        "author": _people([*record.get("authors", []), *record.get("first_authors", [])]),
        "editor": _people(editors),
        "issue" if kind in ("JOUR", "ABST", "EJOUR", "MGZN", "INPR") else "number": text("number"),
        "page": _pages(text("start_page"), text("end_page")),
        "issued": _date(text("date"), text("year publication_year")),
        "accessed": _date(text("access_date")),
        "DOI": doi(text("doi") or (work if work.startswith("10.") else "")),
        "URL": next(iter(record.get("urls", [])), "").strip(),
        "keyword": join_keywords(map(tidy, record.get("keywords", []))),
        "genre": values.get("genre") or _genre(kind, work),
        **_serial_number(text("issn")),
    }
    if values["type"] == "paper-conference" and values["container-title"] == values.get(
        "event-title"
    ):
        values |= {"type": "speech", "container-title": ""}
    if values["container-title-short"] == values["container-title"]:
        del values["container-title-short"]
    item = clean(values)
    return item if item.keys() - {"type", "id"} else {}


def _genre(kind: str, work: str) -> str:
    if re.search(r"\babstract\b", work, re.IGNORECASE) or kind == "ABST":
        return "abstract"
    return work if kind in ("THES", "RPRT") else ""


def _serial_number(text: str) -> dict[str, str]:
    issn = _ISSN.search(text)
    return (
        {"ISSN": issn[0].upper()} if issn and len(text) < 13 + 2 * len(issn[0]) else {"ISBN": text}
    )


def _pages(first: str, last: str) -> str:
    return pages(first if not last or "-" in first or "–" in first else f"{first}-{last}")


def _date(*texts: str) -> ItemDate | None:
    """Return the first date with a year (``2025/10/28/``, ``2025 Oct``), or the last as it is."""
    for text in texts:
        year, month, day = [*re.split(r"[/\s-]+", text), "", "", ""][:3]
        if re.fullmatch(r"\d{4}", year):
            return date(year, month, day)
    return date(texts[-1])


def _people(names: list[str]) -> list[dict[str, str]]:
    return [_person(name) for text in names if (name := tidy(text))]


def _person(name: str) -> dict[str, str]:
    """Return the name in ``Family, Given, Suffix`` or ``Family AB``, or that of a group."""
    family, comma, rest = name.partition(",")
    if comma and rest.strip():
        given, _, suffix = rest.partition(",")
        return {"family": family.strip(), "given": given.strip(), "suffix": suffix.strip()}
    if not comma and (parts := _FAMILY_AND_INITIALS.fullmatch(name)):
        return {"family": parts[1].strip(), "given": parts[2].strip()}
    return {"literal": family.strip()}
