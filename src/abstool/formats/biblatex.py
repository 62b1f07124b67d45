"""Write biblatex for biber.

An abstract is an ``@article`` with the supplement as ``number``, the abstract's number as ``eid``
and ``[abstract]`` as ``titleaddon``, the fields that the standard styles print. Letters are UTF-8;
those that pdfLaTeX cannot read as UTF-8 (Greek, mathematical symbols) are macros.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from abstool.dates import SEASONS, in_words
from abstool.formats.bibtex import document
from abstool.formats.shared.bib import (
    entry,
    iso,
    key,
    lost,
    pages,
    people,
    percent_encoded,
    reader,
    text,
    type_of,
)
from abstool.formats.shared.kept import has_type, kind_of, with_kept
from abstool.formats.shared.latex import latex
from abstool.formats.shared.values import keywords_of, notes_of
from abstool.item import Item, ItemDate, season_of

__all__ = ["document", "key", "lost", "render"]

_TYPES = {
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "book": "book",
    "chapter": "incollection",
    "dataset": "dataset",
    "entry-dictionary": "inreference",
    "entry-encyclopedia": "inreference",
    "paper-conference": "inproceedings",
    "patent": "patent",
    "post-weblog": "online",
    "report": "report",
    "software": "software",
    "speech": "unpublished",
    "thesis": "thesis",
    "webpage": "online",
}
_CONTAINER = {
    "article": "journaltitle",
    "conference": "booktitle",
    "inbook": "booktitle",
    "incollection": "booktitle",
    "inproceedings": "booktitle",
    "inreference": "booktitle",
    "online": "organization",
}
_PUBLISHER = {"report": "institution", "thesis": "institution", "online": "organization"}
# The entries whose type the standard styles print.
_TYPED = frozenset(
    "booklet dataset manual mastersthesis misc patent phdthesis report software techreport "
    "thesis".split()
)
_SUPPLEMENT = re.compile(r"suppl(?:ement)?\.?\s+(?=\S)", re.IGNORECASE)
_PAGES = re.compile(r"\S*\d\S*(?:\s*[-–]\s*\S+)?")


def render(item: Item) -> str:
    """Return an item as an entry, with its id as the key."""
    kind = kind_of(item, _TYPES.get(item.get("type", ""), "misc"))
    return entry(kind, str(item["id"]), with_kept(item, _fields(kind, item)))


def _fields(kind: str, item: Item) -> Iterator[tuple[str, str]]:
    """Yield the fields with their values, which are empty if the item has none."""
    value = reader(item, utf8=True)
    yield "author", people(item.get("author"), utf8=True)
    yield "editor", people(item.get("editor"), utf8=True)
    yield "translator", people(item.get("translator"), utf8=True)
    title, genre = value("title"), value("genre")
    yield "title", title and f"{{{title}}}"
    if has_type(item, prints_type=kind in _TYPED):
        yield "type", type_of(kind, genre)
    else:
        yield "titleaddon", genre and f"[{genre}]"
    container = _CONTAINER.get(kind, "howpublished")
    yield container, value("container-title")
    if kind == "article" and (short := value("container-title-short")) != value("container-title"):
        yield "shortjournal", short
    if (publisher := _PUBLISHER.get(kind, "publisher")) != container or not value(
        "container-title"
    ):
        yield publisher, value("publisher")
    yield "location", value("publisher-place")
    yield "edition", value("edition")
    yield from _issued(item.get("issued", {}))
    yield "series", value("collection-title")
    yield "volume", value("volume")
    number = value("issue") or value("number") or value("collection-number")
    yield "number", _SUPPLEMENT.sub("Suppl.~", number)
    if page := value("page"):
        numbered = _PAGES.fullmatch(page)
        yield ("pages", pages(item.get("page"), utf8=True)) if numbered else ("eid", page)
    yield "issn", value("ISSN")
    yield "isbn", value("ISBN")
    yield "doi", percent_encoded(item.get("DOI"))
    yield "url", percent_encoded(item.get("URL"))
    yield "urldate", iso(item.get("accessed"))
    yield "keywords", ", ".join(_keyword(word) for word in keywords_of(item))
    yield "abstract", value("abstract")
    yield "note", latex(". ".join(notes_of(item, "bibtex")), utf8=True)


def _issued(issued: ItemDate) -> Iterator[tuple[str, str]]:
    """Yield the date in EDTF, whose months 21 to 24 are seasons, or the year in other words."""
    words = str(issued.get("literal") or "")
    date, found, season = iso(issued), in_words(words), season_of(issued)
    names = found.names.split("–") if found else [season]
    if "/" in date and season:  # Winter 2019/2020
        date, words = "", f"{season} {date.replace('/', '–')}"
    elif set(names) <= {*SEASONS}:
        years = [found.first, found.last] if found else [int(date)]
        seasons = [SEASONS.index(name) + 21 for name in names]
        ends = zip(years, seasons, strict=False)
        date, words = "/".join(f"{year:04}-{number}" for year, number in ends), ""
    yield "date", date
    yield "year", text(words, utf8=True)


def _keyword(word: str) -> str:
    """Return a keyword, in braces if it has a comma, which would split it."""
    written = text(word, utf8=True)
    return f"{{{written}}}" if "," in written else written
