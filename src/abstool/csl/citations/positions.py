"""The positions of items in a list: their order, numbers and letters after years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from abstool.csl.elements.context import Context
from abstool.csl.elements.grouping import AreaElement
from abstool.csl.failures import for_each
from abstool.csl.style import Style
from abstool.csl.variables import Variables
from abstool.text import letters

_ALL_NAMES = (("et-al-use-first", "99"),)


@dataclass(frozen=True, slots=True)
class Position:
    """The position of an item in a list."""

    index: int  # in the input
    number: int
    year_suffix: str = ""


def arranged(style: Style, items: Sequence[Mapping[str, object]], *, sort: bool) -> list[Position]:
    """Return the positions of items, in the order of the input or, if ``sort``, of the style.

    Items with the same citation get a letter after the year, if the style asks for it.
    """
    sorts = sort and style.bibliography.sort is not None
    order, suffixes = list(range(len(items))), [""] * len(items)
    citation = style.citation
    if citation and citation.options.get("disambiguate-add-year-suffix") != "true":
        citation = None
    if sorts or citation:
        variables = [style.variables(item) for item in items]
        if sorts:
            order = sort_order(style, style.bibliography, variables)
        if citation:
            suffixes = _year_suffixes(style, citation, variables, order)
    return [Position(index, number, suffixes[index]) for number, index in enumerate(order, 1)]


def sort_order(style: Style, area: AreaElement, items: Sequence[Variables]) -> list[int]:
    """Return the indexes of items in the order of an area's sort keys, if it has any."""
    if area.sort is None:
        return list(range(len(items)))
    sort = area.sort

    def keys(index: int) -> list[str]:
        with style.guarded(items[index]):
            return sort.values(items[index], area.settings, index)

    return sort.order(for_each(keys, range(len(items))))


def _year_suffixes(
    style: Style, citation: AreaElement, items: list[Variables], order: list[int]
) -> list[str]:
    """Return a letter for each item with the same citation as another item, else ""."""
    suffixes = [""] * len(items)
    adds_names = citation.options.get("disambiguate-add-names") == "true"
    for same in _grouped(style, citation, items, order):
        groups = _grouped(style, citation, items, same, _ALL_NAMES) if adds_names else [same]
        for group in groups:
            for number, index in enumerate(group):
                suffixes[index] = letters(number)
    return suffixes


def _grouped(
    style: Style,
    citation: AreaElement,
    items: list[Variables],
    indexes: list[int],
    name_options: tuple[tuple[str, str], ...] = (),
) -> list[list[int]]:
    """Return the indexes of items with the same citation, in groups of two or more."""

    def cited(index: int) -> str:
        context = Context(items[index], citation.settings, name_options=name_options)
        with style.guarded(items[index]):
            return citation.layout.cite(context)

    groups = defaultdict(list)
    for index, text in zip(indexes, for_each(cited, indexes), strict=True):
        groups[text].append(index)
    return [group for group in groups.values() if len(group) > 1]
