"""Compare the records that may repeat another one, or dispute its URL.

It is loaded with the first such record, since most lists have none.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from abstool.cli.records.disputes import too_early, without_disputed_url
from abstool.cli.records.prepared import Prepared, Waiting
from abstool.cli.report import Report
from abstool.formats.shared.losses import fields_of
from abstool.item import first_person
from abstool.mapping import item_of
from abstool.matching import Features, GivenURL, GivenURLs, features
from abstool.matching.selection import Repetitions
from abstool.record import Abstract

if TYPE_CHECKING:
    from abstool.item import Item

_OF_READING = ("accessed", "warnings")


class _KeyWithParents(NamedTuple):
    """The key of an entry of BibTeX, and the keys of those that it inherits fields from."""

    key: str
    parents: frozenset[str]


class DistinctRecords:
    """Decides what is kept; only records that share a key with another are compared."""

    def __init__(self, report: Report, *, as_list: bool) -> None:
        """Start without records; for ``as_list`` see ``repeats.distinct``."""
        self._report = report
        self._as_list = as_list
        self._urls = GivenURLs()
        self._families: dict[str, _KeyWithParents] = {}  # by the subjects of items
        self._repetitions = Repetitions()

    def compare(self, record: Waiting) -> None:
        """Compare a record with the others, also if it was yielded before they came."""
        if record.is_compared:
            return
        record.is_compared = True
        one = record.one
        record.given = self._urls.add(one.subject, _features(one.content), one.address)
        if record.given and isinstance(one.content, dict):
            self._families[one.subject] = _family_in_file(one.content)
        if record.is_done:
            self._is_new(record)
            if record.given and not record.has_its_url:
                record.given.note_printed()

    def check(self, record: Waiting) -> None:
        """Report a record that was yielded with a URL that this one gives for another abstract."""
        if record.given:
            one = record.one
            for error in too_early(record.given, one.url, one.address, one.subject):
                self._report.failure("", error)

    def kept(self, record: Waiting) -> Iterator[Prepared]:
        """Yield a compared record unless it is given twice, with the URL that is its own."""
        if record.given and not record.has_its_url and record.given.rival is None:
            record.given.note_printed()
        if self._is_new(record):
            yield self._undisputed(record)

    def note(self) -> None:
        """Print how many were given twice."""
        if note := str(self._repetitions):
            self._report.warn(note)

    def _is_new(self, record: Waiting) -> bool:
        url = record.given
        is_known = bool(self._as_list and url and url.first is not url)
        return self._repetitions.is_new(*_compared(record.one.content), is_known=is_known)

    def _undisputed(self, record: Waiting) -> Prepared:
        one, url = record.one, record.given
        warn = self._report.warn if self._as_list or not one.is_item else None
        if url is None or (one.is_item and self._inherits(one.subject, url.rival)):
            return one
        return _undisputed(one, url, warn)

    def _inherits(self, subject: str, rival: GivenURL | None) -> bool:
        """Return whether an entry of BibTeX has its URL from another, or both from a third."""
        one = self._families.get(subject)
        other = self._families.get(rival.subject) if rival else None
        if one is None or other is None:
            return False
        shared = one.parents & other.parents
        return bool(shared) or one.key in other.parents or other.key in one.parents


def _features(content: "Abstract | Item") -> "Features":
    """Return what is compared; the DOI counts only between entries without number and author."""
    if not isinstance(content, dict):
        first = content.authors[0] if content.authors else None
        author = first.family or first.literal or first.name if first else ""
        doi = content.doi
        return features(content.url, content.title, content.number, author, content=lambda: doi)
    url, title, page = (str(content.get(key) or "") for key in ("URL", "title", "page"))
    number = str(content.get("number") or page.partition("Abstract ")[2])
    doi = str(content.get("DOI") or "")
    return features(url, title, number, _family_of(content), content=lambda: doi)


def _family_in_file(item: "Item") -> _KeyWithParents:
    """Return the key of an item, and that in its field ``crossref``."""
    keys = (key.strip().lower() for key in fields_of(item, "").get("crossref", []))
    return _KeyWithParents(str(item.get("id", "")).lower(), frozenset(filter(None, keys)))


def _family_of(item: "Item") -> str:
    """Return the family name of the first author, since items may have initials of the others."""
    first = first_person(item.get("author"))
    parts = ("dropping-particle", "non-dropping-particle", "family", "literal")
    return " ".join(str(name) for part in parts if (name := first.get(part)))


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
