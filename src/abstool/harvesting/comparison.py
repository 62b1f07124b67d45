"""Two harvests compared: the records of an older and a newer one in, what changed out.

An abstract is the same where its address is (http or https, ``www.`` and the final slash aside),
else where meeting and number are. What depends on the harvest and not on the page is no change:
``accessed`` and ``warnings``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal, NamedTuple
from urllib.parse import urlsplit

from abstool.errors import UnreadableInput
from abstool.sites import host_of

OF_THE_HARVEST = frozenset(("schema", "accessed", "warnings"))


class Entry(NamedTuple):
    """A record as JSON data, with its place in its file, as messages name it."""

    place: str
    data: dict[str, Any]


class Change(NamedTuple):
    """What became of one abstract; ``fields`` are those that changed, in the record's order."""

    kind: Literal["new", "gone", "changed"]
    old: dict[str, Any]
    new: dict[str, Any]
    fields: tuple[str, ...] = ()

    def to_dict(self, *, values: bool = False) -> dict[str, Any]:
        """Return plain JSON data; with ``values`` also what the changed fields held and hold."""
        known = self.new or self.old
        data: dict[str, Any] = {"change": self.kind}
        data |= {key: known[key] for key in ("url", "meeting", "number", "title") if key in known}
        if self.fields:
            data["fields"] = list(self.fields)
            if values:
                for when, record in (("old", self.old), ("new", self.new)):
                    data[when] = {key: record[key] for key in self.fields if key in record}
        return data


def check(entry: Entry) -> Entry:
    """Return the entry. Raises UnreadableInput where nothing tells which abstract it is."""
    if not (_address(entry.data) or _number(entry.data)):
        raise UnreadableInput(
            entry.place,
            "it has neither an address nor a meeting with a number",
            "compare records that 'abstool parse' or 'abstool harvest' wrote",
        )
    return entry


def compare(
    old: Iterable[Entry],
    new: Iterable[Entry],
    *,
    ignored: frozenset[str] = OF_THE_HARVEST,
    repeated: Callable[[str, str], None],
) -> Iterator[Change]:
    """Yield what changed, in the order of ``new``; then what is gone, in the order of ``old``.

    New abstracts, and those that only their number tells, come after the other changes. ``new`` is
    not held in memory, ``old`` is. Of abstracts that a file holds repeatedly the first counts;
    ``repeated`` is told the place of the other and of the first.
    """
    index = _Index(_distinct(old, repeated))
    waiting = []
    for entry in _distinct(new, repeated):
        before = index.take_address(_address(entry.data))
        if before is None:
            waiting.append(entry.data)
        else:
            yield from _changed(before, entry.data, ignored)
    for data in waiting:
        before = index.take_number(_number(data))
        if before is None:
            yield Change("new", {}, data)
        else:
            yield from _changed(before, data, ignored)
    for before in index.rest():
        yield Change("gone", before, {})


def _changed(old: dict[str, Any], new: dict[str, Any], ignored: frozenset[str]) -> Iterator[Change]:
    fields = tuple(
        key for key in {**new, **old} if key not in ignored and old.get(key) != new.get(key)
    )
    if fields:
        yield Change("changed", old, new, fields)


def _distinct(entries: Iterable[Entry], repeated: Callable[[str, str], None]) -> Iterator[Entry]:
    places: dict[object, str] = {}
    for entry in entries:
        key = _address(entry.data) or _number(entry.data)
        if key in places:
            repeated(entry.place, places[key])
        else:
            places[key] = entry.place
            yield entry


class _Index:
    """The old records that have not been found again yet, as JSON, which needs less memory."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._records: dict[int, str] = {}
        self._addresses: dict[str, int] = {}
        self._numbers: dict[tuple[str, str], int] = {}
        for place, entry in enumerate(entries):
            self._records[place] = json.dumps(entry.data, ensure_ascii=False)
            if address := _address(entry.data):
                self._addresses[address] = place
            if number := _number(entry.data):
                self._numbers.setdefault(number, place)

    def take_address(self, address: str) -> dict[str, Any] | None:
        return self._take(self._addresses.get(address))

    def take_number(self, number: tuple[str, str] | None) -> dict[str, Any] | None:
        return self._take(self._numbers.get(number) if number else None)

    def _take(self, place: int | None) -> dict[str, Any] | None:
        text = self._records.pop(place, None) if place is not None else None
        return json.loads(text) if text is not None else None

    def rest(self) -> Iterator[dict[str, Any]]:
        for text in self._records.values():
            yield json.loads(text)


def _address(data: dict[str, Any]) -> str:
    """Return what of a record's address tells it from others; ``""`` if it has none."""
    url = data.get("url", "")
    host = host_of(url)
    if not host:
        return ""
    parts = urlsplit(url)
    return f"{host}{parts.path.rstrip('/')}?{parts.query}"


def _number(data: dict[str, Any]) -> tuple[str, str] | None:
    if "meeting" in data and "number" in data:
        return data["meeting"], data["number"]
    return None
