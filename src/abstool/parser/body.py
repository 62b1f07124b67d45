"""Read the body: its sections as running text, its tables and its figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from urllib.parse import urljoin

from abstool.page import Block
from abstool.parser.layout import BodyPart
from abstool.record import Figure, Section, Table

_WRAPPED_WIDTH = 120  # characters; a text with longer lines was not wrapped by hand
_CAPTION = re.compile(
    r"(?:Table|Tab\.|Figure|Fig\.?|Image|Graph|Chart)\s*\d*\s*[A-Za-z]?\s*[.:–—-]", re.IGNORECASE
)
_NOTICE = re.compile(
    r"\bembargo|\bwill be released\b|\bwithdrawn\b|\bwithdrew\b|\bnot available\b", re.IGNORECASE
)
_MOST_POSITIONS = 20  # per cell with text; a grid with more is not a table
_NOTICE_LENGTH = 600  # characters; a longer text is an abstract that mentions these words


@dataclass
class Body:
    """The content of the body, in printed order."""

    sections: list[Section] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def read(parts: Sequence[BodyPart], page_url: str) -> Body:
    """Return the body; ``page_url`` resolves the relative URLs of figures.

    Sections without text are left out. A notice instead of the abstract (an embargo, a withdrawal)
    becomes a warning, not a section.
    """
    body = Body()
    for part in parts:
        text = _read_part(body, part, page_url)
        if text and not part.label and len(parts) == 1 and _is_notice(text):
            body.warnings.append(f"The page has a notice instead of the abstract: {text}")
        elif text:
            body.sections.append(Section(label=part.label, text=text))
    return body


def _is_notice(text: str) -> bool:
    return len(text) < _NOTICE_LENGTH and bool(_NOTICE.search(text))


def _read_part(body: Body, part: BodyPart, page_url: str) -> str:
    """Add the tables and figures of a section to the body and return its text."""
    text: list[Block] = []
    owner: Table | Figure | None = None  # the table or figure that the next caption belongs to
    for table, group in groupby(part.blocks, key=lambda block: block.cell and block.cell.table):
        blocks = list(group)
        found = _table(blocks, part.label) if table else None
        if found:
            owner = found
            owner.caption = _take_caption(text)
            body.tables.append(owner)
            continue
        for block in blocks:
            if block.image:
                url = _absolute(page_url, block.image.url)
                owner = Figure(section=part.label, url=url, alt=block.image.alt)
                body.figures.append(owner)
            elif owner and not owner.caption and _is_caption(block):
                owner.caption = block.text
            else:
                text.append(block)
                owner = None if not block.caption else owner
    return running_text(text)


def _absolute(page_url: str, url: str) -> str:
    try:
        return urljoin(page_url, url) if url else ""
    except ValueError:  # not a valid URL: "http://["
        return url


def _is_caption(block: Block) -> bool:
    return block.caption or bool(_CAPTION.match(block.text))


def _take_caption(text: list[Block]) -> str:
    """Remove the caption before a table from the text and return it, or "" without one."""
    return text.pop().text if text and _is_caption(text[-1]) else ""


def _table(blocks: Iterable[Block], label: str) -> Table | None:
    """Return the table made of the cells, or None for one column or a mostly empty grid.

    One column is usually the layout of a page: labels in one column, and their texts, which end up
    here, in another.
    """
    cells: dict[tuple[int, int], list[str]] = {}
    heading_rows: dict[int, bool] = {}
    for block in blocks:
        if block.cell:
            row = block.cell.row
            cells.setdefault((row, block.cell.column), []).append(block.text)
            heading_rows[row] = heading_rows.get(row, True) and block.cell.header
    columns = max((column for _, column in cells), default=0) + 1
    numbers = sorted(heading_rows)
    filled = {column for _, column in cells}
    if len(filled) < 2 or columns * len(numbers) > _MOST_POSITIONS * len(cells):
        return None
    rows = [
        [" ".join(cells.get((row, column), ())) for column in range(columns)] for row in numbers
    ]
    header = rows.pop(0) if heading_rows[numbers[0]] and len(rows) > 1 else []
    return Table(section=label, header=header, rows=rows)


# --- running text ---------------------------------------------------------------------------------


def running_text(blocks: Sequence[Block]) -> str:
    """Join blocks: paragraphs with a blank line, lines of one paragraph with a space."""
    width = max((len(block.text) for block in blocks), default=0)
    lines: list[str] = []
    previous: Block | None = None
    for block in blocks:
        if previous is not None:
            if block.item and previous.item:
                lines.append("\n")
            else:
                lines.append(" " if _continues(previous, block, width) else "\n\n")
        lines.append(f"{block.item} {block.text}" if block.item else block.text)
        previous = block
    return "".join(lines)


def _continues(previous: Block, block: Block, width: int) -> bool:
    """Return whether a line continues the paragraph of the previous one."""
    if block.starts_paragraph or block.item or block.cell != previous.cell:
        return False
    if not re.search(r"[.?!:;][)\]”\"’']*$", previous.text):
        return True
    first_word = block.text.split(" ", 1)[0]
    wrapped = width <= _WRAPPED_WIDTH
    return wrapped and len(previous.text) + 1 + len(first_word) > width
