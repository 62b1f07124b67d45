"""The state of one entry while the elements of a style render it."""

from __future__ import annotations

from dataclasses import dataclass

from abstool.csl.variables import Value, Variables

_MOST_CALLS = 10_000  # of macros in one entry; the largest styles make a few hundred
_MOST_CHARACTERS = 10_000_000  # of the texts of these macros


class RunawayMacroError(Exception):
    """The macros of a style call each other too often or print too much."""


@dataclass(eq=False, slots=True)
class AreaSettings:
    """The attributes of ``cs:citation`` or ``cs:bibliography``."""

    tag: str
    options: dict[str, str]
    prints_year_suffix: bool = False  # whether an element of the area prints the variable


class Context:
    """The item being rendered, its position in the list, and what has been printed so far."""

    __slots__ = (
        "area",
        "called",
        "found",
        "macro_calls",
        "macro_length",
        "name_count",
        "name_options",
        "number",
        "printed",
        "read",
        "sorting",
        "suppressed",
        "variables",
        "year_suffix",
        "year_suffix_printed",
    )

    def __init__(
        self,
        variables: Variables,
        area: AreaSettings,
        *,
        number: int = 0,
        year_suffix: str = "",
        sorting: bool = False,
        name_options: tuple[tuple[str, str], ...] = (),
    ) -> None:
        """Start an entry.

        Args:
            variables: the item.
            area: the settings of the area that renders the item.
            number: the item's number in the list, or 0 to print none.
            year_suffix: the letter after the year that distinguishes the item from another.
            sorting: whether the result is a sort key and is not printed.
            name_options: options of names that override those of the style.
        """
        self.variables = variables
        self.area = area
        self.number = number
        self.year_suffix = year_suffix
        self.year_suffix_printed = False
        self.sorting = sorting
        self.name_options = name_options
        self.name_count: str | None = None  # the number of names, if a name form asks for it
        # A group is dropped if it calls variables and finds none of them.
        self.called = self.found = 0
        self.macro_calls = self.macro_length = 0
        self.read: set[str] = set()  # the variables read since the last substitute began
        self.printed: set[str] = set()
        self.suppressed: set[str] = set()  # the variables that a substitute has printed

    def value(self, variable: str) -> Value:
        """Return a variable's value, or None if it is absent or already printed by a substitute."""
        value = self.variables[variable]
        if value is None or variable in self.suppressed:
            return None
        self.read.add(variable)
        self.printed.add(variable)
        return value

    def count_macro(self, length: int) -> None:
        """Count the call of a macro and the length of its text; raise RunawayMacroError at a limit.

        A few macros that call each other twice could run for years.
        """
        self.macro_calls += 1
        self.macro_length += length
        if self.macro_calls > _MOST_CALLS or self.macro_length > _MOST_CHARACTERS:
            raise RunawayMacroError

    @property
    def needs_year_suffix(self) -> bool:
        """Whether a year must print the year suffix, because no other element does."""
        return bool(self.year_suffix) and not (
            self.year_suffix_printed or self.area.prints_year_suffix
        )
