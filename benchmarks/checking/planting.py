"""Plant one error in a record, so that a style prints a reference with just that error."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import NamedTuple

from msgspec import structs

from abstool.checking.renditions import render
from abstool.item import ItemDate
from abstool.record import Abstract

STYLES = "ama ama-11 ama-10 vancouver apa american-medical-association nature the-lancet".split()
DAY: ItemDate = {"date-parts": [[2026, 1, 5]]}
Change = Callable[[Abstract, random.Random, list[Abstract]], Abstract | None]


class Planted(NamedTuple):
    """A reference with one error: what is planted, the code it must give, and the right line."""

    kind: str
    code: str
    style: str
    record: Abstract
    text: str
    right: str


def _dropped_author(record: Abstract, chance: random.Random, _others: list[Abstract]):
    if len(record.authors) < 2:
        return None
    index = chance.randrange(len(record.authors))
    return structs.replace(record, authors=record.authors[:index] + record.authors[index + 1 :])


def _swapped_letters(record: Abstract, chance: random.Random, _others: list[Abstract]):
    if not record.authors:
        return None
    index = chance.randrange(min(len(record.authors), 6))
    author = record.authors[index]
    places = [
        i
        for i in range(1, len(author.family) - 1)
        if author.family[i : i + 2].isalpha()
        and author.family[i].lower() != author.family[i + 1].lower()
    ]
    if not places:
        return None
    i = chance.choice(places)
    family = author.family[:i] + author.family[i + 1] + author.family[i] + author.family[i + 2 :]
    authors = [*record.authors]
    authors[index] = structs.replace(author, family=family)
    return structs.replace(record, authors=authors)


def _swapped_authors(record: Abstract, chance: random.Random, _others: list[Abstract]):
    if len(record.authors) < 2:
        return None
    one, two = chance.sample(range(min(len(record.authors), 3)), 2)
    authors = [*record.authors]
    authors[one], authors[two] = authors[two], authors[one]
    return structs.replace(record, authors=authors)


def _title_word(record: Abstract, chance: random.Random, others: list[Abstract]):
    words = record.title.split()
    word = chance.choice(chance.choice(others).title.split())
    words[chance.randrange(len(words))] = word
    return structs.replace(record, title=" ".join(words))


def _title_letter(record: Abstract, chance: random.Random, _others: list[Abstract]):
    places = [i for i, sign in enumerate(record.title) if sign.isalpha() and sign.isascii()]
    i = chance.choice(places)
    letter = chance.choice([one for one in "aeinrst" if one != record.title[i].lower()])
    kept = i + chance.randrange(2)  # wrong, or one too many
    return structs.replace(record, title=record.title[:i] + letter + record.title[kept:])


def _issue(**change: object) -> Change:
    def changed(record: Abstract, chance: random.Random, _others: list[Abstract]):
        values = {
            name: value(getattr(record.publication, name), chance) if callable(value) else value
            for name, value in change.items()
        }
        return structs.replace(record, publication=structs.replace(record.publication, **values))

    return changed


def _number(record: Abstract, chance: random.Random, others: list[Abstract]):
    return structs.replace(record, number=chance.choice(others).number)


def _no_number(record: Abstract, _chance: random.Random, _others: list[Abstract]):
    return structs.replace(record, number="")


def _address(record: Abstract, chance: random.Random, others: list[Abstract]):
    return structs.replace(record, url=chance.choice(others).url)


def _no_slash(record: Abstract, _chance: random.Random, _others: list[Abstract]):
    return structs.replace(record, url=record.url.rstrip("/"))


def _http(record: Abstract, _chance: random.Random, _others: list[Abstract]):
    return structs.replace(record, url=record.url.replace("https:", "http:"))


KINDS: dict[str, tuple[str, Change]] = {
    "author dropped": ("author-missing", _dropped_author),
    "letters of a family name swapped": ("author-misspelled", _swapped_letters),
    "authors swapped": ("author-order", _swapped_authors),
    "title word": ("title-differs", _title_word),
    "title letter": ("title-differs", _title_letter),
    "year": ("year", _issue(year=lambda year, chance: year + chance.choice((-1, 1)))),
    "volume": (
        "volume",
        _issue(volume=lambda volume, chance: str(int(volume) + chance.choice((-1, 1)))),
    ),
    "supplement": ("supplement", _issue(supplement="10")),
    "number changed": ("number-wrong", _number),
    "number dropped": ("number-missing", _no_number),
    "another URL": ("address-elsewhere", _address),
    "slash": ("address-not-canonical", _no_slash),
    "scheme": ("address-not-canonical", _http),
}


def _is_ambiguous(kind: str, record: Abstract, text: str, right: str) -> bool:
    """Return whether the change is not printed, or looks like another kind of error.

    A change of case is no error. A name that moves out of a list that is cut looks dropped, and a
    list that ends where the style cuts it looks cut.
    """
    if text.casefold() == right.casefold() or right.replace(", et al", "") == text:
        return True
    if kind == "authors swapped":
        head = right[: right.index(record.title[:10])]
        return any(author.family not in head for author in record.authors[:3])
    return False


def planted(
    records: list[Abstract], all_records: list[Abstract], styles: list[str], seed: int = 17
) -> Iterator[Planted]:
    """Yield each record with one error of each kind in each style, if the style shows it."""
    chance = random.Random(seed)
    for record in records:
        for style in styles:
            right = render(record, style, DAY)
            for kind, (code, change) in KINDS.items():
                wrong = change(record, chance, all_records)
                if wrong is None:
                    continue
                text = render(wrong, style, DAY)
                if not _is_ambiguous(kind, record, text, right):
                    yield Planted(kind, code, style, record, text, right)
            undated = render(record, style, None)
            if undated != right:
                yield Planted(
                    "access date dropped", "access-date-missing", style, record, undated, undated
                )
