"""Records with their positions, each handled apart from the others: ids, and errors of one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import tee
from typing import TypeAlias, TypeVar

from abstool.citekeys import unique
from abstool.item import Item

Value = TypeVar("Value")
Result = TypeVar("Result")

Failed: TypeAlias = Callable[[int, Exception], None]  # takes the position of a record, its error
Numbered: TypeAlias = Iterable[tuple[int, Item]]  # items with the positions of their records


def with_unique_ids(
    wanted: Callable[[Item], str],
    items: Numbered,
    failed: Failed,
    taken: Collection[str] = (),
) -> Iterator[tuple[int, Item]]:
    """Yield items with the ids that ``wanted`` returns, letters added to repeated or taken ones."""
    # Each of the two is advanced once for an item, so that neither is ahead.
    found, again = tee(each(lambda item: (item, wanted(item)), items, failed))
    ids = unique((id_ for _, (_, id_) in found), taken)
    for id_, (position, (item, _)) in zip(ids, again, strict=True):
        yield position, _with_id(item, id_)


def _with_id(item: Item, id_: str) -> Item:
    """Return an item with this id as its first variable."""
    if next(iter(item.items()), None) == ("id", id_):
        return item
    return {"id": id_} | item | {"id": id_}


def each(
    function: Callable[[Value], Result], values: Iterable[tuple[int, Value]], failed: Failed
) -> Iterator[tuple[int, Result]]:
    """Yield the position and the result for each value, without those that fail."""
    for position, value in values:
        try:
            result = function(value)
        except Exception as error:  # noqa: BLE001 - a bug, too, must fail only one record
            failed(position, error)
        else:
            yield position, result
