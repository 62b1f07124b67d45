"""A page as its reader sees it: bytes go in, an ordered list of text blocks comes out.

HTML (``markup``) and plain text give the same blocks, so that one grammar reads both. A block is
one printed line or paragraph; of the markup it keeps only what carries meaning: superscripts and
subscripts, links, strong type, headings, list items, table cells, images, and which elements call
themselves a menu or a sidebar.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from abstool.encoding import decode

Script = Literal["", "sup", "sub"]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a block's text in one kind of type."""

    text: str
    script: Script = ""
    strong: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a block stands in a table: which table of the page, which row and column of it.

    ``header`` says that it is a heading cell. Rows and columns count from 0; a cell that spans
    several stands in the first of them.
    """

    table: int
    row: int
    column: int
    header: bool = False


@dataclass(frozen=True, slots=True)
class Image:
    """An image: its address as written and its alternative text."""

    url: str
    alt: str


@dataclass(frozen=True)
class Block:
    """One printed line or paragraph, or an image.

    ``starts_paragraph`` is false where only a line break separates it from the block before.
    ``heading`` is its level, 0 for none; ``item`` the mark of a list item (``-``, ``1.``);
    ``caption`` says that the page marks it as the caption of a table or figure; ``chrome`` that it
    stands in an element that names itself a menu, a sidebar or the like, not the page's subject.
    """

    runs: tuple[Run, ...] = ()
    starts_paragraph: bool = True
    heading: int = 0
    item: str = ""
    caption: bool = False
    cell: Cell | None = None
    image: Image | None = None
    chrome: bool = False

    @cached_property
    def text(self) -> str:
        """The block's text on one line; superscripts and subscripts as Unicode has them."""
        return one_line("".join(scripted(run.text, run.script) for run in self.runs))


@dataclass(frozen=True)
class Page:
    """What a reader sees of a page, with what its head says of itself.

    ``canonical`` is the address the page calls its own, ``next_url`` that of the next page of a
    list, as written. ``cut_off`` says that the page is an HTML document whose end is missing.
    """

    blocks: tuple[Block, ...]
    canonical: str = ""
    next_url: str = ""
    title: str = ""
    cut_off: bool = False


def read(data: bytes | str, *, charset: str = "", subject: str = "page") -> Page:
    """Return the page that HTML or plain text, told apart by content, shows.

    ``charset`` is what the server said. Raises UnreadableInput for what is neither.
    """
    text = decode(data, charset=charset, subject=subject) if isinstance(data, bytes) else data
    text = unicodedata.normalize("NFC", _without_controls(text))
    if not _HTML.search(text):
        return Page(blocks=tuple(_lines(text)))
    from abstool import markup  # noqa: PLC0415 - text needs no HTML parser

    return markup.read(text)


def one_line(text: str) -> str:
    """Return text with every run of white space, of any kind, as one blank."""
    return " ".join(text.split()).strip(_ZERO_WIDTH)


_ZERO_WIDTH = "\u200b\ufeff\u2060 "
_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|main|article|section|div|p|h[1-6]|span|table|ul|ol|dl|"
    r"br|sup|strong|b|a|meta|title|li|pre|em|i)\b[^<>]*>",
    re.IGNORECASE,
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")


def _without_controls(text: str) -> str:
    """Drop control characters, which no page prints and a terminal would obey."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROLS.sub("", text.encode("utf-8", "replace").decode("utf-8")).lstrip("\ufeff")


# --- plain text -------------------------------------------------------------------------------

_BULLET = re.compile(r"^\s*(?:[•·▪◦‣*-]\s+)+")
_MARKDOWN = re.compile(r"^\s*(?P<heading>#{1,6})\s+|^\s*\*\*(?P<strong>[^*]{1,80})\*\*")


def _lines(text: str) -> Iterator[Block]:
    after_gap = True
    for line in re.split(r"[\n\x0b\x0c\x85\u2028\u2029]", text):
        bullet = _BULLET.match(line)
        rest = line[bullet.end() :] if bullet else line
        heading = 0
        if mark := _MARKDOWN.match(rest):  # a page saved as Markdown
            heading = len(mark["heading"] or "")
            rest = (mark["strong"] or "") + rest[mark.end() :]
        words = one_line(rest)
        if words:
            item = "-" if bullet else ""
            yield Block((Run(words),), starts_paragraph=after_gap, heading=heading, item=item)
        after_gap = not words


# --- superscripts and subscripts in running text ------------------------------------------------

_SUPERSCRIPTS = str.maketrans("0123456789+-−–=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿⁱ")
_SUBSCRIPTS = str.maketrans("0123456789+-−–=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎")
_SCRIPTABLE = {"sup": re.compile(r"[\d+\-−–=()ni]+"), "sub": re.compile(r"[\d+\-−–=()]+")}


def scripted(text: str, script: Script) -> str:
    """Return text as Unicode superscripts or subscripts, where every character of it has one."""
    core = text.strip()
    if not script or not _SCRIPTABLE[script].fullmatch(core):
        return text
    return text.replace(core, core.translate(_SUPERSCRIPTS if script == "sup" else _SUBSCRIPTS))
