"""Export formats: one module each, found by its file name.

A module satisfies one of these protocols, and is imported when its format is requested.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar, runtime_checkable

from abstool.item import Item
from abstool.record import Abstract

Row = TypeVar("Row")


@runtime_checkable
class TextFormat(Protocol):
    """A format of text files with one entry per item."""

    def render(self, item: Item) -> str:
        """Return the entry of a CSL-JSON item."""

    def document(self, entries: Iterable[str]) -> Iterator[str]:
        """Yield the pieces of a file with these entries, which ends with a newline."""


@runtime_checkable
class KeyedFormat(TextFormat, Protocol):
    """A text format that does not accept every id as a citation key."""

    def key(self, item: Item) -> str:
        """Return the id of an item if it is a valid key, or a key made from the item."""


@runtime_checkable
class LossyFormat(Protocol):
    """A format that has no place for some data of items; a text or binary format may be one."""

    def lost(self, item: Item) -> Iterator[str]:
        """Yield the names of an item's data that are not written."""


@runtime_checkable
class RecordFormat(Protocol):
    """A format of text files with one entry per record."""

    def render_record(self, record: Abstract) -> str:
        """Return the entry of a record."""

    def document(self, entries: Iterable[str]) -> Iterator[str]:
        """Yield the pieces of a file with these entries, which ends with a newline."""


@runtime_checkable
class BinaryFormat(Protocol[Row]):
    """A format of binary files with one row per item."""

    def row(self, item: Item) -> Row:
        """Return the row of a CSL-JSON item."""

    def write(self, rows: Iterable[Row]) -> bytes:
        """Return a file with these rows."""
