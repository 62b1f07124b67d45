"""Write CSV for Rayyan, ASReview and spreadsheets: a header, then one line per item.

Texts are quoted, so that "0848" is not read as a number. A text that a spreadsheet would run as a
formula gets an apostrophe in front. If there is one already it gets another, so that removing one
always restores the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from abstool.formats.shared.table import COLUMNS, flat, lost, row
from abstool.item import Item
from abstool.text import joined_if_tidy, tidy

__all__ = ["document", "lost", "render", "safe"]

_QUOTE, _TWO = '"', '""'
_STARTS = frozenset("'=+@-\t\r\uff1d\uff0b\uff0d\uff20")
_FORMULA = re.compile("'*[=+@\t\r\uff1d\uff0b\uff0d\uff20-]")


def render(item: Item) -> str:
    """Return the line of an item, without its line end."""
    cells = flat(row(item))
    cells["abstract"] = tidy(cells["abstract"] or "")  # on one line
    return _line([safe(cell) for cell in _tidied(cells)])


def document(entries: Iterable[str]) -> Iterator[str]:
    """Yield the pieces of one file: the header and the lines, which end with CR and LF."""
    yield _line(COLUMNS)
    for line in entries:
        yield "\r\n"
        yield line
    yield "\r\n"


def _line(cells: Iterable[str | int]) -> str:
    return ",".join(
        [
            str(cell) if isinstance(cell, int) else f'"{cell.replace(_QUOTE, _TWO)}"'
            for cell in cells
        ]
    )


def _tidied(cells: dict[str, str | int | None]) -> Iterable[str | int | None]:
    """Return tidy cells; the abstract is tidy already."""
    short = (text for name, text in cells.items() if isinstance(text, str) and name != "abstract")
    if joined_if_tidy(short):
        return cells.values()
    return [tidy(cell) if isinstance(cell, str) else cell for cell in cells.values()]


def safe(cell: str | int | None) -> str | int:
    """Return a cell that no spreadsheet runs as a formula."""
    if isinstance(cell, int):
        return cell
    if not cell:
        return ""
    return f"'{cell}" if cell[0] in _STARTS and _FORMULA.match(cell) else cell
