"""Arrange records as a book: groups of entries, and indexes with links both ways.

Every anchor of the book is given here, so that the forms of the book have the same ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from abstool.book.registries import page_of
from abstool.dates import long_date
from abstool.facets.counts import name_of
from abstool.record import Abstract, Session
from abstool.text import fold, tidy

ORDERS = ("session", "number", "keyword")
_REST = "Other abstracts"
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_HUNDRED = 100  # numbers in a group, if the book is by number


@dataclass(frozen=True)
class BookOptions:
    """How a book is made.

    ``title`` is that on the cover, ``""`` for the meeting. ``order`` is one of ``ORDERS``.
    ``style`` is that of the printed citations. Without text, the book has no sections, tables,
    figures and disclosures.
    """

    title: str = ""
    order: str = "session"
    style: str = "ama"
    with_text: bool = True


@dataclass
class InnerLink:
    """A link within the book: its text, and the id that it leads to."""

    text: str
    target: str


@dataclass
class BookAuthor:
    """An author of an entry: the name as printed, and links to the affiliations and the index.

    Only an author whom an affiliation leads to has an id.
    """

    id: str
    name: str
    index: str
    places: list[InnerLink]


@dataclass
class BookAffiliation:
    """An affiliation of an entry; ``person`` is the id of its first author, ``""`` if unknown."""

    id: str
    label: str
    name: str
    person: str


@dataclass
class BookEntry:
    """An abstract of the book. ``keywords`` and ``trials`` lead to the indexes."""

    id: str
    record: Abstract
    people: list[BookAuthor]
    places: list[BookAffiliation]
    keywords: list[InnerLink]
    trials: list[InnerLink]
    citation: str = ""

    @property
    def name(self) -> str:
        """The number, or the title of an abstract without one."""
        return self.record.number or self.record.title


@dataclass
class BookGroup:
    """Entries under one heading, such as those of a session."""

    id: str
    heading: str
    facts: list[str]
    entries: list[BookEntry]


@dataclass
class BookChapter:
    """Groups under one heading, such as the sessions of a day; a book may have only one."""

    heading: str
    groups: list[BookGroup]


@dataclass
class IndexTerm:
    """A term of an index, with links to its entries; ``address`` is that of a trial."""

    id: str
    text: str
    links: list[InnerLink] = field(default_factory=list)
    address: str = ""


@dataclass
class BookIndex:
    """An index: its terms by first letter."""

    id: str
    heading: str
    letters: list[tuple[str, list[IndexTerm]]]

    @property
    def count(self) -> int:
        """The number of terms."""
        return sum(len(terms) for _, terms in self.letters)


@dataclass
class Book:
    """A book, ready to be written in any form."""

    title: str
    meetings: list[str]
    harvested: list[str]  # the first and the last day on which pages were retrieved, or one
    chapters: list[BookChapter]
    indexes: list[BookIndex]
    options: BookOptions

    @property
    def entries(self) -> Iterator[BookEntry]:
        """The entries in the order of the book."""
        return (one for part in self.chapters for group in part.groups for one in group.entries)

    @property
    def records(self) -> list[Abstract]:
        """The records in the order of the book."""
        return [entry.record for entry in self.entries]


def book_of(records: Sequence[Abstract], options: BookOptions) -> Book:
    """Return the book of records, whose citations are still empty."""
    indexes = _Indexes()
    ids = _ids(records)
    entries = [_entry(record, id_, indexes) for record, id_ in zip(records, ids, strict=True)]
    days = sorted({record.accessed for record in records if record.accessed})
    meetings = list(dict.fromkeys(record.meeting for record in records if record.meeting))
    named = " · ".join(meetings) or "Abstracts"
    title = options.title or (
        named if len(meetings) < 3 else f"Abstracts of {len(meetings)} meetings"
    )
    return Book(
        tidy(title),
        meetings,
        list(dict.fromkeys((*days[:1], *days[-1:]))),
        list(_chapters(entries, options.order)),
        indexes.finished(),
        options,
    )


# --- entries --------------------------------------------------------------------------------------


def _ids(records: Sequence[Abstract]) -> list[str]:
    """Return the id of each entry: ``a0848``, with the meeting if there are several."""
    meetings = {record.meeting for record in records}
    counts: Counter[str] = Counter()
    ids = []
    for record in records:
        parts = (record.meeting, record.number) if len(meetings) > 1 else (record.number,)
        words = ("".join(filter(str.isalnum, fold(part))) for part in parts if part)
        id_ = "a" + "-".join(word for word in words if word.isascii() and word)
        counts[id_] += 1
        ids.append(id_ if counts[id_] == 1 and id_ != "a" else f"{id_}_{counts[id_]}")
    return ids


def _entry(record: Abstract, id_: str, indexes: _Indexes) -> BookEntry:
    link = InnerLink(record.number or record.title, id_)
    place_ids = {place.label: indexes.new_id("f") for place in record.affiliations}
    people, firsts = [], dict[str, str]()
    for author in record.authors:
        is_first = not firsts.keys() >= set(author.affiliations)
        person = indexes.new_id("p") if is_first else ""
        for label in author.affiliations:
            firsts.setdefault(label, person)
        links = [InnerLink(label, place_ids.get(label, "")) for label in author.affiliations]
        name = author.name or name_of(author)
        index = indexes.add("authors", name_of(author), link)
        people.append(BookAuthor(person, name, index, links))
    places = [
        BookAffiliation(
            place_ids[place.label], place.label, place.name, firsts.get(place.label, "")
        )
        for place in record.affiliations
    ]
    keywords = [InnerLink(word, indexes.add("keywords", word, link)) for word in record.keywords]
    trials = []
    for trial in record.trials:
        address = page_of(trial.registry, trial.id)
        trials.append(InnerLink(trial.id, indexes.add("trials", trial.id, link, address)))
    return BookEntry(id_, record, people, places, keywords, trials)


# --- groups ---------------------------------------------------------------------------------------


def _chapters(entries: Sequence[BookEntry], order: str) -> Iterator[BookChapter]:
    """Yield the chapters of a book in an order, with ids for their groups."""
    by = {"session": _by_session, "number": _by_number, "keyword": _by_keyword}[order]
    chapters: dict[str, dict[tuple[str, ...], BookGroup]] = {}
    for key, chapter, heading, facts, entry in sorted(by(entries), key=lambda found: found[0]):
        groups = chapters.setdefault(chapter, {})
        group = groups.setdefault(key[:-1], BookGroup("", heading, facts, []))
        group.entries.append(entry)
    number = 0
    for heading, found in chapters.items():
        for group in found.values():
            number += 1
            group.id = f"s{number}"
        yield BookChapter(heading, list(found.values()))


# What to sort an entry by, its chapter, its group's heading and facts, and the entry.
_Placed = tuple[tuple[str, ...], str, str, list[str], BookEntry]
_LAST = "\U0010ffff"


def _by_session(entries: Sequence[BookEntry]) -> Iterator[_Placed]:
    for entry in entries:
        session = entry.record.session or Session()
        heading = session.title or session.type or _REST
        when = session.date or session.start[:10]
        first = next(iter(session.abstract_range), "") or (_LAST if heading == _REST else "")
        key = (when or _LAST, session.start or _LAST, _sortable(first), heading)
        yield (*key, _number(entry)), long_date(when), heading, list(_facts(session)), entry


def _by_number(entries: Sequence[BookEntry]) -> Iterator[_Placed]:
    for entry in entries:
        number = entry.record.number
        head = number.rstrip("0123456789")
        digits = number[len(head) :]
        start = int(digits) // _HUNDRED * _HUNDRED if digits and len(digits) < 10 else 0
        first, last = (f"{head}{n:0{len(digits)}}" for n in (start, start + _HUNDRED - 1))
        heading = f"{first}–{last}" if digits else number or _REST
        yield (_sortable(first) if number else _LAST, _number(entry)), "", heading, [], entry


def _by_keyword(entries: Sequence[BookEntry]) -> Iterator[_Placed]:
    """Yield each entry under its first keyword; the index has it under all of them."""
    spellings: dict[str, str] = {}
    for entry in entries:
        word = next(iter(entry.record.keywords), "")
        heading = spellings.setdefault(fold(word), word) or _REST
        yield (fold(word) or _LAST, _number(entry)), "", heading, [], entry


def _number(entry: BookEntry) -> str:
    return _sortable(entry.record.number) or _LAST + fold(entry.record.title)


def _sortable(number: str) -> str:
    """Return a number with its digits in a fixed width, so that 90 stands before 0848."""
    head = number.rstrip("0123456789")
    return f"{fold(head)}{number[len(head) :].zfill(8)}" if number else ""


def _facts(session: Session) -> Iterator[str]:
    if session.title and session.type:
        yield session.type
    times = "–".join(time[11:] for time in (session.start, session.end) if time)
    if times:
        yield times
    if session.abstract_range:
        yield f"abstracts {'–'.join(session.abstract_range)}"


# --- indexes --------------------------------------------------------------------------------------


class _Indexes:
    """The indexes, to which entries are added."""

    _HEADINGS = {"authors": "Authors", "keywords": "Keywords", "trials": "Trials"}

    def __init__(self) -> None:
        self._terms: dict[str, dict[str, IndexTerm]] = {name: {} for name in self._HEADINGS}
        self._ids: Counter[str] = Counter()

    def new_id(self, kind: str) -> str:
        """Return the next id of a kind, a letter that no other id begins with; there are many."""
        self._ids[kind] += 1
        return kind + _short(self._ids[kind])

    def add(self, index: str, text: str, link: InnerLink, address: str = "") -> str:
        """Add an entry under a term; return the id of the term."""
        terms = self._terms[index]
        key = fold(tidy(text))
        term = terms.setdefault(
            key, IndexTerm(f"{index[0]}-{_short(len(terms) + 1)}", tidy(text), address=address)
        )
        if term.links[-1:] != [link]:  # entries come one after the other
            term.links.append(link)
        return term.id

    def finished(self) -> list[BookIndex]:
        """Return the indexes that have terms, sorted."""
        return [
            BookIndex(name, heading, list(_lettered(self._terms[name].items())))
            for name, heading in self._HEADINGS.items()
            if self._terms[name]
        ]


def _short(number: int) -> str:
    """Return a number to the base of 36."""
    rest, last = divmod(number, len(_DIGITS))
    return (_short(rest) if rest else "") + _DIGITS[last]


def _lettered(terms: Iterable[tuple[str, IndexTerm]]) -> Iterator[tuple[str, list[IndexTerm]]]:
    letters: dict[str, list[IndexTerm]] = {}
    for key, term in sorted(terms, key=lambda pair: pair[0]):
        term.links.sort(key=lambda link: _sortable(link.text))
        first = key[:1].upper()
        letters.setdefault(first if "A" <= first <= "Z" else "#", []).append(term)
    yield from letters.items()
