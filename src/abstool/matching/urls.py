"""Find out when two records are one abstract, and which of several has the URL that they give.

A page gives its own URL (its canonical link, ``og:url`` or citation), and that can be wrong: a
theme that gives one URL on every page, a mistyped citation. Records with the same URL are therefore
one abstract only if title and number agree too, or title and first author without a number, or all
of the content without both. If they do not, the URL belongs to the page that comes from there; if
no page does, it belongs to none of them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Generic, NamedTuple, TypeVar

from abstool.address import host_of, identity, requestable
from abstool.errors import FetchError
from abstool.item import first_person
from abstool.text import comparable

Value = TypeVar("Value")

_LONGEST = 100  # characters that are compared as they are; a longer text by its hash
# What depends on where a page came from and how it was read; its title is compared by itself.
_NOT_CONTENT = frozenset(("schema", "url", "site", "title", "accessed", "warnings"))


class Features(NamedTuple):
    """What records are compared by, in a form in which equal means the same."""

    url: str
    title: str
    number: str
    author: str = ""
    content: str = ""


def features(
    url: str, title: str, number: str, author: str = "", *, content: Callable[[], str] = str
) -> Features:
    """Return the features of a record: URL, title, number and first author; each can be ``""``.

    Authors are compared only if one of two records has no number, and only if both have one.
    ``content`` returns all the rest; it is called for a record with neither, and compared with
    others of that kind.
    """
    same_url = identity(url) if host_of(url) else ""
    rest = "" if number or author else content()
    texts = (same_url, comparable(title), number, comparable(author), rest)
    return Features(*map(_bounded, texts))


def features_of(data: Mapping[str, object]) -> Features:
    """Return the features of a record as JSON data."""
    url, title, number = (str(data.get(key, "")) for key in ("url", "title", "number"))
    author = str(first_person(data.get("authors")).get("name") or "")
    return features(url, title, number, author, content=lambda: content_of(data))


def content_of(data: Mapping[str, object]) -> str:
    """Return all that a page says besides its title, as text."""
    said = {name: value for name, value in data.items() if name not in _NOT_CONTENT}
    return json.dumps(said, sort_keys=True, default=str)


def _bounded(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    from hashlib import blake2b  # noqa: PLC0415 - loads slowly, and few texts are that long

    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


class Abstracts(Generic[Value]):
    """Values by abstract, among those that have the same URL.

    Two are the same abstract if their titles are the same, and their numbers if both have one;
    otherwise their first authors, if both are known; otherwise their contents, likewise.
    """

    __slots__ = ("_first", "_values")

    def __init__(self) -> None:
        """Start without abstracts."""
        self._first: dict[tuple[str, ...], Value] = {}  # by what a record is looked for by
        self._values: list[Value] = []

    def add(self, record: Features, value: Value) -> Value:
        """Return the value of the same abstract; or else add this one."""
        if (known := self.find(record)) is not None:
            return known
        title, number, author = record.title, record.number, record.author
        keys: list[tuple[str, ...]] = [(title, "number", number)] if number else []
        for kind in ("any",) if number else ("any", "unnumbered"):
            keys += [(title, kind, author), (title, kind)]
        keys.append((title, "content", record.content))
        for key in keys:
            self._first.setdefault(key, value)
        self._values.append(value)
        return value

    def find(self, record: Features) -> Value | None:
        """Return the value of the first that is the same abstract, or None."""
        title, number, author = record.title, record.number, record.author
        if number and (known := self._first.get((title, "number", number))) is not None:
            return known
        kind = "unnumbered" if number else "any"
        if record.content:
            clue, kind = record.content, "content"
        elif author:
            clue = author
        else:
            return self._first.get((title, kind))
        return self._first.get((title, kind, clue), self._first.get((title, kind, "")))

    def other(self, record: Features) -> Value | None:
        """Return the value of the first that is another abstract, or None."""
        own = self.find(record)
        return next((value for value in self if value is not own), None)

    def __iter__(self) -> Iterator[Value]:
        return iter(self._values)


def is_same(one: Features, other: Features) -> bool:
    """Return whether two records with the same URL are the same abstract."""
    known: Abstracts[Features] = Abstracts()
    known.add(one, one)
    return known.find(other) is not None


class GivenURL:
    """The URL that a record gives, and what is known of it by now."""

    __slots__ = ("_address", "_place", "_record", "_source", "subject")

    def __init__(
        self, subject: str, record: Features, address: str, place: _Place, source: _Place
    ) -> None:
        """Store where the record comes from, and what is known of its URL and of its source."""
        self.subject = subject
        self._record = record
        self._address = address
        self._place = place
        self._source = source

    @property
    def first(self) -> GivenURL:
        """The first record of the same abstract, which may be this one."""
        return self._place.givers.find(self._record) or self

    @property
    def earliest(self) -> GivenURL:
        """The first record of all that give the URL."""
        return next(iter(self._place.givers), self)

    @property
    def rival(self) -> GivenURL | None:
        """The record of another abstract that has, or also gives, the URL; None if undisputed."""
        here = self._place.here
        if here is None:
            return self._place.givers.other(self._record)
        return here.other(self._record) if here.find(self._record) is None else None

    @property
    def replacement(self) -> str:
        """The URL to use instead if there is a rival: where the page comes from, or ``""``."""
        try:
            return requestable(self._address) if self._address else ""
        except FetchError:  # an address of an archive that nobody can request
            return ""

    def note_printed(self) -> None:
        """Remember that the record was printed with its URL."""
        self._place.printed = self._place.printed or self

    def printed_before(self) -> GivenURL | None:
        """Return a record of another abstract that was printed with the URL; each only once."""
        return self._place.wrongly_printed()

    def printed_with_source(self) -> GivenURL | None:
        """Return one that was printed with the URL that this one comes from; each only once."""
        return self._source.wrongly_printed()


class _Place:
    """A URL: the abstracts that give it, and those whose pages come from it, if any do."""

    __slots__ = ("givers", "here", "printed")

    def __init__(self) -> None:
        self.givers: Abstracts[GivenURL] = Abstracts()
        self.here: Abstracts[GivenURL] | None = None
        self.printed: GivenURL | None = None

    def wrongly_printed(self) -> GivenURL | None:
        """Return the record that was printed with the URL, if it is another's; only once."""
        printed = self.printed
        if printed is None or printed.rival is None:
            return None
        self.printed = None
        return printed


class GivenURLs:
    """The URLs that records give. Who has each is known when all records were added."""

    def __init__(self) -> None:
        """Start without records."""
        self._places: dict[str, _Place] = {}

    def add(self, subject: str, record: Features, address: str = "") -> GivenURL | None:
        """Add a record that comes from an address, if that is known; None if it gives no URL."""
        place = self._place(record.url)
        source = self._place(features(address, "", "").url) if address else _Place()
        given = GivenURL(subject, record, address, place, source)
        if address:
            if source.here is None:
                source.here = Abstracts()
            source.here.add(record, given)
        if not record.url:
            return None
        place.givers.add(record, given)
        return given

    def _place(self, url: str) -> _Place:
        return self._places.setdefault(url, _Place()) if url else _Place()


def disputed(url: str) -> str:
    """Return the warning in a record that does not have the URL that its page gives."""
    return f"The page gives the URL {url}, but so does the page of another abstract."
