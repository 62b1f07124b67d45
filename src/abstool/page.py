"""A page as its reader sees it: bytes go in, an ordered list of text blocks comes out.

HTML and plain text give the same blocks, so that one grammar reads both. A block is one printed
line or paragraph; of the markup it keeps only what carries meaning: superscripts and subscripts,
links, strong type, headings, list items, table cells, images, and class names as hints. The only
module that knows an HTML parser.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from bs4 import BeautifulSoup
from bs4.element import PageElement, PreformattedString, Tag

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
    """Where a block stands in a table: which table of the page, which row and column of it."""

    table: int
    row: int
    column: int
    header: bool


@dataclass(frozen=True, slots=True)
class Image:
    """An image: its address as written and its alternative text."""

    url: str
    alt: str


@dataclass(frozen=True)
class Block:
    """One printed line or paragraph.

    ``starts_paragraph`` is false where only a line break separates it from the block before.
    ``hints`` are the class names and ids of the elements around it, lower-case.
    """

    runs: tuple[Run, ...]
    starts_paragraph: bool = True
    heading: int = 0
    item: bool = False
    cell: Cell | None = None
    image: Image | None = None
    hints: frozenset[str] = frozenset()

    @cached_property
    def text(self) -> str:
        """The block's text on one line; superscripts and subscripts as Unicode has them."""
        return one_line("".join(scripted(run.text, run.script) for run in self.runs))


@dataclass(frozen=True)
class Page:
    """What a reader sees of a page, with what its head says of itself.

    ``canonical`` is the address the page calls its own. ``cut_off`` says that the page is an HTML
    document whose end is missing.
    """

    blocks: tuple[Block, ...]
    canonical: str = ""
    title: str = ""
    cut_off: bool = False
    html: bool = False


def read(data: bytes | str, *, charset: str = "", subject: str = "page") -> Page:
    """Return the page that HTML or plain text, told apart by content, shows.

    ``charset`` is what the server said. Raises UnreadableInput for what is neither.
    """
    text = decode(data, charset=charset, subject=subject) if isinstance(data, bytes) else data
    text = unicodedata.normalize("NFC", _without_controls(text))
    return _read_html(text) if _HTML.search(text) else _read_text(text)


def one_line(text: str) -> str:
    """Return text with every run of white space, of any kind, as one blank."""
    return " ".join(text.split()).strip(_ZERO_WIDTH)


_ZERO_WIDTH = "\u200b\ufeff\u2060 "
_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|main|article|section|div|p|h[1-6]|span|table|ul|ol|dl|"
    r"br|sup|strong|b|a|meta)\b[^<>]*>",
    re.IGNORECASE,
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")


def _without_controls(text: str) -> str:
    """Drop control characters, which no page prints and a terminal would obey."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROLS.sub("", text.encode("utf-8", "replace").decode("utf-8")).lstrip("\ufeff")


# --- plain text -------------------------------------------------------------------------------

_BULLET = re.compile(r"^\s*(?:[•·▪◦‣*-]\s+)+")


def _read_text(text: str) -> Page:
    return Page(blocks=tuple(_lines(text)))


def _lines(text: str) -> Iterator[Block]:
    after_gap = True
    for line in re.split(r"[\n\x0b\x0c\x85\u2028\u2029]", text):
        bullet = _BULLET.match(line)
        words = one_line(line[bullet.end() :] if bullet else line)
        if words:
            yield Block((Run(words),), starts_paragraph=after_gap, item=bool(bullet))
        after_gap = not words


# --- HTML -------------------------------------------------------------------------------------

_INVISIBLE = frozenset(
    "script style noscript template svg math iframe object select option textarea button head "
    "nav aside dialog".split()
)
_BLOCKS = frozenset(
    "address article blockquote body caption dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr html legend li main ol p pre section summary table "
    "tbody td tfoot th thead tr ul".split()
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def _read_html(text: str) -> Page:
    soup = BeautifulSoup(text, "lxml")
    builder = _BlockBuilder()
    for event, node in _walk(soup):
        if event == "text":
            builder.text(str(node))
        elif isinstance(node, Tag):
            (builder.start if event == "start" else builder.end)(node)
    builder.flush()
    return Page(
        blocks=tuple(builder.blocks),
        canonical=_canonical(soup),
        title=one_line(soup.title.get_text()) if soup.title else "",
        cut_off=bool(re.search(r"<html\b", text, re.IGNORECASE))
        and not re.search(r"</html\s*>", text, re.IGNORECASE),
        html=True,
    )


def _canonical(soup: BeautifulSoup) -> str:
    for tag, key in (
        (soup.find("link", rel="canonical"), "href"),
        (soup.find("meta", property="og:url"), "content"),
    ):
        if isinstance(tag, Tag) and (address := one_line(str(tag.get(key) or ""))):
            return address
    return ""


def _walk(soup: BeautifulSoup) -> Iterator[tuple[Literal["start", "end", "text"], PageElement]]:
    """Walk the tree without recursion, since a hostile page may nest without limit."""
    open_tags: list[Tag] = []
    rest = [iter(soup.contents)]
    while rest:
        node = next(rest[-1], None)
        if node is None:
            rest.pop()
            if open_tags:
                yield "end", open_tags.pop()
        elif isinstance(node, Tag):
            if not _is_invisible(node):
                yield "start", node
                open_tags.append(node)
                rest.append(iter(node.contents))
        elif not isinstance(node, PreformattedString):  # comments, doctype, CDATA
            yield "text", node


def _is_invisible(tag: Tag) -> bool:
    return (
        tag.name in _INVISIBLE
        or tag.has_attr("hidden")
        or tag.get("role") == "navigation"
        or bool(_HIDDEN_STYLE.search(str(tag.get("style") or "")))
    )


@dataclass
class _BlockBuilder:
    """Collects the runs of the line being read and closes it where a reader sees a line end."""

    blocks: list[Block] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    starts_paragraph: bool = True
    depth: dict[str, int] = field(default_factory=dict)
    hrefs: list[str] = field(default_factory=list)
    hints: list[frozenset[str]] = field(default_factory=lambda: [frozenset()])
    tables: int = 0
    cells: list[Cell] = field(default_factory=list)

    def start(self, tag: Tag) -> None:
        name = tag.name
        if name == "br":
            self.line_break()
            return
        if name in _BLOCKS:
            self.flush()
            self.starts_paragraph = True
        self.depth[name] = self.depth.get(name, 0) + 1
        words = {*(tag.get_attribute_list("class")), tag.get("id")} - {None, ""}
        self.hints.append(self.hints[-1] | {str(word).lower() for word in words})
        if name == "a":
            self.hrefs.append(str(tag.get("href") or ""))
        elif name == "img":
            self.flush()
            image = Image(str(tag.get("src") or ""), one_line(str(tag.get("alt") or "")))
            self.blocks.append(Block((), image=image, hints=self.hints[-1]))
        elif name in ("table", "tr", "td", "th"):
            self._start_table_part(name)

    def end(self, tag: Tag) -> None:
        name = tag.name
        if name == "br":
            return
        if name in _BLOCKS:
            self.flush()
            self.starts_paragraph = True
        self.depth[name] -= 1
        self.hints.pop()
        if name == "a":
            self.hrefs.pop()
        elif name == "table":
            self.cells.pop()

    def _start_table_part(self, name: str) -> None:
        if name == "table":
            self.tables += 1
            self.cells.append(Cell(self.tables, -1, -1, header=False))
        elif self.cells:
            cell = self.cells[-1]
            if name == "tr":
                self.cells[-1] = Cell(cell.table, cell.row + 1, -1, header=False)
            else:
                self.cells[-1] = Cell(
                    cell.table, max(cell.row, 0), cell.column + 1, header=name == "th"
                )

    def text(self, text: str) -> None:
        if self.depth.get("pre"):
            for number, line in enumerate(text.split("\n")):
                if number:
                    self.line_break()
                self._add(line)
        else:
            self._add(text)

    def _add(self, text: str) -> None:
        if text:
            script: Script = (
                "sup" if self.depth.get("sup") else "sub" if self.depth.get("sub") else ""
            )
            strong = bool(self.depth.get("strong") or self.depth.get("b"))
            href = self.hrefs[-1] if self.hrefs else ""
            self.runs.append(Run(text, script, strong, href))

    def line_break(self) -> None:
        """End the line; a second break without text between is a paragraph's end."""
        if self._heading():
            self._add(" ")
        elif self._has_text():
            self.flush()
            self.starts_paragraph = False
        else:
            self.starts_paragraph = True

    def flush(self) -> None:
        if self._has_text():
            self.blocks.append(
                Block(
                    tuple(self.runs),
                    starts_paragraph=self.starts_paragraph,
                    heading=self._heading(),
                    item=bool(self.depth.get("li")),
                    cell=self.cells[-1] if self.cells and self.cells[-1].column >= 0 else None,
                    hints=self.hints[-1],
                )
            )
        self.runs = []

    def _has_text(self) -> bool:
        return any(run.text and not run.text.isspace() for run in self.runs)

    def _heading(self) -> int:
        return next((level for level in range(1, 7) if self.depth.get(f"h{level}")), 0)


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
