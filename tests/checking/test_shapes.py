"""References are found and judged alike in manuscripts of every shape."""

import random

import pytest
from invented import records
from msgspec import structs
from planting import DAY, STYLES

from abstool import manuscripts
from abstool.checking import Library, check
from abstool.checking.renditions import render
from manuscript_shapes import SHAPES

RECORDS = list(records(80))
LIBRARY = Library.of(RECORDS)
OTHERS = [
    (
        "Roe J, Poe N, Doe S, et al. 2010 tea classification criteria: an invented initiative of "
        "the Exampletown/Sampleton league of tasters. J Imagined Drinks. 2010;62(9):2569-2581. "
        "doi:10.1000/tea.27584"
    ),
    "Smith J. Handbook of drinks. 3rd ed. Springfield: Imaginary Press; 2019.",
    (
        "World Drink Organization. Global report on tea. Geneva: WDO; 2021. "
        "https://www.drinks.example/tea. Accessed May 1, 2024."
    ),
]


def printed(style, seed):
    """Return references, and for each its status, its codes and the right line."""
    chance = random.Random(seed)
    found = []
    for place, record in enumerate(chance.sample(RECORDS, 7)):
        right = line = render(record, style, DAY)
        codes = []
        if place == 2:
            issue = structs.replace(record.publication, volume="78")
            line, codes = render(structs.replace(record, publication=issue), style, DAY), ["volume"]
        if place == 4:
            first, *others = record.authors
            first = structs.replace(first, family=f"{first.family[:-1]}q")
            line = render(structs.replace(record, authors=[first, *others]), style, DAY)
            codes = ["author-misspelled"]
        found.append((line, "differs" if codes else "agrees", codes, right))
    for other in OTHERS:
        found.insert(chance.randrange(len(found) + 1), (other, "other", [], ""))
    return found


def in_columns(found):
    """Leave out what a PDF with the letters of Western Europe cannot print."""
    return [one for one in found if one[0].encode("cp1252", "replace").decode("cp1252") == one[0]]


@pytest.mark.parametrize(("number", "name"), [*enumerate(SHAPES)], ids=SHAPES)
def test_a_manuscript_gives_its_references_and_their_errors(number, name):
    expected = printed(STYLES[number % len(STYLES)], number)
    if name.startswith("pdf"):
        pytest.importorskip("pypdf")
        expected = in_columns(expected)
    data = SHAPES[name]([line for line, *_ in expected])
    manuscript = manuscripts.read(data, name)
    verdicts = check(manuscript.references, LIBRARY)
    found = [
        (one.status, [finding.code for finding in one.findings], one.corrected) for one in verdicts
    ]
    assert found == [tuple(rest) for _, *rest in expected]
    assert manuscript.unlisted == ()
