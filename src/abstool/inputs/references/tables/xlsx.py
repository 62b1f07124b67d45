"""Read tables in Excel workbooks with openpyxl: the first sheet that has references.

A workbook that unpacks to far more than it should, or that has a document type, which Excel never
writes but attacks need, is refused before openpyxl reads it.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import islice
from typing import IO, TYPE_CHECKING

from abstool.inputs.archives.zipped import office_archive
from abstool.inputs.references.fields import Entry, InvalidEntryError
from abstool.inputs.references.tables.cells import FindColumns, Sheet, SheetCell, SheetRow
from abstool.inputs.references.tables.columns import Header, header_of, read_row
from abstool.inputs.references.tables.hyperlinks import links_of, merged_columns

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

_UNPACKED = 200_000_000  # bytes
_PARTS = 2_000
_ROWS, _COLUMNS = 200_000, 1_000
_SHEETS = 20
_ABOVE = 20  # rows, such as those of a search, above the header
_ZEROS = re.compile(r"0{2,12}")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def entries(data: bytes) -> Iterator[Entry]:
    """Yield the number of each row with what reads it; raise InvalidEntryError for the file."""
    found: list[tuple[int, Header, list[str]]] = []
    for sheet in _worksheets(data):
        found = list(_rows(sheet.iter_rows(max_row=_ROWS + 1, max_col=_COLUMNS, values_only=True)))
        if found:
            break
    for number, header, cells in found:
        yield number, partial(read_row, header, cells, "xlsx")


def sheets_of(data: bytes, find: FindColumns) -> Iterator[Sheet]:
    """Yield the sheets of abstracts in a workbook, each of which must be read before the next.

    ``find`` returns the columns of a header.
    """
    for sheet in _worksheets(data):
        rows = sheet.iter_rows(max_row=_ROWS + 1, max_col=_COLUMNS)
        for number, row in enumerate(islice(rows, _ABOVE), 1):
            if columns := find(_filled([_cell(cell).text for cell in row])):
                links = links_of(data, sheet.path)
                below = _below(rows, number, links)
                merged = merged_columns(data, sheet.path)
                yield Sheet(sheet.title, columns, _filled_down(below, merged) if merged else below)
                break


def first_rows(data: bytes) -> list[list[str]]:
    """Return the first row of each sheet."""
    found = []
    for sheet in _worksheets(data):
        rows = sheet.iter_rows(max_row=_ABOVE, max_col=_COLUMNS, values_only=True)
        filled = (_filled(list(map(_text, row))) for row in rows)
        found += [next((row for row in filled if row), [])]
    return found


def _worksheets(data: bytes) -> Iterator[_Worksheet]:
    """Yield the sheets of a workbook; raise InvalidEntryError if it is corrupt.

    openpyxl raises errors of all kinds, also while the caller reads the rows of a sheet.
    """
    from openpyxl import load_workbook  # noqa: PLC0415 - slow to import

    _check(data)
    with warnings.catch_warnings():  # of parts that openpyxl does not know
        warnings.simplefilter("ignore")
        with _refusing():
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        for sheet in book.worksheets[:_SHEETS]:
            yield _Worksheet(sheet)


@contextmanager
def _refusing() -> Iterator[None]:
    """Turn the errors of openpyxl into InvalidEntryError."""
    try:
        yield
    except InvalidEntryError:
        raise
    except Exception as error:  # noqa: BLE001 - openpyxl raises errors of all kinds
        problem = f"the workbook is corrupt ({type(error).__name__})"
        raise InvalidEntryError(problem) from None


class _Worksheet:
    """A sheet whose rows raise only InvalidEntryError."""

    def __init__(self, sheet: ReadOnlyWorksheet) -> None:
        self.title = str(sheet.title)
        self.path = str(getattr(sheet, "_worksheet_path", ""))
        self._sheet = sheet

    def iter_rows(
        self, *, max_row: int, max_col: int, values_only: bool = False
    ) -> Iterator[tuple[object, ...]]:
        rows = self._sheet.iter_rows(max_row=max_row, max_col=max_col, values_only=values_only)
        with _refusing():
            size = 0
            before: tuple[object, ...] | None = None
            for row in rows:
                if row is before:  # what openpyxl fills gaps with, often up to the last row
                    yield ()
                    continue
                before = row
                values = row if values_only else (cell.value for cell in row)
                size += sum(len(value) for value in values if isinstance(value, str))
                if size > _UNPACKED:  # a long text is in the file only once
                    problem = f"the cells have more than {_UNPACKED / 1e6:g} MB of text"
                    raise InvalidEntryError(problem)
                yield row


def _rows(rows: Iterator[tuple[object, ...]]) -> Iterator[tuple[int, Header, list[str]]]:
    """Yield the number, header and cells of each row that is not empty below the header."""
    header = None
    for number, row in enumerate(rows, 1):
        cells = [_text(cell) for cell in row]
        if header is None:
            if number > _ABOVE:
                return
            header = header_of(_filled(cells))
        elif number > _ROWS:
            raise InvalidEntryError(f"the sheet has more than {_ROWS:,} rows")
        elif any(cells):
            yield number, header, cells


def _filled(cells: list[str]) -> list[str]:
    """Return cells without the empty ones at the end."""
    while cells and not cells[-1]:
        cells = cells[:-1]
    return cells


def _below(
    rows: Iterator[tuple[object, ...]], above: int, links: dict[str, str]
) -> Iterator[SheetRow]:
    """Yield the number and the cells of each row that is not empty below the header."""
    for number, row in enumerate(rows, above + 1):
        if number > _ROWS:
            raise InvalidEntryError(f"the sheet has more than {_ROWS:,} rows")
        cells = list(map(_cell, _cut(row)))
        if links:
            names = (f"{column}{number}" for column in _letters(len(cells)))
            cells = [
                cell._replace(href=links.get(name, ""))
                for cell, name in zip(cells, names, strict=True)
            ]
        if any(cell.text for cell in cells):
            yield number, cells


def _filled_down(
    rows: Iterator[SheetRow], merged: dict[int, list[tuple[int, int]]]
) -> Iterator[SheetRow]:
    """Yield rows in which each cell merged with those above it has their text."""
    ranges = {column: sorted(spans, reverse=True) for column, spans in merged.items()}
    texts: dict[int, SheetCell] = {}
    for number, cells in rows:
        if isinstance(cells, str):
            yield number, cells
            continue
        for column, spans in ranges.items():
            while spans and spans[-1][1] < number:
                spans.pop()
                texts.pop(column, None)
            if not spans or number < spans[-1][0]:
                continue
            if number > spans[-1][0] and column in texts:
                cells.extend([SheetCell("")] * (column - len(cells)))
                cells[column - 1] = texts[column]
            elif number == spans[-1][0] and column <= len(cells):
                texts[column] = cells[column - 1]
        yield number, cells


def _cut(row: tuple[object, ...]) -> tuple[object, ...]:
    """Return a row without what openpyxl fills it with, up to the last column asked for."""
    from openpyxl.cell.read_only import EMPTY_CELL  # noqa: PLC0415 - slow to import

    own = [cell for cell in row if cell is not EMPTY_CELL]
    return row[: getattr(own[-1], "column", 0)] if own else ()


def _cell(cell: object) -> SheetCell:
    """Return a cell of openpyxl; a whole number has the zeros of its format, such as 0000."""
    value = getattr(cell, "value", None)
    if isinstance(value, str):
        return SheetCell(_text(value))
    if value is None or isinstance(value, bool):
        return SheetCell(_text(value))
    text = _text(value)
    if isinstance(value, int | float):
        format_ = str(getattr(cell, "number_format", ""))
        if text.isdecimal() and _ZEROS.fullmatch(format_):
            return SheetCell(text.zfill(len(format_)))
        return SheetCell(text, "number")
    return SheetCell(text, "date")


def _letters(count: int) -> list[str]:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - slow to import

    return [get_column_letter(number) for number in range(1, count + 1)]


def _text(cell: object) -> str:
    """Return a cell as text: whole numbers without a decimal point, dates as ISO dates."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")
    return _ESCAPE.sub(lambda code: chr(int(code[1], 16)), str(cell)).strip()


def _check(data: bytes) -> None:
    """Raise InvalidEntryError for a workbook that openpyxl should not read."""
    try:
        with office_archive(data) as archive:
            parts = archive.infolist()
            if len(parts) > _PARTS or sum(part.file_size for part in parts) > _UNPACKED:
                problem = f"the workbook unpacks to more than {_UNPACKED / 1e6:g} MB"
                raise InvalidEntryError(problem)  # noqa: TRY301
            for part in parts:
                if part.filename.endswith((".xml", ".rels", ".vml")):
                    with archive.open(part) as stream:
                        _check_part(stream)
    except InvalidEntryError:
        raise
    except Exception as error:  # noqa: BLE001 - zipfile raises errors of many types
        raise InvalidEntryError(f"the workbook is corrupt ({type(error).__name__})") from None


def _check_part(stream: IO[bytes]) -> None:
    before = b""
    while data := stream.read(1 << 16):
        piece = before + data
        if b"<!DOCTYPE" in piece or b"<!ENTITY" in piece or b"\x00" in data:
            raise InvalidEntryError("the workbook has a document type")
        before = data[-10:]
