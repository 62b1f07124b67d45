"""Invented references of the kinds that lists have now and then, three of each."""

from __future__ import annotations

from typing import Any

Item = dict[str, Any]

_DOE, _ROE = {"family": "Doe", "given": "Jane"}, {"family": "Roe", "given": "Richard B."}
_KIM = {"family": "Kim", "given": "Ji-Hoon"}
_CHINESE = (
    {"family": "王", "given": "小明"},
    {"family": "李", "given": "伟"},
    {"family": "欧阳", "given": "修"},
)
_JOURNAL = {
    "type": "article-journal",
    "container-title": "Annals of Imagined Diseases",
    "container-title-short": "Ann Imagin Dis",
    "volume": "12",
    "issue": "3",
    "page": "123-129",
}
_BOOK = {"type": "book", "publisher": "Leaf Academic", "publisher-place": "London"}
_TITLES = ("Tea in the cold season", "Leaves: an atlas", "A cup for each day")


def rare_kinds() -> list[Item]:
    """Return the references, each with title, names and date."""
    made = []
    for number, title in enumerate(_TITLES):
        made += [_plain(title, 2010 + number) | kind for kind in _kinds(number)]
    return made


def _plain(title: str, year: int) -> Item:
    return {"title": title, "author": [_DOE, _ROE], "issued": {"date-parts": [[year]]}}


def _kinds(number: int) -> tuple[Item, ...]:
    year = 2010 + number
    people = ([_DOE], [_ROE, _KIM], [_KIM, _DOE, _ROE])[number]
    return (
        _JOURNAL | {"author": [_CHINESE[number], _DOE]},
        _JOURNAL | {"page": ("xi-xv", "iv-ix", "lxxi")[number]},
        _BOOK | {"author": [], "editor": people},
        _BOOK | {"translator": people, "edition": ("", "2", "3")[number]},
        {
            "type": "patent",
            "number": ("US 7,347,809", "EP1234567", "WO2010/012345")[number],
            "author": people,
            "issued": {"date-parts": [[year, 3, 9]]},
        },
        {
            "type": "article",
            "genre": "preprint",
            "publisher": "teaRxiv",
            "DOI": f"10.1234/2020.0{number}.01",
            "issued": {"date-parts": [[year, 5, 17]]},
            "URL": f"https://tearxiv.example/{number}",
        },
        _JOURNAL | {"issued": {"date-parts": [[year]], "season": number + 1}},
        {
            "type": "webpage",
            "container-title": "Tea Society",
            "URL": f"https://tea.example/open-{number}",
            "accessed": {"date-parts": [[2026, 1, 5]]},
            "issued": {"date-parts": [[year], [0]]},
        },
    )
