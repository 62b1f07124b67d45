"""Read the sheets of an Excel workbook cell by cell: a damaged cell costs no other one.

openpyxl reads what the workbook says of its sheets and formats. Its own readers of cells stop at
the first fault and fill every gap with cells. The work is in proportion to the size of the parts:
a gap takes no time, and no part is read as two sheets.
"""

from __future__ import annotations

import datetime as dt
import io
import math
import re
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils.datetime import from_excel, from_ISO8601
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from abstool.inputs.references.fields import InvalidEntryError
from abstool.inputs.references.tables.cells import DAMAGED, ERROR, FORMULA, SheetCell, column_of
from abstool.inputs.references.tables.number_formats import iso, shown_parts

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

_TEXT = 200_000_000  # characters
_ROWS, _COLUMNS = 200_000, 1_000
_WHOLE = 10**15  # numbers from here on have lost digits in Excel
_ZEROS = re.compile(r"0{2,12}")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_EMPTY = SheetCell("")
_NOT_COMPUTED = SheetCell("", FORMULA)
_SI, _T, _R, _V, _F, _IS, _ROW, _DATA = (
    f"{{{SHEET_MAIN_NS}}}{name}" for name in "si t r v f is row sheetData".split()
)
_FAULTS = (ArithmeticError, LookupError, TypeError, ValueError)


class Worksheet:
    """A sheet of a workbook; reading its rows raises only InvalidEntryError."""

    def __init__(self, book: _Shared, title: str, path: str) -> None:
        self.archive = book.archive
        self.title, self.path = title, path
        self._book = book

    def rows(self) -> Iterator[tuple[int, list[SheetCell]]]:
        """Yield the number and the cells of each row that is not empty, to its last cell."""
        number = size = count = 0
        with refusing(), self.archive.open(self.path) as part:
            for _, element in iterparse(part):
                if element.tag == _DATA:
                    return
                if element.tag != _ROW:
                    continue
                number = _row_number(element.get("r", ""), number + 1)
                cells = self._cells(element)
                element.clear()
                if not cells:
                    continue
                size += sum(len(cell.text) for cell in cells)  # a text is in the file only once
                if size > _TEXT:
                    problem = f"the cells have more than {_TEXT / 1e6:g} MB of text"
                    raise InvalidEntryError(problem)
                if (count := count + 1) > _ROWS:
                    raise InvalidEntryError(f"the sheet has more than {_ROWS:,} rows")
                yield number, cells

    def _cells(self, row: Element) -> list[SheetCell]:
        cells: list[SheetCell] = []
        column = 0
        for element in row:
            column = column_of(element.get("r", "").rstrip("0123456789")) or column + 1
            if not len(element) or column > _COLUMNS:  # most empty cells only have a format
                continue
            cell = self._book.cell(element)
            if cell is _EMPTY:
                continue
            cells.extend([_EMPTY] * (column - len(cells)))
            cells[column - 1] = cell
        return cells


class _Shared:
    """What the cells of a workbook refer to: the texts that they share, and their formats."""

    def __init__(self, archive: zipfile.ZipFile, book: Workbook, texts: list[str]) -> None:
        self.archive = archive
        self._book, self._texts = book, texts
        self._formats: dict[str, tuple[bool, bool, int, str]] = {}

    def cell(self, element: Element) -> SheetCell:
        """Return a cell; what is damaged is kept as it is written, unless that is a mere index."""
        kind = element.get("t", "n")
        if kind == "inlineStr":
            inline = element.find(_IS)
            return _of_text("" if inline is None else _text_of(inline))
        value = element.findtext(_V) or ""
        if not value:  # the text of a formula may be empty
            return _EMPTY if kind == "str" or element.find(_F) is None else _NOT_COMPUTED
        try:
            if kind == "s":
                return _of_text(self._texts[_index(value)])
            if kind == "n":
                return self._number(value, element.get("s", ""))
            if kind == "b":
                return SheetCell(str(bool(int(value))))
            if kind == "d":
                return _of_date(from_ISO8601(value), self._format(element.get("s", ""))[3])
            if kind == "e":
                return SheetCell(value.strip(), ERROR)
        except _FAULTS:
            return SheetCell("" if kind == "s" else value.strip(), DAMAGED)
        return _of_text(value)

    def _number(self, text: str, style: str) -> SheetCell:
        """Return a number, with the zeros of a format such as 0000, or a date."""
        value = float(text) if "." in text or "e" in text.lower() else int(text)
        if not math.isfinite(value):
            raise OverflowError
        is_date, is_duration, digits, parts = self._formats.get(style) or self._format(style)
        if is_date:
            return _of_date(from_excel(value, self._book.epoch, timedelta=is_duration), parts)
        if isinstance(value, float) and value.is_integer() and abs(value) < _WHOLE:
            value = int(value)
        written = str(value)
        if digits and written.isdecimal():
            return SheetCell(written.zfill(digits))
        return SheetCell(written, "number")

    def _format(self, style: str) -> tuple[bool, bool, int, str]:
        """Return whether a format is one of dates or durations, its digits, its parts of dates."""
        book = self._book
        is_date = is_duration = False
        digits = 0
        parts = ""
        try:
            number = int(style or 0)
            is_date = number in book._date_formats  # noqa: SLF001 - openpyxl has no other name
            is_duration = number in book._timedelta_formats  # noqa: SLF001
            id_ = book._cell_styles[number].numFmtId  # noqa: SLF001
            own = id_ - 164  # the first own format
            code = book._number_formats[own] if own >= 0 else BUILTIN_FORMATS[id_]  # noqa: SLF001
            digits = len(code) if own >= 0 and _ZEROS.fullmatch(code) else 0
            parts = shown_parts(code) if is_date else ""
        except _FAULTS:  # a damaged format leaves the number as it is
            pass
        return self._formats.setdefault(style, (is_date, is_duration, digits, parts))


def worksheets(data: bytes) -> Iterator[Worksheet]:
    """Yield the sheets of a workbook; raise InvalidEntryError if it is corrupt."""
    with refusing():
        reader = ExcelReader(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        with warnings.catch_warnings():  # of parts that openpyxl does not know
            warnings.simplefilter("ignore")
            reader.read_manifest()
            reader.read_workbook()
            apply_stylesheet(reader.archive, reader.wb)
        shared = reader.package.find(SHARED_STRINGS)
        texts = _shared_texts(reader.archive, shared.PartName[1:]) if shared else []
        book = _Shared(reader.archive, reader.wb, texts)
        seen = {""}
        found = []
        for sheet in reader.parser.sheets:
            relation = reader.parser.rels.get(sheet.id)
            path = relation.target if relation and "chartsheet" not in relation.Type else ""
            if path not in seen and path in reader.valid_files:
                found.append(Worksheet(book, str(sheet.name), path))
            seen.add(path)
    yield from found


@contextmanager
def refusing() -> Iterator[None]:
    """Turn the errors of openpyxl and zipfile, which are of many types, into InvalidEntryError."""
    try:
        yield
    except InvalidEntryError:
        raise
    except Exception as error:  # noqa: BLE001 - see above
        problem = f"the workbook is corrupt ({type(error).__name__})"
        raise InvalidEntryError(problem) from None


def _shared_texts(archive: zipfile.ZipFile, path: str) -> list[str]:
    texts = []
    with archive.open(path) as part:
        for _, element in iterparse(part):
            if element.tag == _SI:
                texts.append(_text_of(element) if len(element) else "")
                element.clear()
    return texts


def _text_of(element: Element) -> str:
    """Return a text or its runs, without what it has on pronunciation."""
    if len(element) == 1 and element[0].tag == _T:
        return element[0].text or ""
    parts = (
        one.text if one.tag == _T else one.findtext(_T) for one in element if one.tag in {_T, _R}
    )
    return "".join(filter(None, parts))


def _of_text(text: str) -> SheetCell:
    if "_x" in text:
        text = _ESCAPE.sub(lambda code: chr(int(code[1], 16)), text)
    text = text.strip()
    return SheetCell(text) if text else _EMPTY


def _of_date(date: object, parts: str) -> SheetCell:
    return SheetCell(iso(date), "date", parts=parts if isinstance(date, dt.datetime) else "ymd")


def _index(text: str) -> int:
    """Return the index of a shared text. Raises ValueError."""
    if not text.strip().isdecimal():
        raise ValueError
    return int(text)


def _row_number(text: str, following: int) -> int:
    """Return the number of a row; without a number it follows the row before."""
    try:
        return int(text)
    except ValueError:
        return following
