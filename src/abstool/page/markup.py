"""HTML to blocks: what a reader sees of the markup. The only module that knows an HTML parser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from bs4 import BeautifulSoup
from bs4.element import PageElement, PreformattedString, Tag

from abstool.page.blocks import Block, Cell, Image, Page, Run, Script, one_line

_INVISIBLE = frozenset(
    "script style noscript template svg math iframe object select option textarea button head "
    "nav aside dialog".split()
)
_BLOCKS = frozenset(
    "address article blockquote body caption dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr html legend li main ol p pre section summary table "
    "tbody td tfoot th thead tr ul".split()
)
# Class names and ids of elements that are never part of the abstract. Whole names only: themes
# call a column that holds the article "content-sidebar-wrap".
_CHROME = frozenset(
    "sidebar sidebar-primary widget widget-area footer-widgets site-footer colophon menu "
    "nav-primary sharedaddy jp-relatedposts related related-posts related-abstracts breadcrumb "
    "breadcrumbs pagination comments comments-area entry-comments comment-respond skip-link "
    "cookie-notice".split()
)
_CAPTIONS = frozenset("caption figcaption".split())
_CAPTION_NAMES = frozenset("wp-caption-text caption-text figure-caption table-caption".split())
_NAMES = _CHROME | _CAPTION_NAMES | {"emoji"}  # class names and ids that say what an element is
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NOWHERE = re.compile(r"#|(?!https?:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_NEXT_NAMES = frozenset("next nextpostslink next-page".split())
_NEXT_WORDS = (
    re.compile(
        r"next(?: (?:page|posts?|entries|results|abstracts))?\s*[»›→>]*|"
        r"[«‹←]?\s*older (?:posts|entries)\s*[»›→>]*",
        re.IGNORECASE,
    ),
    re.compile("[›→>]"),
    re.compile("[»]|>>"),
)
# Of a table cell, and of a table: more is a slip or an attack.
_MAX_SPAN = 100
_MAX_COLUMNS = 200


def read(text: str) -> Page:
    """Return the page that an HTML text shows."""
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
        next_url=_next_url(soup),
        title=one_line(soup.title.get_text()) if soup.title else "",
        cut_off=bool(re.search(r"<html\b", text, re.IGNORECASE))
        and not re.search(r"</html\s*>", text, re.IGNORECASE),
    )


def _canonical(soup: BeautifulSoup) -> str:
    for tag, key in (
        (soup.find("link", rel="canonical"), "href"),
        (soup.find("meta", property="og:url"), "content"),
    ):
        if isinstance(tag, Tag) and (address := one_line(str(tag.get(key) or ""))):
            return address
    return ""


def _next_url(soup: BeautifulSoup) -> str:
    """Return the address of the page that follows in a list: what says so most plainly counts."""
    links = [
        (tag, href)
        for tag in (*soup.find_all("link"), *soup.find_all("a"))
        if (href := one_line(str(tag.get("href") or ""))) and not _NOWHERE.match(href)
    ]
    for name in ("rel", "class"):
        for tag, address in links:
            if _NEXT_NAMES & {str(word).lower() for word in tag.get_attribute_list(name)}:
                return address
    texts = [(_short_text(tag) or str(tag.get("aria-label") or ""), href) for tag, href in links]
    for pattern in _NEXT_WORDS:  # where a pager has both, the double arrow leads to the last page
        for text, address in texts:
            if pattern.fullmatch(text):
                return address
    return ""


def _short_text(tag: Tag) -> str:
    """Return the text of a tag that holds little; of one that holds much, some of it.

    Links may be nested without limit, and each would hold the text of all within.
    """
    children = tag.contents[:8]
    nodes = [n for c in children for n in (c.contents[:8] if isinstance(c, Tag) else [c])]
    return one_line("".join(str(node) for node in nodes if not isinstance(node, Tag)))


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
class _Grid:
    """A table being read: where the next cell stands, given the spans of those before."""

    number: int
    row: int = -1
    column: int = -1
    heading: bool = False
    cell: Cell | None = None
    free: dict[int, int] = field(default_factory=dict)  # column: first row no cell reaches into

    def start_row(self) -> None:
        self.row += 1
        self.column = -1
        self.cell = None

    def start_cell(self, tag: Tag) -> None:
        self.row = max(self.row, 0)
        self.column += 1
        while self.free.get(self.column, 0) > self.row:
            self.column += 1
        self.column = min(self.column, _MAX_COLUMNS)
        rows, columns = _span(tag, "rowspan"), _span(tag, "colspan")
        self.cell = Cell(self.number, self.row, self.column, self.heading or tag.name == "th")
        if rows > 1:
            self.free |= dict.fromkeys(range(self.column, self.column + columns), self.row + rows)
        self.column += columns - 1


def _span(tag: Tag, name: str) -> int:
    value = str(tag.get(name) or "")
    return (
        min(int(value), _MAX_SPAN) if value.isdecimal() and value.isascii() and value != "0" else 1
    )


@dataclass
class _BlockBuilder:
    """Collects the runs of the line being read and closes it where a reader sees a line end."""

    blocks: list[Block] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    images: list[Block] = field(default_factory=list)
    starts_paragraph: bool = True
    depth: dict[str, int] = field(default_factory=dict)
    hrefs: list[str] = field(default_factory=list)
    names: list[frozenset[str]] = field(default_factory=lambda: [frozenset()])
    tables: int = 0
    grids: list[_Grid] = field(default_factory=list)
    lists: list[int] = field(default_factory=list)  # items so far; -1: without numbers
    item: str = ""

    def start(self, tag: Tag) -> None:
        name = tag.name
        if name == "br":
            self.line_break()
            return
        if name in _BLOCKS:
            self.flush()
            self.starts_paragraph = True
        self.depth[name] = self.depth.get(name, 0) + 1
        words = (*tag.get_attribute_list("class"), tag.get("id"))
        known = _NAMES & {str(word).lower() for word in words}
        self.names.append(self.names[-1] | known if known else self.names[-1])
        if name == "a":
            self.hrefs.append(str(tag.get("href") or ""))
        elif name == "img":
            self._image(tag)
        elif name in ("ol", "ul"):
            self.lists.append(0 if name == "ol" else -1)
        elif name == "li":
            self._start_item()
        else:
            self._start_table_part(tag)

    def end(self, tag: Tag) -> None:
        name = tag.name
        if name == "br":
            return
        if name in _BLOCKS:
            self.flush()
            self.starts_paragraph = True
        self.depth[name] -= 1
        self.names.pop()
        if name == "a":
            self.hrefs.pop()
        elif name == "table":
            self.grids.pop()
        elif name in ("ol", "ul"):
            self.lists.pop()
        elif name == "li":
            self.item = ""
        elif name == "thead" and self.grids:
            self.grids[-1].heading = False

    def _start_item(self) -> None:
        if self.lists and self.lists[-1] >= 0:
            self.lists[-1] += 1
            self.item = f"{self.lists[-1]}."
        else:
            self.item = "-"

    def _start_table_part(self, tag: Tag) -> None:
        if tag.name == "table":
            self.tables += 1
            self.grids.append(_Grid(self.tables))
        elif not self.grids:
            return
        elif tag.name == "thead":
            self.grids[-1].heading = True
        elif tag.name == "tr":
            self.grids[-1].start_row()
        elif tag.name in ("td", "th"):
            self.grids[-1].start_cell(tag)

    def _image(self, tag: Tag) -> None:
        """Keep an image for the end of its line; one that stands for a character is text."""
        alt = one_line(str(tag.get("alt") or ""))
        if "emoji" in self.names[-1]:
            self._add(alt)
            return
        sources = (str(tag.get(name) or "") for name in ("data-lazy-src", "data-src", "src"))
        url = next((one_line(s) for s in sources if s and not s.startswith("data:")), "")
        if url or alt:
            chrome = bool(self.names[-1] & _CHROME)
            self.images.append(Block(image=Image(url, alt), chrome=chrome))

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
            names = self.names[-1]
            self.blocks.append(
                Block(
                    tuple(self.runs),
                    starts_paragraph=self.starts_paragraph,
                    heading=self._heading(),
                    item=self.item,
                    caption=any(map(self.depth.get, _CAPTIONS)) or bool(names & _CAPTION_NAMES),
                    cell=self.grids[-1].cell if self.grids else None,
                    chrome=bool(names & _CHROME),
                )
            )
            self.item = ""
        self.blocks += self.images
        self.runs, self.images = [], []

    def _has_text(self) -> bool:
        return any(run.text and not run.text.isspace() for run in self.runs)

    def _heading(self) -> int:
        return next((level for level in range(1, 7) if self.depth.get(f"h{level}")), 0)
