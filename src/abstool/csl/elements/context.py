"""The state of one entry or cite while the elements of a style render it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from abstool.csl.variables import PersonName, Value, Variables

_MOST_CALLS = 10_000  # of macros in one entry; the largest styles make a few hundred
_MOST_CHARACTERS = 10_000_000  # of all words and affixes of one entry

# Parts of a cite that are left out where they repeat those of the cite before.
NAMES, YEAR = "names", "year"


class RunawayMacroError(Exception):
    """The macros of a style call each other too often."""


class LongEntryError(Exception):
    """A style prints too much for one item."""


class FaultyElementError(Exception):
    """An element lacks what it needs, or has what cannot be; the message says which and where."""


class AreaSettings:
    """The attributes of ``cs:citation`` or ``cs:bibliography``."""

    __slots__ = ("options", "prints_year_suffix", "tag")

    def __init__(self, tag: str, options: dict[str, str]) -> None:
        """Keep the attributes."""
        self.tag = tag
        self.options = options
        self.prints_year_suffix = False  # whether an element of the area prints the variable


class Cite(NamedTuple):
    """What a citation says about one of its items, and where in the document it stands."""

    locator: str = ""
    label: str = "page"
    prefix: str = ""
    suffix: str = ""
    suppress_author: bool = False
    author_only: bool = False
    position: str = "first"  # or subsequent, ibid, ibid-with-locator
    near_note: bool = False
    first_note: int = 0  # the note of the first cite of the item, if it is another note
    is_placed: bool = False  # whether the position is given and not to be found


class Disambiguation(NamedTuple):
    """What a cite prints more than usual, so that it is not the cite of another item.

    Lists of names are counted in the order in which the cite prints them.
    """

    shown: Mapping[int, int] = {}  # list of names: how many to show
    given: Mapping[tuple[int, int], int] = {}  # list and position: 1 for initials, 2 for all
    conditions: int = 0  # how many tests for disambiguate="true" pass
    year_suffix: str = ""


FIRST_CITE, NOTHING_MORE = Cite(), Disambiguation()


class NameList(NamedTuple):
    """A list of names as a cite printed it."""

    people: list[PersonName]
    shown: int
    level: int  # 0 for family names, 1 for initials, 2 for full names
    form: Callable[[NameList, int, int], str]  # returns the name at a position, at a level
    options: tuple[object, ...]  # of its format
    inverted: int  # how many names begin with the family name

    def one(self, position: int, level: int) -> str:
        """Return the name at a position, at a level."""
        return self.form(self, position, level)


class Repeated(NamedTuple):
    """The names of the entry before, and what to print instead of those that are the same."""

    names: list[tuple[str, ...]]  # by role
    substitute: str
    rule: str


class Request:
    """How an item is to be rendered, besides its variables and the settings of the area."""

    # A dataclass would do the same, but takes as long to create as to render two items.
    __slots__ = (
        "capitalize",
        "cite",
        "compared",
        "given_level",
        "hidden",
        "initials_only",
        "label",
        "more",
        "number",
        "repeated",
        "tagged",
    )

    def __init__(
        self,
        *,
        number: int = 0,
        label: str = "",
        cite: Cite = FIRST_CITE,
        more: Disambiguation = NOTHING_MORE,
        hidden: frozenset[str] = frozenset(),
        compared: bool = False,
        capitalize: bool = False,
        tagged: bool = False,
        repeated: Repeated | None = None,
    ) -> None:
        """Store what is asked for.

        Args:
            number: the item's number in the list, or 0 to print none.
            label: the item's citation-label.
            cite: what the citation says about the item.
            more: what is printed more than usual.
            hidden: parts to leave out, such as NAMES.
            compared: whether the cite is only compared with those of other items.
            capitalize: whether a term that comes first begins with a capital.
            tagged: whether marks say which part of the text is names, year and so on.
            repeated: the names of the entry before.
        """
        self.number = number
        self.label = label
        self.cite = cite
        self.more = more
        self.hidden = hidden
        self.compared = compared
        self.capitalize = capitalize
        self.tagged = tagged
        self.repeated = repeated
        self.initials_only = False  # whether level 1 means initials in a style without them
        # Returns the level of a person's given names at a position, in styles that raise it.
        self.given_level: Callable[[PersonName, int], int] | None = None


_PLAIN = Request()


class Context:
    """The item being rendered, how it is to be rendered, and what has been printed so far."""

    __slots__ = (
        "area",
        "called",
        "conditions_met",
        "found",
        "in_substitute",
        "length",
        "macro_calls",
        "name_count",
        "name_lists",
        "name_options",
        "names_done",
        "names_hidden",
        "names_printed",
        "printed",
        "read",
        "request",
        "sorting",
        "started",
        "suppressed",
        "tested_conditions",
        "variables",
        "year_suffix_printed",
    )

    def __init__(
        self,
        variables: Variables,
        area: AreaSettings,
        request: Request = _PLAIN,
        *,
        sorting: bool = False,
        name_options: tuple[tuple[str, str], ...] = (),
    ) -> None:
        """Start an entry or a cite.

        Args:
            variables: the item.
            area: the settings of the area that renders the item.
            request: how the item is to be rendered.
            sorting: whether the result is a sort key and is not printed.
            name_options: options of names that override those of the style.
        """
        self.variables = variables
        self.area = area
        self.request = request
        self.year_suffix_printed = False
        self.sorting = sorting
        self.name_options = name_options
        self.name_count: int | None = None  # the number of names, if a name form asks for it
        self.name_lists: list[NameList] = []  # the lists of names printed so far
        self.names_printed: list[tuple[str, ...]] = []  # of the first cs:names, by role
        self.names_done = False  # whether the first cs:names has been printed
        self.names_hidden = False  # whether it was left out, as the request says
        self.started = False  # whether a term or a number of the list has been printed
        self.conditions_met = self.tested_conditions = 0
        # A group is dropped if it calls variables and finds none of them.
        self.called = self.found = 0
        self.macro_calls = self.length = 0
        self.read: set[str] = set()  # the variables read since the last substitute began
        self.printed: set[str] = set()
        self.in_substitute = False
        self.suppressed: set[str] = set()  # the variables that a substitute has printed

    def value(self, variable: str) -> Value:
        """Return a variable's value, or None if it is absent or already printed by a substitute.

        A short title stands for the title: whichever was printed, the other is not printed again.
        """
        value = self.variables[variable]
        if value is None:
            return None
        if self.suppressed and variable.removesuffix("-short") in self.suppressed:
            return None
        if self.in_substitute:
            self.read.add(variable.removesuffix("-short"))
        self.printed.add(variable)
        return value

    def count_macro(self, affixes: int) -> None:
        """Count the call of a macro and the length of its affixes.

        A few macros that call each other twice could run for years.
        """
        self.macro_calls += 1
        if self.macro_calls > _MOST_CALLS:
            raise RunawayMacroError
        if affixes:
            self.count(affixes)

    def count(self, length: int) -> None:
        """Count characters before they are joined; raise LongEntryError if they are too many."""
        self.length += length
        if self.length > _MOST_CHARACTERS:
            raise LongEntryError

    @property
    def needs_year_suffix(self) -> bool:
        """Whether a year must print the year suffix, because no other element does."""
        return bool(self.request.more.year_suffix) and not (
            self.year_suffix_printed or self.area.prints_year_suffix
        )

    def takes_condition(self) -> bool:
        """Return whether a test for ``disambiguate`` passes, and count it."""
        self.tested_conditions += 1
        if self.conditions_met < self.request.more.conditions:
            self.conditions_met += 1
            return True
        return False
