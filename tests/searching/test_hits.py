"""Searches of a small library: what is found, in what order, with what marked."""

import pytest
from hypothesis import given, strategies
from hypothesis import settings as hypothesis_settings

from abstool.library import scratch
from abstool.library.filters import Filters
from abstool.library.schema import EXACT, STEMS
from abstool.record import Abstract
from abstool.searching import Search, SearchQuery
from abstool.searching.hits import ORDERS

TEXTS = {
    "1": ("Sjögren's syndrome and tea", "Łukasz Łoś", "Patients drank TNF-α inhibitors."),
    "2": ("Lupus in mice", "Ann Smith", "A patient had TNFα; organization of cells."),
    "3": ("Gout", "Bo Jørgensen", "TNF alpha and IL-6 were low, p<0.05. Sjogren syndrome."),
    "10": ("Lupus nephritis", "Ann Smith", "C3 and C4 were low. An organ. JAK and an inhibitor."),
}


def record(number, title, author, text):
    return Abstract.from_dict(
        {
            "url": f"https://example.org/abstract/{number}/",
            "number": number,
            "title": title,
            "authors": [{"name": author}],
            "meeting": "Tea Meeting 2025" if number != "10" else "Coffee Congress 2024",
            "keywords": ["kidney"] if number == "10" else ["joint"],
            "session": {"title": "Hot Drinks", "type": "Poster"} if number == "2" else {},
            "trials": [{"registry": "ClinicalTrials.gov", "id": "NCT01234567"}]
            if number == "3"
            else [],
            "sections": [{"label": "Results", "text": text}],
        }
    )


@pytest.fixture(scope="module")
def library():
    with scratch((STEMS, EXACT), "search") as found:
        found.add(record(number, *texts) for number, texts in TEXTS.items())
        yield found


def numbers(library, typed, *, exact=False, order="number", limit=None, **filters):
    search = Search(library, Filters(**filters), is_exact=exact)
    query = SearchQuery.read(typed, is_exact=exact)
    found = search.run(query)
    positions = search.positions(found, order, limit)
    hits = list(search.hits(positions, [query]))
    assert limit is not None or len(hits) == found.count
    return [hit.number for hit in hits]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        *((one, "1 3") for one in ("Sjogren", "Sjögren", "SJÖGREN'S", "sjögren’s")),
        *((one, "1 3") for one in ('"Sjogren syndrome"', '"Sjögren\'s syndrome"')),
        *((one, "1 2 3") for one in ("TNF-α", "TNFα", "TNF alpha", "TNF-alpha", "tnfalpha")),
        ("Los", "1"),
        ("Jorgensen", "3"),
        ("patient", "1 2"),
        ("IL-6", "3"),
        ("C3 & C4", "10"),
        ("p<0.05", "3"),
        ("(gout", "3"),
        ("organ*", "10 2"),
        ("organiz*", "2"),
        ("organiz* mice", "2"),
        ("organiz* OR gout", "2 3"),
        ("lupus -mice", "10"),
        ("-lupus", "1 3"),
        ("NOT organ*", "1 3"),
        ("-lupus -organ*", "1 3"),
        ("lupus OR -lupus", "10 1 2 3"),
        ("gout OR -lupus", "1 3"),
        ("title:lupus", "10 2"),
        ("text:lupus", ""),
        ("author:smith keyword:kidney", "10"),
        ("author:(smith OR jorgensen) -mice", "10 3"),
        ("NEAR(JAK inhibitor, 2)", "10"),
        ("NEAR(JAK inhibitor, 1)", ""),
        ("NEAR(JAK inhibit*, 2)", "10"),
        ("", ""),
        ("&", ""),
    ],
)
def test_a_query_finds_these_abstracts(library, typed, expected):
    assert numbers(library, typed) == expected.split()


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("patient", "2"), ("patients", "1"), ("SJOGREN", "1 3"), ("organ", "10")],
)
def test_an_exact_query_finds_words_as_typed(library, typed, expected):
    assert numbers(library, typed, exact=True) == expected.split()


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"meeting": ("2025 tea",)}, "2"),
        ({"meeting": ("nosuch",)}, ""),
        ({"meeting": ("tea", "coffee")}, "10 2"),
        ({"year": (2024,)}, "10"),
        ({"session": ("poster drinks",)}, "2"),
        ({"number": ("0010",)}, "10"),
        ({"url": ("http://www.example.org/abstract/2",)}, "2"),
        ({"trial": ("nct 01234567",)}, ""),
    ],
)
def test_filters_limit_the_hits(library, filters, expected):
    assert numbers(library, "lupus", **filters) == expected.split()
    assert numbers(library, "lupus OR organ*", **filters) == expected.split()


def test_filters_without_a_query_find_all_that_pass(library):
    assert numbers(library, "", trial=("NCT01234567",)) == ["3"]


def test_the_best_hit_has_the_word_in_its_title(library):
    assert numbers(library, "sjogren", order="relevance") == ["1", "3"]
    assert numbers(library, "sjogren", order="relevance", limit=1) == ["1"]
    assert numbers(library, "sjog* OR c3", order="relevance")[0] in ("1", "10")
    assert numbers(library, "lupus", order="year") == ["2", "10"]
    assert numbers(library, "lupus", order="title") == ["2", "10"]


@pytest.mark.parametrize(
    ("typed", "number", "title", "snippet"),
    [
        ("sjogren", "1", ["Sjögren"], []),
        ("patient", "1", [], ["Patients"]),
        ("tnfα", "1", [], ["TNF-α"]),
        ("tnf alpha", "2", [], ["TNFα"]),
        ("los", "1", [], ["Łoś"]),
        ("kidn*", "10", [], ["kidney"]),
        ("organiz*", "2", [], ["organization"]),
        ('"lupus nephritis"', "10", ["Lupus nephritis"], []),
        ("text:low", "3", [], ["low"]),
    ],
)
def test_the_words_are_marked_as_they_are_printed(library, typed, number, title, snippet):
    search, query = Search(library, Filters(), is_exact=False), SearchQuery.read(typed)
    hits = search.hits(search.positions(search.run(query)), [query])
    (hit,) = [one for one in hits if one.number == number]
    for marked, expected in ((hit.title, title), (hit.snippet, snippet)):
        assert [marked.text[start:end] for start, end in marked.marks] == expected


PIECES = strategies.sampled_from(
    [
        *'()"*-:#& \0\n%{}^+<>\\\ud800α²ßİſ',
        *"OR AND NOT NEAR( ,5) title: text: lupus organ* TNF-α IL-6 “ ’s #1 😀 中文".split(),
        "\x1b[31m",
        " OR ",
        " NOT ",
        "e\u0301",
    ]
)


@hypothesis_settings(max_examples=300, deadline=None)
@given(strategies.one_of(strategies.lists(PIECES).map("".join), strategies.text()))
def test_no_query_raises_anything(library, typed):
    for exact in (False, True):
        for order in ("relevance", *ORDERS):
            found = numbers(library, typed, exact=exact, order=order)
            assert len(found) == len(set(found))
            assert numbers(library, typed, exact=exact, order=order, limit=2) == found[:2]


@pytest.mark.parametrize(
    "typed",
    [
        "(" * 20_000 + "gout",
        "(gout OR " * 300,
        "(gout AND (tea OR " * 200,
        "gout " * 10_000,
        "NOT " * 10_001 + "gout",
        '"' * 9_999,
        f"NEAR({'gout ' * 5_000}, 3)",
        "αβ " * 300,
        "x" * 100_000,
        "title:" * 5_000 + "gout",
        " ".join(f"w{number}" for number in range(2_000)),
        " OR ".join(f"w{number}" for number in range(2_000)),
    ],
    ids=lambda typed: typed[:12],
)
def test_a_very_long_query_is_a_query(library, typed):
    assert numbers(library, typed) in ([], ["3"], ["10", "1", "2"])
