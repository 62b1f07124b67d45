"""Select the entries of several sources so that each work is there once, and count for PRISMA."""

from __future__ import annotations

from typing import NamedTuple, TypedDict

from abstool.item import Item
from abstool.matching.duplicates import Duplicates
from abstool.text import count_of


class Dropped(NamedTuple):
    """An entry that repeats an earlier one: the names of both, and why they are one work."""

    kept: str
    dropped: str
    reason: str

    def __str__(self) -> str:
        """Return the note about it."""
        return f"{self.dropped}: skipped, repeats {self.kept} ({self.reason})"


class Source(TypedDict):
    """A source, and how many entries of it were read."""

    name: str
    entries: int


class Selection:
    """The entries of all sources so far; the first one of each work is kept."""

    def __init__(self) -> None:
        """Start without sources."""
        self._found = Duplicates()
        self._subjects: list[str] = []  # by position
        self._sources: list[Source] = []
        self._libraries: list[Source] = []
        self._dropped: list[Dropped] = []

    def start(self, name: str, *, is_library: bool = False) -> None:
        """Begin with a source: first with libraries, whose entries do not count."""
        source: Source = {"name": name, "entries": 0}
        (self._libraries if is_library else self._sources).append(source)

    def add(self, subject: str, item: Item) -> Dropped | None:
        """Add an entry of the last source; return what it repeats, or None if it is kept."""
        (self._sources or self._libraries)[-1]["entries"] += 1
        self._subjects.append(subject)
        if not (repeat := self._found.add(item)):
            return None
        dropped = Dropped(self._subjects[repeat.kept], subject, repeat.reason)
        if self._sources:
            self._dropped.append(dropped)
        return dropped

    @property
    def counts(self) -> dict[str, int]:
        """The number of entries, of duplicates, and of what is left."""
        entries, dropped = sum(one["entries"] for one in self._sources), len(self._dropped)
        return {"entries": entries, "duplicates": dropped, "unique": entries - dropped}

    @property
    def contradicted(self) -> int:
        """How many have the DOI or PubMed ID of another entry, but another title or number."""
        return self._found.contradicted

    def to_dict(self) -> dict[str, object]:
        """Return the sources, the duplicates and the counts as JSON data."""
        return {
            "sources": self._sources,
            **({"against": self._libraries} if self._libraries else {}),
            "duplicates": [one._asdict() for one in self._dropped],
            "counts": self.counts,
        }


class Repetitions:
    """Counts entries that are written once although given twice, and other repeats of a work."""

    def __init__(self) -> None:
        """Start without entries."""
        self._copies: set[int] = set()  # hashes of contents
        self._found = Duplicates()
        self._given_again = 0
        self._repeats = 0

    def is_new(self, content: str, item: Item, *, is_known: bool = False) -> bool:
        """Return whether to write an entry: not if one with the same content came before.

        ``is_known`` says that it is the same for another reason.
        """
        key = hash(content)
        if is_known or key in self._copies:
            self._given_again += 1
            return False
        self._copies.add(key)
        self._repeats += self._found.add(item) is not None
        return True

    def __str__(self) -> str:
        """Return the note about both, or ``""`` if nothing is repeated."""
        counts = [
            ("skipped {} that was given before", "skipped {} that were given before"),
            ("kept {} that repeats another work", "kept {} that repeat other works"),
        ]
        numbers = (self._given_again, self._repeats)
        said = [
            (one if number == 1 else many).format(count_of(number, "entry", "entries"))
            for (one, many), number in zip(counts, numbers, strict=True)
            if number
        ]
        return f"{', '.join(said)}; see 'abstool dedupe'" if said else ""
