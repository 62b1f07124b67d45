"""Read the page's own citation: its authors, title, journal, year, volume, supplement and URL.

    Family IN, Family IN. Title [abstract]. Journal. YEAR; VOLUME (suppl N). URL. Accessed DATE.
    AUTHORS. TITLE. Abstract published at MEETING. Abstract N. JOURNAL. URL. DATE.

The tail has a fixed form and is read from the right; the authors, each a family name and capital
initials, are read from the left. The title is the text in between.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice

from abstool.names import GENERATIONS
from abstool.page import one_line
from abstool.parser.people.bylines import is_group
from abstool.parser.people.names import Evidence, from_citation, key

_URL = re.compile(r"https?://\S", re.IGNORECASE)
_ISSUE = re.compile(
    r"\s*(?P<year>(?:19|20)\d\d)\s*"
    r"(?:;\s*(?P<volume>[\w-]{1,20}))?\s*"
    r"(?:\(?\s*(?:suppl(?:ement)?\.?)\s*(?P<supplement>[\w-]{0,20})\s*\)?|"
    r"\(\s*(?P<before>[\w-]{1,20})\s+suppl\.?\s*\))?"
    r"\s*\.?\s*$",
    re.IGNORECASE,
)
_PUBLISHED_AT = re.compile(
    r"\bAbstract published at\s+(?P<meeting>.{1,200}?)\.\s+Abstract\s+[\w-]{1,20}\.\s+"
    r"(?P<journal>[^.]{1,200})\.?\s*$"
)
_DATE = re.compile(r"(?<=\.)\s*(?:[A-Z][a-z]+ \d{1,2}(?:st|nd|rd|th)?,? \d{4})\.?\s*$")
_MARK = re.compile(r"\s*\[\s*abstract\s*\]\s*\.?\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"[,;]\s+")  # authors
_SUFFIX = re.compile(rf"(?:{'|'.join(GENERATIONS)})\.?")
_MOST_STOPS = 100  # full stops tried as the end of the authors: St. Clair EW, van der Meer J. W.


@dataclass(frozen=True)
class PrintedCitation:
    """A printed citation; ``text`` is all of it except the access date, absent parts are ``""``."""

    text: str
    authors: tuple[str, ...] = ()
    title: str = ""
    journal: str = ""
    year: int = 0
    volume: str = ""
    supplement: str = ""
    url: str = ""
    evidence: tuple[Evidence | None, ...] = field(default=())


def read(text: str, title: str = "") -> PrintedCitation:
    """Return the parts of a citation; ``title`` is the page's own, "" if it has none."""
    without_date = _without_access_date(one_line(text))
    rest, url = _cut_url(without_date)
    printed = without_date.rstrip(" .") + "." if without_date else ""
    head, journal, issue = _split_tail(rest)
    authors, cited_title = _split_head(head, title)
    names = tuple(_names(authors))
    return PrintedCitation(
        text=printed,
        authors=names,
        title=cited_title,
        journal=journal,
        year=int(issue["year"]) if issue else _year_of_meeting(without_date),
        volume=(issue["volume"] or "") if issue else "",
        supplement=(issue["supplement"] or issue["before"] or "") if issue else "",
        url=url,
        evidence=tuple(from_citation(name) for name in names),
    )


def _without_access_date(text: str) -> str:
    start = text.rfind("Accessed")
    return text[:start] if start > 0 and len(text) - start < 40 else _DATE.sub("", text)


def _cut_url(text: str) -> tuple[str, str]:
    """Split the text into the part before its final URL and the URL, "" without one."""
    text = text.rstrip(" .")
    url = _URL.search(text, text.rfind(" ") + 1)
    return (text[: url.start()].rstrip(), text[url.start() :]) if url else (text, "")


def _split_tail(text: str) -> tuple[str, str, re.Match[str] | None]:
    """Split ``Head [abstract]. Journal. 2025; 77 (suppl 9).`` into head, journal and issue."""
    if published := _published_at(text):
        return text[: published.start()].rstrip(" ."), published["journal"], None
    marks = list(_MARK.finditer(text))
    if marks:
        head, tail = text[: marks[-1].start()], text[marks[-1].end() :]
    else:  # no mark: the journal is between the last two full stops
        head, tail = "", text
    issue = re.search(r"(?<!\d)(?:19|20)\d\d\s*;.*$|(?<!\d)(?:19|20)\d\d\s*\.?\s*$", tail)
    matched = _ISSUE.match(issue[0]) if issue else None
    journal = tail[: issue.start()] if issue and matched else tail
    journal = journal.strip(" .;,")
    if not marks:
        head, _, journal = journal.rpartition(". ")
    return head, journal, matched


def _published_at(text: str) -> re.Match[str] | None:
    return _PUBLISHED_AT.search(text) if "Abstract published at" in text else None


def _year_of_meeting(text: str) -> int:
    """Return the year in ``Abstract published at Hospital Medicine 2018``, 0 without one."""
    published = _published_at(_cut_url(text)[0])
    years = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", published["meeting"]) if published else []
    return int(years[0]) if len(years) == 1 else 0


def _split_head(head: str, title: str) -> tuple[str, str]:
    """Split ``Authors. Title``, where the page's own ``title`` begins if it is known."""
    start = _title_start(head, key(title))
    if start is not None:
        return head[:start].rstrip(" ."), head[start:].strip()
    for stop in islice(re.finditer(r"\.\s+", head), _MOST_STOPS):
        *others, last = _names(head[: stop.start()]) or [""]
        ends = from_citation(last) or (others and is_group(last))
        if ends and all(map(from_citation, others)):
            return head[: stop.start()], head[stop.end() :].strip()
    return "", head.strip()


def _title_start(head: str, title: str) -> int | None:
    """Return the offset of the title in the text, which ends with it; None if it does not.

    ``title`` is a ``key``. The sentences are compared from the end.
    """
    end, length = len(head), 0
    for start in reversed([0, *(stop.end() for stop in re.finditer(r"\.\s+", head))]):
        length += len(key(head[start:end]))
        end = start
        if length >= len(title):
            return start if title and key(head[start:]) == title else None
    return None


def _names(authors: str) -> list[str]:
    names: list[list[str]] = []
    for piece in _BETWEEN.split(authors.strip(" ,.")):
        if names and _SUFFIX.fullmatch(piece):
            names[-1].append(piece)
        elif piece:
            names.append([piece])
    return [" ".join(pieces) for pieces in names]
