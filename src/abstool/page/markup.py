"""Turn HTML into blocks: the text a reader sees, in order, from one walk over lxml's tree."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from abstool.page import comments, head, limits
from abstool.page.blocks import Block, Cell, Image, Page, Run, Script, one_line
from abstool.text import composed

_INVISIBLE = frozenset(
    "script style noscript template svg math iframe object select option textarea button head "
    "nav aside dialog".split()
)
_BLOCKS = frozenset(
    "address article blockquote body caption dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr html legend li main ol p pre section summary table "
    "tbody td tfoot th thead tr ul".split()
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
# Class names and ids of elements that are never part of the abstract. Only whole names count:
# some themes put the article itself in a "content-sidebar-wrap".
_CHROME = frozenset(
    "sidebar sidebar-primary widget widget-area footer-widgets site-footer colophon menu "
    "nav-primary sharedaddy jp-relatedposts related related-posts related-abstracts breadcrumb "
    "breadcrumbs pagination comments comments-area entry-comments comment-respond skip-link "
    "cookie-notice".split()
)
_TEXT_STYLES = frozenset("sup sub strong b".split())
_CAPTIONS = frozenset("caption figcaption".split())
_CAPTION_NAMES = frozenset("wp-caption-text caption-text figure-caption table-caption".split())
_NAMES = _CHROME | _CAPTION_NAMES | {"emoji"}  # all class names and ids that have a meaning here
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BEGIN = re.compile(rb"<html\b", re.IGNORECASE)
_END = re.compile(rb"</html\s*>", re.IGNORECASE)
# Numeric references to control characters, such as ``&#27;``.
_CONTROL_REFERENCES = re.compile(
    rb"&#(?:0*(?:[0-8]|1[4-9]|2[0-9]|3[01]|127)(?![0-9])|"
    rb"[xX]0*(?:[0-8eEfF]|1[0-9a-fA-F]|7[fF])(?![0-9a-fA-F]));?"
)
# Limits for one cell and for one table: larger values are typing errors or attacks.
_MAX_SPAN = 100
_DIGITS = 4  # of a number that may be more
_MAX_COLUMNS = 200


def read(markup: bytes, subject: str = "page") -> Page:
    """Return the page of HTML in UTF-8. Raises UnreadableInput if it is too deep or too long."""
    parser = etree.HTMLParser(
        encoding="utf-8",
        huge_tree=True,
        collect_ids=False,
        remove_comments=True,
        remove_pis=True,
    )
    # Replaced by a space: removing one could join the text around it into another.
    markup = _CONTROL_REFERENCES.sub(b" ", markup)
    try:
        root = etree.fromstring(markup, parser)
    except etree.XMLSyntaxError:  # the document is only a comment
        root = None
    if root is None:
        return Page(blocks=(), markup=markup)
    metas, saved = head.metas(root), comments.read(markup)
    return Page(
        blocks=_blocks(root, subject),
        canonical=head.canonical(root, metas),
        title=head.title(root),
        metas=metas,
        linked_data=head.linked_data(root),
        saved_from=saved.url,
        saved_on=saved.day,
        cut_off=_is_cut_off(markup),
        markup=markup,
    )


def _is_cut_off(markup: bytes) -> bool:
    """Return whether an HTML document has a start tag but no end tag."""
    # The tail is searched first because the end tag nearly always is there.
    return not any(map(_END.search, (markup[-1000:], markup))) and bool(_BEGIN.search(markup))


def _blocks(root: etree._Element, subject: str) -> tuple[Block, ...]:
    """Return the blocks of a tree, walked without recursion, which is slow in a deep one."""
    builder = _BlockBuilder(subject)
    walker = etree.iterwalk(root, events=("start", "end"))
    skipped = False
    for event, element in walker:
        if event == "start":
            if _is_invisible(element):
                skipped = True
                walker.skip_subtree()
            elif not builder.start(element):
                walker.skip_subtree()
            elif text := element.text:
                builder.text(text)
            continue
        if skipped:
            skipped = False
        else:
            builder.end(element)
        if text := element.tail:
            builder.text(text)
    builder.flush()
    return tuple(builder.blocks)


def _is_invisible(element: etree._Element) -> bool:
    if element.tag in _INVISIBLE:
        return True
    attributes = element.keys()
    return bool(attributes) and (
        "hidden" in attributes
        or element.get("role") == "navigation"
        or ("style" in attributes and bool(_HIDDEN_STYLE.search(element.get("style") or "")))
    )


def _names_of(element: etree._Element) -> frozenset[str]:
    """Return the class names and the id of an element that are in ``_NAMES``."""
    names = _NAMES.intersection((element.get("class") or "").lower().split())
    element_id = (element.get("id") or "").lower()
    return names | {element_id} if element_id in _NAMES else names


@dataclass
class _Grid:
    """A table being read, which tracks the position of the next cell across spans."""

    number: int
    row: int = -1
    column: int = -1
    heading: bool = False
    cell: Cell | None = None
    free: dict[int, int] = field(default_factory=dict)  # column: first row not covered by a span

    def start_row(self) -> None:
        self.row += 1
        self.column = -1
        self.cell = None

    def start_cell(self, element: etree._Element) -> None:
        self.row = max(self.row, 0)
        self.column += 1
        while self.free.get(self.column, 0) > self.row:
            self.column += 1
        self.column = min(self.column, _MAX_COLUMNS)
        rows, columns = _span(element, "rowspan"), _span(element, "colspan")
        header = self.heading or element.tag == "th"
        self.cell = Cell(self.number, self.row, self.column, header)
        if rows > 1:
            self.free |= dict.fromkeys(range(self.column, self.column + columns), self.row + rows)
        self.column += columns - 1


def _span(element: etree._Element, name: str) -> int:
    value = element.get(name) or ""
    digits = value.lstrip("0") if value.isdecimal() and value.isascii() else ""
    return min(int(digits[:_DIGITS]), _MAX_SPAN) if digits else 1


@dataclass
class _BlockBuilder:
    """Collects the runs of a line and closes it where a reader sees the line end."""

    subject: str  # in errors
    size: int = 0  # characters so far
    blocks: list[Block] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    has_text: bool = False  # whether any run is more than whitespace
    images: list[Block] = field(default_factory=list)
    starts_paragraph: bool = True
    depth: dict[str, int] = field(default_factory=dict)
    script: Script = ""
    strong: bool = False
    headings: list[int] = field(default_factory=list)
    hrefs: list[str] = field(default_factory=list)
    names: list[frozenset[str]] = field(default_factory=lambda: [frozenset()])
    tables: int = 0
    grids: list[_Grid] = field(default_factory=list)
    lists: list[int] = field(default_factory=list)  # items so far, -1 for an unnumbered list
    item: str = ""

    def start(self, element: etree._Element) -> bool:
        """Begin an element and return whether its content can be visible."""
        name = element.tag
        if name == "br":
            self.line_break()
            return True
        if name in _BLOCKS:
            self.flush()
            self.starts_paragraph = True
        self.depth[name] = self.depth.get(name, 0) + 1
        known = _names_of(element) if element.keys() else None
        self.names.append(self.names[-1] | known if known else self.names[-1])
        limits.check_depth(len(self.names), self.subject)
        if name == "a":
            self.hrefs.append(element.get("href") or "")
        elif name == "img":
            self._image(element)
        elif name in _HEADINGS:
            self.headings.append(_HEADINGS[name])
        elif name in _TEXT_STYLES:
            self._set_text_style()
        elif name in ("ol", "ul"):
            self.lists.append(0 if name == "ol" else -1)
        elif name == "li":
            self._start_item()
        else:
            self._start_table_part(name, element)
        return not known or name not in _BLOCKS or known.isdisjoint(_CHROME)

    def end(self, element: etree._Element) -> None:
        name = element.tag
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
        elif name in _HEADINGS:
            self.headings.pop()
        elif name in _TEXT_STYLES:
            self._set_text_style()
        elif name in ("ol", "ul"):
            self.lists.pop()
        elif name == "li":
            self.item = ""
        elif name == "thead" and self.grids:
            self.grids[-1].heading = False

    def _set_text_style(self) -> None:
        depth = self.depth.get
        self.script = "sup" if depth("sup") else "sub" if depth("sub") else ""
        self.strong = bool(depth("strong") or depth("b"))

    def _start_item(self) -> None:
        if self.lists and self.lists[-1] >= 0:
            self.lists[-1] += 1
            self.item = f"{self.lists[-1]}."
        else:
            self.item = "-"

    def _start_table_part(self, name: str, element: etree._Element) -> None:
        if name == "table":
            self.tables += 1
            self.grids.append(_Grid(self.tables))
        elif not self.grids:
            return
        elif name == "thead":
            self.grids[-1].heading = True
        elif name == "tr":
            self.grids[-1].start_row()
        elif name in ("td", "th"):
            self.grids[-1].start_cell(element)

    def _image(self, element: etree._Element) -> None:
        """Keep an image until the end of its line; an emoji image counts as text."""
        alt = one_line(composed(element.get("alt") or ""))
        if "emoji" in self.names[-1]:
            self._add(alt)
            return
        sources = (element.get(name) or "" for name in ("data-lazy-src", "data-src", "src"))
        url = next((one_line(s) for s in sources if s and not s.startswith("data:")), "")
        if (url or alt) and self.names[-1].isdisjoint(_CHROME):
            self.images.append(Block(image=Image(url, alt)))

    def text(self, text: str) -> None:
        self.size += len(text)
        limits.check_size(self.size, self.subject)
        if self.depth.get("pre"):
            for number, line in enumerate(text.split("\n")):
                if number:
                    self.line_break()
                self._add(composed(line))
        else:
            self._add(composed(text))

    def _add(self, text: str) -> None:
        if text:
            href = self.hrefs[-1] if self.hrefs else ""
            self.runs.append(Run(text, self.script, self.strong, href))
            self.has_text = self.has_text or not text.isspace()

    def line_break(self) -> None:
        """End the line; a second break with no text in between ends the paragraph."""
        if self.headings:
            self._add(" ")
        elif self.has_text:
            self.flush()
            self.starts_paragraph = False
        else:
            self.starts_paragraph = True

    def flush(self) -> None:
        if self.has_text:
            names = self.names[-1]
            if names.isdisjoint(_CHROME):
                self.blocks.append(
                    Block(
                        tuple(self.runs),
                        self.starts_paragraph,
                        min(self.headings, default=0),
                        self.item,
                        any(map(self.depth.get, _CAPTIONS)) or not names.isdisjoint(_CAPTION_NAMES),
                        self.grids[-1].cell if self.grids else None,
                    )
                )
            self.item = ""
            self.has_text = False
        if self.images:
            self.blocks += self.images
            self.images = []
        self.runs.clear()
