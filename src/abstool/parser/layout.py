"""Divide a page's blocks into the parts that a reader sees: head, session, body, back matter.

Menus, sidebars, share links, related abstracts and footers are dropped: they are before the first
label, after the citation, or in elements that are marked as such.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from msgspec.structs import replace

from abstool.page import Block, Page, Run
from abstool.parser.labels import Kind, Label, label_of, split_at_labels
from abstool.parser.people.names import key
from abstool.parser.titles import before_labels, title_and_authors
from abstool.parser.wrapped import unwrapped
from abstool.sites import SITES

_SHARE = re.compile(
    r"(?:Tweet|Email|Print|Share|Facebook|LinkedIn|Twitter|X|Favorite|Like this:|Loading\.*|"
    r"(?:Click to|Share on|Share this|Add to favou?rites|Email a link|Email this).*|"
    r"\W*(?:(?:Tweet|Email|Print|Share)\b\W*){2,})",
    re.IGNORECASE,
)
_LIST_NUMBER = re.compile(r"[\w-]+\s*[•·|]\s*\S")
_SITE_NAMES = "|".join(re.escape(site.name) for site in SITES)
_BACK = re.compile(rf"«\s*Back to\b|\b(?:{_SITE_NAMES})\s*[-–]\s*https?://")
_BACK_MATTER = re.compile(
    r"(?:©|Copyright\b|All rights reserved|View and print|Your Favorites|Related (?:Posts|"
    r"Abstracts|Articles)|Leave a (?:Reply|Comment)|Advanced Search$|Keyword Index$|"
    r"Privacy Policy|Terms of Use|\*?\s*signifies non-member)",
    re.IGNORECASE,
)
_URL = re.compile(rf"\b(?:{_SITE_NAMES})\s*[-–]\s*(https?://\S+)")
_DISCLOSURES = re.compile(r"(?:Disclosures?\s*:\s*)+", re.IGNORECASE)
_BACK_TO = re.compile(r"«\s*Back to\s+(.+)$")


@dataclass
class BodyPart:
    """One section of the body: its label as printed ("" for none) and its blocks."""

    label: str
    blocks: list[Block] = field(default_factory=list)


@dataclass
class Layout:
    """The parts of an abstract page, each still as printed."""

    kinds: set[Kind] = field(default_factory=set)
    fields: dict[Kind, str] = field(default_factory=dict)
    keyword_blocks: list[Block] = field(default_factory=list)
    title: str = ""
    author_blocks: list[Block] = field(default_factory=list)
    session: dict[str, str] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    body: list[BodyPart] = field(default_factory=list)
    disclosures: str = ""  # one line per block
    citation: str = ""
    url: str = ""
    listed: int = 0  # number of abstracts listed, 0 if the page has a number of its own

    @property
    def is_abstract(self) -> bool:
        """True if the labels found are those of a single abstract."""
        typical = self.kinds & {Kind.NUMBER, Kind.SESSION, Kind.CITATION, Kind.MEETING}
        if self.listed:
            return bool(typical & {Kind.SESSION, Kind.CITATION})
        return len(typical) > 1 or bool(typical and Kind.SECTION in self.kinds)


def divide(page: Page) -> Layout:
    """Return the parts of a page; check ``is_abstract`` before using them."""
    blocks = [
        part
        for block in (page.blocks if page.markup else unwrapped(page.blocks))
        for part in split_at_labels(block)
        if part.image or not _SHARE.fullmatch(part.text)
    ]
    labels = {index: label for index, block in enumerate(blocks) if (label := label_of(block))}
    start = _start(labels, len(blocks))
    numbers = [label for label in labels.values() if label.kind is Kind.NUMBER]
    listed = len(numbers) if all(map(_is_listed, numbers)) else 0
    reader = _LayoutReader(Layout(listed=listed))
    reader.read(blocks[:start], blocks[start:])
    urls = (_URL.search(block.text) for block in blocks if "://" in block.text)
    reader.layout.url = next((match[1] for match in urls if match), "")
    return reader.layout


def divide_body(blocks: Sequence[Block], heading: int = 0) -> Layout:
    """Return the sections and the disclosures in blocks that follow the head of an article.

    Each heading below the level of ``heading``, that of the abstract, is the label of a section.
    """
    parts = [part for block in blocks for part in split_at_labels(block)]
    reader = _LayoutReader(Layout(body=[BodyPart("")]), zone=_Zone.BODY, heading=heading)
    reader.read((), [part for part in parts if part.image or not _SHARE.fullmatch(part.text)])
    layout = reader.layout
    layout.body = [part for part in layout.body if part.label or part.blocks]
    return layout


def _is_listed(label: Label) -> bool:
    """Return whether a number belongs to a list: ``Abstract Number: 0489 • ACR Convergence``."""
    return label.kind is Kind.NUMBER and bool(_LIST_NUMBER.match(label.text))


def _start(labels: dict[int, Label], end: int) -> int:
    """Return the index of the abstract's first label.

    A page may print the numbers of other abstracts in a sidebar; the abstract's own number is the
    one followed by the most kinds of labels. Some sites print the meeting before the number.
    """
    followers: dict[int, set[Kind]] = {}  # index of a number: kinds of labels up to the next
    kinds: set[Kind] = set()
    for index, label in labels.items():
        if label.kind is Kind.NUMBER:
            kinds = followers[index] = set()
        else:
            kinds.add(label.kind)
    own = [index for index in followers if not _is_listed(labels[index])]
    if own:
        start = max(own, key=lambda index: len(followers[index]))
        before = [i for i, label in labels.items() if i < start and label.kind is Kind.MEETING]
        return before[-1] if before and Kind.MEETING not in followers[start] else start
    for wanted in ({Kind.MEETING}, {Kind.SESSION}, set(Kind)):
        for index, label in labels.items():
            if label.kind in wanted:
                return index
    return end


class _Zone(Enum):
    HEAD = auto()
    SESSION = auto()
    BODY = auto()
    DISCLOSURES = auto()
    CITATION = auto()
    END = auto()


_ZONE_OF = {
    Kind.SESSION: _Zone.SESSION,
    Kind.SESSION_FIELD: _Zone.SESSION,
    Kind.SECTION: _Zone.BODY,
    Kind.DISCLOSURES: _Zone.DISCLOSURES,
    Kind.CITATION: _Zone.CITATION,
}


@dataclass
class _LayoutReader:
    """Reads the blocks in order; each label decides what the text after it is."""

    layout: Layout
    zone: _Zone = _Zone.HEAD
    heading: int = 0  # the level of the abstract's heading, if its sections have headings
    pending: Label | None = None  # a label alone on its line; the next block is its value
    free: list[Block] = field(default_factory=list)  # blocks of the head before the meeting
    late: list[Block] = field(default_factory=list)  # blocks of the head after the meeting
    loose: list[Block] = field(default_factory=list)  # blocks before the first session field
    disclosed: list[str] = field(default_factory=list)  # lines of the disclosures
    cited: list[str] = field(default_factory=list)  # lines of the citation

    def read(self, before: Sequence[Block], blocks: Sequence[Block]) -> None:
        """Read the abstract's blocks; ``before`` are those before its first label."""
        for block in blocks:
            if self.zone is _Zone.END:
                break
            self._block(block)
        self._leave_session()
        self.layout.disclosures = "\n".join(self.disclosed)
        self.layout.citation = " ".join(self.cited)
        head = self.free or before_labels(before)
        self.layout.title, self.layout.author_blocks = title_and_authors(head)
        if not self.layout.body and self.late:
            self.layout.body.append(BodyPart("", self.late))
        self._drop_repeats()

    def _block(self, block: Block) -> None:
        back = _back(block.text) if self.zone is not _Zone.HEAD else None
        if back:
            if (meeting := _BACK_TO.search(block.text)) and block.text[back.end() :]:
                self.layout.fields.setdefault(Kind.MEETING, meeting[1])
            block = replace(block, runs=(Run(block.text[: back.start()]),))
        label = label_of(block, in_session=self.zone is _Zone.SESSION)
        if label is None and 0 < self.heading < block.heading:
            label = Label(Kind.SECTION, block.text.strip(" :"), "")
        if block.image:
            if self.zone is _Zone.BODY:
                self.layout.body[-1].blocks.append(block)
        elif label and self._is_active(label):
            self._label(label, block)
        elif block.text:
            self._text(block)
        if back:
            self.zone = _Zone.END

    def _is_active(self, label: Label) -> bool:
        """Return whether a label counts here: in the body, labels of the head are plain text."""
        if label.kind in _ZONE_OF:
            return True
        return self.zone in (_Zone.HEAD, _Zone.SESSION) and label.kind not in self.layout.fields

    def _label(self, label: Label, block: Block) -> None:
        layout = self.layout
        layout.kinds.add(label.kind)
        self.pending = None if label.text else label
        zone = _ZONE_OF.get(label.kind)
        if zone is not None and zone is not self.zone:
            self._leave_session()
            self.zone = zone
        if label.kind is Kind.SECTION:
            layout.body.append(BodyPart(label.words))
            self.pending = None
        if label.text:
            self._value(label, replace(block, runs=(Run(label.text),)), block)

    def _value(self, label: Label, value: Block, block: Block) -> None:
        """Store the text of a label; ``block`` is the whole block, with its links."""
        layout = self.layout
        if label.kind is Kind.SESSION_FIELD:
            if label.field:
                layout.session.setdefault(label.field, value.text)
        elif label.kind is Kind.SECTION:
            layout.body[-1].blocks.append(replace(value, starts_paragraph=True))
        elif label.kind is Kind.DISCLOSURES:  # some pages print the label twice
            self.disclosed.append(_DISCLOSURES.sub("", value.text))
        elif label.kind is Kind.CITATION:
            self._cite(value)
        elif label.kind is Kind.SESSION:
            self.loose.append(value)
        else:
            layout.fields[label.kind] = value.text
            if label.kind is Kind.KEYWORDS:
                layout.keyword_blocks = [block]

    def _text(self, block: Block) -> None:
        layout = self.layout
        if self.zone is not _Zone.HEAD and _is_back_matter(block):
            self.zone = _Zone.END
        elif self.pending and self.pending.kind not in (Kind.SESSION, Kind.CITATION):
            self._value(self.pending, block, block)
            if self.pending.kind is not Kind.DISCLOSURES:
                self.pending = None
        elif self.zone is _Zone.HEAD and layout.keyword_blocks and _is_keyword(block):
            layout.keyword_blocks.append(block)
        elif self.zone is _Zone.HEAD:
            (self.late if Kind.MEETING in layout.kinds else self.free).append(block)
        elif self.zone is _Zone.SESSION and not layout.session:
            self.loose.append(block)
        elif self.zone is _Zone.SESSION:
            self._leave_session()
            self.zone = _Zone.BODY
            layout.body.append(BodyPart("", [block]))
        elif self.zone is _Zone.BODY:
            layout.body[-1].blocks.append(block)
        elif self.zone is _Zone.DISCLOSURES:
            self.disclosed.append(block.text)
        elif self.zone is _Zone.CITATION:
            self._cite(block)

    def _cite(self, block: Block) -> None:
        """Collect the citation, which ends with its access date or its paragraph."""
        if self.cited and block.starts_paragraph:
            self.zone = _Zone.END
            return
        self.cited.append(block.text)
        end = " ".join(self.cited[-3:])[-60:]
        if re.search(r"\bAccessed\b[^.]*\.?\s*$", end):
            self.zone = _Zone.END

    def _leave_session(self) -> None:
        """Store the blocks before the session's fields: notices, or the body if no field came."""
        if self.zone is not _Zone.SESSION or not self.loose:
            return
        if self.layout.session:
            self.layout.notices += [block.text for block in self.loose]
        else:
            self.layout.body.append(BodyPart("", self.loose))
        self.loose = []

    def _drop_repeats(self) -> None:
        """Drop the title and author line if the body repeats them before its first label."""
        layout = self.layout
        if not layout.body or layout.body[0].label:
            return
        head = key(layout.title) + "".join(key(block.text) for block in layout.author_blocks)
        blocks = layout.body[0].blocks
        repeated = position = 0
        for block in blocks:
            words = key(block.text)
            position = head.find(words, position) + len(words)
            if not words or position < len(words):
                break
            repeated += 1
        del blocks[:repeated]


def _back(text: str) -> re.Match[str] | None:
    """Return the match of the link back to the meeting, the page's last line, or None."""
    return _BACK.search(text) if "«" in text or "://" in text else None


def _is_keyword(block: Block) -> bool:
    """Return whether a line is a keyword, that is, a link to the abstracts that share it."""
    return any(re.search(r"/(?:tag|keyword)s?/", run.href) for run in block.runs)


def _is_back_matter(block: Block) -> bool:
    return len(block.text) < 120 and bool(_BACK_MATTER.match(block.text))
