"""The CSL-JSON item, from which every citation and export is made.

``clean`` converts an item from another tool, with its nulls, raw dates and single names, to the
form of the CSL-data schema. Data for which CSL has no variable are in ``custom``; variables that
neither CSL nor abstool knows are kept. Absent values are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TypedDict, TypeVar, cast

from abstool.dates import SEASONS, in_words
from abstool.text import tidy

# --- the types ------------------------------------------------------------------------------------

ItemName = TypedDict(
    "ItemName",
    {
        "family": str,
        "given": str,
        "suffix": str,
        "dropping-particle": str,
        "non-dropping-particle": str,
        "literal": str,
        "comma-suffix": bool,
        "static-ordering": bool,
        "parse-names": bool,
    },
    total=False,
)
ItemDate = TypedDict(
    "ItemDate",
    {
        "date-parts": list[list[int]],
        "season": str | int,
        "circa": str | int,
        "literal": str,
        "impossible": str,  # the text, until a warning says that a part of it was left out
        "ambiguous": str,  # the text whose day and month may be in either order, until the same
    },
    total=False,
)


class ItemCustom(TypedDict, total=False):
    """What abstool writes into ``custom``; other tools may write anything there."""

    abstract_number: str
    meeting: str
    society: str
    session: dict[str, object]
    first_published: str
    keywords: list[str]
    affiliations: list[dict[str, object]]
    fields: dict[str, object]  # what a reader of references did not turn into variables
    trials: list[dict[str, object]]


# The variables that abstool reads or writes by name; an item may have any others of CSL.
_Variables = TypedDict(
    "_Variables",
    {
        "DOI": str,
        "ISBN": str,
        "ISSN": str,
        "PMID": str,
        "URL": str,
        "abstract": str,
        "accessed": ItemDate,
        "author": list[ItemName],
        "container-title": str,
        "container-title-short": str,
        "editor": list[ItemName],
        "event": str,
        "event-title": str,
        "genre": str,
        "issue": str | float,
        "issued": ItemDate,
        "journalAbbreviation": str,
        "keyword": str,
        "language": str,
        "note": str,
        "page": str | float,
        "publisher": str,
        "source": str,
        "title": str,
        "translator": list[ItemName],
        "volume": str | float,
    },
    total=False,
)


class Item(_Variables, total=False):
    """A CSL-JSON item."""

    id: str | float
    type: str
    custom: ItemCustom


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
IDENTIFIERS = ("DOI", "PMID", "PMCID")
# Variables that say nothing of which work it is.
NAMELESS = frozenset(("id", "type", "custom", "genre", "source", "language"))

# --- cleaning -------------------------------------------------------------------------------------

_PLAIN, _NESTED, _EMPTY = (str, bool), (dict, list), (None, "")
_READ = NAMES | DATES
_OBJECTS = frozenset({"custom", "categories"})
_TOO_LONG = re.compile(r"\d{15}")  # digits, one more than in 20251028120000
_ISO_DATE = re.compile(r"(\d{4})(?:[-/](\d{1,2}))?(?:[-/](\d{1,2}))?(?:T.*)?")
_RANGES = ((-9999, 9999), (1, 12), (1, 31))  # of years, months and days; none is 0
_Values = TypeVar("_Values", bound=Mapping[str, object])


def clean(data: Mapping[str, object]) -> Item:
    """Return the data of an item without empty values, its names and dates in CSL's form.

    Variables that CSL does not know are returned unchanged.
    """
    found = {}
    for name, value in data.items():
        if not isinstance(value, str) or name in _READ:
            value = _value(name, value)  # noqa: PLW2901 - the same value
        if value or value == 0:
            found[name] = value
    return cast("Item", found)


def present(values: _Values) -> _Values:
    """Return the values without those that are empty; 0 is not."""
    found = {name: value for name, value in values.items() if value or value == 0}
    return cast("_Values", found)


def _value(name: str, value: object) -> object:
    if name in NAMES:
        people = value if isinstance(value, list) else [value]
        return [clean for person in people if (clean := _name(person))]
    if name in DATES:
        return to_date(value)
    if isinstance(value, dict) and name not in _OBJECTS:
        return None
    return value


def _name(person: object) -> ItemName:
    """Return a name with its known parts; a given name alone becomes the literal name."""
    if not isinstance(person, dict):
        return {"literal": person} if isinstance(person, str) and person.strip() else {}
    texts = person.values()
    if "family" in person and "" not in texts and {*map(type, texts)} == {str}:  # most names
        return cast("ItemName", dict(person))
    name = {
        part: value if isinstance(value, _PLAIN) else str(value)
        for part, value in person.items()
        if value not in _EMPTY and not isinstance(value, _NESTED)
    }
    if "family" not in name and "literal" not in name and "given" in name:
        return {"literal": str(name["given"])}
    return cast("ItemName", name if "family" in name or "literal" in name else {})


def to_date(value: object) -> ItemDate:
    """Return a date in CSL's form; the value has date-parts or is an ISO date, a year or words.

    Invalid parts (not a number, a year over 9999, a month over 12, a day over 31) and those after
    them are dropped. Words that are not a date become the ``literal``, but not a number that is
    longer than any date. An empty value gives an empty date.
    """
    if isinstance(value, int | str):
        return _worded(str(value).strip())
    if not isinstance(value, dict):
        return {}
    listed = value.get("date-parts")
    ends = [valid_parts(end) for end in listed[:2]] if isinstance(listed, list) else []
    if any(ends):
        date: ItemDate = {"date-parts": [end for end in ends if end]}
    else:
        date = _worded(str(value.get("raw") or value.get("literal") or "").strip())
    if date and "literal" not in date:
        if value.get("circa"):
            date["circa"] = value["circa"]
        if value.get("season"):
            date["season"] = value["season"]
    return date


def _worded(wording: str) -> ItemDate:
    """Return the date that a text gives in ISO's form, or the text as a literal date."""
    ends = [list(end) for end in _ends(wording) if end]
    if ends:
        return {"date-parts": ends}
    return {"literal": wording} if wording and not _TOO_LONG.search(wording) else {}


@lru_cache
def _ends(wording: str) -> list[list[int]]:
    """Return the parts of an ISO date, or of both ends of a range; [] for any other text."""
    found = [_ISO_DATE.fullmatch(end.strip()) for end in wording.split("/")]
    if not all(found):
        found = [_ISO_DATE.fullmatch(wording)]
    return [valid_parts(match.groups()) for match in found[:2] if match]


def valid_parts(values: object) -> list[int]:
    """Return year, month and day as numbers, up to the first that is missing or invalid."""
    parts: list[int] = []
    if not isinstance(values, list | tuple):
        return parts
    for value, (least, most) in zip(values, _RANGES, strict=False):
        try:
            number = int(value)
        except (TypeError, ValueError, OverflowError):  # OverflowError: infinity
            break
        if not number or not least <= number <= most:
            break
        parts.append(number)
    return parts


# --- reading --------------------------------------------------------------------------------------

PRESENTED = "Presented at: "  # before the meeting in a note
ET_AL = "et al."  # the literal name of people who are not listed, after those who are
_ABSTRACT_PAGE = re.compile(r"abstract\s+(\S+)", re.IGNORECASE)
# The second is what is left of the first where all dashes have become hyphens.
_HYPHENATED = re.compile(r"([\w-]+?)\s*–\s*([\w-]+)")
_OF_ONE_PART = re.compile(r"(\w+)-(\w+)-(\1-\w+)")
_YEAR_IN_WORDS = re.compile(r"(?<![\w-])[1-9]\d{3}(?![\w'’])")  # no decade: 1850s
_DOI_URL = r"(?i)^https?://(?:dx\.)?doi\.org/"


def join_keywords(words: Iterable[str]) -> str:
    """Return keywords as one text: with semicolons between them if one has a comma, else commas."""
    listed = [word for word in words if word]
    return ("; " if "," in "".join(listed) else ", ").join(listed)


def split_keywords(keyword: str) -> list[str]:
    """Return the keywords of one text, split at semicolons if it has any, else at commas."""
    words = keyword.split(";" if ";" in keyword else ",")
    return [word for text in words if (word := text.strip())]


def first_person(people: object) -> Mapping[str, object]:
    """Return the first of a list of people in JSON, or an empty object."""
    first = people[0] if isinstance(people, list) and people else None
    return first if isinstance(first, dict) else {}


def custom_of(item: Item) -> ItemCustom:
    """Return the item's ``custom``, empty if it has none or it is not an object."""
    custom = item.get("custom")
    return custom if isinstance(custom, dict) else {}


def number_of(item: Item) -> str:
    """Return the abstract's number as printed, from ``custom`` or a page like ``Abstract 0848``."""
    return tidy(custom_of(item).get("abstract_number") or number_on_page(item.get("page")))


def number_on_page(page: object) -> str:
    """Return the abstract's number from a page like ``Abstract 0848``, else ``""``."""
    found = _ABSTRACT_PAGE.fullmatch(tidy(page or ""))
    return found[1] if found else ""


def hyphenated_range(pages: str) -> tuple[str, str] | None:
    """Return the ends of a range of pages that have hyphens of their own, else None.

    An en dash joins them (``45-1–45-9``), unless all hyphens are alike (``45-1-45-9``).
    """
    if "–" in pages:
        match = _HYPHENATED.fullmatch(pages) if "-" in pages else None
        return (match[1], match[2]) if match else None
    match = _OF_ONE_PART.fullmatch(pages)
    return (f"{match[1]}-{match[2]}", match[3]) if match else None


def ends_of(date: ItemDate | None) -> list[list[int]]:
    """Return the two ends of a date range, or its one date: year, month and day as far as known."""
    return (date or {}).get("date-parts") or []


def year_of(date: ItemDate | None) -> int | None:
    """Return the first year of a date, which may be in words: ``Winter–Spring 2019``.

    None if it has none, or several of which either may be meant.
    """
    if ends := ends_of(date):
        return ends[0][0] if ends[0] else None
    words = str((date or {}).get("literal", ""))
    if found := in_words(words):
        return found.first
    years = {*_YEAR_IN_WORDS.findall(words)}
    return int(years.pop()) if len(years) == 1 else None


def season_of(date: ItemDate) -> str:
    """Return the name of the season of a year or of two, or ``""``."""
    season = str(date.get("season", ""))
    is_of_year = all(len(end) == 1 for end in ends_of(date))
    return SEASONS[int(season) - 1] if is_of_year and season in ("1", "2", "3", "4") else ""


def iso_date(end: list[int]) -> str:
    """Return one end of a date as an ISO date, as far as it is known."""
    return "-".join([f"{part:02}" for part in end])


def bare_doi(text: str) -> str:
    """Return a DOI without the URL of its resolver."""
    return text if text.startswith("10.") else re.sub(_DOI_URL, "", text)
