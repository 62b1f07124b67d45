"""Compare the records of two harvests: which abstracts are new, gone or changed.

Two records match if their URLs lead to the same page (see ``address.identity``), or else if they
have the same meeting and number. If different abstracts give one URL (see ``matching``), title or
number must be the same too. ``accessed`` and ``warnings`` depend on the harvest and not on the
page: they do not count as changes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Literal, NamedTuple, TypeAlias

from abstool.errors import UnreadableInput
from abstool.matching import Abstracts, Features, features_of

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
    if not (features_of(record.data).url or _number(record.data)):
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
    disputed: Callable[[str, str], None] = lambda *_: None,
) -> Iterator[Change]:
    """Yield the changes in the order of ``new``, then what is gone in the order of ``old``.

    Abstracts whose title or number changed come after the other changes, then those that are new or
    matched by their number. ``old`` is held in memory, ``new`` is not. If an abstract occurs more
    than once in a file, its first record counts; ``repeated`` is called with the subjects of the
    other record and of the first. ``disputed`` is called likewise for different abstracts with one
    URL, which are all compared.
    """
    index = _Index()
    for record in _distinct(old, repeated, disputed, index.shared):
        index.add(record.data)
    inexact: list[JsonObject] = []
    for record in _distinct(new, repeated, disputed, index.shared):
        before = index.take_same(record.data)
        if before is None:
            inexact.append(record.data)
        else:
            yield from _changed(before, record.data, ignored)
    unmatched = inexact
    for take in (index.take_similar, index.take_url, index.take_number):
        inexact, unmatched = unmatched, []
        for data in inexact:
            before = take(data)
            if before is None:
                unmatched.append(data)
            else:
                yield from _changed(before, data, ignored)
    for data in unmatched:
        yield Change("new", {}, data)
    for before in index.rest():
        yield Change("gone", before, {})


def _changed(old: JsonObject, new: JsonObject, ignored: frozenset[str]) -> Iterator[Change]:
    fields = tuple(
        key for key in {**new, **old} if key not in ignored and old.get(key) != new.get(key)
    )
    if fields:
        yield Change("changed", old, new, fields)


def _distinct(
    records: Iterable[LocatedRecord],
    repeated: Callable[[str, str], None],
    disputed: Callable[[str, str], None],
    shared: set[str],
) -> Iterator[LocatedRecord]:
    """Yield each abstract once; add to ``shared`` the URLs that different abstracts give."""
    urls: dict[str, Abstracts[str]] = {}
    numbers: dict[_Number | None, str] = {}
    for subject, data in records:
        found = features_of(data)
        if found.url:
            known = urls.setdefault(found.url, Abstracts())
            first, other = known.add(found, subject), known.other(found)
        else:
            first, other = numbers.setdefault(_number(data), subject), None
        if first is not subject:
            repeated(subject, first)
            continue
        if other is not None:
            shared.add(found.url)
            disputed(subject, other)
        yield LocatedRecord(subject, data)


class _Index:
    """The old records not matched yet, as JSON text, which needs less memory.

    ``shared`` are the URLs that different abstracts give, in either file.
    """

    def __init__(self) -> None:
        self.shared: set[str] = set()
        self._records: dict[int, str] = {}
        self._same: dict[str, Abstracts[int]] = {}  # by URL
        self._similar: dict[tuple[str, str, str], int] = {}
        self._urls: dict[str, int] = {}
        self._numbers: dict[_Number, int] = {}

    def add(self, data: JsonObject) -> None:
        index = len(self._records)
        self._records[index] = json.dumps(data, ensure_ascii=False)
        found = features_of(data)
        if found.url:
            self._same.setdefault(found.url, Abstracts()).add(found, index)
            self._urls[found.url] = index
            for key in _similar(found):
                self._similar.setdefault(key, index)
        if number := _number(data):
            self._numbers.setdefault(number, index)

    def take_same(self, data: JsonObject) -> JsonObject | None:
        """Return the record with the same URL, title and number."""
        found = features_of(data)
        known = self._same.get(found.url)
        return self._take(known.find(found) if known else None)

    def take_similar(self, data: JsonObject) -> JsonObject | None:
        """Return the record with the same URL, and the same number or title."""
        taken = (self._take(self._similar.get(key)) for key in _similar(features_of(data)))
        return next((record for record in taken if record is not None), None)

    def take_url(self, data: JsonObject) -> JsonObject | None:
        """Return the record with the same URL, unless several abstracts give it."""
        url = features_of(data).url
        return self._take(self._urls.get(url)) if url not in self.shared else None

    def take_number(self, data: JsonObject) -> JsonObject | None:
        number = _number(data)
        return self._take(self._numbers.get(number) if number else None)

    def _take(self, index: int | None) -> JsonObject | None:
        text = self._records.pop(index, None) if index is not None else None
        return _loaded(text) if text is not None else None

    def rest(self) -> Iterator[JsonObject]:
        return map(_loaded, self._records.values())


def _similar(found: Features) -> Iterator[tuple[str, str, str]]:
    if found.url and found.number:
        yield found.url, "number", found.number
    if found.url and found.title:
        yield found.url, "title", found.title


def _loaded(text: str) -> JsonObject:
    record: JsonObject = json.loads(text)
    return record


def _number(data: JsonObject) -> _Number | None:
    if "meeting" in data and "number" in data:
        return data["meeting"], data["number"]
    return None
