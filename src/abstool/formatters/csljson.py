"""CSL-JSON: the item every citation and export is made from, and the format ``csljson``.

In: records (``to_item``), or CSL-JSON items of other tools, which may hold nulls, raw dates or
numbers as text (``clean``). Out: items that agree with the CSL-data schema; what is absent is
left out. What CSL has no variable for is kept in ``custom``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import msgspec

from abstool.formatters._keys import key_of
from abstool.formatters._text import between
from abstool.record import Abstract, Author, Publication
from abstool.sites import site_of

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


def render(items: Sequence[Item]) -> Iterator[str]:
    """Yield each item as an indented JSON object."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    return (_indented(encode(item)) for item in items)


def _indented(text: str) -> str:
    """Return JSON as ``json.dumps`` indents it, which is slow in doing so."""
    try:
        return msgspec.json.format(text, indent=2)
    except UnicodeEncodeError:  # half a surrogate pair
        return json.dumps(json.loads(text), ensure_ascii=False, indent=2)


def document(entries: Iterable[str]) -> Iterator[str]:
    """Yield the pieces of one JSON array, the form every reader of CSL-JSON takes."""
    yield "["
    yield from between(entries, ",\n")
    yield "]\n"


def to_item(record: Abstract) -> Item:
    """Return the CSL-JSON item for a record.

    An abstract in a journal's supplement is an ``article-journal`` whose ``issue`` is
    ``suppl 9`` and whose ``page`` is ``Abstract 0848``, the form that most styles print whole.
    Without a journal it is a ``speech``, dated by its session.
    """
    publication = record.publication or Publication()
    session = record.session.to_dict() if record.session else {}
    site = site_of(record.site)
    keyword = join_keywords(record.keywords)
    in_journal = bool(publication.journal or publication.abbreviation)
    custom = {
        "abstract_number": record.number,
        "meeting": record.meeting,
        "society": site.society if site else "",
        "session": session,
        "first_published": record.first_published,
        "keywords": [] if split_keywords(keyword) == record.keywords else record.keywords,
        "affiliations": [place.to_dict() for place in record.affiliations],
        "trials": [trial.to_dict() for trial in record.trials],
    }
    item = {
        "type": "article-journal" if in_journal else "speech",
        "title": record.title,
        "author": [name for author in record.authors if (name := _name_of(author))],
        "container-title": publication.journal or publication.abbreviation,
        "container-title-short": publication.abbreviation,
        "journalAbbreviation": publication.abbreviation,
        "volume": publication.volume,
        "issue": publication.supplement and f"suppl {publication.supplement}",
        "page": record.number and f"Abstract {record.number}",
        "genre": "abstract",
        "issued": to_date((not in_journal and session.get("date")) or publication.year or ""),
        "ISSN": publication.issn,
        "URL": record.url,
        "accessed": to_date(record.accessed),
        "event-title": record.meeting,
        "keyword": keyword,
        "abstract": "\n\n".join(
            f"{section.label}: {section.text}" if section.label else section.text
            for section in record.sections
        ),
        "source": site.name if site else record.site,
        "custom": record.extra | _present(custom),
    }
    item = _present(item)
    return {"id": key_of(item), **item}


def _name_of(author: Author) -> dict[str, str]:
    if author.family:
        name = {"family": author.family}
        if author.given:
            name["given"] = author.given
        if author.suffix:
            name["suffix"] = author.suffix
        return name
    literal = author.literal or author.name or author.given
    return {"literal": literal} if literal else {}


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
    return _present(cleaned)


def _value(name: str, value: Any) -> Any:
    if name in NAMES:
        people = value if isinstance(value, list) else [value]
        return [clean for person in people if (clean := _name(person))]
    if name in DATES:
        return to_date(value)
    if isinstance(value, dict) and name not in _OBJECTS:
        return None
    return value


def _present(values: dict[str, Any]) -> dict[str, Any]:
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
