"""Change some places of a file and no other byte."""

from __future__ import annotations

import codecs
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple, TypeVar

from abstool.encoding import to_utf8
from abstool.errors import UnreadableInput

New = TypeVar("New", str, bytes)

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"", "utf-8"),
    (b"", "utf-16-le"),
    (b"", "utf-16-be"),
)
_ONE_BYTE = "cp1252"


class Edit(NamedTuple):
    """What takes the place of a part of a text; an empty part is a place to insert at."""

    start: int
    end: int
    text: str


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Return a text with edits, as ``spliced`` returns bytes."""
    pieces = []
    last = 0
    for start, end, new in _ordered(edits):
        pieces += [text[last:start], new]
        last = end
    return "".join([*pieces, text[last:]])


def spliced(data: bytes, edits: Iterable[tuple[int, int, bytes]]) -> bytes:
    """Return bytes with parts replaced, each given by its start, its end and its new content.

    What is inserted at one place stays in order. Parts must not overlap.
    """
    pieces = []
    last = 0
    for start, end, new in _ordered(edits):
        pieces += [data[last:start], new]
        last = end
    return b"".join([*pieces, data[last:]])


def _ordered(edits: Iterable[tuple[int, int, New]]) -> list[tuple[int, int, New]]:
    found = sorted(edits, key=lambda edit: edit[:2])
    if any(one[1] > other[0] for one, other in pairwise(found)):
        raise ValueError("parts to replace overlap")
    return found


class SourceText:
    """The text of a file, and how its characters are encoded."""

    def __init__(self, data: bytes, subject: str) -> None:
        """Decode the file. Raises UnreadableInput if it cannot be written back unchanged."""
        self._data = data
        self.text = to_utf8(data, subject=subject).decode()
        for mark, encoding in _MARKS:
            if data.startswith(mark) and self._is(encoding, len(mark)):
                self._encoding, self._start = encoding, len(mark)
                return
        if data.decode(_ONE_BYTE, "replace") != self.text:
            problem = "the encoding of this file is not UTF-8"
            raise UnreadableInput(subject, problem, "convert it to UTF-8 first")
        self._encoding, self._start = _ONE_BYTE, 0

    def _is(self, encoding: str, start: int) -> bool:
        # A last character that is cut in two is not in the text.
        return self._data.startswith(self.text.encode(encoding, "surrogatepass"), start)

    def can_have(self, text: str) -> bool:
        """Return whether the encoding has all characters of a text."""
        try:
            text.encode(self._encoding)
        except UnicodeEncodeError:
            return False
        return True

    def with_edits(self, edits: Iterable[Edit]) -> bytes:
        """Return the bytes of the file with edits, which must not overlap."""
        found = []
        at, byte = 0, self._start
        for start, end, text in _ordered(edits):
            byte += self._length(at, start)
            found.append((byte, byte + self._length(start, end), text.encode(self._encoding)))
            at = start
        return spliced(self._data, found)

    def _length(self, start: int, end: int) -> int:
        """Return how many bytes a part of the text has in the file."""
        if self._encoding == _ONE_BYTE:
            return end - start
        return len(self.text[start:end].encode(self._encoding, "surrogatepass"))
