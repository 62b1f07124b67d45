"""Read tables in Excel workbooks with openpyxl: the first sheet that has references.

A workbook that unpacks to far more than it should, or that has a document type, which Excel never
writes but attacks need, is refused before openpyxl reads it.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from functools import partial
from typing import IO

from abstool.inputs.references.fields import Entry, InvalidEntryError
from abstool.inputs.references.tables.columns import Header, header_of, read_row

_UNPACKED = 200_000_000  # bytes
_PARTS = 2_000
_ROWS, _COLUMNS = 200_000, 1_000
_SHEETS = 20
_ABOVE = 20  # rows, such as those of a search, above the header
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def entries(data: bytes) -> Iterator[Entry]:
    """Yield the number of each row with what reads it; raise InvalidEntryError for the file."""
    from openpyxl import load_workbook  # noqa: PLC0415 - slow to import

    _check(data)
    with warnings.catch_warnings():  # of parts that openpyxl does not know
        warnings.simplefilter("ignore")
        try:
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            for sheet in book.worksheets[:_SHEETS]:
                found = list(
                    _rows(sheet.iter_rows(max_row=_ROWS + 1, max_col=_COLUMNS, values_only=True))
                )
                if found:
                    break
            else:
                found = []
        except InvalidEntryError:
            raise
        except Exception as error:  # noqa: BLE001 - openpyxl raises errors of all kinds
            problem = f"the workbook is corrupt ({type(error).__name__})"
            raise InvalidEntryError(problem) from None
    for number, header, cells in found:
        yield number, partial(read_row, header, cells, "xlsx")


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
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
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
