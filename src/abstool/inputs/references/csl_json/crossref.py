"""Turn a work of Crossref's API into variables of CSL."""

from __future__ import annotations

import re

from abstool.inputs.references.fields import JsonObject, unescaped, with_subtitle
from abstool.inputs.references.normal import csl_markup
from abstool.item import TYPES

# Types of Crossref and DataCite that CSL does not know.
CROSSREF_TYPES = {
    "book-part": "chapter",
    "book-section": "chapter",
    "book-series": "book",
    "book-set": "book",
    "book-track": "chapter",
    "book-chapter": "chapter",
    "component": "document",
    "database": "dataset",
    "dissertation": "thesis",
    "edited-book": "book",
    "grant": "document",
    "journal": "periodical",
    "journal-article": "article-journal",
    "journal-issue": "periodical",
    "journal-volume": "periodical",
    "monograph": "book",
    "other": "document",
    "peer-review": "review",
    "posted-content": "article",
    "preprint": "article",
    "proceedings": "book",
    "proceedings-article": "paper-conference",
    "proceedings-series": "book",
    "reference-book": "book",
    "reference-entry": "entry",
    "report-component": "report",
    "report-series": "report",
}
LISTS = frozenset("title container-title ISSN ISBN original-title".split())
_RENAMED = {
    "short-container-title": "container-title-short",
    "short-title": "title-short",
    "article-number": "page",
    "edition-number": "edition",
    "publisher-location": "publisher-place",
    "report-number": "number",
}


def variables(data: JsonObject) -> dict[str, object]:
    """Return the variables of a work; those that Crossref shares with CSL stay as they are."""
    values: dict[str, object] = {}
    for name, value in data.items():
        if name in _RENAMED:
            values.setdefault(_RENAMED[name], first(value))
        elif name in LISTS:
            values[name] = first(value)
        else:
            values[name] = value
    page, number = data.get("page"), data.get("article-number")
    values |= {"page": page} if page else {}
    if page and number and number != page:
        kept = {"format": "crossref", "values": {"article-number": [str(number)]}}
        values.setdefault("custom", {"fields": kept})
    kind = str(values.get("type"))
    values["type"] = CROSSREF_TYPES.get(kind, kind if kind in TYPES else "document")
    _book_in_series(values, data.get("container-title"))
    for name in ("title", "container-title", "collection-title", "abstract", "publisher"):
        if isinstance(text := values.get(name), str):
            values[name] = unescaped(csl_markup(text)).strip()
    _institution(values, data)
    subtitle, title = first(data.get("subtitle")), values.get("title")
    if isinstance(subtitle, str) and isinstance(title, str) and subtitle not in ("", title):
        is_there = subtitle.casefold() in title.casefold()
        under = unescaped(csl_markup(subtitle)).strip()
        values["title"] = title if is_there else with_subtitle(title, under)
    event = data.get("event")
    if isinstance(event, dict):
        values |= {"event-title": event.get("name"), "event-place": event.get("location")}
    return values


def _book_in_series(values: dict[str, object], titles: object) -> None:
    """Name the book of a chapter: Crossref has the title of its series first, then the book's."""
    if values["type"] in ("chapter", "entry") and isinstance(titles, list) and len(titles) == 2:
        values["container-title"] = titles[1]
        values.setdefault("collection-title", titles[0])


def _institution(values: dict[str, object], data: JsonObject) -> None:
    """Name the university of a thesis, the server of a preprint, and the degree."""
    where = next(iter(listed(data.get("institution"))), {})
    if where.get("name") and values["type"] in ("thesis", "article", "report"):
        values["publisher"] = where["name"]
        values["publisher-place"] = first(where.get("place")) or values.get("publisher-place")
    degree = first(data.get("degree"))
    if isinstance(degree, str) and degree and values["type"] == "thesis":
        names_work = re.search(r"thes[ei]s|dissertation", degree, re.IGNORECASE)
        values["genre"] = degree if names_work else f"{degree} thesis"
    elif data.get("subtype") == "preprint" and values["type"] == "article":
        values["genre"] = "preprint"


def first(value: object) -> object:
    """Return the first value of a list, or a value that is not a list."""
    if isinstance(value, list):
        return value[0] if value else ""
    return value


def listed(value: object) -> list[JsonObject]:
    """Return the objects in a list; any other value has none."""
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []
