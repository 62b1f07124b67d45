"""Citation keys: readable, ASCII, unique and always the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import abstool
from abstool.citekeys import check, key_of, unique
from abstool.errors import UsageError


@pytest.mark.parametrize(
    ("family", "title", "key"),
    [
        ("Gebhardt", "Blinatumomab in rapid disease", "gebhardt2025blinatumomab"),
        ("von Bergwelt", "The Use of Tea", "vonbergwelt2025use"),
        ("Dörner", "IL-6 and tea", "dorner2025il6"),
        ("Łoś-Groß", "“Tea” today", "losgross2025tea"),
        ("Sørensen", "Ægir", "sorensen2025aegir"),
        ("Ħaż-Guðjónsson", "Ŋ", "hazgudjonsson2025n"),
        ("O’Neil", "α-SMA", "oneil2025sma"),
        ("李", "茶", "anon2025"),
        ("Doe", "The", "doe2025the"),
        ("Doe", "", "doe2025"),
    ],
)
def test_a_key_is_family_year_and_first_significant_word_in_ascii(family, title, key):
    issued = {"date-parts": [[2025, 1]]}
    assert key_of({"author": [{"family": family}], "title": title, "issued": issued}) == key


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Winter\u2013Spring 2019", "doe2019tea"),
        ("Fall 2018\u2013Spring 2019", "doe2018tea"),
        ("Lent 2019", "doe2019tea"),
        ("1990s", "doetea"),
        ("in press", "doetea"),
    ],
)
def test_a_key_has_the_year_of_a_date_in_words(words, key):
    item = {"author": [{"family": "Doe"}], "title": "Tea", "issued": {"literal": words}}
    assert key_of(item) == key


def test_a_group_gives_its_first_word_and_nobody_gives_anon():
    assert key_of({"author": [{"literal": "The CARRA Group"}], "title": "Tea"}) == "carratea"
    assert key_of({"title": "Tea"}) == "anontea"
    assert key_of({}) == "anon"


def test_equal_keys_get_letters_in_order():
    assert list(unique(["x", "y", "x", "X", "x"])) == ["x", "y", "xa", "Xb", "xc"]
    assert list(unique(["x"] * 29))[-2:] == ["xaa", "xab"]
    assert list(unique(["xa", "x", "x"])) == ["xa", "x", "xb"]


@given(st.lists(st.text("aAbB", max_size=3)))
def test_keys_are_unique_whatever_is_asked_for(keys):
    found = list(unique(keys))
    assert len({key.casefold() for key in found}) == len(keys)
    assert all(key.startswith(asked) for key, asked in zip(found, keys, strict=True))


@pytest.mark.parametrize(
    ("template", "key"),
    [
        ("{family}{year}{word}", "dorner2025imagined"),
        ("{family}-{number}", "dorner-0848"),
        ("{meeting}:{number}", "acrconvergence2025:0848"),
        ("abs.{year}_{family}", "abs.2025_dorner"),
    ],
)
def test_a_template_makes_keys_of_another_form(record, template, key):
    for style in ("bibtex", "biblatex", "ris", "csv"):
        assert key in abstool.cite([record()], style, key=template)[0]


def test_a_template_also_renames_items_that_have_an_id(article):
    (text,) = abstool.cite([article()], "bibtex", key="{family}{year}")
    assert text.startswith("@article{doe2024,")
    first, second = abstool.cite([article(), article()], "bibtex", key="{family}")
    assert (first[:13], second[:14]) == ("@article{doe,", "@article{doea,")


def test_the_number_is_read_from_the_page_if_custom_has_none(article):
    assert key_of(article(page="Abstract PP01"), "{number}") == "pp01"


@pytest.mark.parametrize(
    ("template", "problem"),
    [
        ("x", "'x' is not a valid template"),
        ("{family} {year}", "is not a valid template"),
        ("{family}ü", "is not a valid template"),
        ("{family", "is not a valid template"),
        ("{family!r}", "is not a valid template"),
        ("{author}", r"\{author\} is not a field; use \{family\}, "),
    ],
)
def test_an_invalid_template_is_rejected(template, problem):
    with pytest.raises(UsageError, match=problem):
        check(template)
    with pytest.raises(UsageError, match=problem):
        abstool.cite([], "bibtex", key=template)
