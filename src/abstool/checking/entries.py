"""The parts of an entry of a reference file, each from its own fields.

An entry is never compared as a text: where its title ends is known, even if it is wrong.
``composed`` is only for people to read, and to recognise what kind of work an entry is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from abstool.checking.anatomy import Parts
from abstool.checking.journals import (
    abbreviates,
    names_meeting,
    names_of,
    names_other_meeting,
    pattern_of,
)
from abstool.checking.printed import number_in, take_supplement
from abstool.item import Item, ItemDate, ItemName, custom_of, ends_of, iso_date, number_of
from abstool.manuscripts.links import addresses_in, unique
from abstool.record import Abstract, Publication
from abstool.record.numbering import bare_number, year_of
from abstool.text import plain, tidy

_NUMBERED = re.compile(
    r"\W*(?P<label>(?:abstract|poster|oral)\b\s*(?:no\b\.?|number\b)?\s*)?#?\s*"
    r"(?P<number>[A-Z]{0,4}[\s-]?\d{1,6}[A-Z]?)\s*(?:[:.|)\]]|\s[-–—])\s+(?=\S)",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\s*[\[(](?:(?:meeting|conference|congress|poster) )?abstracts?\b\.?\s*"
    r"(?:(?:no|nr|number)\b\.?)?\s*:?\s*(?:#?\s?[A-Z]{0,4}[\s-]?\d[\w.-]{0,8})?[\])]\W*\Z",
    re.IGNORECASE,
)
# A note that is the number of this abstract, and does not refer to another one.
_NOTE = re.compile(
    r"(?:(?!(?i:see|cf|also|compare)\b)[A-Z][\w&/.]*\s|(?:of|and|the|for)\s){0,12}"
    r"(?i:abstracts?\b.{0,12}?)\d[\w.-]{0,10}\W*"
)
_VOLUME = re.compile(r"\d+")
_OF_ISSUE = re.compile(
    r"[\W\d_]*(?:\b(?:suppl\w*|vol\w*|no|issue)\b[\W\d_]*(?:s\d+\W*)?)*", re.IGNORECASE
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def composed(item: Item) -> str:
    """Return the data of an item on one line, with all authors."""
    number = number_of(item)
    volume, issue, journal = _text(item, "volume"), _text(item, "issue"), _journal(item)
    pieces = [
        ", ".join(_names(item)),
        plain(_text(item, "title")).rstrip("."),
        "[abstract]" if "abstract" in _text(item, "genre").casefold() else "",
        journal,
        f"{_year(item)}; {volume}".strip("; ") + (f" ({issue})" if issue else ""),
        f"Abstract {number}" if number else _text(item, "page"),
        _event(item) if not journal else "",
        _text(item, "URL"),
        _accessed(item.get("accessed")),
    ]
    return ". ".join(piece for piece in pieces if piece)


def parts_of(item: Item, record: Abstract) -> Parts:
    """Return the parts of an entry that means a record."""
    publication = record.publication or Publication()
    title = title_of(item, record.number)
    journal, is_right, rest = _judged_journal(_journal(item), publication)
    issue = _text(item, "issue")
    volume = _text(item, "volume")
    supplement, _ = take_supplement(f"{volume} ({issue}) {rest}", publication.supplement)
    names = _names(item)
    meeting = journal or _event(item)
    is_of_meeting = not is_right and names_meeting(meeting, record)
    return Parts(
        urls=[*addresses_of(item)],
        has_access_date=bool(item.get("accessed")),
        accessed=item.get("accessed") or None,
        head=", ".join(names),
        title=title,
        number=printed_number(item, record.number),
        is_labelled=True,  # the type of an entry says what it is, or nothing does
        journal=journal,
        is_journal_right=is_right,
        is_of_meeting=is_of_meeting,
        is_of_other_meeting=is_of_meeting and names_other_meeting(meeting, record),
        supplement=supplement,
        year=_chosen(_YEAR.findall(_year(item)), str(year_of(record) or "")),
        volume=_chosen(_VOLUME.findall(volume or rest), publication.volume),
        skeleton=" ".join(_others(item)),
        names=tuple(names),
    )


def addresses_of(item: Item) -> tuple[str, ...]:
    """Return the URLs and the DOI of an entry."""
    found = addresses_in(_text(item, "note"))
    return unique([_text(item, "URL"), _text(item, "DOI"), *found])


def title_of(item: Item, number: str = "") -> str:
    """Return the title of an entry without a label, and without a number of the abstract.

    A number without a label before the title is left out only if it is ``number``.
    """
    title = _LABEL.sub("", plain(_text(item, "title")))
    found = _numbered(title, number)
    return title[found.end() :] if found else title


def printed_number(item: Item, wanted: str = "") -> str:
    """Return the number of the abstract that an entry gives, in whichever field; else ``""``.

    ``wanted`` is the one that is right, which can stand before the title without a label.
    """
    if number := number_of(item):
        return number
    title = plain(_text(item, "title"))
    if found := _numbered(title, wanted):
        return found["number"]
    label = _LABEL.search(title)
    note = _text(item, "note")
    texts = [
        _text(item, "page"),
        note if _NOTE.fullmatch(note) else "",
        label[0] if label else "",
    ]
    return next((number for text in texts if (number := number_in(text))), "")


def _numbered(title: str, wanted: str) -> re.Match[str] | None:
    """Return the number of the abstract before a title: with a label, or the one that is right."""
    found = _NUMBERED.match(title)
    if found and (found["label"] or bare_number(found["number"]) == bare_number(wanted) != ""):
        return found
    return None


def years_of(item: Item) -> set[int]:
    """Return the years that an entry gives: of its issue, and of its meeting."""
    return {int(year) for year in _YEAR.findall(f"{_year(item)} {_event(item)}")}


def _text(item: Item, name: str) -> str:
    value = item.get(name)
    return tidy(value) if isinstance(value, str | int | float) else ""


def _journal(item: Item) -> str:
    return _text(item, "container-title") or _text(item, "container-title-short")


def _event(item: Item) -> str:
    return _text(item, "event-title") or _text(item, "event")


def _year(item: Item) -> str:
    date = item.get("issued") or {}
    return next((str(end[0]) for end in ends_of(date) if end), tidy(date.get("literal") or ""))


def _judged_journal(printed: str, publication: Publication) -> tuple[str, bool, str]:
    """Return the journal, whether it is right, and what else the field has: an issue."""
    pattern = pattern_of(names_of(publication))
    found = pattern.match(printed) if pattern else None
    if found and _OF_ISSUE.fullmatch(printed[found.end() :]):
        return found[0].rstrip("."), True, printed[found.end() :]
    return printed, abbreviates(printed, publication), ""


def _chosen(values: list[str], wanted: str) -> str:
    """Return the value that is wanted if it is there, or else the first."""
    return wanted if wanted in values else next(iter(values), "")


def _others(item: Item) -> Iterator[str]:
    """Yield the fields in which the number of an abstract may stand without a label."""
    for name in ("page", "note", "number", "collection-number"):
        yield _text(item, name)
    if not take_supplement(f"({_text(item, 'issue')})", "")[0]:
        yield _text(item, "issue")
    kept = custom_of(item).get("fields", {}).get("values")
    for name, value in kept.items() if isinstance(kept, dict) else ():
        yield str(value) if str(name).casefold().endswith("number") else ""


def _names(item: Item) -> list[str]:
    return [*filter(None, map(_name, item.get("author") or []))]


def _name(name: ItemName) -> str:
    family = tidy(name.get("family") or "")
    if not family:
        return tidy(name.get("literal") or "")
    particles = [tidy(name.get(f"{kind}dropping-particle") or "") for kind in ("", "non-")]
    given = re.split(r"[\s.\-‐‑]+", tidy(name.get("given") or ""))
    initials = "".join(word[0] for word in given if word)
    return " ".join(filter(None, [*particles, family, initials, tidy(name.get("suffix") or "")]))


def _accessed(date: ItemDate | None) -> str:
    if ends := ends_of(date):
        return f"Accessed {iso_date(ends[0])}"
    return ""
