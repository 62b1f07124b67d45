"""Read tables in CSV and TSV: with commas, semicolons or tabs between the cells."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from functools import partial
from itertools import islice

from abstool.inputs.references.fields import Entry, InvalidEntryError, Reading
from abstool.inputs.references.tables import ROW_ABOVE
from abstool.inputs.references.tables.cells import FindColumns, Sheet, SheetCell, SheetRow, changed
from abstool.inputs.references.tables.columns import Header, header_of
from abstool.inputs.references.tables.rows import read_row

_CELL = 1_000_000  # characters; a longer one has a quotation mark that is not closed
_FAULTS = 20  # after as many of these, the rest is not read
_HEADER = 20_000  # characters of the header
_ABOVE = 20  # rows in which the header of a sheet of abstracts is searched
_COMPARED = 3  # rows that have the same number of cells in a table
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
_ABOVE_HEADER = re.compile(
    rf"(?:\ufeff|sep=.\r?\n|[\s,;]*\n)*(?:{ROW_ABOVE})?(?:[\s,;]*\n)?", re.IGNORECASE
)


def start(text: bytes) -> int:
    """Return the index of the header if a text in UTF-8 is a table of references, else -1."""
    head = text[:_HEADER].decode(errors="ignore")
    found = _header(head)
    return len(head[: found[1]].encode()) if found else -1


def _header(text: str) -> tuple[Header, int, str] | None:
    """Return the header of a table, its index and the delimiter."""
    match = _ABOVE_HEADER.match(text)
    place = match.end() if match else 0
    line = io.StringIO(text[place : place + _HEADER], newline="")
    first = line.readline()
    delimiters = [mark for mark in "\t,;" if mark in first]
    for mark in sorted(delimiters, key=first.count, reverse=True):
        line.seek(0)
        try:
            cells = next(csv.reader(line, delimiter=mark), [])
        except csv.Error:
            continue
        if header := header_of(cells):
            return header, place, mark
    return None


def sheet_of(text: str, find: FindColumns) -> Sheet | None:
    """Return the sheet of abstracts in a text, or None; ``find`` returns the columns of a header.

    The header may be below lines such as a title.
    """
    head = text[:_HEADER]
    for mark in sorted("\t,;", key=head.count, reverse=True):
        reader = csv.reader(io.StringIO(head, newline=""), delimiter=mark)
        try:
            for cells in islice(reader, _ABOVE if mark in head else 0):
                if columns := find(cells):
                    return Sheet("", columns, _below(text, reader.line_num, mark))
        except csv.Error:
            continue
    return None


def _below(text: str, skipped: int, delimiter: str) -> Iterator[SheetRow]:
    for line, cells in _rows(text, skipped, delimiter):
        yield line, cells if isinstance(cells, str) else [SheetCell(text) for text in cells]


def first_rows(text: str) -> list[list[str]]:
    """Return the first rows of a table, or [] if a text is not one."""
    head = text[:_HEADER]
    for mark in sorted("\t,;", key=head.count, reverse=True):
        try:
            rows = csv.reader(io.StringIO(head, newline=""), delimiter=mark)
            found = [row for row in islice(rows, _ABOVE) if any(row)][:_COMPARED]
        except csv.Error:
            continue
        if len(found) > 1 and len({*map(len, found)}) == 1 and len(found[0]) > 1:
            return found
    return []


def entries(text: str) -> Iterator[Entry]:
    """Yield the line number of each row with what reads it."""
    if not (found := _header(text)):
        return
    header, place, delimiter = found
    rows = _rows(text, text.count("\n", 0, place), delimiter)
    next(rows)  # the header
    for line, cells in rows:
        if isinstance(cells, str):
            yield line, partial(_refuse, cells)
        else:
            yield line, partial(_read, header, cells)


def _rows(text: str, skipped: int, delimiter: str) -> Iterator[tuple[int, list[str] | str]]:
    """Yield the line number and the cells of each row that is not empty, or its fault."""
    csv.field_size_limit(_CELL)
    rows = csv.reader(_lines(text, skipped), delimiter=delimiter)
    faults = 0
    while True:
        line = skipped + rows.line_num + 1
        try:
            cells = next(rows, None)
        except csv.Error as error:
            if (faults := faults + 1) > _FAULTS:
                problem = f"too many invalid rows, the last in line {line}"
                raise InvalidEntryError(problem) from None
            yield line, f"invalid CSV ({error}; is a quotation mark missing?)"
            skipped, rows = line, csv.reader(_lines(text, line), delimiter=delimiter)
            continue
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield line, cells


def _lines(text: str, start: int) -> Iterator[str]:
    """Yield the lines from an index on, one by one, since a list of all takes much memory."""
    return (match[0] for match in islice(_LINE.finditer(text), start, None))


def _refuse(problem: str) -> Reading:
    raise InvalidEntryError(problem)


def _read(header: Header, cells: list[str]) -> Reading:
    extra = [cell for cell in cells[len(header.names) :] if cell.strip()]
    if extra:
        found, wanted = len(cells), len(header.names)
        raise InvalidEntryError(f"the row has {found} cells but the header has {wanted}")
    reading = read_row(header, cells, "csv")
    doubts = changed(header.names, header.roles, cells)
    return reading._replace(warnings=(*doubts, *reading.warnings)) if doubts else reading
