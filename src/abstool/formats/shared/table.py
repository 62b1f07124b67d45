"""Items as rows of one table, for the formats made of rows and columns.

In: CSL-JSON items. Out: rows of texts, whole numbers and lists of texts; None is absent. The
first columns are Rayyan's, by whose names ASReview reads as well; then comes what a review needs.
"""

from __future__ import annotations

import re
from typing import Any

from abstool.item import (
    affiliations_of,
    custom_of,
    keywords_of,
    notes_of,
    number_of,
    session_of,
    trials_of,
)
from abstool.text import paragraphs, plain, tidy, tidy_names, tidy_texts, with_particles

Cell = str | int | list[str] | None

# Name of each column, and what parts the texts of a list where a cell holds one text.
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
_AND = re.compile(r"\band\b", re.IGNORECASE)


def row(item: dict[str, Any]) -> dict[str, Cell]:
    """Return the cells of an item by the names of their columns, in the table's order."""
    texts = tidy_texts(item)
    year, month, day = [*_first(item.get("issued")), None, None, None][:3]
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
        "accessed": "-".join(f"{part:02}" for part in _first(item.get("accessed"))),
    }
    cells["meeting"] = cells.get("meeting") or tidy(custom_of(item).get("meeting") or "")
    return {column: cells.get(column) or None for column in COLUMNS}


def flat(cells: dict[str, Cell]) -> dict[str, str | int | None]:
    """Return cells with each list joined to one text."""
    return {
        column: COLUMNS[column].join(cell) if isinstance(cell, list) else cell
        for column, cell in cells.items()
    }


def _first(date: Any) -> list[int]:
    """Return year, month and day of a date, as far as they are known."""
    ends = date.get("date-parts") if isinstance(date, dict) else None
    return ends[0] if ends else []


def _person(parts: dict[str, str]) -> str:
    """Return ``Family, Given, Suffix``, or a group.

    Rayyan parts authors at each "and", so one inside a name is written as &.
    """
    family = with_particles(parts, parts.get("family") or parts.get("literal"))
    whole = ", ".join(filter(None, (family, parts.get("given"), parts.get("suffix"))))
    return _AND.sub("&", whole) if "and" in whole.lower() else whole
