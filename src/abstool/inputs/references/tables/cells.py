"""The cells of a sheet, and what Excel and pandas have done to them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cache, reduce
from typing import NamedTuple

from abstool.errors import printable
from abstool.inputs.references.tables.abstracts import Columns
from abstool.inputs.references.tables.number_formats import to_shown, without_year
from abstool.inputs.references.tables.short_dates import may_be_changed

DAMAGED = "damaged"
ERROR = "error"  # of a formula, such as #N/A
FORMULA = "formula"  # whose value no program has stored
LONGEST = 32_767  # characters that Excel keeps of a cell
_LOST = re.compile(r"nan|#N/A|#NAME\?|#REF!|#VALUE!|#NULL!|#NUM!|#DIV/0!|<NA>|NaT|#{3,}")
_RETURN = re.compile(r"_x000[dD]_\n?")
_MONTH = (
    r"(?:Jan|Feb|Mar|Mrz|Mär|Apr|May|Mai|Jun|Jul|Aug|Sept?|Oct|Okt|Nov|Dec|Dez|janv|févr|mars|avr|juin"
    r"|juil|août|déc)\.?"
)
_IN_MONTH, _IN_YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
_AS_DATE = re.compile(
    rf"\d{{1,2}}[-. ]{{1,2}}{_MONTH}(?:[-. ]\d{{2,4}})?|{_MONTH}[-. ]\d{{2,4}}"
    rf"|\d{{4}}-\d\d-\d\d(?:[ T][\d:.]+)?|{_IN_MONTH}\.{_IN_YEAR}\.\d{{4}}"
    rf"|(?:{_IN_MONTH}/{_IN_YEAR}|{_IN_YEAR}/{_IN_MONTH})/(?:\d\d){{1,2}}",
    re.IGNORECASE,
)
_AS_PRINTED = re.compile(rf"(?:\d{{1,2}} )?{_MONTH} \d{{4}}", re.IGNORECASE)  # no program's form
_AS_POWER = re.compile(r"\d(?:[.,]\d+)?E\+\d\d")
_AS_FLOAT = re.compile(r"\d+(?:[.,]\d+)?E[+-]?\d+|\d+\.0+", re.IGNORECASE)
# Roles of columns with numbers that look like dates: pages 3-5, number 1/2.
_LIKE_DATES = frozenset(
    "volume issue number supplement pages first_page last_page "
    "article_number abstract_number".split()
)
_OF_YEAR = frozenset("date month day".split())  # roles whose year another column may have
_DATES = _OF_YEAR | {"year", "accessed"}
_YEAR = re.compile(r"\d{4}(?:\.0+|-\d\d-\d\d(?: .*)?)?")
_USUAL_DIGITS = 4  # of an abstract's number


class SheetCell(NamedTuple):
    """The text of a cell; ``kind`` says what it is stored as: ``number``, ``date`` or text.

    That of a cell that Excel cannot have written is ``DAMAGED``, that of an error is ``ERROR``,
    and that of a formula without a value ``FORMULA``. ``href`` is the target of its hyperlink, and
    ``parts`` are those of year, month and day that the format of a date shows.
    """

    text: str
    kind: str = ""
    href: str = ""
    parts: str = "ymd"


SheetRow = tuple[int, list[SheetCell] | str]  # the number of a row, and its cells or its fault
FindColumns = Callable[[Sequence[str]], Columns | None]


class Sheet(NamedTuple):
    """A sheet of abstracts: its name, ``""`` for a text, its columns, and the rows below them."""

    name: str
    columns: Columns
    rows: Iterator[SheetRow]


@cache
def column_of(letters: str) -> int:
    """Return the number of a column from 1, or 0 if the letters name none."""
    if not re.fullmatch(r"[A-Za-z]{1,3}", letters):
        return 0
    return reduce(lambda high, low: high * 26 + ord(low) - 64, letters.upper(), 0)


def read(cell: SheetCell, name: str) -> tuple[str, list[str]]:
    """Return the text of a cell, and warnings; ``name`` is that of its column."""
    text = _RETURN.sub("\n", cell.text).strip()
    if cell.kind in (DAMAGED, FORMULA):
        return text, _faults(cell, name)
    if cell.kind == ERROR or _LOST.fullmatch(text):
        return "", [f"The column {name!r} has only {text!r}; the value may have been lost."]
    if len(text) >= LONGEST:
        return text, [f"The column {name!r} may be cut off: it has {len(text):,} characters."]
    return text, []


def _faults(cell: SheetCell, name: str) -> list[str]:
    """Return a warning about a cell that has no value, as a formula that nothing has computed."""
    if cell.kind == FORMULA:
        return [f"The column {name!r} has a formula without a value."]
    if cell.kind in (DAMAGED, ERROR):
        return [f"The column {name!r} has a damaged cell: {printable(cell.text, limit=40)!r}."]
    return []


def read_cells(
    names: Sequence[str], roles: tuple[str, ...], cells: Sequence[SheetCell]
) -> tuple[list[str], tuple[str, ...]]:
    """Return the texts of a row of references, and warnings of what a program did not keep."""
    found: list[str] = []
    for name, cell in zip(names, cells, strict=False):
        if cell.kind:
            found += _faults(cell, name)
    texts = [cell.text for cell in cells]
    dates = {place for place, cell in enumerate(cells) if cell.kind == "date"}
    year = _year_of(roles, texts) if dates else ""
    for place in dates.intersection(range(len(roles))):
        role, cell = roles[place], cells[place]
        texts[place] = _of_date(role, cell, year)
        if role in _OF_YEAR and "y" not in cell.parts and year not in ("", cell.text[:4]):
            found.append(may_be_changed(cell.text, names[place]))
    return texts, (*found, *changed(names, roles, texts, dates))


def _year_of(roles: tuple[str, ...], texts: Sequence[str]) -> str:
    """Return the year in the column of years, or ``""``."""
    columns = zip(roles, texts, strict=False)
    year = next((text.strip() for role, text in columns if role == "year"), "")
    return year[:4] if _YEAR.fullmatch(year) else ""


def _of_date(role: str, cell: SheetCell, year: str) -> str:
    """Return the text of a date in a column with this role, in a row of this year.

    A format may hide the day of a date, or its month and day; the year only if the row has one.
    """
    text, parts = cell.text, cell.parts
    if role in _LIKE_DATES:
        return to_shown(text, parts) if "y" in parts else without_year(text, parts) or text
    if role in _DATES and "y" in parts:
        return to_shown(text, parts)
    if role == "date" and year not in ("", text[:4]) and "y" not in parts:
        return year + (text[4:7] if parts == "m" else text[4:])
    if role in ("month", "day") and year and "y" not in parts:
        return without_year(text, parts) or text
    return text


def changed(
    names: Sequence[str],
    roles: tuple[str, ...],
    texts: Sequence[str],
    dates: Collection[int] = (),
) -> tuple[str, ...]:
    """Return a warning for each volume, issue or page that is a date or looks like one of Excel."""
    found = []
    for place in _like_dates(roles):
        text = texts[place].strip() if place < len(texts) else ""
        if place in dates or (not text.isalnum() and _is_changed(text)):
            found.append(may_be_changed(text, names[place]))
    return tuple(found)


def _is_changed(text: str) -> bool:
    if _AS_PRINTED.fullmatch(text):
        return False
    return bool(_AS_DATE.fullmatch(text) or _AS_POWER.fullmatch(text))


@cache
def _like_dates(roles: tuple[str, ...]) -> tuple[int, ...]:
    return tuple(place for place, role in enumerate(roles) if role in _LIKE_DATES)


def read_number(
    cell: SheetCell, name: str, digits: int, *, may_lack_zeros: bool
) -> tuple[str, list[str]]:
    """Return the number of an abstract, with zeros to have that many digits, and warnings.

    ``may_lack_zeros`` means that the numbers of the sheet have different lengths and no zeros.
    """
    text, warnings = read(cell, name)
    if cell.kind == DAMAGED:
        return text, warnings
    if cell.kind == "date" or _AS_DATE.fullmatch(text):
        warnings.append(f"The abstract number {text!r} is a date; a program may have changed it.")
    elif _AS_FLOAT.fullmatch(text):
        warnings.append(f"A program may have changed the abstract number {text!r}.")
    elif text.isdecimal() and len(text) < digits:
        text = text.zfill(digits)
    elif text.isdecimal() and not digits:
        is_number = cell.kind == "number" and not text.startswith("0")
        if is_number or (may_lack_zeros and len(text) < _USUAL_DIGITS):
            warnings.append(f"The abstract number {text} may have lost leading zeros.")
    return text, warnings


def may_lack_zeros(numbers: list[str]) -> bool:
    """Return whether numbers look as if a program had dropped their leading zeros."""
    digits = [text for number in numbers if (text := number.strip()).isdecimal()]
    lengths = {*map(len, digits)}
    if len(lengths) < 2 or max(lengths) < _USUAL_DIGITS - 1:
        return False
    return not any(text.startswith("0") for text in digits)
