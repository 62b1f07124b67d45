"""Excel workbooks, through openpyxl.

In: CSL-JSON items. Out: the bytes of a workbook of one sheet, a heading and a row an item. Cells
hold texts, never formulas, and so keep their zeros; only year, month and day are numbers.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from typing import Any

from abstool.formats.shared import table
from abstool.formats.shared.table import COLUMNS, flat

_LIMIT = 32_767  # UTF-16 units in a cell
_WIDTHS = {"title": 60, "authors": 40, "abstract": 60, "journal": 25, "meeting": 25, "url": 30}
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def row(item: dict[str, Any]) -> list[str | int | None]:
    """Return the cells of an item, texts escaped and cut to what a cell can hold."""
    cells = flat(table.row(item)).values()
    return [
        _fitted(_ESCAPE.sub("_x005F_", cell)) if isinstance(cell, str) else cell for cell in cells
    ]


def write(rows: Iterable[list[str | int | None]]) -> bytes:
    """Return a workbook with these rows."""
    from openpyxl import Workbook  # noqa: PLC0415 - for this format only
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


def _text(cell: Any, value: str | int | None) -> Any:
    """Return a value as a cell that is text whatever it looks like."""
    if not isinstance(value, str):
        return value
    cell.value = value
    cell.data_type = "s"
    return cell


def _fitted(text: str) -> str:
    """Return text cut, with an ellipsis, to what a cell holds."""
    data = text.encode("utf-16-le")
    if len(data) <= 2 * _LIMIT:
        return text
    return data[: 2 * (_LIMIT - 1)].decode("utf-16-le", "ignore") + "…"
