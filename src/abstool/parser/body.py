"""The body: blocks of its sections to text that reads well on its own, to tables and figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from urllib.parse import urljoin

from abstool.page import Block
from abstool.parser.layout import BodyPart
from abstool.record import Figure, Section, Table

_WRAPPED_WIDTH = 120  # characters: lines of running text longer than this were not wrapped by hand
_CAPTION = re.compile(
    r"(?:Table|Tab\.|Figure|Fig\.?|Image|Graph|Chart)\s*\d*\s*[A-Za-z]?\s*[.:–—-]", re.IGNORECASE
)
_NOTICE = re.compile(
    r"\bembargo|\bwill be released\b|\bwithdrawn\b|\bwithdrew\b|\bnot available\b", re.IGNORECASE
)
_MOST_PLACES = 20  # of a table for each cell with text in it: others are no tables
_NOTICE_LENGTH = 600  # characters: a longer text is an abstract that mentions these words


@dataclass
class Body:
    """What the body holds, in printed order."""

    sections: list[Section] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def read(parts: Sequence[BodyPart], address: str) -> Body:
    """Return the body; ``address`` is the page's, for figures whose own address is relative.

    A section with a label and no text is left out. A notice in place of the abstract (an embargo,
    a withdrawal) is a warning and no section.
    """
    body = Body()
    for part in parts:
        text = _read_part(body, part, address)
        if text and not part.label and len(parts) == 1 and _is_notice(text):
            body.warnings.append(f"The page carries a notice in place of the abstract: {text}")
        elif text:
            body.sections.append(Section(label=part.label, text=text))
    return body


def _is_notice(text: str) -> bool:
    return len(text) < _NOTICE_LENGTH and bool(_NOTICE.search(text))


def _read_part(body: Body, part: BodyPart, address: str) -> str:
    """File the tables and figures of a section and return its text."""
    text: list[Block] = []
    owner: Table | Figure | None = None  # what a caption that follows belongs to
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
                url = _absolute(address, block.image.url)
                owner = Figure(section=part.label, url=url, alt=block.image.alt)
                body.figures.append(owner)
            elif owner and not owner.caption and _is_caption(block):
                owner.caption = block.text
            else:
                text.append(block)
                owner = None if not block.caption else owner
    return running_text(text)


def _absolute(address: str, url: str) -> str:
    try:
        return urljoin(address, url) if url else ""
    except ValueError:  # no address at all: "http://["
        return url


def _is_caption(block: Block) -> bool:
    return block.caption or bool(_CAPTION.match(block.text))


def _take_caption(text: list[Block]) -> str:
    """Take the caption that stands before a table out of the text."""
    return text.pop().text if text and _is_caption(text[-1]) else ""


def _table(blocks: Iterable[Block], label: str) -> Table | None:
    """Return the table that cells make, None for one column or a grid that is hardly filled.

    A page laid out as a table has its labels in one column and the text of each in another; what
    comes here of it is the text, one column.
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
    if len(filled) < 2 or columns * len(numbers) > _MOST_PLACES * len(cells):
        return None
    rows = [
        [" ".join(cells.get((row, column), ())) for column in range(columns)] for row in numbers
    ]
    header = rows.pop(0) if heading_rows[numbers[0]] and len(rows) > 1 else []
    return Table(section=label, header=header, rows=rows)


# --- running text ---------------------------------------------------------------------------------


def running_text(blocks: Sequence[Block]) -> str:
    """Join blocks: paragraphs by a blank line, hard line breaks inside a paragraph by a blank."""
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
    """Say whether a line goes on with the sentence or the paragraph of the line before."""
    if block.starts_paragraph or block.item or block.cell != previous.cell:
        return False
    if not re.search(r"[.?!:;][)\]”\"’']*$", previous.text):
        return True
    first_word = block.text.split(" ", 1)[0]
    wrapped = width <= _WRAPPED_WIDTH
    return wrapped and len(previous.text) + 1 + len(first_word) > width
