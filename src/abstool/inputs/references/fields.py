"""Convert the fields that BibTeX and RIS have in common to CSL-JSON variables."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from abstool.dates import month_number
from abstool.errors import printable
from abstool.item import PRESENTED, Item, ItemDate, bare_doi, to_date

_PRESENTED = re.compile(rf"(?:^|(?<=[.;]\s)){re.escape(PRESENTED)}(.+?)(?=[.;]\s|[.;]?$)")
_VISITED = re.compile(r"(?:^|(?<=[.;]\s))Accessed [A-Z][a-z]+ \d{1,2}, \d{4}\.?$")
_DESIGNATION = re.compile(r"\s*[\[(](?:meeting )?abstract[\])]\.?$", re.IGNORECASE)
_DOI_LABEL = re.compile(r"^doi:\s*", re.IGNORECASE)
_DASH = re.compile(r"(?<=\w)\s*(?:-{2,}|[–—])\s*(?=\w)")


class InvalidEntryError(Exception):
    """An entry cannot be read, or the whole file; the message says why."""


class Reading(NamedTuple):
    """The item of an entry, with what the user should check.

    ``warnings`` are printed for each entry; those in ``once`` only for the first entry of a file
    that has the same text, since a file often has the same doubt in thousands of entries.
    ``abstract``, if given, reads the abstract and what to warn of in it once; it is called only if
    the abstract is needed, because decoding it takes longer than the rest of the entry.
    """

    item: Item
    warnings: tuple[str, ...] = ()
    once: tuple[str, ...] = ()
    abstract: Callable[[], tuple[str, tuple[str, ...]]] | None = None


# The line that an entry begins on, and what reads it or raises InvalidEntryError.
Entry = tuple[int, Callable[[], Reading]]


def wording(text: str) -> str:
    """Return the text of a date; raise InvalidEntryError if no date has so many digits."""
    if text.strip() and not to_date(text):
        raise InvalidEntryError(f"the date {printable(text, limit=40)!r} is not valid")
    return text


def date(year: str, month: str = "", day: str = "") -> ItemDate | None:
    """Return a date from its parts; text without a year becomes a literal date.

    The month is a number or a word, and may include the day: ``10~oct``, ``October 10``.
    """
    if not (found := re.search(r"(?<!\d)\d{4}(?!\d)", year)):
        return {"literal": wording(year)} if year else None
    numbers = re.findall(r"\d+", month)
    if word := re.search(r"[A-Za-z]{3}", month):
        numbers = [str(month_number(word[0])), *numbers]
    parts = [int(found[0])]
    for number, limit in zip([*numbers, *re.findall(r"\d+", day)], (12, 31), strict=False):
        value = int(number[:9])  # Python refuses to convert thousands of digits
        if not 1 <= value <= limit:
            break
        parts.append(value)
    return {"date-parts": [parts]}


def doi(text: str) -> str:
    """Return a DOI without the URL or label before it."""
    return _DOI_LABEL.sub("", bare_doi(text))


def pages(text: str) -> str:
    """Return pages with a hyphen in ranges, as in CSL."""
    return _DASH.sub("-", text)


def titled(title: str) -> dict[str, str]:
    """Return a title, and the genre if it ends with "[abstract]", so that styles print it once."""
    bare = _DESIGNATION.sub("", title)
    return {"title": bare, "genre": "abstract"} if bare and bare != title else {"title": title}


def noted(note: str, *, visited: bool) -> dict[str, str]:
    """Return a note and the meeting that it names.

    The date of the visit is removed from the note if another field has it (``visited``).
    """
    if visited:
        note = _VISITED.sub("", note)
    meeting = _PRESENTED.search(note)
    if meeting:
        note = note[: meeting.start()] + note[meeting.end() :]
    values = {"note": note.strip(" .;"), "event-title": meeting[1] if meeting else ""}
    return {name: value for name, value in values.items() if value}
