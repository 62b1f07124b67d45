"""Read the page's own citation: its authors, title, journal, year, volume, supplement and address.

    Family IN, Family IN. Title [abstract]. Journal. YEAR; VOLUME (suppl N). ADDRESS. Accessed DATE.
    AUTHORS. TITLE. Abstract published at MEETING. Abstract N. JOURNAL. ADDRESS. DATE.

The tail is read from the right, where its form is fixed; the authors from the left, where each is a
family name and capital initials. What lies between is the title.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from abstool.page import one_line
from abstool.parser.names import Evidence, from_citation, key

_ADDRESS = re.compile(r"\s*(https?://\S+?)[\s.]*$", re.IGNORECASE)
_ISSUE = re.compile(
    r"\s*(?P<year>(?:19|20)\d\d)\s*"
    r"(?:;\s*(?P<volume>[\w-]+))?\s*"
    r"(?:\(?\s*(?:suppl(?:ement)?\.?)\s*(?P<supplement>[\w-]*)\s*\)?|"
    r"\(\s*(?P<before>[\w-]+)\s+suppl\.?\s*\))?"
    r"\s*\.?\s*$",
    re.IGNORECASE,
)
_PUBLISHED_AT = re.compile(
    r"[.\s]*\bAbstract published at\s+(?P<meeting>.+?)\.\s+Abstract\s+[\w-]+\.\s+"
    r"(?P<journal>[^.]+)\.?\s*$"
)
_DATE = re.compile(r"(?<=\.)\s*(?:[A-Z][a-z]+ \d{1,2}(?:st|nd|rd|th)?,? \d{4})\.?\s*$")
_MARK = re.compile(r"\s*\[\s*abstract\s*\]\s*\.?\s*", re.IGNORECASE)
_ENDS_AUTHORS = re.compile(r"(?:[^\W\d_a-z]|\b(?:Jr|Sr|2nd|3rd))\.\s+(?=\S)")


@dataclass(frozen=True)
class PrintedCitation:
    """A printed citation: ``text`` whole but for its access date; absent parts are ``""``."""

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
    """Return the parts of a citation; ``title`` is the page's, "" where the page shows none."""
    whole = one_line(text)
    without_date = _without_access_date(whole)
    rest, url = _cut(_ADDRESS, without_date)
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


def _cut(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    match = pattern.search(text)
    return (text[: match.start()], match[1]) if match else (text, "")


def _split_tail(text: str) -> tuple[str, str, re.Match[str] | None]:
    """Split ``Head [abstract]. Journal. 2025; 77 (suppl 9).`` into head, journal and issue."""
    if published := _PUBLISHED_AT.search(text):
        return text[: published.start()], published["journal"], None
    marks = list(_MARK.finditer(text))
    if marks:
        head, tail = text[: marks[-1].start()], text[marks[-1].end() :]
    else:  # no mark: the journal is what stands between the last two full stops
        head, tail = "", text
    issue = re.search(r"(?<!\d)(?:19|20)\d\d\s*;.*$|(?<!\d)(?:19|20)\d\d\s*\.?\s*$", tail)
    matched = _ISSUE.match(issue[0]) if issue else None
    journal = tail[: issue.start()] if issue and matched else tail
    journal = journal.strip(" .;,")
    if not marks:
        head, _, journal = journal.rpartition(". ")
    return head, journal, matched


def _year_of_meeting(text: str) -> int:
    """Return the year in ``Abstract published at Hospital Medicine 2018``, 0 if there is none."""
    published = _PUBLISHED_AT.search(_cut(_ADDRESS, text)[0])
    years = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", published["meeting"]) if published else []
    return int(years[0]) if len(years) == 1 else 0


def _split_head(head: str, title: str) -> tuple[str, str]:
    """Split ``Authors. Title``; the page's title, where known, says where it begins."""
    wanted = key(title)
    if wanted:
        for stop in re.finditer(r"\.\s+|^", head):
            if key(head[stop.end() :]) == wanted:
                return head[: stop.start()], head[stop.end() :].strip()
    for stop in _ENDS_AUTHORS.finditer(head):
        authors = head[: stop.end()].rstrip(" .")
        if all(from_citation(name) for name in _names(authors)):
            return authors, head[stop.end() :].strip()
    return "", head.strip()


def _names(authors: str) -> list[str]:
    names: list[str] = []
    for piece in re.split(r"[,;]\s+", authors.strip(" ,.")):
        if names and re.fullmatch(r"(?:Jr|Sr|II|III|IV)\.?", piece):
            names[-1] = f"{names[-1]} {piece}"
        elif piece:
            names.append(piece)
    return names
