"""224 invented references, the same on every run: 100 abstracts, 100 of other types, 24 rare kinds.

The names, titles, dates and gaps that engines have trouble with are listed here; a seeded generator
picks the rest. The people, titles and places do not exist.
"""

from __future__ import annotations

import random
from typing import Any

from kinds import rare_kinds

from abstool.mapping import item_of

Item = dict[str, Any]

_PEOPLE: tuple[tuple[str, str], ...] = (
    ("Dörner", "Zoë"),
    ("von Bergen", "Michael"),
    ("van der Heide", "Désirée A"),
    ("de la Torre-Ruiz", "José Luis"),
    ("al-Masri", "Nadia"),
    ("El-Shami", "Omar"),
    ("O'Connell", "Liam P."),
    ("d'Angelli", "Chiara"),
    ("D'Amato", "Rosa"),
    ("Wang", "Xiao-Li"),
    ("Smith", "J"),
    ("King", "M. L."),
    ("Lefèvre", "Jean-Pierre"),
    ("Müller-Stahl", "Anna-Lena Maria"),
    ("Çelik", "Özge"),
    ("Østby", "Åse"),
    ("Nguyen", "Thi Minh Khai"),
    ("Van Damme", "Koen"),
    ("Le Roux", "Yves"),
    ("dos Santos", "Paulo"),
    ("Papadopoulou", "Eleni"),
    ("Ivanov", "Sergey V"),
    ("Sato", "Yuki"),
    ("Kim", "Ji-Hoon"),
    ("Roe", "Richard"),
    ("Doe", "Jane"),
    ("St. Clair", "E. William"),
    ("García López", "Ana María"),
    ("ter Horst", "Rob"),
    ("di Lauro", "Pia"),
    ("Ben Amor", "Sami"),
    ("Li", "Y."),
)
_SUFFIXED = {"family": "Underhill", "given": "Robert R", "suffix": "Jr"}
_THIRD = {"family": "Prior", "given": "Thomas", "suffix": "III"}
_GROUP = {"literal": "The IMAGINE Study Group"}

_TITLES = (
    "Imagined effects of tea on joints",
    "Does Tea Help? A Randomised Trial",
    "Is Green Tea Better than Black Tea?",
    "Stop the Tea!",
    "Tea in Sjögren's Disease: A Phase 3 Trial",
    "Patients' Views of Tea's Taste",
    'The "Tea Time" Study of Elderly Drinkers',
    '"Tea and Sympathy" in Lupus',
    "Levels of CD19<sup>+</sup> Cells and H<sub>2</sub>O after Tea",
    "<i>Camellia sinensis</i> in the treatment of gout",
    "Tea-induced changes of IL-6, TNF-α and IFN-γ: results at 52 weeks",
    "TEA AND COFFEE IN SYSTEMIC SCLEROSIS",
    "Tea versus Coffee. A Comparison",
    "Outcome of Tea at <5% & >10% Strength",
    "A multicenter, double-blind study of tea (TEACUP)",
    "Tea drinking: why, how, and with whom?",
    "Effects of tea in the U.S.",
    "From bush to cup – the long way of tea",
    "Tea, Milk, and Sugar: A 3 x 2 Factorial Trial",
    "Rheumatologists’ “Five O’Clock” Habits",
    "mRNA of tea leaves: a genome-wide study in Japan",
    "Efficacy of Teamab in Anti-TNF-Naïve Patients with PsA",
    "What is 'normal' tea?",
    "COVID-19 and tea",
    "The anti-inflammatory role of tea in vitro and in vivo",
)
_JOURNALS = (
    ("Arthritis & Rheumatology", "Arthritis Rheumatol", "2326-5205"),
    ("Annals of Imagined Diseases", "Ann Imagin Dis", "0000-0019"),
    ("The Journal of Tea Research", "J. Tea Res.", "0000-0027"),
    ("Joints", "Joints", "0000-0035"),
    ("Tea: A Journal of Leaves and Water", "Tea", "0000-0043"),
)
_PUBLISHERS = (
    ("Teapot Press", "London"),
    ("Kettle & Sons", "New York, NY"),
    ("Universitätsverlag Tasse", "Jena"),
    ("Leaf Academic", ""),
)


class _Deck:
    """Deals the entries of a list in a shuffled order, so that each one is used."""

    def __init__(self, chance: random.Random, values: tuple[Any, ...]) -> None:
        self._values = list(values)
        chance.shuffle(self._values)
        self._next = 0

    def draw(self) -> Any:
        self._next += 1
        return self._values[(self._next - 1) % len(self._values)]


def items() -> list[Item]:
    """Return the 224 references as CSL-JSON items with ids."""
    chance = random.Random(5)
    made = [*_abstracts(chance, 100), *_others(chance, 100), *rare_kinds()]
    return [item | {"id": f"item-{number}"} for number, item in enumerate(made, 1)]


def _people(deck: _Deck, count: int) -> list[dict[str, str]]:
    return [dict(zip(("family", "given"), deck.draw(), strict=True)) for _ in range(count)]


_COUNTS = (1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 20, 21, 25, 2, 1, 6, 7, 3)


def _authors(deck: _Deck, number: int) -> list[dict[str, str]]:
    """Return the authors of a reference; together they cover all counts, kinds and mixtures."""
    people = _people(deck, _COUNTS[number % len(_COUNTS)])
    if number % 11 == 3:
        people.append(_SUFFIXED)
    if number % 13 == 5:
        people.insert(0, _THIRD)
    if number % 12 == 7:
        people.append(_GROUP)
    if number % 31 == 20:
        people = [_GROUP]
    return [] if number % 23 == 11 else people


def _abstracts(chance: random.Random, count: int) -> list[Item]:
    deck, titles = _Deck(chance, _PEOPLE), _Deck(chance, _TITLES)
    made = []
    for number in range(count):
        year = 2012 + number % 15
        publication: dict[str, Any] = {
            "journal": "Arthritis & Rheumatology",
            "abbreviation": "Arthritis Rheumatol",
            "issn": "2326-5205",
            "year": year,
            "volume": str(year - 1948),
            "supplement": "10" if year < 2018 else "9",
        }
        for gap, key in ((7, "volume"), (9, "supplement")):
            if number % gap == gap - 1:
                del publication[key]
        record: dict[str, Any] = {
            "schema": "abstool/1",
            "url": f"https://acrabstracts.org/abstract/imagined-{number}/",
            "site": "acrabstracts.org",
            "title": titles.draw(),
            "authors": [
                author | {"name": author.get("literal") or f"{author['given']} {author['family']}"}
                for author in _authors(deck, number)
            ],
            "meeting": f"ACR Convergence {year}",
            "session": {"title": "Drinks", "date": f"{year}-11-{number % 28 + 1:02}"},
            "publication": publication,
            "accessed": f"2026-{number % 12 + 1:02}-{number % 27 + 1:02}",
        }
        if number % 8 != 5:
            record["number"] = ("0848", "1234", "L12", "90", "PP01")[number % 5]
        if number % 17 == 9:
            del record["publication"]
        made.append(item_of({key: value for key, value in record.items() if value}))
    return made


def _date(number: int) -> dict[str, Any]:
    year, month, day = 1990 + number * 7 % 36, number % 12 + 1, number % 28 + 1
    return (
        {"date-parts": [[year, month, day]]},
        {"date-parts": [[year, month]]},
        {"date-parts": [[year]]},
        {"date-parts": [[year, month, day]]},
        {"date-parts": [[year]], "season": number % 4 + 1},
        {"date-parts": [[year, month, day], [year, month, day + 2]]},
        {"date-parts": [[year, 3, day], [year, 5, day]]},
        {"date-parts": [[year], [year + 1]]},
    )[number % 8 if number % 3 else number % 4]


_PAGES = ("123-129", "e1234", "45", "S12-S18", "1021-9", "7", "88–97", "321-325", "1-10", "105-8")


def _others(chance: random.Random, count: int) -> list[Item]:
    deck, titles = _Deck(chance, _PEOPLE), _Deck(chance, _TITLES)
    journals, publishers = _Deck(chance, _JOURNALS), _Deck(chance, _PUBLISHERS)
    kinds = (_article, _article, _article, _article, _article, _book, _chapter, _webpage,
             _article, _report, _thesis, _paper)  # fmt: skip
    made = []
    for number in range(count):
        item: Item = {
            "title": titles.draw(),
            "author": _authors(deck, number + 4),
            "issued": _date(number),
        }
        kinds[number % len(kinds)](item, number, journals, publishers, deck)
        if number % 19 == 8:
            del item["issued"]
        made.append({name: value for name, value in item.items() if value})
    return made


def _article(item: Item, number: int, journals: _Deck, _p: _Deck, _d: _Deck) -> None:
    title, short, issn = journals.draw()
    item |= {
        "type": "article-journal",
        "container-title": title,
        "container-title-short": short,
        "ISSN": issn,
        "volume": str(number % 90 + 1),
        "issue": ("3", "", "Suppl 2", "4-5", "12", "")[number % 6],
        "page": _PAGES[number % len(_PAGES)] if number % 7 else "",
        "DOI": f"10.1234/tea.{number}" if number % 3 else "",
    }
    if number % 5 == 0:
        item |= {
            "URL": f"https://example.org/tea/{number}",
            "accessed": {"date-parts": [[2026, number % 12 + 1, 5]]},
        }
    if number % 4 == 1:
        item["PMID"] = str(30000000 + number)
    if number % 15 == 13:
        del item["volume"]


def _publisher(publishers: _Deck) -> Item:
    publisher, place = publishers.draw()
    return {"publisher": publisher, "publisher-place": place}


def _book(item: Item, number: int, _j: _Deck, publishers: _Deck, deck: _Deck) -> None:
    item |= {"type": "book", "edition": ("", "2", "3", "Revised ed.")[number // 12 % 4]}
    item |= {"ISBN": "978-0-00-000000-2", "number-of-pages": "312", **_publisher(publishers)}
    if number // 12 % 3 == 2:
        item["author"], item["editor"] = [], _people(deck, 2)
    if number // 12 % 4 == 3:
        item["volume"] = "2"


def _chapter(item: Item, number: int, _j: _Deck, publishers: _Deck, deck: _Deck) -> None:
    item |= {
        "type": "chapter",
        "container-title": "The Great Book of Tea",
        "editor": _people(deck, number // 12 % 3 + 1),
        "edition": ("", "2", "11")[number // 12 % 3],
        "page": _PAGES[number % len(_PAGES)],
        **_publisher(publishers),
    }
    if number // 12 % 4 == 2:
        item |= {"collection-title": "Studies in Tea", "collection-number": "7"}


def _webpage(item: Item, number: int, *_decks: _Deck) -> None:
    item |= {
        "type": "webpage",
        "container-title": ("Tea Society", "")[number // 12 % 2],
        "URL": f"https://tea.example/page-{number}",
        "accessed": {"date-parts": [[2026, 1, number % 28 + 1]]},
    }


def _report(item: Item, number: int, _j: _Deck, publishers: _Deck, _d: _Deck) -> None:
    item |= {"type": "report", "number": f"TR-{number}", **_publisher(publishers)}
    item |= {"genre": "Technical report", "URL": f"https://tea.example/report-{number}"}


def _thesis(item: Item, number: int, _j: _Deck, publishers: _Deck, _d: _Deck) -> None:
    item |= {"type": "thesis", "genre": ("PhD thesis", "Master's thesis")[number // 12 % 2]}
    item |= _publisher(publishers)
    if item["author"]:
        item["author"] = item["author"][:1]


def _paper(item: Item, number: int, _j: _Deck, publishers: _Deck, deck: _Deck) -> None:
    item |= {
        "type": "paper-conference",
        "container-title": "Proceedings of the 12th Symposium on Tea",
        "event-title": "12th Symposium on Tea",
        "event-place": "Assam, India",
        "page": _PAGES[number % len(_PAGES)],
        "editor": _people(deck, number // 12 % 2),
        **_publisher(publishers),
    }
