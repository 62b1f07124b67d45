"""Read the line in which databases print where a work is: ``J Tea. 12(3):S12-S15, 2018.``.

Ovid, Embase and PubMed have journal, meeting, volume, issue, pages and date in one such line.
"""

from __future__ import annotations

import re
from functools import reduce
from typing import NamedTuple

from abstool.errors import printable
from abstool.inputs.references.dates.agreement import agree, contradiction
from abstool.inputs.references.dates.printed import has_other_words, printed, richer
from abstool.inputs.references.entry import Fields, split_supplement, with_supplement
from abstool.inputs.references.meetings import journal_and_meeting, meeting_and_place
from abstool.inputs.references.numbers import pages
from abstool.item import ItemDate

_LONG = 1000  # characters that are read, to bound the time of patterns
_OVID = re.compile(
    r"(?:^|\.\s+)(?:Vol\.?\s*)?(?P<volume>[A-Z]?\d[\w-]*)(?:\s*\((?P<issue>[^()]*)\))?"
    r"(?:\s+(?P<supplement>Suppl\w*\.?\s*[\w-]*))?"
    r"\s*(?::\s*(?P<page>[^,;]+(?:;\s*(?:discussion|quiz|author reply)[^,;]+)?)"
    r"|\((?P<pages>pp?\.?\s*[^()]*|no pagination)\))?"
    r"\s*,\s*(?P<date>(?:[A-Z]{3,9}\.? \d{1,2}, )?[^.,]*\d{4}[^.,]*)",
    re.IGNORECASE,
)
_PSYCINFO = re.compile(
    r"\.\s+Vol\.?\s*(?P<volume>[\w-]+)(?:\s*\((?P<issue>[^()]*)\))?,?\s*"
    r"(?P<date>[A-Za-z-]*\s*\d{4}),\s*(?P<page>(?:pp?\.\s*)?[^,.]+)"
)
_UNNUMBERED = re.compile(
    r"\.\s+\((?P<pages>pp?\.?\s*[^()]*|no pagination)\)\s*,\s*(?P<date>[^.,]*\d{4}[^.,]*)",
    re.IGNORECASE,
)
# J Tea. (3):CD001234, 2020.  J Tea. :e123, 2020 Mar.  J Tea. Publish Ahead of Print, 2020.
_WITHOUT_VOLUME = re.compile(
    r"\.\s+(?:(?:\((?P<issue>\d[^()]{0,20})\)\s*)?:\s*(?P<page>[^,;]+)"
    r"|(?:(?:e?pub|publish) ahead of print\s*)?),\s*(?P<date>[^.,]*\d{4}[^.,]*)",
    re.IGNORECASE,
)
# Tea Journal August/September 2011;43(8):647-653, as in Journals@Ovid
_MONTH = (
    r"(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|spring|summer|fall|autumn|winter)"
    r"[a-z]{0,6}\.?)"
)
_JOURNALS = re.compile(
    rf"\s(?P<date>(?:{_MONTH}(?:[/-]{_MONTH})? (?:\d{{1,2}},? )?)?(?:18|19|20)\d\d)"
    r";\s?(?P<volume>\w[\w -]{0,20})(?:\((?P<issue>[^()]{0,30})\))?"
    r":\s?(?P<page>\w[\w, -]{0,40})\.?\Z",
    re.IGNORECASE,
)
_EMBASE = re.compile(
    r"\s\((?P<date>\d{4})\)(?:\s+(?P<volume>[A-Z]?\d[\w-]*))?"
    r"(?:(?::|\s+)(?P<issue>(?!Article\b)[^().:]*?(?:\bSuppl\w*\.?[^().:]*?)?))?"
    r"(?:\s*\((?P<pages>[^()]*)\))?\s*(?=\.(?:\s|$)|Article Number|$)",
    re.IGNORECASE,
)
_PUBMED = re.compile(
    r"\.\s+(?P<date>(?:1[89]|20)\d\d\b[^;:.]{0,20})"
    r"(?:;(?P<volume>[^(:;.]*)(?:\((?P<issue>[^()]*(?:\([^()]*\)[^()]*)?)\))?"
    r"(?::(?P<page>[^.;]+(?:\.(?=\w)[^.;]+)*(?:;\s*(?:discussion|quiz)[^.]+)?))?)?"
    r"\.(?=\s|$)"
)
_MEETING = re.compile(r"\bConference:\s*(.+?)\.(?=\s*(?:Conference |Date of |\Z))", re.DOTALL)
_ARTICLE = re.compile(r"\bArticle Number:\s*([\w.-]*\w)", re.IGNORECASE)
_PUBLISHED = re.compile(r"\bDate of Publication:\s*([^.]*\d{4}[^.]*)", re.IGNORECASE)


class SourceLine(NamedTuple):
    """Where a work is, as variables of CSL without the date, the date, and its texts."""

    variables: dict[str, str]
    issued: ItemDate | None
    dates: tuple[str, ...] = ()


def take_place(fields: Fields, tag: str, year: str = "") -> SourceLine | None:
    """Return what the line in a tag says, and remove it; None if its form is unknown.

    A line stays in its tag, too, if a date in it has other words, or contradicts the year of the
    entry or another date in the line, which count, with a warning.
    """
    if not (found := placed(fields.peek(tag), year)):
        return None
    date, given = found.issued, printed(year)
    if date and given and not agree(date, given):
        date = given
    read = ((text, printed(text, year)) for text in found.dates)
    others = [text for text, other in read if date and other and not agree(date, other)]
    for text in others:
        fields.warnings.append(contradiction(text))
    if not others and not any(map(has_other_words, found.dates)):
        fields.take(tag)
    return found._replace(issued=date)


def unplaced(source: str) -> str:
    """Return the warning about a line whose form is unknown."""
    return f"the source {printable(source, limit=60)!r} has an unknown form; it is not cited"


def placed(source: str, year: str = "") -> SourceLine | None:
    """Return what a line says, or None if its form is unknown."""
    source = source[:_LONG].strip()
    for pattern in (_PSYCINFO, _OVID, _WITHOUT_VOLUME, _UNNUMBERED, _EMBASE, _PUBMED, _JOURNALS):
        if found := pattern.search(source):
            break
    else:
        return None
    groups = {name: (value or "").strip() for name, value in found.groupdict().items()}
    volume, supplement = split_supplement(groups.get("volume", ""))
    issue, other = split_supplement(groups.get("issue", ""))
    supplement = groups.get("supplement") or other or supplement
    journal = journal_and_meeting(source[: found.start()].strip(" ."))
    rest = source[found.end() :]
    if after := _MEETING.search(rest):
        journal |= meeting_and_place(after[1])
    article = _ARTICLE.search(rest)
    page = pages(groups.get("page", "").strip(" .") or groups.get("pages", ""))
    texts = [groups["date"], *_PUBLISHED.findall(rest)[:1]]
    date = reduce(richer, (printed(text, year) for text in texts))
    variables = {
        **journal,
        "volume": volume,
        "issue": with_supplement(issue, supplement),
        "page": page or (article[1] if article else ""),
    }
    return SourceLine(variables, date, (*texts,))
