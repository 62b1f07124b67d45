"""Find the meeting in the name of a journal, as Ovid, Embase and Cochrane write it."""

from __future__ import annotations

import re

from abstool.item import Item

_LONG = 1000  # characters that are read, to bound the time of patterns
_CONFERENCE = re.compile(r"\.\s*Conference:\s*(.+?)[\s.]*$", re.IGNORECASE | re.DOTALL)
_PLACE = re.compile(r"[^\W\d_][^\d.]*")


def journal_and_meeting(text: str) -> dict[str, str]:
    """Return the journal, meeting and place in ``Blood. Conference: Tea Meeting. United States.``.

    A text without a meeting is the name of a journal.
    """
    found = _CONFERENCE.search(text[:_LONG])
    if not found:
        return {"container-title": text}
    return {"container-title": text[: found.start()].strip(), **meeting_and_place(found[1])}


def meeting_and_place(text: str) -> dict[str, str]:
    """Return the meeting and its place in ``Tea Meeting. United States``."""
    name, _, place = text.rpartition(". ")
    if name and _PLACE.fullmatch(place.strip()):
        return {"event-title": name.strip(), "event-place": place.strip()}
    return {"event-title": text.strip()}


def take_meeting(item: Item) -> None:
    """Give an item the meeting that its journal names; one that it has already counts."""
    found = journal_and_meeting(item["container-title"])
    item["container-title"] = found.pop("container-title")
    for name, text in found.items():
        item.setdefault(name, text)  # type: ignore[misc]
