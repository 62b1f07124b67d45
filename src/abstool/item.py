"""The CSL-JSON item: every citation and export is made from one.

In: items of other tools, which may hold nulls, raw dates or numbers as text (``clean``). Out: items
that agree with the CSL-data schema; what is absent is left out. What CSL has no variable for is
kept in ``custom``, where ``custom_of`` and its like read it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any

from abstool.text import tidy

Item = dict[str, Any]

TYPES = frozenset(
    "article article-journal article-magazine article-newspaper bill book broadcast chapter "
    "classic collection dataset document entry entry-dictionary entry-encyclopedia event figure "
    "graphic hearing interview legal_case legislation manuscript map motion_picture musical_score "
    "pamphlet paper-conference patent performance periodical personal_communication post "
    "post-weblog regulation report review review-book software song speech standard thesis treaty "
    "webpage".split()
)
NAMES = frozenset(
    "author chair collection-editor compiler composer container-author contributor curator "
    "director editor editorial-director editor-translator executive-producer guest host "
    "illustrator interviewer narrator organizer original-author performer producer recipient "
    "reviewed-author script-writer series-creator translator".split()
)
DATES = frozenset(
    "accessed available-date container event-date issued original-date submitted".split()
)
_OBJECTS = frozenset({"custom", "categories"})
_ISO_DATE = re.compile(r"(\d{4})(?:[-/](\d{1,2}))?(?:[-/](\d{1,2}))?(?:T.*)?")
PRESENTED = "Presented at: "
REGISTERED = "Trial registration: "

_ABSTRACT_PAGE = re.compile(r"abstract\s+(\S+)", re.IGNORECASE)


def join_keywords(words: Iterable[str]) -> str:
    """Return keywords as CSL's one text: with commas between them, unless one holds a comma."""
    listed = [word for word in words if word]
    return ("; " if any("," in word for word in listed) else ", ").join(listed)


def split_keywords(keyword: str) -> list[str]:
    """Return the keywords of CSL's one text: parted by semicolons, else by commas."""
    words = keyword.split(";" if ";" in keyword else ",")
    return [word for text in words if (word := text.strip())]


def clean(item: Item) -> Item:
    """Return an item with nulls and empty values dropped, its names and dates in CSL's form.

    Variables that CSL does not know pass unchanged.
    """
    cleaned = {name: _value(name, value) for name, value in item.items()}
    return present(cleaned)


def _value(name: str, value: Any) -> Any:
    if name in NAMES:
        people = value if isinstance(value, list) else [value]
        return [clean for person in people if (clean := _name(person))]
    if name in DATES:
        return to_date(value)
    if isinstance(value, dict) and name not in _OBJECTS:
        return None
    return value


def present(values: dict[str, Any]) -> dict[str, Any]:
    """Return only the values that say something; 0 does."""
    return {name: value for name, value in values.items() if value or value == 0}


def _name(person: Any) -> dict[str, Any]:
    """Return a name with only its known parts; a given name alone is printed whole."""
    if not isinstance(person, dict):
        return {"literal": person} if isinstance(person, str) and person.strip() else {}
    name = {
        part: value if isinstance(value, bool) else str(value)
        for part, value in person.items()
        if not isinstance(value, dict | list) and value not in (None, "")
    }
    if "family" not in name and "literal" not in name and "given" in name:
        return {"literal": name["given"]}
    return name if "family" in name or "literal" in name else {}


def to_date(value: Any) -> dict[str, Any] | None:
    """Return a date in CSL's form, from date-parts, an ISO date, a year, or any other wording.

    Parts that are no numbers, months above 12 and days above 31 are left out; wording that is
    no date is kept as ``literal``. None where nothing is left.
    """
    if isinstance(value, int | str):
        return _worded(str(value).strip())
    if not isinstance(value, dict):
        return None
    listed = value.get("date-parts")
    ends = [_parts(end) for end in listed[:2]] if isinstance(listed, list) else []
    if any(ends):
        date: dict[str, Any] | None = {"date-parts": [end for end in ends if end]}
    else:
        date = _worded(str(value.get("raw") or value.get("literal") or "").strip())
    if not date or "literal" in date:
        return date
    return date | {name: value[name] for name in ("circa", "season") if value.get(name)}


def _worded(wording: str) -> dict[str, Any] | None:
    """Return the date that a wording is; a wording that is none as it stands."""
    ends = [list(end) for end in _ends(wording) if end]
    if ends:
        return {"date-parts": ends}
    return {"literal": wording} if wording else None


@lru_cache
def _ends(wording: str) -> list[list[int]]:
    """Return the parts of an ISO date, or of both ends of a range; nothing for other wordings."""
    found = [_ISO_DATE.fullmatch(end.strip()) for end in wording.split("/")]
    if not all(found):
        found = [_ISO_DATE.fullmatch(wording)]
    return [_parts(match.groups()) for match in found[:2] if match]


def _parts(values: Any) -> list[int]:
    parts: list[int] = []
    if not isinstance(values, list | tuple):
        return parts
    checks: tuple[Callable[[int], bool], ...] = (
        bool,
        lambda month: 1 <= month <= 12,
        lambda day: 1 <= day <= 31,
    )
    for value, fits in zip(values, checks, strict=False):
        try:
            number = int(value)
        except (TypeError, ValueError):
            break
        if not fits(number):
            break
        parts.append(number)
    return parts


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
