"""Read the pages of Confex, a system in which ASH, AGU and others publish their meetings.

The page's title is ``Abstract: TITLE (MEETING)``, or begins with ``Paper:`` or the like. Below the
heading come lines with the program, the session, its day, time and room, then the authors.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from abstool.page import Block, Page, Run, one_line
from abstool.parser import session
from abstool.parser.article import BETWEEN, LONGEST_NUMBER, heading_of, split_number
from abstool.parser.assembly import add_body, url_and_site
from abstool.parser.labels import Kind, label_of
from abstool.parser.layout import divide_body
from abstool.parser.metadata.statement import Person
from abstool.parser.people.credit import add_authors, add_declared_authors
from abstool.parser.people.glued import GROUP_LEAD
from abstool.parser.people.unnumbered import by_line
from abstool.record import Abstract
from abstool.record.absences import absences

_TITLE = re.compile(
    r"(?:(?:Oral|Poster|Invited)\s+)?(?:Abstract|Paper|Poster|Presentation|Lecture)\s*:\s*"
    r"(?P<title>.+\S)\s+\((?P<meeting>[^()]*(?:\([^()]*\)[^()]*)*)\)"
)
_LABEL = re.compile(r"(?P<label>[^\W\d][^:]{1,60}):(?:\s+(?P<text>\S.*))?")
_NUMBER_LABELS = ("presentation number", "abstract number", "paper number")
_SESSION_LABELS = ("session", "session title")
_BODY_LABELS = frozenset({"abstract text", "abstract body"})
_BODY_KINDS = frozenset({Kind.SECTION, Kind.DISCLOSURES})
_CLOCK = r"\d{1,2}(?::\d\d)?\s*(?:[ap]\.?m\.?)?"
_TIME = re.compile(rf"{_CLOCK}(?:\s*[-–—]\s*{_CLOCK})?", re.IGNORECASE)
_DAY_AND_TIME = re.compile(
    r"(?P<day>(?:[A-Za-z]{3,6}day,?\s+)?(?:\d{1,2}\s+)?[A-Za-z]{3,9}\.?\s*(?:\d{1,2},?\s+)?\d{4})"
    r"(?:\s*[,:]\s*(?P<time>\d.*))?"
)
_MARK = re.compile(r"\(\d{1,3}\)")  # of an affiliation without superscripts
_ROOM = re.compile(
    r"\d|\b(?:Auditorium|Ballroom|Cent(?:er|re)|Convention|Exhibit|Foyer|Hall|Level|Online|Pavilion|"
    r"Poster|Room|Theat(?:er|re)|Virtual)\b",
    re.IGNORECASE,
)


@dataclass
class _Head:
    """The lines below a heading: by label, the day and time, and those of the authors."""

    labelled: dict[str, str] = field(default_factory=dict)
    day: str = ""
    time: str = ""
    authors: list[Block] = field(default_factory=list)

    def first(self, labels: Sequence[str]) -> str:
        """Return the text of the first of some labels that is there, or ``""``."""
        return next(filter(None, map(self.labelled.get, labels)), "")


def is_confex(page: Page) -> bool:
    """Return whether a page is one of Confex: its title names one of its headings."""
    match = _TITLE.fullmatch(page.title)
    return bool(match and heading_of(page.blocks, match["title"]) is not None)


def record_of(page: Page, url: str) -> Abstract:
    """Return the record of a page for which ``is_confex`` is true; ``url`` is its source."""
    match = _TITLE.fullmatch(page.title)
    printed, meeting = (match["title"], one_line(match["meeting"])) if match else (page.title, "")
    start = heading_of(page.blocks, printed) or 0
    number, title = _number_and_title(page.blocks[start].text, printed)
    head, rest = _divided(page.blocks[start + 1 :])
    record = Abstract(title=title, number=number or head.first(_NUMBER_LABELS))
    record.url, record.site = url_and_site(page.canonical, "", url, final_slash=False)
    record.meeting = meeting
    fields = {"title": head.first(_SESSION_LABELS), "date": head.day, "time": head.time}
    record.session, record.warnings = session.read(
        {name: text for name, text in fields.items() if text}
    )
    layout = divide_body(rest)
    marked = any(map(_has_marks, head.authors))
    if not marked and (lines := by_line([block.text for block in head.authors])):
        people = [Person(name, affiliations=(place,)) for name, place in lines]
        add_declared_authors(record, people, (), layout.disclosures)
    else:
        add_authors(record, head.authors, layout.disclosures, (), ())
    add_body(record, layout.body)
    record.warnings += absences(record)
    return record


def _number_and_title(heading: str, title: str) -> tuple[str, str]:
    """Return what a heading has before the title of the page, and the title as printed."""
    before, found, after = heading.partition(title)
    number = before.strip(BETWEEN)
    if found and not after.strip() and len(number) <= LONGEST_NUMBER and " " not in number:
        return number, title
    return split_number(heading, title)


def _divided(blocks: Sequence[Block]) -> tuple[_Head, Sequence[Block]]:
    """Return the head of an abstract, and the blocks from the first section on.

    The authors are the lines with marks of affiliations; without any, all below the lines of
    the session.
    """
    end = next((n for n, block in enumerate(blocks) if _is_body(block)), len(blocks))
    marked = [n for n in range(end) if _has_marks(blocks[n])]
    first = marked[0] if marked else 0
    last = marked[-1] if marked else end
    head = _Head()
    label = ""  # of the line before, which has no text
    for index, block in enumerate(blocks[:end]):
        found = _LABEL.fullmatch(block.text)
        if day := _DAY_AND_TIME.fullmatch(block.text):
            head.day, head.time = head.day or day["day"], head.time or day["time"] or ""
        elif _TIME.fullmatch(block.text):
            head.time = head.time or block.text
        elif found and (block.runs[0].strong or not found["text"]):
            label = "" if found["text"] else found["label"].casefold()
            text = found["text"] or ""
            head.labelled.setdefault(found["label"].casefold(), text)
            if day := _DAY_AND_TIME.fullmatch(text):  # Schedule: Sunday, July 19, 2020: 2:00 PM
                head.day, head.time = head.day or day["day"], head.time or day["time"] or ""
            continue
        elif label and not _has_marks(block):
            head.labelled[label] = block.text
        elif first <= index <= last:
            if marked or head.authors or not _ROOM.search(block.text):
                head.authors.append(block)
        elif index > last and GROUP_LEAD.match(block.text):
            head.authors.append(block)
        elif index > last and end == len(blocks):
            return head, blocks[index:]
        label = ""
    if end < len(blocks) and (body := _body_text(blocks[end])) is not None:
        first_line = [Block((Run(body),))] if body else []
        return head, [*first_line, *blocks[end + 1 :]]
    return head, blocks[end:]


def _is_body(block: Block) -> bool:
    label = label_of(block)
    return bool(label and label.kind in _BODY_KINDS) or _body_text(block) is not None


def _body_text(block: Block) -> str | None:
    """Return the text after the label of the body, or None for a block without it."""
    label, _, text = block.text.partition(":")
    return text.strip() if label.strip().casefold() in _BODY_LABELS else None


def _has_marks(block: Block) -> bool:
    return any(run.script == "sup" and run.text.strip(" ,*").isdecimal() for run in block.runs) or (
        bool(_MARK.search(block.text))
    )
