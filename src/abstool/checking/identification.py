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

from abstool.checking.library import Library
from abstool.checking.printed import (
    Printed,
    is_of_site,
    number_in,
    take_supplement,
    years_in,
)
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


@dataclass(frozen=True, slots=True)
class _Query:
    """What a reference prints that can lead to a record."""

    text: str  # without URLs
    words: str
    urls: tuple[str, ...]
    number: str
    at_urls: frozenset[int]  # positions of records

    def has_url_of_site(self) -> bool:
        """Return whether it prints the URL of an abstract."""
        return any(map(is_of_site, self.urls))


@dataclass
class _Meant:
    """A record that a reference may mean, and what speaks for it."""

    position: int
    families: list[str]
    url: str
    number: str
    title: str
    text: str
    is_exact: bool
    likeness: Likeness
    has_url: bool
    has_number: bool

    @cached_property
    def printed_title(self) -> str:
        """What the text prints for the title, if anything."""
        span = None if self.is_exact else spelling.place(self.title, self.text)
        return self.text[span.start : span.end] if span else self.title

    @property
    def is_vetoed(self) -> bool:
        """Whether the printed title differs in a token that names something exact."""
        return titles.is_vetoed(titles.Title(self.title), titles.Title(self.printed_title))

    @property
    def replaces_words(self) -> bool:
        """Whether a word of the printed title stands in place of another one."""
        return spelling.replaces_words(self.printed_title, self.title)

    @property
    def points(self) -> float:
        """What speaks for it: a URL or a number as much as a clear lead, the exact title more."""
        support = MARGIN * (self.has_url + self.has_number)
        return self.likeness.points + support + (_EXACT if self.is_exact else 0)


@dataclass(frozen=True, slots=True)
class Identified:
    """The record that a reference means; or those that it may mean, if that is not sure."""

    position: int | None = None
    unsure: tuple[int, ...] = ()
    is_abstract: bool = True


def identified(text: str, addresses: Sequence[str], library: Library) -> Identified:
    """Return which record a reference means."""
    printed = Printed(text)
    urls = (*printed.urls, *addresses)
    marked = is_marked(text, printed, urls)
    plain = re.sub(r"[\ue000-\uf8ff]", " ", printed.text)
    by_url = [one for url in urls for one in library.at(url)]
    query = _Query(plain, searchable(plain), urls, number_in(plain), frozenset(by_url))
    by_number = library.numbered(query.number, years_in(plain)) if query.number else []
    known = [*dict.fromkeys([*by_url, *by_number])]
    found = [_candidate(one, query, library) for one in known]
    clear = [one for one in found if one.is_exact and _agrees(one, query)]
    # Two abstracts can have the same title, and one title can be a part of another.
    if len({one.title for one in clear}) != 1:
        others = [one for one in library.candidates(plain) if one not in known]
        found += [_candidate(one, query, library) for one in others]
        clear = []
    chosen = _chosen(clear or found, query)
    if marked or chosen.position is None:
        return chosen if marked else Identified(is_abstract=False)
    return (
        chosen if _is_in_issue(chosen.position, plain, library) else Identified(is_abstract=False)
    )


def is_marked(text: str, printed: Printed, urls: Sequence[str]) -> bool:
    """Return whether a reference says that it is a conference abstract."""
    if any(is_of_site(url) for url in urls) or _MARKS.search(text):
        return True
    return bool(_JOURNALS.search(text) and take_supplement(printed.text, "")[0])


def _is_in_issue(position: int, text: str, library: Library) -> bool:
    """Return whether a text prints journal, year and volume of a record, and so means this work."""
    publication = library.record(position).publication
    if publication is None or not _JOURNALS.search(text):
        return False
    return publication.year in years_in(text) and bool(
        publication.volume and re.search(rf"\b{re.escape(publication.volume)}\b", text)
    )


def _candidate(position: int, query: _Query, library: Library) -> _Meant:
    title, families = library.wording(position)
    url, number = library.keys(position)
    return _Meant(
        position,
        families,
        url,
        number,
        title,
        query.text,
        is_exact=spelling.is_printed(title, query.text),
        likeness=likeness(query.words, title, families),
        has_url=position in query.at_urls,
        has_number=bool(query.number) and bare_number(query.number) == number,
    )


def _agrees(one: _Meant, query: _Query) -> bool:
    """Return whether neither the URL nor the number of a reference is that of another abstract."""
    has_other_url = bool(one.url) and not one.has_url and query.has_url_of_site()
    return not (has_other_url or (query.number and one.number and not one.has_number))


def _chosen(found: Sequence[_Meant], query: _Query) -> Identified:
    """Return the best candidate, if it is good enough and clearly the best."""
    good = [one for one in found if _is_supported(one, query)]
    if not good:
        return Identified()
    good.sort(key=lambda one: (-one.points, -len(one.title)))
    best = good[0]
    rivals = [one for one in good[1:] if not _is_same_page(one, best)]
    if rivals and not _is_clear(best, rivals[0]):
        return Identified(unsure=(best.position, rivals[0].position))
    is_backed = best.is_exact or best.has_url or best.has_number
    if not is_backed and best.replaces_words:
        return Identified(unsure=(best.position,))
    return Identified(max(one.position for one in good if one is best or _is_same_page(one, best)))


def _is_same_page(one: _Meant, other: _Meant) -> bool:
    return bool(one.url) and one.url == other.url


def _is_clear(best: _Meant, rival: _Meant) -> bool:
    """Return whether the best candidate is clearly better than the next."""
    if best.is_exact and (
        not rival.is_exact or len(spelling.folded(best.title)) > len(spelling.folded(rival.title))
    ):
        return True  # the other title is not there, or is a part of this one
    return best.points - rival.points >= MARGIN


def _is_supported(one: _Meant, query: _Query) -> bool:
    """Return whether title and authors are enough to say that a reference means a record."""
    has_authors = one.likeness.authors >= _SUPPORTING_AUTHORS
    if one.has_url or one.has_number:
        return one.is_exact or one.likeness.title >= _SUPPORT or has_authors
    if one.is_exact:
        return one.likeness.authors > 0 or _has_similar_author(one.families, query.words)
    is_near = has_authors and one.likeness.title >= _NEAR
    return is_near and _agrees(one, query) and not one.is_vetoed


def _has_similar_author(families: Sequence[str], words: str) -> bool:
    """Return whether one of the first authors is there, but misspelled; or there are none."""
    names = [name for one in families[:_FIRST] if (name := searchable(one))]
    return not names or any(fuzz.partial_ratio(name, words) >= _SIMILAR for name in names)
