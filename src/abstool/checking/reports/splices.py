"""Change some places of a text or of bytes, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Edit(NamedTuple):
    """What takes the place of a part of a text; an empty part is a place to insert at."""

    start: int
    end: int
    text: str


def spliced(data: bytes, edits: Iterable[tuple[int, int, bytes]]) -> bytes:
    """Return bytes with parts replaced, each given by its start, its end and its new content.

    What is inserted at one place stays in order. Parts must not overlap.
    """
    pieces = []
    last = 0
    for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
        if start < last:
            raise ValueError("parts to replace overlap")
        pieces += [data[last:start], new]
        last = end
    return b"".join([*pieces, data[last:]])
