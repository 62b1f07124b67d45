"""Recognize sheets of abstracts (CSV, TSV, Excel), and parse each row like a page.

The content decides, not the name: a header with a title and with a column that only meetings have.
Other tables are left to the readers of references. ``tables`` reads what is recognized here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from abstool.errors import UnreadableInput
from abstool.inputs.outcome import Outcome

if TYPE_CHECKING:
    from abstool.record import Abstract

_HEAD = 20_000  # bytes that have the header of a sheet
NOT_A_SHEET = re.compile(rb"\s*+(?:\xef\xbb\xbf\s*+)?[<{\[]")
# A column of titles in the header. Compiled on first use, since most files have no table.
_WORD = rb"t(?:i|\xed|\xc3\xad)t(?:les?|el|res?|ulos?)"  # English, German, French, Spanish
_TITLE = (
    rb"(?im)(?:^|[,;\t])\W{0,5}[\w -]{0,30}%b[\w -]{0,30}[\" ]{0,3}[,;\t]"
    rb"|[,;\t]\W{0,5}[\w -]{0,30}%b[\w -]{0,30}[\" ]{0,3}\r?$" % (_WORD, _WORD)
)
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True)
class SheetOptions:
    """How sheets are read.

    ``columns`` are the names of columns by their roles, such as ``title``. ``pad_numbers`` is the
    number of digits that numbers had before a program dropped their zeros, 0 for unknown.
    ``only_pages`` means that nothing but abstracts can be read, so tables of references cannot.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    pad_numbers: int = 0
    only_pages: bool = False

    @classmethod
    def of(cls, pairs: Sequence[str], pad_numbers: int = 0) -> SheetOptions:
        """Return the options for pairs such as ``title=Poster Title``. Raises UsageError."""
        if not pairs:
            return cls(pad_numbers=pad_numbers)
        from abstool.inputs.references.tables.abstracts import FIELDS  # noqa: PLC0415 - as below
        from abstool.record.given import assigned  # noqa: PLC0415 - as below

        wrong = "not a field with a column", 'write it like title="Poster"'
        return cls(assigned(pairs, FIELDS, "column", wrong), pad_numbers)


class RowOfSheet(NamedTuple):
    """A row of a sheet, not parsed yet: texts by role, sections, and columns without a role."""

    subject: str
    cells: dict[str, str]
    sections: list[tuple[str, str]]
    extra: dict[str, str]
    warnings: list[str]

    @property
    def size(self) -> int:
        """The number of characters in the cells."""
        return sum(map(len, chain(self.cells.values(), self.extra.values())))


def is_workbook(data: bytes) -> bool:
    """Return whether a file is an Excel workbook."""
    return data.startswith(_ZIP) and b"xl/workbook.xml" in data


def may_be_sheet(data: bytes, options: SheetOptions) -> bool:
    """Return whether a file is worth a closer look, which is quick to see."""
    if data.startswith(_ZIP):
        return is_workbook(data)
    if NOT_A_SHEET.match(data):
        return False
    head = data[:_HEAD].replace(b"\x00", b"")  # of UTF-16
    return bool(re.search(_TITLE, head)) or bool(options.columns)


def parse_row(row: RowOfSheet) -> Outcome[Abstract]:
    """Parse a row; a note without a title is skipped."""
    if not row.cells.get("title"):
        if len(row.cells) + len(row.extra) < 2:  # such as a total at the end
            return Outcome(row.subject, collected=True)
        error = UnreadableInput(row.subject, "the row has no title", "add it or remove the row")
        return Outcome(row.subject, error=error, collected=True)
    return Outcome(row.subject, row, collected=True).then(_record)


def _record(row: RowOfSheet, _: str) -> Abstract:
    from abstool.parser.rows import record_of  # noqa: PLC0415 - most inputs are pages

    record = record_of(row.cells, row.sections)
    known = {*record.__struct_fields__, "schema"}
    for name, text in row.extra.items():
        record.extra[f"column {name}" if name in known else name] = text
    record.warnings[:0] = row.warnings
    return record
