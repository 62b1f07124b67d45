"""The labels that the sites print, and how one is recognised at the start of a block.

A label counts only where a line begins: ``Methods: We ...``, ``Methods`` alone on its line, in
strong type before its text, or glued to a capital (``MethodsWe``). The same word inside a sentence
is text. The words are tables; everything else in this module is how they may be printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise

from abstool.page import Block, Run, one_line
from abstool.sites import SITES


class Kind(Enum):
    """What a label announces."""

    NUMBER = "abstract number"
    MEETING = "meeting"
    PUBLISHED = "date of first publication"
    KEYWORDS = "keywords"
    IGNORED = "a field that the record has no place for"
    SESSION = "session information"
    SESSION_FIELD = "a line of the session block"
    SECTION = "a section of the body"
    DISCLOSURES = "disclosures"
    CITATION = "the page's own citation"


HEAD_LABELS = {
    "abstract number": Kind.NUMBER,
    "meeting": Kind.MEETING,
    "date of first publication": Kind.PUBLISHED,
    "first publication": Kind.PUBLISHED,
    "keywords": Kind.KEYWORDS,
    "keyword": Kind.KEYWORDS,
    "session information": Kind.SESSION,
    "disclosure": Kind.DISCLOSURES,
    "disclosures": Kind.DISCLOSURES,
    "to cite this abstract in ama style": Kind.CITATION,
    "to cite this abstract": Kind.CITATION,
    **{word.casefold(): Kind.IGNORED for site in SITES for word in site.ignored},
}
SESSION_LABELS = {word.casefold(): name for site in SITES for word, name in site.session}
# A body may use these on every site; what one society alone prints stands in its row of SITES.
SECTION_LABELS = {
    "Introduction",
    "Materials and Methods",
    "Patients and Methods",
    "Findings",
    "Acknowledgement",
    "Acknowledgements",
    "Acknowledgments",
    *(word for site in SITES for word in site.sections),
}


@dataclass(frozen=True)
class Label:
    """A recognised label: what it announces, its words as printed, and the text behind it."""

    kind: Kind
    words: str
    text: str
    field: str = ""


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Match one of the words, in any case, with its colon, or alone on the line."""
    any_word = "|".join(
        re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True)
    )
    return re.compile(rf"\*?\s*({any_word})\s*\*?\s*(?:[:：]\s*\*?\s*|$)", re.IGNORECASE)


_HEAD = _pattern(HEAD_LABELS)
_SESSION = _pattern(SESSION_LABELS)
_SECTION = _pattern(SECTION_LABELS)
_GLUED = re.compile(
    r"(Background/Purpose|Methods|Results|Conclusions?|Objectives?|Background|Purpose)"
    r"(?=[A-Z][a-z]|[A-Z]\s)"
)
_SLASHED = re.compile(r"(Background/Purpose)\s+(?=[A-Z0-9])")


def label_of(block: Block, *, in_session: bool = False) -> Label | None:
    """Return the label that a block begins with, or None.

    ``in_session`` says that the block stands in the session block, where ``Title:`` and ``Date:``
    are labels; elsewhere they are not.
    """
    text = block.text
    if match := _HEAD.match(text):
        words = one_line(match[1]).casefold()
        return Label(HEAD_LABELS[words], match[1], text[match.end() :])
    if match := _SESSION.match(text):
        words = one_line(match[1]).casefold()
        if in_session or words.startswith("session"):
            return Label(Kind.SESSION_FIELD, match[1], text[match.end() :], SESSION_LABELS[words])
    match = _SECTION.match(text) or _SLASHED.match(text) or _GLUED.match(text)
    if match:
        return Label(Kind.SECTION, match[1], text[match.end() :])
    return _strong_label(block)


def _strong_label(block: Block) -> Label | None:
    """Recognise a section's label by its strong type alone: ``<b>Methods</b> We ...``."""
    lead = ""
    for run in block.runs:
        if not run.strong and not run.text.isspace():
            break
        lead += run.text
    match = _SECTION.fullmatch(one_line(lead)) if lead.strip() else None
    if not match:
        return None
    return Label(Kind.SECTION, match[1], block.text[len(one_line(lead)) :].strip())


def split_at_labels(block: Block) -> list[Block]:
    """Split a block where a later label in strong type opens a section inside one paragraph."""
    starts = [
        place
        for place, run in enumerate(block.runs)
        if place and run.strong and _opens_section(block.runs, place)
    ]
    if not starts:
        return [block]
    edges = [0, *starts, len(block.runs)]
    return [
        replace(
            block,
            runs=block.runs[start:end],
            starts_paragraph=block.starts_paragraph or start > 0,
            item=block.item if not start else "",
        )
        for start, end in pairwise(edges)
    ]


def _opens_section(runs: tuple[Run, ...], place: int) -> bool:
    words = one_line(runs[place].text)
    if not _SECTION.fullmatch(words):
        return False
    if words.endswith(":") or (
        runs[place + 1 : place + 2] and runs[place + 1].text.lstrip().startswith(":")
    ):
        return True
    earlier = (runs[before].text.rstrip() for before in range(place - 1, -1, -1))
    return next(filter(None, earlier), "").endswith((".", "?", "!", ")"))
