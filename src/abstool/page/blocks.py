"""The blocks of a page: one printed line or paragraph each, with what its markup says."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from msgspec import Struct

from abstool.text import SUBSCRIPTS, SUPERSCRIPTS

Script = Literal["", "sup", "sub"]


class Run(Struct, frozen=True):
    """A stretch of a block's text in one kind of type."""

    text: str
    script: Script = ""
    strong: bool = False
    href: str = ""


class Cell(Struct, frozen=True):
    """Where a block stands in a table: which table of the page, which row and column of it.

    ``header`` says that it is a heading cell. Rows and columns count from 0; a cell that spans
    several stands in the first of them.
    """

    table: int
    row: int
    column: int
    header: bool = False


class Image(Struct, frozen=True):
    """An image: its address as written and its alternative text."""

    url: str
    alt: str


class Block(Struct, frozen=True, dict=True):
    """One printed line or paragraph, or an image.

    ``starts_paragraph`` is false where only a line break separates it from the block before.
    ``heading`` is its level, 0 for none; ``item`` the mark of a list item (``-``, ``1.``);
    ``caption`` says that the page marks it as the caption of a table or figure.
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
        """The block's text on one line; superscripts and subscripts as Unicode has them."""
        return one_line("".join([scripted(run.text, run.script) for run in self.runs]))


class Page(Struct, frozen=True):
    """What a reader sees of a page, with what its head says of itself.

    Menus, sidebars and the like are no part of it. ``canonical`` is the address the page calls its
    own, as written. ``cut_off`` says that the page is an HTML document whose end is missing.
    ``markup`` is the HTML itself, as UTF-8; text has none.
    """

    blocks: tuple[Block, ...]
    canonical: str = ""
    title: str = ""
    cut_off: bool = False
    markup: bytes = b""


def one_line(text: str) -> str:
    """Return text with every run of white space, of any kind, as one blank."""
    return " ".join(text.split()).strip(_ZERO_WIDTH)


_ZERO_WIDTH = "\u200b\ufeff\u2060 "


# --- superscripts and subscripts in running text ------------------------------------------------

# Pages print an en dash for a minus.
_SCRIPTS = {"sup": SUPERSCRIPTS | {"–": "⁻"}, "sub": SUBSCRIPTS | {"–": "₋"}}


def scripted(text: str, script: Script) -> str:
    """Return text as Unicode superscripts or subscripts, where every character of it has one."""
    if not script:
        return text
    core, signs = text.strip(), _SCRIPTS[script]
    if not core or not set(core) <= signs.keys():
        return text
    return text.replace(core, "".join([signs[sign] for sign in core]))
