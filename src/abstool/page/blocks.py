"""The blocks of a page: one printed line or paragraph each, with what its markup says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

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


def one_line(text: str) -> str:
    """Return text with every run of white space, of any kind, as one blank."""
    return " ".join(text.split()).strip(_ZERO_WIDTH)


_ZERO_WIDTH = "\u200b\ufeff\u2060 "


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
