"""Find the record that an entry of a screening tool's export is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from abstool.citekeys import unique
from abstool.item import Item
from abstool.matching.titles import Title, is_near, is_same
from abstool.matching.works import Work

Key = tuple[str, ...]


class ScreenedRecords:
    """ScreenedRecords, found by what an export keeps of them.

    That is, in this order: the identifier that abstool's exports give each record, the URL or DOI,
    the meeting with the number, the title with the year, and the number alone. A record with
    another title, number or year than the entry is never its record.
    """

    def __init__(self, items: Iterable[Item]) -> None:
        """Take the items of the records, in the order of the exported file."""
        self._works: list[Work] = []
        self._found: dict[Key, list[int]] = defaultdict(list)
        keys: list[str] = []
        for index, item in enumerate(items):
            work = Work(item)
            self._works.append(work)
            keys.append(str(item.get("id") or ""))
            for key in _keys(work):
                self._found[key].append(index)
        for index, id_ in enumerate(unique(keys)):
            self._found["id", id_.casefold()].append(index)

    def find(self, item: Item) -> list[int]:
        """Return the positions of the records that an entry can be about: one if it is sure."""
        work = Work(item)
        ambiguous: list[int] = []
        for key in (("id", str(item.get("id") or "").casefold()), *_keys(work)):
            found = [n for n in self._found.get(key, ()) if _can_be(work, self._works[n])]
            found = _narrowed(found, lambda n: is_same(work.title, self._works[n].title))
            found = _narrowed(found, lambda n: bool(work.number) and self._has_number(n, work))
            if len(found) == 1:
                return found
            ambiguous = ambiguous or found
        return ambiguous

    def _has_number(self, index: int, work: Work) -> bool:
        return self._works[index].number == work.number


def _keys(work: Work) -> Iterator[Key]:
    if work.doi:
        yield "doi", work.doi
    if work.url:
        yield "url", work.url
    if work.meeting and work.number:
        yield "number", work.number, work.meeting
    if work.title.letters:
        yield "title", work.title.letters, work.year
        yield "title", work.title.letters
    if work.number:
        yield "number", work.number


def _can_be(one: Work, other: Work) -> bool:
    """Return whether nothing speaks against two works being one; an entry may have no title."""
    if one.number and other.number and one.number != other.number:
        return False
    if one.year and other.year and one.year != other.year:
        return False
    return _has_no(one.title) or _has_no(other.title) or is_near(one.title, other.title)


def _has_no(title: Title) -> bool:
    return not title.letters


def _narrowed(found: list[int], is_better: Callable[[int], bool]) -> list[int]:
    """Return those that are better, if that leaves any."""
    better = [index for index in found if is_better(index)] if len(found) > 1 else []
    return better or found
