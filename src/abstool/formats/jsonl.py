"""Write records as JSON Lines: one object per line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from abstool.record import Abstract


def render_record(record: Abstract) -> str:
    """Return a record as one line of JSON."""
    return record.to_json().decode()


def document(entries: Iterable[str]) -> Iterator[str]:
    """Yield the pieces of one file with these lines."""
    for entry in entries:
        yield entry
        yield "\n"
