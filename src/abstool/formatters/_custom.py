"""What an item says beyond CSL's variables, for the formats that have a place for it.

In: CSL-JSON items, whose ``custom`` may hold what ``csljson.to_item`` puts there, or anything
else of another tool's. Out: texts and lists of texts, empty where an item has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from abstool.formatters._text import tidy
from abstool.formatters.csljson import split_keywords

PRESENTED = "Presented at: "
REGISTERED = "Trial registration: "

_ABSTRACT_PAGE = re.compile(r"abstract\s+(\S+)", re.IGNORECASE)


def custom_of(item: dict[str, Any]) -> dict[str, Any]:
    """Return the item's ``custom``, empty where it has none of this form."""
    custom = item.get("custom")
    return custom if isinstance(custom, dict) else {}


def keywords_of(item: dict[str, Any]) -> list[str]:
    """Return the keywords; those in ``custom`` where CSL's one text cannot be split surely."""
    listed = custom_of(item).get("keywords")
    if isinstance(listed, list) and listed:
        return [tidy(word) for word in listed]
    return split_keywords(tidy(item.get("keyword") or ""))


def trials_of(item: dict[str, Any]) -> list[str]:
    """Return the ids of the trial registrations."""
    return list(_named(item, "trials", "id"))


def affiliations_of(item: dict[str, Any]) -> list[str]:
    """Return the names of the authors' affiliations, in printed order."""
    return list(_named(item, "affiliations", "name"))


def _named(item: dict[str, Any], key: str, name: str) -> Iterator[str]:
    parts = custom_of(item).get(key)
    for part in parts if isinstance(parts, list) else ():
        if isinstance(part, dict) and part.get(name):
            yield tidy(part[name])


def session_of(item: dict[str, Any]) -> dict[str, str]:
    """Return the session's texts: title, type, date, start, end."""
    session = custom_of(item).get("session")
    session = session if isinstance(session, dict) else {}
    return {key: tidy(value) for key, value in session.items() if isinstance(value, str)}


def number_of(item: dict[str, Any]) -> str:
    """Return the abstract's number as printed, also where it is known from the page alone."""
    page = _ABSTRACT_PAGE.fullmatch(tidy(item.get("page") or ""))
    return tidy(custom_of(item).get("abstract_number") or (page[1] if page else ""))


def notes_of(item: dict[str, Any]) -> list[str]:
    """Return what formats without a field for it put into a note: note, meeting, trials."""
    trials = ", ".join(trials_of(item))
    return [
        *filter(None, [tidy(item.get("note") or "")]),
        *(f"{PRESENTED}{meeting}" for meeting in [tidy(item.get("event-title") or "")] if meeting),
        *([f"{REGISTERED}{trials}"] if trials else []),
    ]
