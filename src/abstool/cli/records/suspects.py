"""Find the records that may repeat another one, or dispute its URL, by what is quick to compare.

Most lists have none, and need no more. Equal works always share one of the keys.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Generic, TypeVar

from abstool.address import doi_in, doi_within
from abstool.cli.records.prepared import Prepared
from abstool.item import ends_of
from abstool.text import comparable

if TYPE_CHECKING:
    from abstool.item import Item
    from abstool.record import Abstract

Value = TypeVar("Value")


class Suspects(Generic[Value]):
    """The records so far, as values by their keys."""

    def __init__(self) -> None:
        """Start without records."""
        self._first: dict[tuple[str, str], Value] = {}  # by kind of key and key

    def add(self, one: Prepared, value: Value) -> list[Value]:
        """Add a record; return the earlier ones with which it shares a key, in any order."""
        found = {
            id(earlier): earlier
            for key in set(_keys(one))
            if key[1] and (earlier := self._first.setdefault(key, value)) is not value
        }
        return list(found.values())


def _keys(one: Prepared) -> Iterator[tuple[str, str]]:
    """Yield the title as it is, identifiers, a part of the URL, and the first author and year."""
    content = one.content
    if isinstance(content, dict):
        yield from _keys_of_item(content)
    else:
        yield from _keys_of_record(content)
    yield "url", _last_part(one.address)


def _keys_of_record(record: "Abstract") -> Iterator[tuple[str, str]]:
    yield "title", record.title
    yield "doi", record.doi.lower()
    yield "pmid", record.pmid
    yield "url", _last_part(record.url)
    first = record.authors[0] if record.authors else None
    year = [record.publication.year if record.publication else 0]
    if first:
        origin = f"{_end_of(first.family or first.literal or first.name)} {year}"
        yield "author", f"{origin} {_start_of(record.title)}"


def _keys_of_item(item: "Item") -> Iterator[tuple[str, str]]:
    yield "title", str(item.get("title") or "")
    yield "doi", doi_within(str(item.get("DOI") or "")).lower()
    yield "pmid", str(item.get("PMID") or "")
    url = item.get("URL")
    if isinstance(url, str):
        yield "url", _last_part(url)
        if "doi.org/" in url:
            yield "doi", doi_in(url).lower()
    people = item.get("author") or item.get("editor")
    if isinstance(people, list) and people and isinstance(people[0], dict):
        year = (ends_of(item.get("issued")) or [[0]])[0][:1]
        name = people[0].get("family") or people[0].get("literal") or ""
        origin = f"{_end_of(str(name))} {year}"
        yield "author", f"{origin} {_start_of(str(item.get('title') or ''))}"
        page = str(item.get("page") or "").partition("-")[0].strip().lower()
        if page and not page.startswith("abstract"):
            yield "place", f"{origin} {page}"


def _start_of(title: str) -> str:
    """Return the first letters of a title, without markup and accents."""
    return comparable(title[:80])[:16]


def _end_of(name: str) -> str:
    """Return the last word of a family name, since particles may be apart or in front."""
    return comparable(name.rsplit(maxsplit=1)[-1]) if name.split() else ""


def _last_part(url: str) -> str:
    """Return the last part of the path of a URL, or its host, which all URLs of a page share."""
    path = url.partition("#")[0].partition("?")[0].rstrip("/ ")
    return path.rpartition("/")[2].rpartition("@")[2].partition(":")[0].lower().removeprefix("www.")
