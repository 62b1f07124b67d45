"""The items of a document: their order, their numbers, and what went wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from abstool.csl.citations.labels import label_of
from abstool.csl.elements.context import NOTHING_MORE, Disambiguation, Request
from abstool.csl.elements.grouping import AreaElement
from abstool.csl.stylesheet import Stylesheet
from abstool.csl.variables import Variables

Result = TypeVar("Result")


class ItemWarning(NamedTuple):
    """What is wrong with an item of a document: its position in the input, its id, the error."""

    position: int
    id: str
    error: Exception


@dataclass(eq=False, slots=True)
class Registered:
    """An item of a document, with what the document knows about it."""

    index: int  # in the input
    id: str
    variables: Variables
    printed: Variables  # the same item as worded for its entry
    number: int = 0  # the citation number
    place: int = 0  # in the bibliography, from 0
    label: str = ""
    more: Disambiguation = NOTHING_MORE


class ItemRegistry:
    """The items of a document in the order of their first citation, and in that of the list."""

    def __init__(self, style: Stylesheet, first: int = 1) -> None:
        """Start without items; ``first`` is the number of the first one."""
        self._style = style
        self._first = first
        self.cited: list[Registered] = []
        self.listed: list[Registered] = []  # as sorted for the bibliography
        self._failed: set[int] = set()  # the positions of items on which the style fails
        self.warnings: dict[int, ItemWarning] = {}  # by the position of the item

    def fill(
        self,
        items: Sequence[Mapping[str, object]],
        printed: Sequence[Mapping[str, object]],
        order: Sequence[int],
        *,
        sort: bool,
    ) -> None:
        """Register items in the order of citation, and number them in that of the bibliography."""
        self.cited = []
        for index in order:
            variables = self._style.variables(items[index])
            same = printed[index] is items[index]
            shown = variables if same else self._style.variables(printed[index])
            name = str(items[index].get("id", index))
            self.cited.append(Registered(index, name, variables, shown))
        has_labels = self._style.prints_labels
        for number, one in enumerate(self.cited, self._first):
            one.number = number
            one.label = label_of(one.variables) if has_labels else ""
        self.listed = list(self.cited)
        area = self._style.bibliography
        if sort and area.sort is not None:
            self.listed = self.in_order(area, self.cited)
            down = area.sort.numbers_downwards
            numbers = range(self._first, self._first + len(self.listed))
            for number, one in zip(numbers[::-1] if down else numbers, self.listed, strict=True):
                one.number = number
        for place, one in enumerate(self.listed):
            one.place = place

    def in_order(self, area: AreaElement, items: list[Registered]) -> list[Registered]:
        """Return items in the order of an area's sort keys, if it has any."""
        return [items[index] for index in self.sorted_indexes(area, items)]

    def sorted_indexes(self, area: AreaElement, items: Sequence[Registered]) -> list[int]:
        """Return the indexes of items in the order of an area's sort keys, if it has any."""
        sort = area.sort
        if sort is None:
            return list(range(len(items)))

        def values(one: Registered) -> list[str]:
            request = Request(number=one.number, label=one.label)
            return sort.values(one.variables, area.settings, request)

        found = [self.each(one, values) for one in items]
        return sort.order([keys or [""] * len(sort.keys) for keys in found])

    def each(self, one: Registered, function: Callable[[Registered], Result]) -> Result | None:
        """Return the result for an item, or None if the style fails on it, now or before.

        The error is kept as a warning.
        """
        if one.index in self._failed:
            return None
        try:
            return function(one)
        except Exception as error:  # noqa: BLE001 - a broken style can cause any exception
            self._failed.add(one.index)
            self.warn(one, self._style.failure(one.variables, error))
            return None

    def warn(self, one: Registered, error: Exception) -> None:
        """Keep the first error of an item."""
        self.warnings.setdefault(one.index, ItemWarning(one.index, one.id, error))
