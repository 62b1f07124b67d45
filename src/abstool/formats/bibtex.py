"""Classic BibTeX, one entry an item, read alike by bibtex, pybtex, bibtexparser and Zotero.

In: CSL-JSON items. Out: ``@article`` with the supplement as ``number`` and the abstract's number
as ``pages``; no entry holds a raw line break or an unbalanced brace. Accents are macros, because
bibtex sorts, abbreviates and labels by bytes and would cut an UTF-8 letter in two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from abstool.formats.shared.bib import address, entry, iso, key, pages, people, reader, text
from abstool.formats.shared.latex import latex
from abstool.item import notes_of

__all__ = ["document", "key", "render"]

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
_CONTAINER = {"article": "journal", "incollection": "booktitle", "inproceedings": "booktitle"}
_PUBLISHER = {"phdthesis": "school", "techreport": "institution"}
_MONTHS = (
    "January February March April May June July August September October November December".split()
)


def render(item: dict[str, Any]) -> str:
    """Return an item as a BibTeX entry, with its id as the key."""
    kind = _TYPES.get(item.get("type", ""), "misc")
    return entry(kind, item["id"], _fields(kind, item))


def document(entries: Iterable[str]) -> Iterator[str]:
    """Yield the pieces of one file of the entries, a blank line apart."""
    for number, text_ in enumerate(entries):
        yield from ("\n", text_, "\n") if number else (text_, "\n")


def _fields(kind: str, item: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the names of the fields with their values, empty where the item has none."""
    value = reader(item)
    yield "author", people(item.get("author"))
    yield "editor", people(item.get("editor"))
    if title := value("title"):
        genre = value("genre") if kind in ("article", "misc") else ""
        yield "title", f"{{{title}}}{f' [{genre}]' if genre else ''}"
    container = value("container-title")
    if kind == "article":
        container = value("container-title-short") or container
    yield _CONTAINER.get(kind, "howpublished"), container
    yield _PUBLISHER.get(kind, "publisher"), value("publisher")
    yield "address", value("publisher-place")
    yield "edition", value("edition")
    yield from _issued(item)
    yield "volume", value("volume")
    yield "number", value("issue") or value("number")
    yield "pages", pages(item.get("page"))
    yield "issn", value("ISSN")
    yield "isbn", value("ISBN")
    yield "doi", address(item.get("DOI"))
    yield "url", address(item.get("URL"))
    yield "urldate", iso(item.get("accessed"))
    yield "keywords", value("keyword")
    yield "abstract", value("abstract")
    yield "note", latex(". ".join([*notes_of(item), *_visited(item)]))


def _issued(item: dict[str, Any]) -> Iterator[tuple[str, str]]:
    issued = item.get("issued", {})
    if not (ends := issued.get("date-parts")):
        yield "year", text(issued.get("literal"))
        return
    year, *rest = ends[0]
    yield "year", str(year)
    yield "month", _MONTHS[rest[0] - 1] if rest else ""


def _visited(item: dict[str, Any]) -> Iterator[str]:
    """Yield the date of access in words: styles print ``note``, and few of them ``urldate``."""
    parts = (item.get("accessed") or {}).get("date-parts", [[]])[0]
    if item.get("URL") and len(parts) == 3:
        yield f"Accessed {_MONTHS[parts[1] - 1]} {parts[2]}, {parts[0]}"
