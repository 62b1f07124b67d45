"""Read the pages of Confex, a system in which ASH, AGU and others publish their meetings.

The page's title is ``Abstract: TITLE (MEETING)``, or begins with ``Paper:`` or the like. Below the
heading come lines with the program, the session, and its day and time, then the authors.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from abstool.page import Block, Page, one_line
from abstool.parser import session
from abstool.parser.article import head_and_rest, split_number
from abstool.parser.assembly import add_body, url_and_site
from abstool.parser.layout import divide_body
from abstool.parser.people.credit import add_authors
from abstool.record import Abstract
from abstool.record.absences import absences

_TITLE = re.compile(
    r"(?:Abstract|Paper|Poster|Presentation|Lecture)\s*:\s*(?P<title>.+\S)\s+"
    r"\((?P<meeting>[^()]*(?:\([^()]*\)[^()]*)*)\)"
)
_LABEL = re.compile(r"(?P<label>[^\W\d][^:]{1,60}):\s+(?P<text>\S.*)")
_NUMBER_LABELS = frozenset({"presentation number", "abstract number", "paper number"})
_DAY_AND_TIME = re.compile(
    r"(?:[A-Za-z]{3,6}day,?\s+)?(?P<day>\d{1,2}\s+)?[A-Za-z]{3,9}\.?\s*(?:\d{1,2},?\s+)?\d{4}"
    r"(?:\s*[,:]\s*(?P<time>\d.*))?"
)


class _Head(NamedTuple):
    """The lines below a heading: by label, the day and time, and those of the authors."""

    labelled: dict[str, str]
    day: str
    time: str
    authors: list[Block]


def is_confex(page: Page) -> bool:
    """Return whether a page is one of Confex: its title names one of its headings."""
    match = _TITLE.fullmatch(page.title)
    return bool(match and head_and_rest(page.blocks, match["title"])[0])


def record_of(page: Page, url: str) -> Abstract:
    """Return the record of a page for which ``is_confex`` is true; ``url`` is its source."""
    match = _TITLE.fullmatch(page.title)
    printed, meeting = (match["title"], one_line(match["meeting"])) if match else (page.title, "")
    blocks, rest = head_and_rest(page.blocks, printed)
    number, title = split_number(blocks[0].text, printed)
    head = _head(blocks[1:])
    labelled = {label: text for label, text in head.labelled.items() if label in _NUMBER_LABELS}
    record = Abstract(title=title, number=number or next(iter(labelled.values()), ""))
    record.url, record.site = url_and_site(page.canonical, "", url, final_slash=False)
    record.meeting = meeting
    fields = {"title": head.labelled.get("session", ""), "date": head.day, "time": head.time}
    record.session, record.warnings = session.read(
        {name: text for name, text in fields.items() if text}
    )
    layout = divide_body(rest)
    add_authors(record, head.authors, layout.disclosures, (), ())
    add_body(record, layout.body)
    record.warnings += absences(record)
    return record


def _head(blocks: Sequence[Block]) -> _Head:
    labelled: dict[str, str] = {}
    day = time = ""
    authors: list[Block] = []
    for block in blocks:
        if not authors and (found := _DAY_AND_TIME.fullmatch(block.text)):
            day, time = day or block.text, time or found["time"] or ""
        elif not authors and (label := _LABEL.fullmatch(block.text)) and block.runs[0].strong:
            labelled.setdefault(label["label"].casefold(), label["text"])
        else:
            authors.append(block)
    return _Head(labelled, day, time, authors)
