"""Find the record that a reference means, or say that it is not sure.

The URL comes first, then the number with the year, then a search by title and authors. A URL or a
number counts only if title or authors support it: it can be the one thing that is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz

from abstool.checking import entries
from abstool.checking.library import Library
from abstool.checking.printed import (
    Printed,
    is_of_site,
    number_in,
    take_supplement,
    years_in,
)
from abstool.item import Item
from abstool.matching import spelling, titles
from abstool.matching.search import MARGIN, Likeness, likeness, searchable
from abstool.record.numbering import bare_number
from abstool.sites import SITES

_SUPPORT = 70.0  # percent of the title, or
_SUPPORTING_AUTHORS = 0.5  # of the first authors, that support a URL or a number
_NEAR = 80.0  # percent of the title that is enough with authors
_EXACT = MARGIN + 1
_SIMILAR = 60.0  # percent of a family name
_FIRST = 6

_MARKS = re.compile(
    r"[\[(]\s*(?:(?:meeting|conference|congress|poster)\s+)?abstracts?\b"
    r"|\babstract\s*(?:no\.?|number|nr\.?|#)?\s*:?\s*#?[A-Z]{0,4}\d+"
    r"|\bACR\s+Convergence\b|\bACR\s*/\s*ARHP\b|\bAmerican College of Rheumatology\s+abstract\b"
    r"|\b(?:annual|scientific)\s+(?:scientific\s+)?(?:meeting|sessions?)\b"
    r"|\bconference abstract\b|\bmeeting abstract",
    re.IGNORECASE,
)
_JOURNALS = re.compile(
    "|".join(
        re.escape(name).replace(r"\ ", r"[\s.]+").replace(r"\&", "(?:&|and)")
        for site in SITES
        for journal in site.journals
        for name in journal[:2]
    ),
    re.IGNORECASE,
)
_PRIVATE = re.compile(r"[\ue000-\uf8ff]")


@dataclass(frozen=True, kw_only=True)
class Query:
    """What a reference prints that can lead to a record.

    Attributes:
        text: all of it, without URLs.
        title: where its title is: in the text, or in a field of an entry.
        printed_urls: the URLs in the text or the entry.
        urls: these, and those of its links.
        number: that of the abstract.
        years: all numbers that can be years.
        is_marked: whether it says that it is a conference abstract.
    """

    text: str
    title: str
    printed_urls: tuple[str, ...]
    urls: tuple[str, ...]
    number: str
    years: frozenset[int]
    is_marked: bool

    @classmethod
    def of_text(cls, text: str, addresses: Sequence[str]) -> Query:
        """Return what a text prints, which has links to addresses."""
        printed = Printed(text)
        urls = (*printed.urls, *addresses)
        plain = _PRIVATE.sub(" ", printed.text)
        return cls(
            text=plain,
            title=plain,
            printed_urls=tuple(printed.urls),
            urls=urls,
            number=number_in(plain),
            years=frozenset(years_in(plain)),
            is_marked=is_marked(text, printed, urls),
        )

    @classmethod
    def of_entry(cls, item: Item, addresses: Sequence[str]) -> Query:
        """Return what an entry of a reference file has."""
        text = entries.composed(item)
        printed = Printed(text)
        own = entries.addresses_of(item)
        urls = (*own, *addresses)
        return cls(
            text=_PRIVATE.sub(" ", printed.text),
            title=entries.title_of(item),
            printed_urls=own,
            urls=urls,
            number=entries.printed_number(item),
            years=frozenset(entries.years_of(item)),
            is_marked=is_marked(text, printed, urls),
        )

    @cached_property
    def words(self) -> str:
        """The folded words of the text."""
        return searchable(self.text)

    @cached_property
    def has_url_of_site(self) -> bool:
        """Whether it prints the URL of an abstract."""
        return any(map(is_of_site, self.urls))


class _Meant:
    """A record that a reference may mean, and what speaks for it."""

    def __init__(self, position: int, query: Query, library: Library, *, has_url: bool) -> None:
        self.position = position
        self.has_url = has_url
        self._query = query
        self.title, self.families, self.url, self.number, self.year = library.features(position)
        self.has_number = bool(query.number) and bare_number(query.number) == self.number
        self.is_exact = spelling.is_printed(self.title, query.title)

    @cached_property
    def likeness(self) -> Likeness:
        """How much the text is like title and authors."""
        return likeness(self._query.words, self.title, self.families)

    @property
    def is_vetoed(self) -> bool:
        """Whether the printed title differs in a token that names something exact."""
        text = self._query.title
        span = spelling.place(self.title, text)
        printed = text[span.start : span.end] if span else self.title
        return titles.is_vetoed(titles.Title(self.title), titles.Title(printed))

    @property
    def agrees(self) -> bool:
        """Whether neither the URL nor the number of the reference is that of another abstract."""
        has_other_url = bool(self.url) and not self.has_url and self._query.has_url_of_site
        has_other_number = bool(self._query.number and self.number) and not self.has_number
        return not (has_other_url or has_other_number)

    @cached_property
    def points(self) -> float:
        """What speaks for it: a URL, number or year as much as a clear lead, the title more."""
        has_year = self.year in self._query.years
        support = MARGIN * (self.has_url + self.has_number + has_year)
        return self.likeness.points + support + (_EXACT if self.is_exact else 0)

    @property
    def is_supported(self) -> bool:
        """Whether title and authors are enough to say that a reference means the record."""
        if self.is_exact and (self.has_url or self.has_number):
            return True
        has_authors = self.likeness.authors >= _SUPPORTING_AUTHORS
        if self.has_url or self.has_number:
            return self.likeness.title >= _SUPPORT or has_authors
        if self.is_exact:
            return self.likeness.authors > 0 or self._has_similar_author()
        is_near = has_authors and self.likeness.title >= _NEAR
        return is_near and self.agrees and not self.is_vetoed

    def _has_similar_author(self) -> bool:
        """Return whether one of the first authors is misspelled; or there are none."""
        names = [name for one in self.families[:_FIRST] if (name := searchable(one))]
        words = self._query.words
        return not names or any(fuzz.partial_ratio(name, words) >= _SIMILAR for name in names)

    def is_same_page(self, other: _Meant) -> bool:
        return bool(self.url) and self.url == other.url


@dataclass(frozen=True, slots=True)
class Identified:
    """The record that a reference means; or those that it may mean, if that is not sure.

    ``has_url`` is true if the reference prints the URL of the record.
    """

    position: int | None = None
    unsure: tuple[int, ...] = ()
    is_abstract: bool = True
    has_url: bool = False


def identified(query: Query, library: Library) -> Identified:
    """Return which record a reference means."""
    printed = {one for url in query.printed_urls for one in library.at(url)}
    linked = {one for url in query.urls for one in library.at(url)}
    by_number = library.numbered(query.number, query.years) if query.number else []
    known = [*dict.fromkeys([*sorted(printed), *sorted(linked), *by_number])]
    found = [_Meant(one, query, library, has_url=one in linked) for one in known]
    clear = [one for one in found if one.is_exact and one.agrees]
    # Two abstracts can have the same title, and one title can be a part of another.
    if len({one.title for one in clear}) != 1:
        others = [one for one in library.candidates(query.text) if one not in known]
        found += [_Meant(one, query, library, has_url=False) for one in others]
        clear = []
    chosen = _chosen(clear or found, printed)
    if query.is_marked or (
        chosen.position is not None and _is_in_issue(chosen.position, query, library)
    ):
        return chosen
    return Identified(is_abstract=False)


def is_marked(text: str, printed: Printed, urls: Sequence[str]) -> bool:
    """Return whether a reference says that it is a conference abstract."""
    if any(is_of_site(url) for url in urls) or _MARKS.search(text):
        return True
    return bool(_JOURNALS.search(text) and take_supplement(printed.text, "")[0])


def _is_in_issue(position: int, query: Query, library: Library) -> bool:
    """Return whether a text prints journal, year and volume of a record, and so means this work."""
    publication = library.record(position).publication
    if publication is None or not _JOURNALS.search(query.text):
        return False
    return publication.year in query.years and bool(
        publication.volume and re.search(rf"\b{re.escape(publication.volume)}\b", query.text)
    )


def _chosen(found: Sequence[_Meant], printed: set[int]) -> Identified:
    """Return the best candidate, if it is good enough and clearly the best."""
    good = [one for one in found if one.is_supported]
    if not good:
        return Identified()
    good.sort(key=lambda one: (-one.points, -len(one.title)))
    best = good[0]
    rivals = [one for one in good[1:] if not one.is_same_page(best)]
    if rivals and not _is_clear(best, rivals[0]):
        return Identified(unsure=(best.position, rivals[0].position))
    position = max(one.position for one in good if one is best or one.is_same_page(best))
    return Identified(position, has_url=position in printed)


def _is_clear(best: _Meant, rival: _Meant) -> bool:
    """Return whether the best candidate is clearly better than the next."""
    if best.is_exact and (
        not rival.is_exact or len(spelling.folded(best.title)) > len(spelling.folded(rival.title))
    ):
        return True  # the other title is not there, or is a part of this one
    return best.points - rival.points >= MARGIN
