"""Compare the records of two harvests: which abstracts are new, gone or changed.

Two records match if their URLs lead to the same page (see ``address.identity``), or else if they
have the same meeting and number. ``accessed`` and ``warnings`` depend on the harvest and not on the
page: they do not count as changes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Literal, NamedTuple, TypeAlias

from abstool.address import host_of, identity
from abstool.errors import UnreadableInput

OF_THE_HARVEST = frozenset(("schema", "accessed", "warnings"))

JsonObject: TypeAlias = dict[str, object]
_Number: TypeAlias = tuple[object, object]  # a meeting, and the number of an abstract there


class LocatedRecord(NamedTuple):
    """A record as JSON data, and the name of its location in messages."""

    subject: str
    data: JsonObject


class Change(NamedTuple):
    """What happened to one abstract; ``fields`` are those that changed, in the record's order."""

    kind: Literal["new", "gone", "changed"]
    old: JsonObject
    new: JsonObject
    fields: tuple[str, ...] = ()

    def to_dict(self, *, values: bool = False) -> JsonObject:
        """Return plain JSON data; ``values`` adds the old and new values of the changed fields."""
        known = self.new or self.old
        data: JsonObject = {"change": self.kind}
        data |= {key: known[key] for key in ("url", "meeting", "number", "title") if key in known}
        if self.fields:
            data["fields"] = list(self.fields)
            if values:
                for when, record in (("old", self.old), ("new", self.new)):
                    data[when] = {key: record[key] for key in self.fields if key in record}
        return data


def check(record: LocatedRecord) -> LocatedRecord:
    """Return the record. Raises UnreadableInput if it has nothing to match it by."""
    if not (_url(record.data) or _number(record.data)):
        raise UnreadableInput(
            record.subject,
            "the record has neither a URL nor a meeting and a number",
            "compare records that 'abstool parse' or 'abstool harvest' wrote",
        )
    return record


def compare(
    old: Iterable[LocatedRecord],
    new: Iterable[LocatedRecord],
    *,
    ignored: frozenset[str] = OF_THE_HARVEST,
    repeated: Callable[[str, str], None],
) -> Iterator[Change]:
    """Yield the changes in the order of ``new``, then what is gone in the order of ``old``.

    New abstracts, and those matched by their number, come after the other changes. ``old`` is held
    in memory, ``new`` is not. If an abstract occurs more than once in a file, its first record
    counts; ``repeated`` is called with the subjects of the other record and of the first.
    """
    index = _Index(_distinct(old, repeated))
    unmatched = []
    for record in _distinct(new, repeated):
        before = index.take_url(_url(record.data))
        if before is None:
            unmatched.append(record.data)
        else:
            yield from _changed(before, record.data, ignored)
    for data in unmatched:
        before = index.take_number(_number(data))
        if before is None:
            yield Change("new", {}, data)
        else:
            yield from _changed(before, data, ignored)
    for before in index.rest():
        yield Change("gone", before, {})


def _changed(old: JsonObject, new: JsonObject, ignored: frozenset[str]) -> Iterator[Change]:
    fields = tuple(
        key for key in {**new, **old} if key not in ignored and old.get(key) != new.get(key)
    )
    if fields:
        yield Change("changed", old, new, fields)


def _distinct(
    records: Iterable[LocatedRecord], repeated: Callable[[str, str], None]
) -> Iterator[LocatedRecord]:
    subjects: dict[object, str] = {}
    for record in records:
        key = _url(record.data) or _number(record.data)
        if key in subjects:
            repeated(record.subject, subjects[key])
        else:
            subjects[key] = record.subject
            yield record


class _Index:
    """The old records not matched yet, as JSON text, which needs less memory."""

    def __init__(self, records: Iterable[LocatedRecord]) -> None:
        self._records: dict[int, str] = {}
        self._urls: dict[str, int] = {}
        self._numbers: dict[_Number, int] = {}
        for index, record in enumerate(records):
            self._records[index] = json.dumps(record.data, ensure_ascii=False)
            if url := _url(record.data):
                self._urls[url] = index
            if number := _number(record.data):
                self._numbers.setdefault(number, index)

    def take_url(self, url: str) -> JsonObject | None:
        return self._take(self._urls.get(url))

    def take_number(self, number: _Number | None) -> JsonObject | None:
        return self._take(self._numbers.get(number) if number else None)

    def _take(self, index: int | None) -> JsonObject | None:
        text = self._records.pop(index, None) if index is not None else None
        return _loaded(text) if text is not None else None

    def rest(self) -> Iterator[JsonObject]:
        return map(_loaded, self._records.values())


def _loaded(text: str) -> JsonObject:
    record: JsonObject = json.loads(text)
    return record


def _url(data: JsonObject) -> str:
    """Return the identity of a record's URL; ``""`` if it has none."""
    url = str(data.get("url", ""))
    return identity(url) if host_of(url) else ""


def _number(data: JsonObject) -> _Number | None:
    if "meeting" in data and "number" in data:
        return data["meeting"], data["number"]
    return None
