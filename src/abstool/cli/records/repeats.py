"""Leave out records that are given twice, and URLs that belong to another abstract."""

import json
from collections.abc import Callable, Container, Mapping, Sequence
from typing import TYPE_CHECKING

from abstool.cli.records.disputes import without_disputed_url
from abstool.cli.records.prepared import Prepared
from abstool.cli.report import Report
from abstool.mapping import item_of
from abstool.matching import Features, GivenURL, GivenURLs, features
from abstool.matching.selection import Repetitions
from abstool.record import Abstract

if TYPE_CHECKING:
    from abstool.item import Item

_OF_READING = ("accessed", "warnings")


def distinct(
    items: Sequence[Prepared], alike: Container[int], report: Report, *, as_list: bool
) -> list[Prepared]:
    """Return what was prepared without what was given twice; print how many were.

    In a list of citations, one with the same URL, title and number counts as given twice, too. An
    export can have several entries of a work, since each may have data that the others lack. A URL
    that belongs to another abstract is replaced or left out. Only the records at the positions
    ``alike`` are compared.
    """
    urls, repetitions = GivenURLs(), Repetitions()
    given = {
        index: urls.add(one.subject, _features(one.content), one.address)
        for index, one in enumerate(items)
        if index in alike
    }
    kept: list[Prepared] = []
    for index, one in enumerate(items):
        if index not in given:
            kept.append(one)
            continue
        url = given[index]
        is_known = bool(as_list and url and url.first is not url)
        if repetitions.is_new(*_compared(one.content), is_known=is_known):
            warn = report.warn if as_list or not one.is_item else None
            kept.append(one if url is None else _undisputed(one, url, warn))
    if note := str(repetitions):
        report.warn(note)
    return kept


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
