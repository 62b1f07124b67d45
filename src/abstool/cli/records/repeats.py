"""Leave out records that are given twice, and URLs that belong to another abstract."""

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from abstool.address import identity
from abstool.cli.records import disputes
from abstool.cli.records.disputes import without_disputed_url
from abstool.cli.records.prepared import Prepared
from abstool.cli.records.suspects import Suspects
from abstool.cli.report import Report
from abstool.mapping import item_of
from abstool.matching import Features, GivenURL, GivenURLs, features
from abstool.matching.selection import Repetitions
from abstool.record import Abstract

if TYPE_CHECKING:
    from abstool.item import Item

_OF_READING = ("accessed", "warnings")


def distinct(items: Iterable[Prepared], report: Report, *, as_list: bool) -> Iterator[Prepared]:
    """Yield what was prepared without what was given twice; print how many were.

    In a list of citations, one with the same URL, title and number counts as given twice, too. An
    export can have several entries of a work, since each may have data that the others lack. A URL
    that belongs to another abstract is replaced or left out. So a record whose page may not be at
    its URL waits until some more were read, and so do those after it; all others are yielded as
    they come. One that was yielded before another abstract gave its URL is an error.
    """
    chosen = _Distinct(report, as_list=as_list)
    suspects: Suspects[_Record] = Suspects()
    waiting: deque[_Record] = deque()
    for position, one in enumerate(items):
        record = _Record(position, one)
        waiting.append(record)
        if found := suspects.add(one, record):
            for suspect in sorted([*found, record], key=lambda each: each.position):
                chosen.compare(suspect)
            chosen.check(record)
        while waiting and (waiting[0].has_its_url or len(waiting) > disputes.AHEAD):
            yield from chosen.kept(waiting.popleft())
    for record in waiting:
        yield from chosen.kept(record)
    chosen.note()


class _Record:
    """A record in its order, and what is known of it by now."""

    __slots__ = ("given", "has_its_url", "is_compared", "is_done", "one", "position")

    def __init__(self, position: int, one: Prepared) -> None:
        self.position = position
        self.one = one
        self.is_compared = self.is_done = False
        self.given: GivenURL | None = None
        self.has_its_url = one.is_item or _comes_from_its_url(one)


def _comes_from_its_url(one: Prepared) -> bool:
    """Return whether no later page can show that a record's URL is another's."""
    url = one.content.get("URL") if isinstance(one.content, dict) else one.content.url
    return not url or identity(str(url)) == identity(one.address)


class _Distinct:
    """Decides what is kept; only records that share a key with another are compared."""

    def __init__(self, report: Report, *, as_list: bool) -> None:
        self._report = report
        self._as_list = as_list
        self._urls = GivenURLs()
        self._repetitions = Repetitions()

    def compare(self, record: _Record) -> None:
        """Compare a record with the others, also if it was yielded before they came."""
        if record.is_compared:
            return
        record.is_compared = True
        one = record.one
        record.given = self._urls.add(one.subject, _features(one.content), one.address)
        if record.is_done:
            self._is_new(record)
            if record.given and not record.has_its_url:
                record.given.note_printed()

    def check(self, record: _Record) -> None:
        """Report a record that was yielded with a URL that this one gives for another abstract."""
        if record.given and (early := record.given.printed_before()):
            content = record.one.content
            url = str(content.get("URL") if isinstance(content, dict) else content.url)
            self._report.failure("", disputes.too_early(early, url, record.one.subject))

    def kept(self, record: _Record) -> Iterator[Prepared]:
        """Yield a record unless it is given twice, with the URL that is its own."""
        record.is_done = True
        if record.given and not record.has_its_url and record.given.rival is None:
            record.given.note_printed()
        if not record.is_compared:
            yield record.one
        elif self._is_new(record):
            yield self._undisputed(record)

    def note(self) -> None:
        """Print how many were given twice."""
        if note := str(self._repetitions):
            self._report.warn(note)

    def _is_new(self, record: _Record) -> bool:
        url = record.given
        is_known = bool(self._as_list and url and url.first is not url)
        return self._repetitions.is_new(*_compared(record.one.content), is_known=is_known)

    def _undisputed(self, record: _Record) -> Prepared:
        one, url = record.one, record.given
        warn = self._report.warn if self._as_list or not one.is_item else None
        return one if url is None else _undisputed(one, url, warn)


def _features(content: "Abstract | Item") -> "Features":
    if not isinstance(content, dict):
        return features(content.url, content.title, content.number)
    url, title, page = (str(content.get(key) or "") for key in ("URL", "title", "page"))
    number = str(content.get("number") or page.partition("Abstract ")[2])
    return features(url, title, number)


def _compared(content: "Abstract | Item") -> tuple[str, "Item"]:
    """Return all of a record or item but how it was read, as text, and its item."""
    data: Mapping[str, object] = content if isinstance(content, dict) else content.to_dict()
    same = {name: value for name, value in data.items() if name not in _OF_READING}
    item = content if isinstance(content, dict) else item_of(content)
    return json.dumps(same, sort_keys=True, default=str), item


def _undisputed(one: Prepared, given: GivenURL, warn: Callable[[str], None] | None) -> Prepared:
    """Return what was prepared, with another URL or none if it belongs to another abstract.

    Items of reference lists keep theirs: it may be that of the volume they are all in.
    """
    content = one.content
    if warn is None or (rival := given.rival) is None:
        return one
    line = f"{one.subject}: same URL as {rival.subject}, but another abstract; check the URLs"
    if one.is_item:
        if given is not given.earliest:
            warn(line)
        return one
    url = given.replacement
    warn(f"{line} (using {url or 'none'})")
    if isinstance(content, Abstract):
        return one._replace(content=without_disputed_url(content, given))
    item = content.copy()
    if url:
        item["URL"] = url
    else:
        item.pop("URL", None)
        item.pop("accessed", None)
    return one._replace(content=item)
