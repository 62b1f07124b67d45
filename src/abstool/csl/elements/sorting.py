"""The sort keys of a style, and the order of a list sorted by them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cmp_to_key

from abstool.csl.elements.base import Element
from abstool.csl.elements.context import AreaSettings, Context, Request
from abstool.csl.elements.dates import sort_key
from abstool.csl.text import marks
from abstool.csl.text.particles import joined
from abstool.csl.variables import DateSpan, PersonName, Variables
from abstool.text import fold


class KeyElement(Element):
    """One sort key: a variable or a macro."""

    def prepare(self) -> None:
        """Read the options of names that apply while sorting."""
        self.is_descending = self.options.get("sort") == "descending"
        self._name_options = (
            ("name-as-sort-order", "all"),
            *(
                (f"et-al-{name}", self.options[f"names-{name}"])
                for name in ("min", "use-first", "use-last")
                if f"names-{name}" in self.options
            ),
        )

    def value(self, variables: Variables, area: AreaSettings, request: Request) -> str:
        """Return the key of an item; its number is that in the unsorted list."""
        if macro := self.options.get("macro"):
            context = Context(
                variables, area, request, sorting=True, name_options=self._name_options
            )
            return collated(self.called(macro).output(context))
        variable = self.options.get("variable", "")
        if variable == "citation-number":
            return f"{request.number:09}"
        if variable == "citation-label":
            return collated(str(variables[variable] or request.label))
        value = variables[variable]
        if isinstance(value, DateSpan):
            return sort_key(value)
        if isinstance(value, list):
            demotes = self.definitions.options.get("demote-non-dropping-particle") != "never"
            return collated("; ".join(_sortable_name(one, demotes=demotes) for one in value))
        return collated(value) if value is not None else ""


def _sortable_name(name: PersonName, *, demotes: bool) -> str:
    """Return a name to sort by, the family name first and its particle where the style has it."""
    family, given = name.get("family") or name.get("literal", ""), name.get("given", "")
    particle = name.get("non-dropping-particle", "")
    if demotes:
        given, particle = joined(given, name.get("dropping-particle", ""), particle), ""
    # A particle is a word of its own: d’Wander sorts as "d wander", before de’Frinkle.
    return joined(joined(particle.rstrip("'’ "), family), given)


class SortElement(Element):
    """The sort keys of an area, the most significant first."""

    def prepare(self) -> None:
        """Find the keys."""
        self.keys = [child for child in self.children if isinstance(child, KeyElement)]

    @property
    def numbers_downwards(self) -> bool:
        """Whether the list is in the reverse order of its numbers."""
        return any(
            key.is_descending and self.definitions.prints(key, "citation-number")
            for key in self.keys
        )

    def values(self, variables: Variables, area: AreaSettings, request: Request) -> list[str]:
        """Return the keys of an item; its number is that in the unsorted list."""
        return [key.value(variables, area, request) for key in self.keys]

    def order(self, values: Sequence[list[str]]) -> list[int]:
        """Return the indexes of items, sorted by their keys; items without a key come last."""
        descending = [key.is_descending for key in self.keys]

        def compare(one: int, other: int) -> int:
            for left, right, reverse in zip(values[one], values[other], descending, strict=True):
                if left == right:
                    continue
                if not left or not right:
                    return 1 if not left else -1
                return (1 if left > right else -1) * (-1 if reverse else 1)
            return one - other

        return sorted(range(len(values)), key=cmp_to_key(compare))


def collated(text: str) -> str:
    """Return text to sort by: without accents, capitals and punctuation, numbers by value.

    Ø sorts as o and ß as ss, which is the order of most European languages, not of all.
    """
    words = re.sub(r"[^\w\s]+", "", fold(marks.bare(text)))
    return re.sub(r"\d+", lambda number: number[0].zfill(12), " ".join(words.split()))
