"""Collect the failures of single items, so that one failure does not stop the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

Result = TypeVar("Result")


class ItemErrors(Exception):  # noqa: N818 - several errors, not one
    """Some items of a list cannot be printed: ``errors`` has their errors by index."""

    def __init__(self, errors: Mapping[int, Exception]) -> None:
        """Store the errors by the index of their items in the list."""
        super().__init__(errors)
        self.errors = errors


def for_each(function: Callable[[int], Result], indexes: Iterable[int]) -> list[Result]:
    """Return the result for each index of an item; raise ItemErrors if some of them fail."""
    results: list[Result] = []
    errors: dict[int, Exception] = {}
    for index in indexes:
        try:
            results.append(function(index))
        except Exception as error:  # noqa: BLE001 - a bug must fail only one item
            errors[index] = error
    if errors:
        raise ItemErrors(errors)
    return results
