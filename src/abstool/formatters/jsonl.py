"""JSON Lines of the records themselves.

In: records. Out: one object a line, as ``abstool parse --lines`` prints it.
"""

from __future__ import annotations

from collections.abc import Sequence

from abstool.record import Abstract

OF_RECORDS = True


def render(records: Sequence[Abstract]) -> list[str]:
    """Return each record as one line of JSON."""
    return [record.to_json().decode() for record in records]


def document(entries: Sequence[str]) -> str:
    """Return the lines as one file."""
    return "".join(f"{entry}\n" for entry in entries)
