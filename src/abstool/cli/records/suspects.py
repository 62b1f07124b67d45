"""Find the records that may repeat another one, or dispute its URL, by what is quick to compare.

Most lists have none, and need no more. Equal works always share one of the keys.
"""

from typing import TYPE_CHECKING, Generic, TypeVar

from abstool.address import doi_in, doi_within, identity
from abstool.cli.records.prepared import Prepared
from abstool.item import year_of
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
        content = one.content
        keys = _keys_of_item(content) if isinstance(content, dict) else _keys_of_record(content)
        keys.append(("url", _key_of_url(one.address)))
        found = {
            id(earlier): earlier
            for key in keys
            if key[1] and (earlier := self._first.setdefault(key, value)) is not value
        }
        return list(found.values())


def _keys_of_record(record: "Abstract") -> list[tuple[str, str]]:
    """Return the title as it is, identifiers, a part of the URL, and the first author and year."""
    keys = [
        ("title", record.title),
        ("doi", record.doi.lower()),
        ("pmid", record.pmid),
        ("url", _key_of_url(record.url)),
    ]
    if record.authors:
        first = record.authors[0]
        year = record.publication.year if record.publication else 0
        origin = f"{_end_of(first.family or first.literal or first.name)} {year}"
        keys.append(("author", f"{origin} {_start_of(record.title)}"))
    return keys


def _keys_of_item(item: "Item") -> list[tuple[str, str]]:
    """Return the keys of ``_keys_of_record``, and the first author, year and page."""
    title, doi = str(item.get("title") or ""), str(item.get("DOI") or "")
    keys = [
        ("title", title),
        ("doi", (doi if doi.startswith("10.") else doi_within(doi)).lower()),
        ("pmid", str(item.get("PMID") or "")),
    ]
    url = item.get("URL")
    if isinstance(url, str):
        keys.append(("url", _key_of_url(url)))
        if "doi.org/" in url:
            keys.append(("doi", doi_in(url).lower()))
    people = item.get("author") or item.get("editor")
    if isinstance(people, list) and people and isinstance(people[0], dict):
        year = year_of(item.get("issued")) or 0
        name = people[0].get("family") or people[0].get("literal") or ""
        origin = f"{_end_of(str(name))} {year}"
        keys.append(("author", f"{origin} {_start_of(title)}"))
        page = str(item.get("page") or "").partition("-")[0].strip().lower()
        if page and not page.startswith("abstract"):
            keys.append(("place", f"{origin} {page}"))
    return keys


def _start_of(title: str) -> str:
    """Return the first letters of a title, without markup, accents and the label of an abstract."""
    letters = comparable(title[:200])
    for label in ("abstract", "conference", "meeting"):
        letters = letters.removesuffix(label)
    return letters[:40]


def _end_of(name: str) -> str:
    """Return the last word of a family name, since particles may be apart or in front."""
    words = name.split()
    return comparable(words[-1]) if words else ""


def _key_of_url(url: str) -> str:
    """Return what all URLs of a page share: the last part of the path, or the host.

    Databases have one path for all works, such as ``record.uri?eid=…``.
    """
    if "?" in url and "?" in (same := identity(url)):
        return same
    path = url.partition("#")[0].partition("?")[0].rstrip("/ ")
    return path.rpartition("/")[2].rpartition("@")[2].partition(":")[0].lower().removeprefix("www.")
