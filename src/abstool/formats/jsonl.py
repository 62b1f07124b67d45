"""Write records as JSON Lines: one object per line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from abstool.record import Abstract

OF_RECORDS = True


def render(records: Sequence[Abstract]) -> Iterator[str]:
    """Yield each record as one line of JSON."""
    return (record.to_json().decode() for record in records)


def document(entries: Iterable[str]) -> Iterator[str]:
    """Yield the pieces of one file with these lines."""
    for entry in entries:
        yield entry
        yield "\n"
