"""Write classic BibTeX that bibtex, pybtex, bibtexparser and Zotero read in the same way.

An abstract is an ``@article`` with the supplement as ``number`` and the abstract's number as
``pages``. No entry has a raw line break or an unbalanced brace. Accents are macros, because bibtex
sorts, abbreviates and labels bytes and would split a UTF-8 letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from abstool.dates import MONTHS, in_words
from abstool.formats.shared.bib import (
    entry,
    iso,
    key,
    pages,
    people,
    percent_encoded,
    reader,
    text,
    type_of,
)
from abstool.formats.shared.bib import lost as _lost
from abstool.formats.shared.kept import has_type, kept_of, kind_of, with_kept
from abstool.formats.shared.latex import latex
from abstool.formats.shared.values import notes_of
from abstool.item import Item, ends_of, season_of

__all__ = ["document", "key", "lost", "render"]

_TYPES = {
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "book": "book",
    "chapter": "incollection",
    "entry-dictionary": "incollection",
    "entry-encyclopedia": "incollection",
    "paper-conference": "inproceedings",
    "report": "techreport",
    "thesis": "phdthesis",
}
_KINDS = frozenset(
    "article book booklet conference inbook incollection inproceedings manual mastersthesis misc "
    "phdthesis proceedings techreport unpublished".split()
)
_BOOKTITLES = ("conference", "inbook", "incollection", "inproceedings")
_CONTAINER = {"article": "journal"} | dict.fromkeys(_BOOKTITLES, "booktitle")
_TYPED = ("mastersthesis", "phdthesis", "techreport")  # styles print their type
_TITLED = ("article", "misc")  # the genre follows the title
_PUBLISHER = {"mastersthesis": "school", "phdthesis": "school", "techreport": "institution"}


def render(item: Item) -> str:
    """Return an item as a BibTeX entry, with its id as the key."""
    kind = _kind(item)
    return entry(kind, str(item["id"]), with_kept(item, _fields(kind, item)))


def lost(item: Item) -> Iterator[str]:
    """Yield the names of an item's data that are not written."""
    yield from _lost(item)
    if item.get("genre") and not kept_of(item) and _kind(item) not in (*_TYPED, *_TITLED):
        yield "genre"
    is_exact = any(len(end) == 3 for end in ends_of(item.get("issued")))
    if is_exact and not kept_of(item) and not _days(item):
        yield "issued"  # the days of a range of months


def _kind(item: Item) -> str:
    return kind_of(item, _TYPES.get(item.get("type", ""), "misc"), _KINDS)


def document(entries: Iterable[str]) -> Iterator[str]:
    """Yield the pieces of one file: the entries with blank lines between them."""
    for number, text_ in enumerate(entries):
        yield from ("\n", text_, "\n") if number else (text_, "\n")


def _fields(kind: str, item: Item) -> Iterator[tuple[str, str]]:
    """Yield the fields with their values, which are empty if the item has none."""
    value = reader(item)
    yield "author", people(item.get("author"))
    yield "editor", people(item.get("editor"))
    yield "translator", people(item.get("translator"))
    if title := value("title"):
        genre = value("genre") if kind in _TITLED else ""
        yield "title", f"{{{title}}}{f' [{genre}]' if genre else ''}"
    if has_type(item, prints_type=kind in _TYPED):
        yield "type", type_of(kind, value("genre"))
    container = value("container-title")
    if kind == "article":
        container = value("container-title-short") or container
    yield _CONTAINER.get(kind, "howpublished"), container
    yield _PUBLISHER.get(kind, "publisher"), value("publisher")
    yield "address", value("publisher-place")
    yield "edition", value("edition")
    yield from _issued(item)
    yield "series", value("collection-title")
    yield "volume", value("volume")
    yield "number", value("issue") or value("number") or value("collection-number")
    yield "pages", pages(item.get("page"))
    yield "issn", value("ISSN")
    yield "isbn", value("ISBN")
    yield "doi", percent_encoded(item.get("DOI"))
    yield "url", percent_encoded(item.get("URL"))
    yield "urldate", iso(item.get("accessed"))
    yield "keywords", value("keyword")
    yield "abstract", value("abstract")
    yield "note", latex(". ".join([*notes_of(item, "bibtex"), *_visited(item)]))


def _issued(item: Item) -> Iterator[tuple[str, str]]:
    """Yield the year and, as styles print it before that, the months or the season."""
    issued = item.get("issued", {})
    ends = ends_of(issued)
    words = str(issued.get("literal") or "")
    if ends:
        years = [str(end[0]) for end in ends]
        months = [MONTHS[end[1] - 1] for end in ends if len(end) > 1] or [season_of(issued)]
    elif found := in_words(words):
        years, months = [str(found.first), str(found.last)], found.names.split("–")
    else:
        years, months = [text(words)], []
    is_one_year = len({*years}) == 1
    yield "year", "--".join(dict.fromkeys(years))
    yield "month", "--".join(dict.fromkeys(months) if is_one_year else months)
    yield "day", _days(item)


def _days(item: Item) -> str:
    """Return the day of a date, or those of a range within a month; "" if the entry has its own."""
    ends = [] if kept_of(item) else ends_of(item.get("issued"))
    is_in_month = len({(*end[:2],) for end in ends}) == 1
    days = [str(end[2]) for end in ends if len(end) == 3]
    return "--".join(days) if is_in_month and len(days) == len(ends) else ""


def _visited(item: Item) -> Iterator[str]:
    """Yield the access date in words for the note, because few styles print ``urldate``."""
    parts = next(iter(ends_of(item.get("accessed"))), ())
    if item.get("URL") and len(parts) == 3:
        yield f"Accessed {MONTHS[parts[1] - 1]} {parts[2]}, {parts[0]}"
