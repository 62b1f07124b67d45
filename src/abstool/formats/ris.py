"""Write RIS for Zotero, EndNote, Covidence, Rayyan and similar tools.

The order of the tags is one in which no reader overwrites a value with that of a later tag. An
abstract is a ``JOUR`` with the plain title, because tools find duplicates by their titles; ``M3``
says that it is an abstract.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from abstool.formats.shared.values import (
    affiliations_of,
    full_family,
    keywords_of,
    notes_of,
    tidy_names,
    tidy_texts,
)
from abstool.item import Item, ItemDate, ItemName, custom_of, ends_of, number_of
from abstool.text import between, plain, tidy

_TYPES = {
    "article": "GEN",
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "book": "BOOK",
    "chapter": "CHAP",
    "dataset": "DATA",
    "entry-dictionary": "DICT",
    "entry-encyclopedia": "ENCYC",
    "paper-conference": "CPAPER",
    "patent": "PAT",
    "post-weblog": "BLOG",
    "report": "RPRT",
    "review": "JOUR",
    "software": "COMP",
    "speech": "CPAPER",
    "thesis": "THES",
    "webpage": "ELEC",
}
_NUMBER = r"((?=\w*\d)\w+)"  # a word with a digit; \w*\d\w* takes quadratic time
_RANGE = re.compile(rf"{_NUMBER}\s*[-–]\s*{_NUMBER}")


def render(item: Item) -> str:
    """Return an item as an entry; its lines end with CR and LF, as the format requires."""
    lines = [f"{tag}  - {value}\r\n" for tag, value in _tags(item) if value]
    return "".join([*lines, "ER  - \r\n"])


def document(entries: Iterable[str]) -> Iterator[str]:
    """Yield the pieces of one file: the entries with blank lines between them."""
    return between(entries, "\r\n")


def _tags(item: Item) -> Iterator[tuple[str, str]]:
    """Yield tags with their values, which are empty if the item has none.

    ``IS`` follows ``AN``: JabRef reads both as the number and keeps the last one.
    """
    texts = tidy_texts(item)

    def text(variable: str) -> str:
        value = texts.get(variable)
        if isinstance(value, str):
            return value
        return plain(tidy(value)) if value else ""

    container, short = text("container-title"), text("container-title-short")
    in_journal = item.get("type") in ("article-journal", "article-magazine", "review")
    yield "TY", _TYPES.get(item.get("type", ""), "GEN")
    yield "ID", text("id")
    yield from (("AU", person) for person in _people(item.get("author")))
    yield from (("A2", person) for person in _people(item.get("editor")))
    yield "TI", text("title")
    yield "T2", container or (text("event-title") if item.get("type") == "speech" else "")
    yield "JF", container if in_journal else ""
    yield "J2", short
    yield "JA", short if in_journal else ""
    yield from _issued(item.get("issued"))
    yield "VL", text("volume")
    yield "AN", number_of(item)
    yield "IS", text("issue") or text("number")
    pages = _RANGE.fullmatch(text("page"))
    yield "SP", pages[1] if pages else text("page")
    yield "EP", pages[2] if pages else ""
    yield "ET", text("edition")
    yield "CY", text("publisher-place")
    yield "PB", text("publisher")
    yield "M3", "Meeting Abstract" if text("genre") == "abstract" else text("genre")
    yield "DB", text("source")
    yield "DP", tidy(custom_of(item).get("society") or "")
    yield "SN", text("ISSN") or text("ISBN")
    yield "DO", text("DOI")
    # Readers split URLs at semicolons.
    yield "UR", text("URL").replace(" ", "%20").replace(";", "%3B")
    yield "Y2", _date(item.get("accessed"))
    yield "LA", text("language")
    yield "AB", plain(tidy(item.get("abstract") or ""))
    yield from (("KW", word) for word in keywords_of(item))
    yield "N1", "; ".join(notes_of(item))  # only one, since ASReview keeps its own notes there
    yield "AD", "; ".join(affiliations_of(item))


def _people(names: list[ItemName] | None) -> list[str]:
    """Return names without the commas inside a part, since commas separate the parts."""
    return [_person(parts) for parts in tidy_names(names, without=",")]


def _person(parts: ItemName) -> str:
    """Return ``Family, Given, Suffix``, or ``Group,``.

    Without the comma readers would take the last word of a group for a family name.
    """
    family = full_family(parts, parts.get("family") or parts.get("literal"))
    given, suffix = parts.get("given", ""), parts.get("suffix", "")
    if not given:
        return f"{' '.join(filter(None, (family, suffix)))},"
    return ", ".join(filter(None, (family, given, suffix)))


def _issued(issued: ItemDate | None) -> Iterator[tuple[str, str]]:
    date = _date(issued)
    yield "PY", date[:4]
    yield "DA", "" if date.endswith("///") else date


def _date(date: ItemDate | None) -> str:
    """Return ``2025/10/28/``; month and day are empty if unknown."""
    year, *rest = [*(ends_of(date) or [[]])[0], 0][:3]
    month, day = [*(f"{part:02}" for part in rest if part), "", ""][:2]
    return f"{year:04}/{month}/{day}/" if year else ""
