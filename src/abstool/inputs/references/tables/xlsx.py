"""Read tables in Excel workbooks: the first sheet that has references.

A workbook that unpacks to far more than it should, or that has a document type, which Excel never
writes but attacks need, is refused before openpyxl reads it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import IO, TYPE_CHECKING

from abstool.inputs.archives.zipped import office_archive
from abstool.inputs.references.fields import Entry, InvalidEntryError, Reading
from abstool.inputs.references.tables.cells import (
    FindColumns,
    Sheet,
    SheetCell,
    read_cells,
)
from abstool.inputs.references.tables.columns import Header, header_of
from abstool.inputs.references.tables.hyperlinks import links_of, merged_columns
from abstool.inputs.references.tables.rows import read_row

if TYPE_CHECKING:
    from abstool.inputs.references.tables.workbook import Worksheet

_UNPACKED = 200_000_000  # bytes
_PARTS = 2_000
_TAGS = 10_000_000  # about two million cells with a text of their own
_BEFORE_TAGS = b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"  # blanks and marks of encodings
_ABOVE = 20  # rows, such as those of a search, above the header

_Rows = Iterator[tuple[int, list[SheetCell]]]


def entries(data: bytes) -> Iterator[Entry]:
    """Yield the number of each row with what reads it; raise InvalidEntryError for the file."""
    for sheet in _worksheets(data):
        rows = sheet.rows()
        if header := _header(rows):
            found = False
            merged = merged_columns(sheet.archive, sheet.path, len(header.names))
            merged.pop(header.roles.index("title") + 1, None)  # one title is that of one work
            for number, cells in _filled_down(rows, merged):
                found = True
                yield number, partial(_read, header, cells[: len(header.names)])
            if found:
                return


def sheets_of(data: bytes, find: FindColumns) -> Iterator[Sheet]:
    """Yield the sheets of abstracts in a workbook, each of which must be read before the next.

    ``find`` returns the columns of a header.
    """
    for sheet in _worksheets(data):
        rows = sheet.rows()
        for cells in _above(rows):
            if columns := find(_texts(cells)):
                links = links_of(sheet.archive, sheet.path)
                below = _linked(rows, len(columns.names), links) if links else rows
                merged = merged_columns(sheet.archive, sheet.path, len(columns.names))
                yield Sheet(sheet.title, columns, _filled_down(below, merged))
                break


def first_rows(data: bytes) -> list[list[str]]:
    """Return the first row of each sheet."""
    return [_texts(next(_above(sheet.rows()), [])) for sheet in _worksheets(data)]


def _worksheets(data: bytes) -> Iterator[Worksheet]:
    """Yield the sheets of a workbook; raise InvalidEntryError if it is corrupt."""
    _check(data)
    from abstool.inputs.references.tables import workbook  # noqa: PLC0415 - slow to import

    yield from workbook.worksheets(data)


def _above(rows: _Rows) -> Iterator[list[SheetCell]]:
    """Yield the rows in which the header can be."""
    for number, cells in rows:
        if number > _ABOVE:
            return
        yield cells


def _header(rows: _Rows) -> Header | None:
    return next(filter(None, (header_of(_texts(cells)) for cells in _above(rows))), None)


def _read(header: Header, cells: list[SheetCell]) -> Reading:
    texts, found = read_cells(header.names, header.roles, cells)
    reading = read_row(header, texts, "xlsx")
    return reading._replace(warnings=(*found, *reading.warnings))


def _texts(cells: list[SheetCell]) -> list[str]:
    return [cell.text for cell in cells]


def _linked(rows: _Rows, width: int, links: dict[str, str]) -> _Rows:
    """Yield rows with the targets of their hyperlinks."""
    names = _letters(width)
    for number, cells in rows:
        cells.extend([SheetCell("")] * (width - len(cells)))
        for place, name in enumerate(names):
            if href := links.get(f"{name}{number}"):
                cells[place] = cells[place]._replace(href=href)
        yield number, cells


def _filled_down(rows: _Rows, merged: dict[int, list[tuple[int, int]]]) -> _Rows:
    """Yield rows in which each cell merged with those above it has their text."""
    ranges = {column: sorted(spans, reverse=True) for column, spans in merged.items()}
    texts: dict[int, SheetCell] = {}
    for number, cells in rows:
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


def _letters(count: int) -> list[str]:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - slow to import

    return [get_column_letter(number) for number in range(1, count + 1)]


def _check(data: bytes) -> None:
    """Raise InvalidEntryError for a workbook that openpyxl should not read."""
    try:
        with office_archive(data) as archive:
            parts = archive.infolist()
            if len(parts) > _PARTS or sum(part.file_size for part in parts) > _UNPACKED:
                problem = f"the workbook unpacks to more than {_UNPACKED / 1e6:g} MB"
                raise InvalidEntryError(problem)  # noqa: TRY301
            tags = 0
            for part in parts:
                with archive.open(part) as stream:
                    tags += _tags_of(stream, is_image=part.filename.endswith(".svg"))
                if tags > _TAGS:
                    problem = f"the workbook has more than {_TAGS / 1e6:g} million tags"
                    raise InvalidEntryError(problem)  # noqa: TRY301
    except InvalidEntryError:
        raise
    except Exception as error:  # noqa: BLE001 - zipfile raises errors of many types
        raise InvalidEntryError(f"the workbook is corrupt ({type(error).__name__})") from None


def _tags_of(stream: IO[bytes], *, is_image: bool) -> int:
    """Return about how many tags a part has; raise InvalidEntryError for a document type.

    A part of any name is XML if it begins with a tag. Images may have a document type, but none
    with entities.
    """
    before = b""
    tags = 0
    is_xml = False
    while data := stream.read(1 << 16):
        if not is_xml and (start := data.lstrip(_BEFORE_TAGS)[:1]):
            if start != b"<":
                return 0
            is_xml = True
        piece = before + data
        has_type = b"<!ENTITY" in piece or (b"<!DOCTYPE" in piece and not is_image)
        if has_type or (is_xml and b"\x00" in data):
            raise InvalidEntryError("the workbook has a document type")
        tags += data.count(b"<") - data.count(b"</")
        before = data[-10:]
    return tags
