"""Dates that Excel shows without a part, so that they can be read in two ways: ``May-20``."""

from __future__ import annotations

import re

from abstool.errors import printable
from abstool.inputs.references.dates.printed import has_other_words, parts_of, printed

_MONTH_FIRST = re.compile(r"(\D{3,20}?)\s?[-–/'’](\d\d)")
_MONTH_LAST = re.compile(r"(\d\d)[-–/](\D{3,20})")
_LAST_DAY = 31


def month_of(text: str, year: str) -> str:
    """Return the month in a text whose number may be a day or a year, or ``""`` for other texts.

    Excel shows days as ``20-May``, too, so that a number in front is doubtful only if it is that
    of the year of the row.
    """
    if first := _MONTH_FIRST.fullmatch(text):
        name, number = first.groups()
    elif (last := _MONTH_LAST.fullmatch(text)) and last[1] == year[-2:]:
        number, name = last.groups()
    else:
        return ""
    is_month = parts_of(printed(name, year)) > 1 and not has_other_words(name)
    return name if is_month and int(number) <= _LAST_DAY else ""


def may_be_changed(text: str, name: str) -> str:
    """Return the warning about a text that Excel may have made from another one."""
    return f"a program may have changed {printable(text, limit=40)!r} in the column {name!r}"
