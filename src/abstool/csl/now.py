"""The entry that is being made, as every element sees it."""

from __future__ import annotations

from typing import Any

from abstool.csl.reference import Entry


class Now:
    """The entry that is being made: its item, where it will stand, and what it has printed."""

    def __init__(self, item: Entry, area: Any, *, number: int = 0, year_suffix: str = "") -> None:
        """Begin an entry of an area (citation or bibliography); 0 stands for no number."""
        self.item = item
        self.area = area
        self.number = number
        self.year_suffix = year_suffix
        self.explicit_suffix = area.prints_year_suffix
        self.suffix_printed = False
        self.called = self.found = 0
        self.read: set[str] = set()
        self.printed: set[str] = set()
        self.suppressed: set[str] = set()
        self.sorting = False
        self.counts: str | None = None
        self.name_options: dict[str, str] = {}
        self.disambiguating = False

    def value(self, variable: str) -> Any:
        """Return a variable's value, or None where it is absent or printed by a substitute."""
        value = self.item[variable]
        if value is None or variable in self.suppressed:
            return None
        self.read.add(variable)
        self.printed.add(variable)
        return value

    @property
    def lacks_suffix(self) -> bool:
        """Whether a letter after the year is due that no element of the style prints."""
        return bool(self.year_suffix) and not (self.suffix_printed or self.explicit_suffix)
