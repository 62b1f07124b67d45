"""The names of a record's journal and meeting, as references print them."""

from __future__ import annotations

import re
from functools import lru_cache

from abstool.matching.search import searchable
from abstool.record import Abstract, Publication
from abstool.sites import journal_of, site_of
from abstool.text import fold, tidy

_MEETING = re.compile(
    r"\b(?:presented (?:at|in)|annual (?:scientific )?(?:meeting|conference|congress)"
    r"|scientific (?:meeting|sessions?))\b",
    re.IGNORECASE,
)
_SHORT_NAME = re.compile(r"\b(?!USA\b)[A-Z]{3,8}\b")  # EULAR, but not a state or country


@lru_cache(maxsize=256)
def pattern_of(names: tuple[str, ...]) -> re.Pattern[str] | None:
    """Return a pattern of the names of one journal, with or without full stops."""
    forms = []
    for name in sorted({name for name in names if name}, key=len, reverse=True):
        words = [word for word in re.split(r"[\s.]+", name) if word]
        spelled = ["(?:&|and)" if word in ("&", "and") else re.escape(word) for word in words]
        forms.append(r"[\s.]+".join(spelled))
    pattern = rf"(?<!\w)(?:the\s+)?(?:{'|'.join(forms)})(?![\w])\.?(?:\s*\((?:Hoboken)[^()]*\))?"
    return re.compile(pattern, re.IGNORECASE) if forms else None


def names_of(publication: Publication) -> tuple[str, ...]:
    """Return the names of the journal of a record, in full and abbreviated."""
    known = journal_of(publication.abbreviation) or journal_of(publication.journal)
    names = [publication.journal, publication.abbreviation]
    return tuple(map(tidy, [*names, *(known[:2] if known else ())]))


def begins_with_journal(text: str, publication: Publication | None) -> bool:
    """Return whether a text begins with the name of the journal of a record."""
    pattern = pattern_of(names_of(publication or Publication()))
    return pattern is not None and pattern.match(text.lstrip()) is not None


def names_meeting(tail: str, record: Abstract) -> bool:
    """Return whether a text names the meeting of a record, which need not have a journal then."""
    name = _without_years(record.meeting)
    return bool(_MEETING.search(tail)) or (name.strip() != "" and name in f" {searchable(tail)} ")


def _without_years(meeting: str) -> str:
    """Return the name of a meeting as words between spaces."""
    return f" {searchable(' '.join(part for part in meeting.split() if not part.isdigit()))} "


def names_other_meeting(text: str, record: Abstract) -> bool:
    """Return whether a text names a meeting that has another short name than that of a record."""
    if not record.meeting or _without_years(record.meeting) in f" {searchable(text)} ":
        return False
    site = site_of(record.site)
    own = f"{record.meeting} {site.name if site else ''} {record.site}".casefold()
    names = [*_SHORT_NAME.findall(text)]
    return bool(names) and not any(name.casefold() in own for name in names)


def abbreviates(name: str, publication: Publication) -> bool:
    """Return whether a name shortens each word of the journal's, and is not another journal's."""
    full = [word for word in fold(publication.journal).split() if word not in ("&", "and", "of")]
    words = [w for w in re.split(r"[\s.]+", fold(name)) if w and w not in ("&", "and", "of")]
    return (
        bool(words)
        and journal_of(name) is None
        and len(words) == len(full)
        and all(a.startswith(b) for a, b in zip(full, words, strict=True))
    )
