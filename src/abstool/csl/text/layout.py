"""How a style lays out the entries of a bibliography."""

from __future__ import annotations

from typing import NamedTuple


class EntryLayout(NamedTuple):
    """How a style lays out the entries of a bibliography.

    Attributes:
        hanging_indent: whether all lines but the first are indented.
        second_field_align: what is done with the first field, such as a number: ``flush`` (in the
            column of the text), ``margin`` (outside) or "".
        line_spacing: the distance of lines, as a multiple of single spacing.
        entry_spacing: the distance of entries, as a multiple of a line.
    """

    hanging_indent: bool = False
    second_field_align: str = ""
    line_spacing: int = 1
    entry_spacing: int = 1
