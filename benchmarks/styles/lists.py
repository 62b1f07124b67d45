"""An invented document whose references are easily confused, with its citations.

Its authors and years clash, so an engine must add letters, names or initials, and its citations
repeat each other.
"""

from __future__ import annotations

from typing import Any

Item = dict[str, Any]

_SMITH_A, _SMITH_B = (
    {"family": "Smith", "given": "Jane A."},
    {"family": "Smith", "given": "John B."},
)
_DOE, _ROE = {"family": "Doe", "given": "Jane"}, {"family": "Roe", "given": "Richard B."}
_KIM, _LEE = {"family": "Kim", "given": "Ji-Hoon"}, {"family": "Lee", "given": "Ann"}
_VAN = {"family": "van der Heide", "given": "Désirée"}
_REFERENCES: tuple[tuple[str, list[dict[str, str]], list[int]], ...] = (
    ("Tea and joints", [_SMITH_A, _DOE], [2018]),
    ("Tea and bones", [_SMITH_A], [2019]),
    ("Coffee and bones", [_SMITH_A], [2019, 11]),
    ("Cocoa and bones", [_SMITH_B], [2019]),
    ("Tea for the heart", [_DOE, _ROE, _KIM, _LEE], [2020]),
    ("Tea for the lung", [_DOE, _ROE, _LEE, _KIM], [2020]),
    ("Tea for the eye", [_DOE, _LEE, _KIM, _ROE], [2020]),
    ("Leaves in spring", [_ROE], [2021, 3]),
    ("Leaves in autumn", [_ROE], [2021, 10, 5]),
    ("A leaf apart", [_ROE], [2020, 12]),
    ("Cups of the north", [{"literal": "Tea Society"}], [2017]),
    ("Cups of the south", [{"literal": "Tea Society"}], [2017]),
    ("The particle of tea", [_VAN, _DOE], [2016]),
    ("The Chinese cup", [{"family": "王", "given": "小明"}, _DOE], [2015]),
)


def references() -> list[Item]:
    """Return the references, all of them articles."""
    return [
        {
            "id": f"list-{number}",
            "type": "article-journal",
            "title": title,
            "author": people,
            "issued": {"date-parts": [date]},
            "container-title": "Annals of Imagined Diseases",
            "container-title-short": "Ann Imagin Dis",
            "volume": str(number + 1),
            "page": f"{number + 11}-{number + 15}",
        }
        for number, (title, people, date) in enumerate(_REFERENCES)
    ]


def clusters() -> list[dict[str, Any]]:
    """Return the citations of the document: its first ones and some that repeat them."""
    cited: list[list[dict[str, Any]]] = [
        [_cite(0), _cite(1)],
        [_cite(1)],
        [_cite(2), _cite(1), _cite(3)],
        [_cite(4), _cite(5), _cite(6)],
        [_cite(4, locator="12")],
        [_cite(7), _cite(8), _cite(9)],
        [_cite(7, locator="3-5", label="page")],
        [_cite(10, prefix="see "), _cite(11, suffix=" and elsewhere")],
        [_cite(12), _cite(13)],
        [_cite(number) for number in range(len(_REFERENCES))],
    ]
    return [{"citationItems": cites, "properties": {"noteIndex": 0}} for cites in cited]


def _cite(number: int, **more: str) -> dict[str, str]:
    return {"id": f"list-{number}", **more}
