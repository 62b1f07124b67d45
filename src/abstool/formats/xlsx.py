"""Write Excel workbooks with openpyxl: one sheet with a header and one row per item.

Cells are text, never formulas, so that leading zeros stay; only year, month and day are numbers.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from abstool.errors import OutputError
from abstool.formats.shared import table
from abstool.formats.shared.table import COLUMNS, flat, lost
from abstool.item import Item

__all__ = ["lost", "row", "write"]

if TYPE_CHECKING:
    from openpyxl.cell import WriteOnlyCell

_LIMIT = 32_767  # UTF-16 units in a cell
_WIDTHS = {"title": 60, "authors": 40, "abstract": 60, "journal": 25, "meeting": 25, "url": 30}
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def row(item: Item) -> list[str | int | None]:
    """Return the cells of an item, with texts escaped and cut to the size of a cell."""
    cells = flat(table.row(item)).values()
    return [
        _fitted(_ESCAPE.sub("_x005F_", cell)) if isinstance(cell, str) else cell for cell in cells
    ]


def write(rows: Iterable[list[str | int | None]]) -> bytes:
    """Return a workbook with these rows; raise OutputError if openpyxl cannot write its copy."""
    try:
        return _workbook(rows)
    except Exception as error:
        # lxml, with which openpyxl writes its copy, has errors of its own for a full disk.
        if not isinstance(error, OSError) and not type(error).__module__.startswith("lxml"):
            raise
        problem = f"writing failed ({getattr(error, 'strerror', None) or error})"
        next_step = "check TMPDIR and the space on its disk"
        raise OutputError("temporary folder", problem, next_step) from error


def _workbook(rows: Iterable[list[str | int | None]]) -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415 - slow to import
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.styles import Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    book = Workbook(write_only=True)
    book.properties.creator = "abstool"
    sheet = book.create_sheet("abstracts")
    sheet.freeze_panes = "A2"
    for number, column in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(column, 14)
    heading = [WriteOnlyCell(sheet, column) for column in COLUMNS]
    for cell in heading:
        cell.font = Font(bold=True)
    sheet.append(heading)
    for cells in rows:
        sheet.append([_text(WriteOnlyCell(sheet), cell) for cell in cells])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _text(cell: WriteOnlyCell, value: str | int | None) -> WriteOnlyCell | int | None:
    """Return a number as it is, and a text in a cell that Excel always reads as text."""
    if not isinstance(value, str):
        return value
    cell.value = value
    cell.data_type = "s"
    return cell


def _fitted(text: str) -> str:
    """Return text that fits into a cell, shortened with an ellipsis if it is too long."""
    data = text.encode("utf-16-le")
    if len(data) <= 2 * _LIMIT:
        return text
    return data[: 2 * (_LIMIT - 1)].decode("utf-16-le", "ignore") + "…"
