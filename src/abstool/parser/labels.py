"""Recognise the labels that the sites print at the start of a block.

A label counts only at the start of a line: ``Methods: We ...``, ``Methods`` alone on its line, in
strong type before its text, or joined to a capital (``MethodsWe``). The same word inside a
sentence is text. The words are in tables; the rest of this module knows how they are printed.
"""

from __future__ import annotations

import re
from enum import Enum
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from abstool.page import Block, Run, one_line
from abstool.sites import SITES


class Kind(Enum):
    """What a label introduces."""

    NUMBER = "abstract number"
    MEETING = "meeting"
    PUBLISHED = "date of first publication"
    KEYWORDS = "keywords"
    IGNORED = "a field that the record does not have"
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
    "disclosure of interests": Kind.DISCLOSURES,
    "disclosure of interest": Kind.DISCLOSURES,
    "to cite this abstract in ama style": Kind.CITATION,
    "to cite this abstract": Kind.CITATION,
    **{word.casefold(): Kind.IGNORED for site in SITES for word in site.ignored},
}
SESSION_LABELS = {word.casefold(): name for site in SITES for word, name in site.session}
# Labels that any site may use; those of a single society are in its row of SITES.
SECTION_LABELS = {
    "Introduction",
    "Background/Aims",
    "Background and Aims",
    "Background and Objectives",
    "Aim",
    "Case Report",
    "Discussion",
    "Materials and Methods",
    "Patients and Methods",
    "Findings",
    "Acknowledgement",
    "Acknowledgements",
    "Acknowledgments",
    *(word for site in SITES for word in site.sections),
}
_SECTIONS = {word.casefold() for word in SECTION_LABELS}


class Label(Struct, frozen=True):
    """A recognised label: its kind, its words as printed, and the text after it."""

    kind: Kind
    words: str
    text: str
    field: str = ""


# A possible label: a few words with a colon or alone on the line; ATC puts asterisks around them.
_LONGEST = max(map(len, (*HEAD_LABELS, *SESSION_LABELS, *SECTION_LABELS))) + 2
_LEAD = re.compile(rf"\*?\s*([^:：*]{{1,{_LONGEST}}}+)(?:\*\s*)?(?:[:：]\s*\*?\s*|$)")
_GLUED = re.compile(
    r"(Background/Purpose|Methods|Results|Conclusions?|Objectives?|Background|Purpose)"
    r"(?=[A-Z][a-z]|[A-Z]\s)"
)
_SLASHED = re.compile(r"(Background/Purpose)\s+(?=[A-Z0-9])")


def label_of(block: Block, *, in_session: bool = False) -> Label | None:
    """Return the label at the start of a block, or None.

    ``Title:`` and ``Date:`` are labels only ``in_session``, inside the session block.
    """
    text = block.text
    lead = _LEAD.match(text)
    match = None
    if lead:
        words = one_line(lead[1]).casefold()
        if words in HEAD_LABELS:
            return _label(HEAD_LABELS[words], lead, text)
        if words in SESSION_LABELS and (in_session or words.startswith("session")):
            return _label(Kind.SESSION_FIELD, lead, text, SESSION_LABELS[words])
        match = lead if words in _SECTIONS else None
    match = match or _SLASHED.match(text) or _GLUED.match(text)
    if match:
        return _label(Kind.SECTION, match, text)
    strong = _strong_label(block)
    if strong or len(block.runs) < 2:
        return strong
    return _inline_label(block, in_session=in_session)


def _label(kind: Kind, match: re.Match[str], text: str, field: str = "") -> Label:
    return Label(kind, match[1].rstrip(), text[match.end() :], field)


def _alone(text: str) -> tuple[Kind, re.Match[str]] | None:
    """Return the kind and match of a label that a text is, and nothing else."""
    match = _LEAD.fullmatch(text)
    words = one_line(match[1]).casefold() if match else ""
    kind = Kind.SECTION if words in _SECTIONS else HEAD_LABELS.get(words)
    return (kind, match) if kind and match else None


def _section(text: str) -> re.Match[str] | None:
    """Return the match if the text is the label of a section and nothing else."""
    found = _alone(text)
    return found[1] if found and found[0] is Kind.SECTION else None


def _strong_label(block: Block) -> Label | None:
    """Return the label that a block begins with in strong type: ``<b>Methods</b> We``."""
    lead = ""
    for run in block.runs:
        if not run.strong and not run.text.isspace():
            break
        lead += run.text
    lead = one_line(lead)
    found = _alone(lead)
    if not found:
        return None
    return Label(found[0], found[1][1].rstrip(), block.text[len(lead) :].strip())


def _inline_label(block: Block, *, in_session: bool) -> Label | None:
    """Return the label of a field that fills inline elements: ``<span>Meeting</span> ACR``.

    A section's label must be strong: ``Results <i>in vivo</i>`` may be a sentence.
    """
    first = (block.runs[0].text.strip() or block.runs[1].text).split(maxsplit=1)[:1]
    if not first or first[0].casefold() not in _FIRST_WORDS:  # most blocks
        return None
    lead = ""
    for run in block.runs[:_MOST_RUNS]:
        lead += run.text
        words = one_line(lead).casefold()
        text = block.text[len(one_line(lead)) :].strip()
        if text and words in HEAD_LABELS:
            return Label(HEAD_LABELS[words], one_line(lead), text)
        if text and words in SESSION_LABELS and (in_session or words.startswith("session")):
            return Label(Kind.SESSION_FIELD, one_line(lead), text, SESSION_LABELS[words])
    return None


_FIRST_WORDS = {label.split()[0] for label in (*HEAD_LABELS, *SESSION_LABELS)}
_MOST_RUNS = 3  # of a label, with the spaces around it


def split_at_labels(block: Block) -> list[Block]:
    """Split a block before each later label in strong type that opens a section."""
    starts = [
        index
        for index, run in enumerate(block.runs)
        if index and run.strong and _opens_section(block.runs, index)
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


def _opens_section(runs: tuple[Run, ...], index: int) -> bool:
    words = one_line(runs[index].text)
    if not _section(words):
        return False
    if words.endswith(":") or (
        runs[index + 1 : index + 2] and runs[index + 1].text.lstrip().startswith(":")
    ):
        return True
    earlier = (runs[before].text.rstrip() for before in range(index - 1, -1, -1))
    return next(filter(None, earlier), "").endswith((".", "?", "!", ")"))
