"""Convert items to rows of a table, for the formats that have rows and columns.

A cell is a text, an integer, a list of texts, or None if the item has no value. The first columns
are those of Rayyan, whose names ASReview reads as well; the others are useful in a review.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from abstool.formats.shared.losses import unwritten
from abstool.formats.shared.values import (
    affiliations_of,
    full_family,
    keywords_of,
    notes_of,
    session_of,
    tidy_names,
    tidy_texts,
    trials_of,
)
from abstool.item import Item, ItemName, custom_of, ends_of, iso_date, number_of, year_of
from abstool.text import paragraphs, plain, tidy

Cell = str | int | list[str] | None
FlatRow = dict[str, str | int | None]

# The name of each column, and the separator of a list that becomes one text.
COLUMNS = {
    **dict.fromkeys("key title year month day journal issn volume issue pages".split(), ""),
    "authors": " and ",
    **dict.fromkeys("url language publisher location abstract notes doi".split(), ""),
    "keywords": "; ",
    **dict.fromkeys("pubmed_id pmc_id abstract_number meeting".split(), ""),
    **dict.fromkeys([f"session_{part}" for part in ("title", "type", "date", "start", "end")], ""),
    "trials": "; ",
    "affiliations": "; ",
    "accessed": "",
    "source": "",
}
NUMBERS = ("year", "month", "day")

_VARIABLES = {
    "key": "id",
    "title": "title",
    "journal": "container-title",
    "issn": "ISSN",
    "volume": "volume",
    "issue": "issue",
    "pages": "page",
    "url": "URL",
    "language": "language",
    "publisher": "publisher",
    "location": "publisher-place",
    "doi": "DOI",
    "pubmed_id": "PMID",
    "pmc_id": "PMCID",
    "meeting": "event-title",
    "source": "source",
}
_WRITTEN = frozenset(_VARIABLES.values()) | frozenset(
    "issued author accessed abstract note keyword".split()
)
_AND = re.compile(r"\band\b", re.IGNORECASE)


def row(item: Item) -> dict[str, Cell]:
    """Return the cells of an item by column, in the order of the columns."""
    texts = tidy_texts(item)
    issued: list[int] = next(iter(ends_of(item.get("issued"))), [])
    issued = issued or [*filter(None, [year_of(item.get("issued"))])]
    accessed: list[int] = next(iter(ends_of(item.get("accessed"))), [])
    year, month, day = [*issued, None, None, None][:3]
    cells: dict[str, Cell] = {
        column: value if isinstance(value, str) else plain(tidy(value))
        for column, variable in _VARIABLES.items()
        if (value := texts.get(variable))
    }
    cells |= {f"session_{part}": text for part, text in session_of(item).items()}
    cells |= {
        "year": year,
        "month": month,
        "day": day,
        "authors": [_person(parts) for parts in tidy_names(item.get("author"))],
        "abstract": plain(paragraphs(item.get("abstract") or "")),
        "notes": "; ".join(notes_of(item)),
        "keywords": keywords_of(item),
        "abstract_number": number_of(item),
        "trials": trials_of(item),
        "affiliations": affiliations_of(item),
        "accessed": iso_date(accessed),
    }
    cells["meeting"] = cells.get("meeting") or tidy(custom_of(item).get("meeting") or "")
    return {column: cells.get(column) or None for column in COLUMNS}


def lost(item: Item) -> Iterator[str]:
    """Yield the names of an item's data that have no column, such as a season or end of a range."""
    yield from unwritten(item, _WRITTEN)
    if (issued := item.get("issued")) and (len(ends_of(issued)) != 1 or issued.get("season")):
        yield "issued"


def flat(cells: dict[str, Cell]) -> FlatRow:
    """Return cells in which each list is joined to one text."""
    return {
        column: COLUMNS[column].join(cell) if isinstance(cell, list) else cell
        for column, cell in cells.items()
    }


def _person(parts: ItemName) -> str:
    """Return ``Family, Given, Suffix``, or a group.

    Rayyan splits authors at every "and", so an "and" inside a name becomes "&".
    """
    family = full_family(parts, parts.get("family") or parts.get("literal"))
    whole = ", ".join(filter(None, (family, parts.get("given"), parts.get("suffix"))))
    return _AND.sub("&", whole) if "and" in whole.lower() else whole
