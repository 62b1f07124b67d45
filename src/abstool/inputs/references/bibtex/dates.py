"""Read the dates of BibTeX and biblatex (EDTF): ranges, seasons, words."""

from __future__ import annotations

import re

from abstool.dates import MONTHS, month_number
from abstool.inputs.references.fields import date, wording
from abstool.item import ItemDate, iso_date, to_date

_SEASONS = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}
_EDTF_SEASON = re.compile(r"(\d{4})-(2[1-4])")
_SEASON = re.compile(r"\b(spring|summer|autumn|fall|winter)\b", re.IGNORECASE)
_RANGE = re.compile(r"\s*(?:-{1,3}|[–—/&]|\band\b|\bto\b)\s*")
_MONTH_WORDS = re.compile(r"[A-Za-z]{3,}\.?")
_FULL = re.compile(r"(\d{4})[-/](\d{1,2})(?:[-/](\d{1,2}))?")
_DAYS = r"(\d{1,2})(?:st|nd|rd|th)?"
_NAMES = "|".join(f"{month[:3]}[a-z]*" for month in MONTHS)
_VISITED = re.compile(
    r"[\[(]?\b(?:(?:online|internet)\s*[;,:]\s*)?(?:last\s+)?(?:accessed|visited|retrieved|checked)"
    r"(?:\s+on)?\s*:?\s*(?:the\s+)?"
    rf"(?:(?P<iso>\d{{4}}-\d{{1,2}}-\d{{1,2}})|{_DAYS}[\s.-]+(?P<after>{_NAMES})\.?,?[\s-]+(?P<year1>\d{{4}})"
    rf"|(?P<before>{_NAMES})\.?\s+{_DAYS},?\s+(?P<year2>\d{{4}}))[\])]?\.?",
    re.IGNORECASE,
)

_DOUBT = re.compile(r"[~?%]")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_YEARS = re.compile(r"(\d{4})\s*(?:-{1,3}|[–—/])\s*(\d{4})")


def issued(written: str, year: str, month: str, day: str) -> ItemDate | None:
    """Return the date of publication from ``date``, or from ``year``, ``month`` and ``day``."""
    if written := _DOUBT.sub("", written).strip():
        return _edtf(written)
    if full := _FULL.fullmatch(year.strip()):
        return to_date("-".join(filter(None, full.groups())))
    years = _YEARS.fullmatch(year.strip())
    if years and not month:
        return {"date-parts": [[int(years[1])], [int(years[2])]]}
    if (season := _SEASON.search(month)) and (base := date(year)):
        return base if "literal" in base else {**base, "season": _SEASONS[season[1].lower()]}
    if (ends := _months(year, month)) is not None:
        return ends
    return date(year, month, day)


def _months(year: str, month: str) -> ItemDate | None:
    """Return the range of two months: ``May--June``, ``jan/feb``."""
    ends = _RANGE.split(month.strip())
    if len(ends) != 2 or not (found := _YEAR.search(year)):
        return None
    words = [_MONTH_WORDS.search(end) for end in ends]
    if all(words):
        numbers = [month_number(word[0]) for word in words if word]
    elif all(re.fullmatch(r"\d{1,2}", end) for end in ends):
        numbers = [int(end) for end in ends]
    else:
        return None
    if not all(1 <= number <= 12 for number in numbers):
        return None
    return {"date-parts": [[int(found[0]), number] for number in numbers]}


def _edtf(written: str) -> ItemDate | None:
    if season := _EDTF_SEASON.fullmatch(written):
        return {"date-parts": [[int(season[1])]], "season": int(season[2]) - 20}
    ends = [end.strip(" .") for end in written.split("/")]
    if len(ends) == 2 and not all(end and end != "open" for end in ends):  # an open range
        return to_date(wording(next((end for end in ends if end and end != "open"), "")))
    return to_date(wording(written))


def visited(note: str) -> tuple[str, str]:
    """Return the access date that a note names, in ISO's form, and the note without it."""
    if not (found := _VISITED.search(note)):
        return "", note
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
