"""Candidates for a text by words, and how much each is like it."""

import sqlite3

import pytest

from abstool.matching import search

TITLES = {
    1: ("Tea in Gout", ["Muster"]),
    2: ("Coffee in Gout", ["Beispiel", "Muster"]),
    3: ("Cocoa for Sjögren’s Disease", ["Çelik"]),
}


@pytest.fixture
def database():
    with sqlite3.connect(":memory:") as database:
        database.executescript(search.TABLES)
        for position, (title, families) in TITLES.items():
            search.add(database, position, title, families)
    yield database
    database.close()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Muster A. Tea in Gout.", 1),
        ("MUSTER. COFFEE IN GOUT", 2),
        ("Celik E. Cocoa for Sjogrens disease", 3),
        ("Nothing 'of' \"the\" AND OR NOT * kind", None),
        ("", None),
        ("\ud800 ( NEAR", None),
    ],
)
def test_the_first_candidate_shares_the_rarest_words(database, text, found):
    assert next(iter(search.candidates(database, text)), None) == found


def test_likeness_is_full_for_a_complete_reference():
    text = search.searchable("Muster A. Tea in Gout. J Tea. 2025")
    assert search.likeness(text, *TITLES[1]).points == 100
    assert search.likeness(text, *TITLES[2]).points < 100 - search.MARGIN
