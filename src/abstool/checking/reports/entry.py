"""An entry of a reference file, and what a format has to say about it to correct it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from typing import ClassVar, NamedTuple

from abstool.checking.reports.splices import Edit, SourceText
from abstool.item import ItemName


class Parts(NamedTuple):
    """The fields in which a format has each part of a reference, the usual one first."""

    title: tuple[str, ...]
    subtitle: str
    year: tuple[str, ...]
    volume: tuple[str, ...]
    journal: tuple[str, ...]
    short_journal: tuple[str, ...]
    supplement: tuple[str, ...]
    number: tuple[str, ...]
    pages: tuple[str, ...]  # one of them is where a missing number goes
    address: tuple[str, ...]
    notes: tuple[str, ...]


class Written(NamedTuple):
    """Names as they are written and as they are read, and whether others follow."""

    names: list[str]
    read: list[ItemName]
    is_cut: bool


class EditableEntry(ABC):
    """An entry of a reference file that is corrected.

    Attributes:
        position: its place among the entries of the file.
        values: its fields, those that are corrected with the new text.
        right: the fields of the entry that is right.
        changed: the names of the fields that are changed or added.
    """

    parts: ClassVar[Parts]

    def __init__(
        self, source: SourceText, position: int, values: dict[str, str], right: dict[str, str]
    ) -> None:
        """Start without changes."""
        self.source = source
        self.position = position
        self.values = dict(values)
        self.right = right
        self.changed: set[str] = set()

    def put(self, name: str, value: str) -> bool:
        """Change or add a field; return whether that can be done."""
        if not value or value == self.values.get(name) or not self.source.can_have(value):
            return False
        self.changed.add(name)
        self.values[name] = value
        return True

    @abstractmethod
    def decoded(self, value: str) -> str:
        """Return the text of a field as it is read."""

    @abstractmethod
    def authors(self, *, right: bool) -> Written:
        """Return the authors of the entry, or those that are right."""

    @abstractmethod
    def put_authors(self, names: Sequence[str], *, is_cut: bool) -> bool:
        """Replace the list of authors; return whether that can be done."""

    @abstractmethod
    def edits(self) -> Iterator[Edit]:
        """Yield the changes of the file."""
