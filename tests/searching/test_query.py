"""How queries are read, and the spellings of phrases."""

import pytest

from abstool.searching.query import Phrase, SearchQuery
from abstool.searching.spellings import MOST, spellings


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("lupus nephritis", "lupus AND nephritis"),
        ("lupus AND nephritis", "lupus AND nephritis"),
        ("a OR b c", "a OR (b AND c)"),
        ("(a OR b) c", "(a OR b) AND c"),
        ("a NOT b", "a NOT b"),
        ("a -b", "a NOT b"),
        ("-b a", "NOT b AND a"),
        ("-(a b) c", "NOT (a AND b) AND c"),
        ("NOT gout", "NOT gout"),
        ("lupus AND", "lupus"),
        ("OR lupus", "lupus"),
        ("(gout", "gout"),
        ("gout)", "gout"),
        ("((((a)))", "a"),
        ("a) b", "a AND b"),
        ('"lupus nephritis', '"lupus nephritis"'),
        ("“lupus nephritis”", '"lupus nephritis"'),
        ("«lupus»", "lupus"),
        ("anti-TNF", '"anti-tnf"'),
        ("IL-6", '"il-6"'),
        ("C3 & C4", "c3 AND c4"),
        ("x - y", "x AND y"),
        ("p<0.05", '"p<0.05"'),
        ("SJÖGREN'S", "sjogren"),
        ("Sjögren’s syndrome", "sjogren AND syndrome"),
        ("Łoś", "los"),
        ("TNF alpha inhibitor", '"tnf alpha" AND inhibitor'),
        ("TNF AND alpha", "tnf AND alpha"),
        ("-TNF alpha", 'NOT "tnf alpha"'),
        ("title:TNF alpha", 'title:"tnf alpha"'),
        ("word*", "word*"),
        ('"some wor*"', '"some wor"*'),
        ('"some wor"*', '"some wor"*'),
        ("NEAR(JAK inhibitor, 5)", "NEAR(jak inhibitor, 5)"),
        ("NEAR(JAK inhibitor)", "NEAR(jak inhibitor, 10)"),
        ("NEAR(a b, 99999999999)", "NEAR(a b, 10000)"),
        ("NEAR(a", "a"),
        ("NEAR gout", "near AND gout"),
        ("title: lupus", "title:lupus"),
        ("TITLE:lupus authors:Smith", "title:lupus AND author:smith"),
        ("title:(a OR -b) c", "(title:a OR NOT title:b) AND c"),
        ("title:-gout", "NOT title:gout"),
        ("#1", '"#1"'),
        ("", ""),
        ("& <>", ""),
        ("😀", ""),
        ("\0", ""),
        ("OR", ""),
    ],
)
def test_a_query_is_read_as_people_mean_it(typed, read_as):
    query = SearchQuery.read(typed)
    assert str(query) == read_as
    if read_as != '"#1"':
        assert str(SearchQuery.read(read_as)) == read_as


@pytest.mark.parametrize(
    ("typed", "note"),
    [
        ("lupus or gout", '"or" is searched as a word'),
        ("year:2025", '"year:" is not a field'),
        ("lupus[ti]", "tags such as [ti]"),
        ("lupus.ti,ab.", "fields such as .ti,ab."),
        ("TI=lupus", "fields such as TI="),
        ("TITLE-ABS-KEY(lupus)", "fields such as TI="),
        ("lupus:ti,ab,kw", "fields such as :ti,ab"),
        ("exp lupus/", "headings such as"),
        ("lupus/exp", "headings such as"),
        ("wom?n", "wildcards such as ? and $"),
        ("nephr$", "wildcards such as ? and $"),
        ("lupus adj3 kidney", "operators such as adj3"),
        ("lupus NEAR/3 kidney", "operators such as adj3"),
        ("or/1-3", "lines such as or/1-3"),
        ("lu*us", "* stands for the end of a word"),
        ("NEAR(a OR b)", "NEAR( ) takes words"),
        ("NEAR(a b, -5)", "the distance in NEAR( ) is a whole number"),
        ("NEAR(a b, 1.5)", "the distance in NEAR( ) is a whole number"),
        (f"NEAR({'a ' * 30})", "only the first 16 words"),
    ],
)
def test_what_may_be_meant_otherwise_is_noted(typed, note):
    (found,) = SearchQuery.read(typed).notes
    assert found.startswith(note)


@pytest.mark.parametrize(
    "typed",
    "IL-6 p<0.05 and/or mg/kg n/a e.g. lupus? US$5 5-10/ https://clinicaltrials.gov/ title:lupus"
    ' C3 "lupus/exp" near NCT01234567'.split(),
)
def test_what_people_type_here_is_not_taken_for_another_language(typed):
    assert SearchQuery.read(typed).notes == ()


def test_an_exact_query_keeps_the_possessive():
    assert str(SearchQuery.read("Sjögren's", is_exact=True)) == '"sjogren\'s"'


@pytest.mark.parametrize("typed", ["TNF-α", "TNFα", "TNF-alpha", "TNFalpha", '"TNF alpha"'])
def test_a_greek_letter_is_joined_or_not_and_a_letter_or_a_name(typed):
    (phrase,) = SearchQuery.read(typed).leaves
    found = spellings(phrase, is_exact=False)
    assert {"tnf α", "tnfα", "tnf alpha", "tnfalpha"} <= set(found)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ('"Sjogren syndrome"', {"sjogren syndrome", "sjogren s syndrome"}),
        ("anti-TNF", {"anti tnf"}),
        ("α-SMA", {"α sma", "αsma", "alpha sma", "alphasma"}),
        (
            "γδ",
            {"γδ", "γ δ", "gammadelta", "gamma delta", "γdelta", "γ delta", "gammaδ", "gamma δ"},
        ),
        ("λόγος", {"λογοσ"}),
        ("stigma", {"stigma"}),
    ],
)
def test_a_phrase_has_these_spellings(typed, expected):
    (phrase,) = SearchQuery.read(typed).leaves
    assert set(spellings(phrase, is_exact=False)) == expected


def test_a_phrase_has_few_spellings_even_with_many_letters():
    phrase = Phrase("", ("α",) * 40, is_quoted=True)
    assert 1 < len(spellings(phrase, is_exact=False)) <= MOST
