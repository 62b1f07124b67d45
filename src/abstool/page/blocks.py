"""The blocks of a page: one printed line or paragraph each, with the meaning of its markup."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from msgspec import Struct

from abstool.text import SUBSCRIPTS, SUPERSCRIPTS

Script = Literal["", "sup", "sub"]


class Run(Struct, frozen=True):
    """A stretch of a block's text with uniform formatting."""

    text: str
    script: Script = ""
    strong: bool = False
    href: str = ""


class Cell(Struct, frozen=True):
    """The position of a block in a table: the table's number on the page, row and column.

    ``header`` marks a heading cell. Rows and columns count from 0; a cell that spans several has
    the position of the first.
    """

    table: int
    row: int
    column: int
    header: bool = False


class Image(Struct, frozen=True):
    """An image: its URL as written and its alternative text."""

    url: str
    alt: str


class Block(Struct, frozen=True, dict=True):
    """One printed line or paragraph, or an image.

    ``starts_paragraph`` is false if only a line break separates it from the previous block.
    ``heading`` is the heading level, 0 for none; ``item`` is the marker of a list item (``-``,
    ``1.``); ``caption`` is true if the markup makes it the caption of a table or figure.
    """

    runs: tuple[Run, ...] = ()
    starts_paragraph: bool = True
    heading: int = 0
    item: str = ""
    caption: bool = False
    cell: Cell | None = None
    image: Image | None = None

    @cached_property
    def text(self) -> str:
        """The block's text on one line, with superscripts and subscripts in Unicode."""
        return one_line("".join([scripted(run.text, run.script) for run in self.runs]))


class Page(Struct, frozen=True):
    """The visible content of a page, without menus and sidebars, and facts from its head.

    ``canonical`` is the URL the page declares as its own, as written. ``metas`` are the names, in
    lower case, and contents of its ``meta`` elements; ``linked_data`` are its JSON-LD texts.
    ``saved_from`` (a URL) and ``saved_on`` (an ISO date) are from the program that saved it.
    ``cut_off`` is true for an HTML document whose end is missing. ``markup`` is the HTML itself as
    UTF-8, empty for plain text.
    """

    blocks: tuple[Block, ...]
    canonical: str = ""
    title: str = ""
    metas: tuple[tuple[str, str], ...] = ()
    linked_data: tuple[str, ...] = ()
    saved_from: str = ""
    saved_on: str = ""
    cut_off: bool = False
    markup: bytes = b""


def one_line(text: str) -> str:
    """Return text on one line, with each run of whitespace replaced by one space."""
    if text.isprintable() and "  " not in text:  # no spaces but single ones, as in most texts
        return text.strip(" ")
    return " ".join(text.split()).strip(_ZERO_WIDTH)


_ZERO_WIDTH = "\u200b\ufeff\u2060 "


# --- superscripts and subscripts in running text ------------------------------------------------

# Pages print an en dash for a minus.
_SCRIPTS = {"sup": SUPERSCRIPTS | {"–": "⁻"}, "sub": SUBSCRIPTS | {"–": "₋"}}


def scripted(text: str, script: Script) -> str:
    """Return text in Unicode superscripts or subscripts if every character has one."""
    if not script:
        return text
    core, signs = text.strip(), _SCRIPTS[script]
    if not core or not set(core) <= signs.keys():
        return text
    return text.replace(core, "".join([signs[sign] for sign in core]))
