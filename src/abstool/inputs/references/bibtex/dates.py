"""Read the dates of BibTeX and biblatex (EDTF): ranges, seasons, words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from abstool.dates import MONTHS, in_words, month_number
from abstool.errors import printable
from abstool.inputs.references.dates.agreement import agree, contradiction
from abstool.inputs.references.dates.printed import (
    edtf,
    has_other_words,
    months_named,
    parts_of,
    printed,
    range_of_years,
)
from abstool.inputs.references.fields import date, says_something, wording
from abstool.inputs.references.web_addresses import VISIT, WEEKDAY, accessed_in
from abstool.item import ItemDate, ends_of, iso_date, to_date

_YEAR = re.compile(r"[1-9][0-9]{3}")
_FULL = re.compile(r"(\d{4})[-/](\d{1,2})(?:[-/](\d{1,2}))?(?:T.*)?")
_MONTH_FIRST = re.compile(r"(0?[1-9]|1[0-2])[/.-](\d{4})")  # 03/2020
_DECADE = re.compile(r"(\d{3})[Xu]", re.IGNORECASE)
_UNKNOWN_PARTS = re.compile(r"(?:-(?:XX|uu|00)){1,2}$", re.IGNORECASE)
_ABOUT = re.compile(r"\b(?:c|ca|circa)\b\.?\s*(?=\d{4})|(?<!\w)c(?=\d{4})", re.IGNORECASE)
_NAMES = "|".join(f"{month[:3]}[a-z]*" for month in MONTHS)
_DAYS = r"(\d{1,2})(?:st|nd|rd|th)?"
_DAYS_ONLY = re.compile(rf"\s*{_DAYS}\.?(?:\s*(?:-{{1,3}}|[–—/&,]|and)\s*{_DAYS}\.?)?\s*")
_VISITED = re.compile(
    r"[\[(]?\b(?:(?:online|internet)\s*[;,:]\s*)?(?:last\s+)?(?:accessed|visited|retrieved|checked)"
    rf"(?:\s+on)?\s*:?\s*(?:the\s+)?{WEEKDAY}"
    rf"(?:(?P<iso>\d{{4}}-\d{{1,2}}-\d{{1,2}})|{_DAYS}[\s.-]+(?P<after>{_NAMES})\.?,?[\s-]+(?P<year1>\d{{4}})"
    rf"|(?P<before>{_NAMES})\.?\s+{_DAYS},?\s+(?P<year2>\d{{4}}))[\])]?\.?",
    re.IGNORECASE,
)
# A date in brackets beside a URL, which is that of the visit.
_IN_BRACKETS = re.compile(
    rf"\[((?:\d{{1,2}}[.]\d{{1,2}}[.]|\d{{1,2}}\.? (?:{_NAMES})\.? )\d{{4}}|\d{{4}}-\d\d-\d\d)\]",
    re.IGNORECASE,
)
_BEFORE_CHRIST = re.compile(r"(?:^|/)\s*-(?=\d{4})")


def issued(written: str, year: str, month: str, day: str) -> ItemDate | None:
    """Return the date of publication from ``date``, or from ``year``, ``month`` and ``day``."""
    found = _issued(written, year, month, day)
    if found and "season" in found:
        found["season"] = int(found["season"])
    return found


def _issued(written: str, year: str, month: str, day: str) -> ItemDate | None:
    if not (written or month or day) and _YEAR.fullmatch(year):  # as most entries have it
        return {"date-parts": [[int(year)]]}
    if written and year and not re.search(r"\d{3}", written):
        if _DAYS_ONLY.fullmatch(written):
            day, written = written if month else day, ""
        elif (found := printed(written, year)) and parts_of(found) != 1:  # it names a month
            return found
        elif found:
            written = ""
    if written.strip(" ~?%"):
        return written_date(written)
    if not re.search(r"\d{3}", year):
        return {"literal": wording(year)} if says_something(year) else None
    year = year.strip(" []()?.,;")
    if not month and not day:
        return written_date(year, of_year=True) if year else None
    if not re.search(r"(?<!\d)\d{4}(?!\d)", year):
        return {"literal": wording(year)} if year else None
    month = " ".join(re.sub(r'["#{}]', " ", month).strip(" .,").split())
    if not month:
        return _named(f"{day} {year}", year) if re.search(r"[^\W\d_]{3}", year) else date(year)
    if month.isdecimal() and re.fullmatch(r"\d*", day.strip()):
        return date(year, month, day)
    return _named(f"{months_named(month)} {day}".strip(), year)


def _named(words: str, year: str) -> ItemDate | None:
    """Return the date that words name, or the year if they name none."""
    found = printed(words, year)
    is_read = found and ("literal" not in found or in_words(found["literal"]))
    return found if is_read else date(year)


def with_issue(date: ItemDate, words: str) -> ItemDate | None:
    """Return the season or the months that name the issue of a date; None if they add nothing.

    They must begin with the date, which may be a year alone: any other is not that of the issue.
    """
    ends = ends_of(date)
    if len(ends) != 1 or len(date) != 1 or re.search(r"\d", words) or has_other_words(words):
        return None
    found = issued("", f"{ends[0][0]:04}", words, "")
    begins = ends_of(found)[:1] and ends_of(found)[0][: len(ends[0])] == ends[0]
    return found if begins and parts_of(found) > parts_of(date) else None


def written_date(text: str, *, of_year: bool = False) -> ItemDate | None:
    """Return the date in a text: EDTF, ISO, words or numbers; other text is a literal date.

    In a field of the year, ``2019-20`` is a range of years, and not a season of EDTF.
    """
    text = " ".join(wording(text).split())
    if circa := _ABOUT.match(text):
        text = text[circa.end() :]
    if of_year and (years := range_of_years(text)):
        return {"date-parts": years}
    if decade := _DECADE.fullmatch(text):
        return {"literal": f"{decade[1]}0s"}
    text = _UNKNOWN_PARTS.sub("", text)
    if "-" in text and _BEFORE_CHRIST.search(text):
        return _before_christ(text)
    if found := edtf(text):
        return found
    if full := _FULL.fullmatch(text):
        return date(full[1], full[2], full[3] or "", text)
    if first_month := _MONTH_FIRST.fullmatch(text):
        return date(first_month[2], first_month[1])
    if iso := to_date(text).get("date-parts"):
        return {"date-parts": iso}
    return printed(text) if text else None


def _before_christ(text: str) -> ItemDate:
    """Return a date of EDTF with an end before Christ; its year 0 is 1 BC, which is CSL's -1."""
    ends = [end.strip() for end in text.split("/") if end.strip(" .")]
    found = edtf("/".join(end.removeprefix("-") for end in ends))
    if "date-parts" not in found:
        return {"literal": text}
    for parts, end in zip(found["date-parts"], ends, strict=False):  # impossible ends may be one
        if end.startswith("-"):
            parts[0] = -parts[0] - 1
    return found


def doubts(date: ItemDate | None, written: str, year: str, month: str, day: str) -> Iterator[str]:
    """Yield warnings about the date that was read from fields.

    Other words beside a year need none, since the field is kept: ``2020 in press``.
    """
    for text in (written, day) if year and not month and date and _is_year_only(date) else ():
        if says_something(text) and not re.search(r"\d{3}", text):
            yield f"the date {printable(text, limit=40)!r} has no month; used the year"
    own_year = ends_of(date)[0][0] if month and written and ends_of(date) else 0
    beside = year or (f"{own_year:04}" if own_year > 0 else "")  # no field names one before Christ
    other = _issued("", beside, month, "") if date and beside and (written or day) else None
    if date and other and not agree(date, other):
        yield contradiction(f"{month} {year}".strip())
    if month and not written and date and _is_year_only(date) and "impossible" not in date:
        yield f"the month {month!r} is unknown; left it out"


def _is_year_only(date: ItemDate) -> bool:
    """Return whether a date has neither month nor season nor other words."""
    return "season" not in date and all(len(end) == 1 for end in date.get("date-parts", [[0, 0]]))


def visit(text: str) -> ItemDate | None:
    """Return the date of a visit, which may be words: ``6 May 2020``."""
    text = text.strip(" .")
    return written_date(accessed_in(text) or text) if text else None


def visited(note: str) -> tuple[str, str]:
    """Return the access date that a note names, in ISO's form or as printed, and the rest of it."""
    if not (found := _VISITED.search(note)):
        return accessed_in(note), note
    if found["iso"]:
        parts = [int(part) for part in found["iso"].split("-")]
    else:
        days = found[2] or found[6]
        name, year = found["after"] or found["before"], found["year1"] or found["year2"]
        parts = [int(year), month_number(name), int(days)]
    when = to_date(iso_date(parts))
    if "literal" in when or len(when.get("date-parts", [[]])[0]) < 3:
        return "", note
    rest = f"{note[: found.start()]} {note[found.end() :]}".strip(" .;,")
    return iso_date(parts), " ".join(rest.split())


def visit_in(note: str, when: str) -> tuple[str, str]:
    """Return the access date of a field or else of a note, and the note without the same date."""
    named, rest = visited(note)
    is_other = when and visit(named) != visit(when)
    return (when, note) if is_other else (when or named, rest)


def visit_beside(text: str) -> str:
    """Return the access date that a text beside a URL names."""
    found = _IN_BRACKETS.search(text)
    return visited(text)[0] or (found[1] if found else "")


def without_visit(text: str) -> str:
    """Return a text beside a URL without the date of a visit that it names."""
    if (rest := visited(text)[1]) == text:
        rest = _IN_BRACKETS.sub(" ", VISIT.sub(" ", text))
    return rest if rest == text else " ".join(rest.split()).strip(" .;,[]()")
