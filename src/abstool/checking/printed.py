"""Take a printed reference apart: only what has a form of its own, such as a URL or a date.

Each part that is found is replaced by a sign, so that no later pattern finds it again, and so that
what is left shows the style: ``A. T [L]. J. Y;V(suppl S). U. D.``
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from abstool.address import DOI_PREFIX, host_of
from abstool.dates import MONTHS, month_number
from abstool.item import ItemDate
from abstool.sites import SITES
from abstool.text import tidy

# Private characters, which ``Printed`` replaces in the text itself.
AUTHORS, TITLE, LABEL, NUMBER, JOURNAL, YEAR, VOLUME, SUPPLEMENT, URL, DATE = map(
    chr, range(0xE000, 0xE00A)
)
SIGNS = f"{AUTHORS}{TITLE}{LABEL}{NUMBER}{JOURNAL}{YEAR}{VOLUME}{SUPPLEMENT}{URL}{DATE}"
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_LONGEST = 20_000  # characters of a reference that are read

_HOSTS = "|".join(re.escape(site.host) for site in SITES)
_URL = re.compile(rf"(?:https?://|www\.|(?<![\w@.])(?=(?:{_HOSTS})/))[^\s<>\"“”]+", re.IGNORECASE)
_DOI = re.compile(rf"(?:doi\s*:?\s*)?\b{DOI_PREFIX}[^\s<>\"“”]+", re.IGNORECASE)
_AFTER_URL = ".,;:)]}>'\"”’"

_MONTH = rf"(?:{'|'.join(month[:3] for month in MONTHS)})[a-z]*\.?"
_DATES = (
    rf"(?P<month>{_MONTH})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})",
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?\s+(?P<month>{_MONTH}),?\s+(?P<year>\d{{4}})",
    rf"(?P<year>\d{{4}})\s+(?P<month>{_MONTH})(?:\s+(?P<day>\d{{1,2}}))?",
    rf"(?P<month>{_MONTH})\s+(?P<year>\d{{4}})",
    r"(?P<year>\d{4})-(?P<number>\d{1,2})(?:-(?P<day>\d{1,2}))?",
    r"\d{1,2}[./]\d{1,2}[./]\d{4}",  # day or month first
    r"(?P<year>\d{4})",
)
_ACCESS = re.compile(
    r"[(\[]?\b(?:(?:last\s+|date\s+)?(?:accessed|cited|retrieved|viewed|consulted|visited)"
    r"|access\s+date)\b(?:\s+(?:on|at))?\s*:?\s*",
    re.IGNORECASE,
)
_DATE = [re.compile(pattern, re.IGNORECASE) for pattern in _DATES]
_AFTER_DATE = re.compile(r",?\s+from\b:?|\s*[)\]]|\s*\.(?=\s|$)", re.IGNORECASE)

_LIST_NUMBER = re.compile(r"\A\s*(?:[\[(]\d{1,4}[\].)]+|\d{1,4}[.)]+)\s+")
_LABELLED = re.compile(
    r"(?:meeting\s+|conference\s+|poster\s+|congress\s+)?\babstract\b", re.IGNORECASE
)
_BRACKETED = re.compile(
    r"(?<=[(\[])\s*(?:meeting\s+|conference\s+)?abstract\s*(?=[)\]])", re.IGNORECASE
)
_NUMBER = re.compile(
    r"\babstr(?:act)?s?\b\.?\s*(?:(?:no|nr|num)\b\.?|number\b|id\b)?\s*[:#]?\s*#?"
    r"(?P<number>(?:(?-i:[A-Z]{1,4} )|[A-Z]{1,4}-?)?\d{1,6}(?:[.-]\d{1,4})*[A-Z]{0,3})\b"
    r"(?![;:]\s*\d)",
    re.IGNORECASE,
)
_SOCIETY = re.compile(
    rf"(?:{'|'.join(re.escape(site.society) for site in SITES)})\s+(?=$|{NUMBER})", re.IGNORECASE
)
_SUPPLEMENT = re.compile(
    r"\b(?P<word>suppl(?:ement)?\.?|supp\.)\s*(?:no\.?\s*)?(?P<number>[A-Z]?\d{1,3}[A-Z]?\b)?"
    r"|(?<=\()\s*S\s?(?P<short>\d{1,3})\s*(?=\))"
    r"|(?<=\()\s*(?P<before>\d{1,3})\s*suppl(?:ement)?\.?\s*(?=\))"
    r"|(?<=\d)\s+S(?P<bare>\d{1,2})\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d(?=[a-z]?\b)")
_FIRM_YEAR = re.compile(rf"(?<=\()\d{{4}}(?=[a-z]?\))|\b(?:19|20)\d\d(?=\s*[{DATE}]?\s*;)")


@dataclass(slots=True)
class Printed:
    """A reference with the parts that need no record to be found."""

    text: str
    urls: list[str] = field(default_factory=list)
    has_access_date: bool = False
    accessed: ItemDate | None = None
    is_labelled: bool = False
    number: str = ""

    def __init__(self, text: str) -> None:
        """Take the URLs and the access date out of a text."""
        self.urls = []
        self.number = ""
        self.has_access_date = False
        self.accessed = None
        text = unicodedata.normalize("NFC", _PRIVATE.sub("\ufffd", tidy(text[:_LONGEST])))
        self.text = _DOI.sub(self._url, _URL.sub(self._url, text))
        self._take_access_date()
        self.is_labelled = False

    def _url(self, match: re.Match[str]) -> str:
        url = match[0].rstrip(_AFTER_URL)
        self.urls.append(url)
        return URL + match[0][len(url) :]

    def _take_access_date(self) -> None:
        for match in _ACCESS.finditer(self.text):
            end, date = match.end(), None
            for pattern in _DATE:
                if found := pattern.match(self.text, match.end()):
                    end, date = found.end(), _date_of(found)
                    break
            rest = self.text[end:].strip()
            if date is None and rest and not rest.startswith((".", URL)):
                continue  # the word is one of the title's
            self.has_access_date = date is not None
            self.accessed = date or None
            after = _AFTER_DATE.match(self.text, end)
            self.text = (
                self.text[: match.start()] + DATE + self.text[after.end() if after else end :]
            )
            return

    def take_number(self) -> None:
        """Take the number of the abstract out of the text, which has no title any more."""
        self.is_labelled = _LABELLED.search(self.text) is not None
        if match := _NUMBER.search(self.text):
            self.number = match["number"]
            self.text = f"{self.text[: match.start()]}{NUMBER}{self.text[match.end() :]}"
            self.text = _SOCIETY.sub("", self.text)
        self.text = _BRACKETED.sub(LABEL, self.text)


def without_list_number(text: str) -> str:
    """Return a reference without the number that its list gives it."""
    return _LIST_NUMBER.sub("", text)


def _date_of(match: re.Match[str]) -> ItemDate:
    """Return a date in CSL's form; a date that could be read in two ways is returned in words."""
    found = match.groupdict()
    if not found.get("year"):
        return {"literal": match[0]}
    month = month_number(found.get("month") or "") or int(found.get("number") or 0)
    parts = [int(found["year"]), month, int(found.get("day") or 0)]
    return {"date-parts": [parts[: parts.index(0)] if 0 in parts else parts]}


def number_in(text: str) -> str:
    """Return the number of an abstract that a text prints anywhere, or ``""``."""
    match = _NUMBER.search(text)
    return match["number"] if match else ""


def years_in(text: str) -> set[int]:
    """Return all numbers of a text that can be years."""
    return {int(year) for year in _YEAR.findall(text)}


def take_supplement(text: str, wanted: str) -> tuple[str, str]:
    """Return the number of the supplement, and the text with a sign for it.

    If there are several, it is the one that is wanted, or else the first.
    """
    matches = [*_SUPPLEMENT.finditer(text)]
    if not matches:
        return "", text
    numbers = [
        (one["number"] or one["short"] or one["before"] or one["bare"] or "") for one in matches
    ]
    index = numbers.index(wanted) if wanted in numbers else 0
    match, number = matches[index], numbers[index]
    start = match.end() - len(match[0].rstrip()) if match["word"] is None else match.start()
    word = f"{match['word']} " if match["word"] else ""
    return number or match[0], f"{text[:start]}{word}{SUPPLEMENT}{text[match.end() :]}"


def take_year(text: str, wanted: str) -> tuple[str, str]:
    """Return the year of publication, or ``""``, and the text with a sign for it."""
    firm, all_ = [*_FIRM_YEAR.finditer(text)], [*_YEAR.finditer(text)]
    matches = firm or all_
    if not matches:
        return "", text
    match = next((one for one in matches if one[0] == wanted), matches[0])
    return match[0], f"{text[: match.start()]}{YEAR}{text[match.end() :]}"


def is_of_site(url: str) -> bool:
    """Return whether a URL, with or without a scheme, is on one of the sites of abstracts."""
    host = host_of(url if "//" in url else f"https://{url}")
    return any(host == site.host or host.endswith(f".{site.host}") for site in SITES)
