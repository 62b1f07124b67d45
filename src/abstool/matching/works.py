"""What a work is compared by, and what speaks against two entries being one work."""

from __future__ import annotations

import re
from functools import cached_property

from abstool.address import doi_in, doi_within, host_of, identity
from abstool.item import Item, number_of, year_of
from abstool.matching.titles import Title
from abstool.text import comparable, fold

# Types that are a work of their own, whatever article or abstract has the same title.
_OF_THEIR_OWN = frozenset(
    "article book chapter dataset patent report review review-book software thesis".split()
)
_SMALL_WORDS = frozenset("a an and the of for in on de der die das des du et la le und".split())
_FIRST_PAGE = re.compile(r"[^-,\u2010-\u2015]*")
_DIGITS = re.compile(r"\d+")


class Work:
    """The features of one entry, folded so that equal means the same; ``""`` if it has none.

    Each is worked out when it is first asked for, since most entries are never compared.
    """

    def __init__(self, item: Item) -> None:
        """Take the item of the entry."""
        self._item = item

    @cached_property
    def title(self) -> Title:
        """The folded title."""
        return Title(_text(self._item, "title"))

    @cached_property
    def doi(self) -> str:
        """The DOI, also from a URL, in lower case."""
        found = doi_within(_text(self._item, "DOI")) or doi_in(_text(self._item, "URL"))
        return found.lower()

    @cached_property
    def pmid(self) -> str:
        """The PubMed ID."""
        return "".join(_DIGITS.findall(_text(self._item, "PMID"))).lstrip("0")

    @cached_property
    def url(self) -> str:
        """The identity of the URL, if it is one."""
        url = _text(self._item, "URL")
        return identity(url) if url and host_of(url) else ""

    @cached_property
    def author(self) -> str:
        """The family name of the first author, or the name of a group."""
        return _first_author(self._item)

    @cached_property
    def year(self) -> str:
        """The year of publication."""
        return str(year_of(self._item.get("issued")) or "")

    @cached_property
    def journals(self) -> tuple[tuple[str, ...], ...]:
        """The words of the journal's title, and of its abbreviation."""
        return _journals(self._item)

    @cached_property
    def volume(self) -> str:
        """The number of the volume."""
        return _plain_number(_text(self._item, "volume"))

    @cached_property
    def page(self) -> str:
        """The first page, but not that of an abstract that has a number instead."""
        page = _FIRST_PAGE.match(_text(self._item, "page"))
        return comparable(page[0]) if page and not self.number else ""

    @cached_property
    def number(self) -> str:
        """The number of an abstract, without leading zeros."""
        return fold(number_of(self._item)).lstrip("0#")

    @cached_property
    def meeting(self) -> str:
        """The name of the meeting."""
        return comparable(_text(self._item, "event-title") or _text(self._item, "event"))

    @cached_property
    def kind(self) -> str:
        """The CSL type."""
        return _text(self._item, "type")


def _text(item: Item, name: str) -> str:
    value = item.get(name)
    return str(value).strip() if isinstance(value, str | int | float) else ""


def _first_author(item: Item) -> str:
    """Return the family name of the first author, or the name of a group."""
    names = item.get("author") or item.get("editor") or [{}]
    first = names[0] if isinstance(names, list) and isinstance(names[0], dict) else {}
    particles = (str(first.get(f"{kind}dropping-particle", "")) for kind in ("", "non-"))
    return comparable(" ".join([*particles, str(first.get("family") or first.get("literal", ""))]))


def _journals(item: Item) -> tuple[tuple[str, ...], ...]:
    names = ("container-title", "container-title-short", "journalAbbreviation")
    found = {_words(_text(item, name)): None for name in names}
    return tuple(words for words in found if words)


def _words(journal: str) -> tuple[str, ...]:
    """Return the words of a journal's title that an abbreviation keeps the beginnings of."""
    words = re.findall(r"[^\W_]+", fold(journal.partition("(")[0]))
    return tuple(word for word in words if word not in _SMALL_WORDS)


def _plain_number(text: str) -> str:
    """Return a volume like 77 or ``77 Suppl 9`` as its number; ``""`` for any other text."""
    found = re.match(r"0*(\d+)\b", text)
    return found[1] if found else ""


# --- what speaks against -------------------------------------------------------------------------


def is_contradicted(one: Work, other: Work) -> bool:
    """Return whether two works have different numbers of an abstract, DOIs or PubMed IDs."""
    return (
        _differ(one.number, other.number)
        or _differ(one.doi, other.doi)
        or _differ(one.pmid, other.pmid)
    )


def is_published_elsewhere(one: Work, other: Work) -> bool:
    """Return whether two works appeared in different places, such as an abstract and its encore.

    Nothing is concluded from what one of them lacks.
    """
    return (
        (one.kind != other.kind and not _OF_THEIR_OWN.isdisjoint((one.kind, other.kind)))
        or _differ(one.meeting, other.meeting)
        or _differ(one.volume, other.volume)
        or have_other_pages(one, other)
        or (bool(one.number) != bool(other.number) and bool(one.page) != bool(other.page))
        or (bool(one.journals and other.journals) and not _are_in_one_journal(one, other))
    )


def have_other_pages(one: Work, other: Work) -> bool:
    """Return whether two works begin on different pages; ``e12`` and ``345`` can be the same."""
    pages = (one.page, other.page)
    if one.page == other.page or not all(pages):
        return False
    first, second = (page.rstrip("0123456789") for page in pages)
    return first == second and pages[0][-1].isdigit() and pages[1][-1].isdigit()


def _differ(one: str, other: str) -> bool:
    return bool(one and other) and one != other


def _are_in_one_journal(one: Work, other: Work) -> bool:
    return any(_abbreviates(a, b) for a in one.journals for b in other.journals)


def _abbreviates(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Return whether each word of one title begins like that of the other: Ann Rheum Dis.

    One of them can have a longer name: "J Bone Joint Surg" and "... American Volume".
    """
    return all(a.startswith(b) or b.startswith(a) for a, b in zip(one, other, strict=False))
