"""Read the rows of tables: which columns have what, and what the cells contain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice

from abstool.encoding import to_utf8
from abstool.errors import AbstoolError, NotAnAbstract, UnreadableInput
from abstool.inputs import archives
from abstool.inputs.archives import SavedPage
from abstool.inputs.references.fields import InvalidEntryError
from abstool.inputs.references.tables import cells as sheet_cells
from abstool.inputs.references.tables import delimited, xlsx
from abstool.inputs.references.tables.abstracts import Columns, columns_of
from abstool.inputs.references.tables.cells import FindColumns, Sheet, SheetCell, SheetRow
from abstool.inputs.sheets import NOT_A_SHEET, RowOfSheet, SheetOptions, is_workbook

_HEAD = 20_000  # bytes that have the header of a sheet
_AHEAD = 300  # rows that show how a sheet prints numbers and keywords
_TOO_LARGE = f"larger than {archives.LIMIT / 1e6:g} MB"
_LONGEST_HEADING = 60  # characters
_PER_AUTHOR = "Another row has the same number and title; the sheet may have a row for each author."
_SEEN = 12  # columns that a message names
_NEXT_STEP = "check the names of its columns, or give that of the title"


def rows_of(
    page: SavedPage, options: SheetOptions
) -> Iterator[SavedPage | RowOfSheet | AbstoolError]:
    """Yield the rows of a sheet of abstracts, or the page itself if it is not a sheet."""
    is_sheet = False
    try:
        for sheet in _sheets(page, options):
            is_sheet = True
            yield from _compared(_rows(page, sheet, options))
    except InvalidEntryError as error:
        if is_sheet or not page.collected:
            yield UnreadableInput(page.subject, str(error), "check the file")
            return
    if not is_sheet:
        yield _without_columns(page, options) or page


def mappings(page: SavedPage, options: SheetOptions) -> Iterator[tuple[str, Columns]]:
    """Yield the name and the columns of each sheet. Raises AbstoolError if there are none."""
    found = False
    try:
        for sheet in _sheets(page, options):
            found = True
            yield sheet.name, sheet.columns
    except InvalidEntryError as error:
        raise UnreadableInput(page.subject, str(error), "check the file") from None
    if not found:
        problem = "this is not a sheet of abstracts"
        raise other_table(page) or NotAnAbstract(
            page.subject, problem, "check the file", page="how-to/sheets"
        )


def other_table(page: SavedPage) -> NotAnAbstract | None:
    """Return the error for a table that is not one of abstracts, None if it is not a table."""
    try:
        if is_workbook(page.data):
            rows = [row for row in xlsx.first_rows(page.data) if row]
        else:
            rows = delimited.first_rows(_text(page, page.data[:_HEAD]))
            if not _are_rows(rows):  # a text has commas, too
                return None
    except InvalidEntryError:
        return None
    if not rows:
        return None
    names = [" ".join(cell.split()) or '""' for cell in rows[0]]
    seen = ", ".join(names[:_SEEN]) + (" …" if len(names) > _SEEN else "")
    problem = f"this is a table, but not one of abstracts (columns: {seen})"
    return NotAnAbstract(page.subject, problem, _NEXT_STEP, page="how-to/sheets")


def _are_rows(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether lines look like a header and a row: as many cells, and short headings."""
    if len(rows) < 2 or len(rows[0]) != len(rows[1]):
        return False
    return all(len(cell) <= _LONGEST_HEADING and not _is_sentence(cell) for cell in rows[0])


def _is_sentence(cell: str) -> bool:
    return cell.endswith(".") and len(cell.split()) > 2  # unlike "Abstract No."


def _without_columns(page: SavedPage, options: SheetOptions) -> NotAnAbstract | None:
    """Return the error for a table without the columns that the user named."""
    if page.collected or not (options.columns or (options.only_pages and is_workbook(page.data))):
        return None
    return other_table(page)


def _sheets(page: SavedPage, options: SheetOptions) -> Iterator[Sheet]:
    data = page.data
    if is_workbook(data):
        if len(data) > archives.LIMIT:
            raise InvalidEntryError(_TOO_LARGE)
        yield from xlsx.sheets_of(data, _finder(options))
    elif not NOT_A_SHEET.match(data):
        text = _text(page, data[:_HEAD])
        if delimited.sheet_of(text, _finder(options)):
            if len(data) > archives.LIMIT:
                raise InvalidEntryError(_TOO_LARGE)
            if sheet := delimited.sheet_of(_text(page, data), _finder(options)):
                yield sheet


def _text(page: SavedPage, data: bytes) -> str:
    try:
        return to_utf8(data, charset=page.charset, subject=page.subject).decode()
    except AbstoolError:
        return ""


def _rows(
    page: SavedPage, sheet: Sheet, options: SheetOptions
) -> Iterator[RowOfSheet | AbstoolError]:
    subject = f"{page.subject}, {sheet.name}" if sheet.name else page.subject
    unit = "row" if sheet.name else "line"
    head = list(islice(sheet.rows, _AHEAD))
    reader = _RowReader.of(sheet.columns, head, options)
    for number, cells in chain(head, sheet.rows):
        name = f"{subject}, {unit} {number}"
        if isinstance(cells, str):
            yield UnreadableInput(name, cells, "fix the row or remove it")
        elif any(cell.text.strip() for cell in cells[len(sheet.columns.names) :]):
            found, wanted = len(cells), len(sheet.columns.names)
            problem = f"the row has {found} cells but the header has {wanted}"
            yield UnreadableInput(name, problem, "fix the row or remove it")
        elif row := reader.read(name, cells):
            yield row


def _compared(
    rows: Iterator[RowOfSheet | AbstoolError],
) -> Iterator[RowOfSheet | AbstoolError]:
    """Yield rows, with a warning in those that differ from their neighbour only in the authors."""
    before: RowOfSheet | AbstoolError | None = None
    try:
        for row in rows:
            if isinstance(row, RowOfSheet) and isinstance(before, RowOfSheet):
                _compare(before, row)
            if before:
                yield before
            before = row
    except InvalidEntryError:
        if before:
            yield before
        raise
    if before:
        yield before


def _compare(before: RowOfSheet, row: RowOfSheet) -> None:
    same = ("number", "title")
    authors = ("authors", "presenting_author", "first_author")
    is_same = all(row.cells.get(one) and row.cells[one] == before.cells.get(one) for one in same)
    if is_same and any(row.cells.get(one) != before.cells.get(one) for one in authors):
        for one in (before, row):
            if _PER_AUTHOR not in one.warnings:
                one.warnings.append(_PER_AUTHOR)


def _finder(options: SheetOptions) -> FindColumns:
    return partial(columns_of, given=options.columns, is_expected=options.only_pages)


@dataclass(frozen=True)
class _RowReader:
    """Reads the rows of a sheet, whose first rows show how it prints numbers and keywords."""

    columns: Columns
    labels: list[str]  # the names of the columns, all different
    digits: int
    may_lack_zeros: bool
    keywords_are_listed: bool

    @classmethod
    def of(cls, columns: Columns, head: list[SheetRow], options: SheetOptions) -> _RowReader:
        numbers, keywords = (_column(columns, role, head) for role in ("number", "keywords"))
        return cls(
            columns,
            _labels(columns),
            options.pad_numbers,
            sheet_cells.may_lack_zeros(numbers),
            any(";" in text for text in keywords),
        )

    def read(self, subject: str, cells: list[SheetCell]) -> RowOfSheet | None:
        """Return a row; None if it repeats the header."""
        texts = [cell.text.strip() for cell in cells[: len(self.columns.names)]]
        if all(map(_is_heading, texts, self.columns.names)):
            return None
        row = RowOfSheet(subject, {}, [], {}, [])
        for name, role, cell in zip(self.labels, self.columns.roles, cells, strict=False):
            if cell.text.strip() or cell.href or cell.kind == sheet_cells.FORMULA:
                self._add(row, name, role, cell)
        if self.keywords_are_listed and row.cells.get("keywords"):
            row.cells["keywords_are_listed"] = ";"
        return row

    def _add(self, row: RowOfSheet, name: str, role: str, cell: SheetCell) -> None:
        if role == "number":
            text, warnings = sheet_cells.read_number(
                cell, name, self.digits, may_lack_zeros=self.may_lack_zeros
            )
        else:
            text, warnings = sheet_cells.read(cell, name)
        row.warnings.extend(warnings)
        if cell.href and (role == "url" or "url" not in self.columns.roles):
            row.cells["url"] = cell.href
            if role == "url":
                return
        if role == "section" and text:
            row.sections.append((name, text))
        elif role and text:
            row.cells[role] = text
        elif text:
            row.extra[name] = text


def _labels(columns: Columns) -> list[str]:
    """Return the names of columns; one without a name, or with that of another, has a number.

    Columns with a role keep their names, since they are sections or only named in warnings.
    """
    taken: set[str] = set()
    counts: Counter[str] = Counter()
    labels = []
    for number, (printed, role) in enumerate(zip(columns.names, columns.roles, strict=True), 1):
        label = name = printed or f"column {number}"
        while label in taken and not role:
            counts[name] += 1
            label = f"{name} {counts[name] + 1}"
        if not role:
            taken.add(label)
        labels.append(label)
    return labels


def _is_heading(text: str, name: str) -> bool:
    """Return whether a cell repeats the name of its column."""
    return text == name or " ".join(text.split()) == name


def _column(columns: Columns, role: str, rows: list[SheetRow]) -> list[str]:
    if role not in columns.roles:
        return []
    index = columns.roles.index(role)
    return [
        cells[index].text for _, cells in rows if not isinstance(cells, str) and index < len(cells)
    ]
