"""Citation keys: readable, ASCII, unique and always the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from abstool.formatters._keys import key_of, unique


@pytest.mark.parametrize(
    ("family", "title", "key"),
    [
        ("Gebhardt", "Blinatumomab in rapid disease", "gebhardt2025blinatumomab"),
        ("von Bergwelt", "The Use of Tea", "vonbergwelt2025use"),
        ("Dörner", "IL-6 and tea", "dorner2025il6"),
        ("Łoś-Groß", "“Tea” today", "losgross2025tea"),
        ("Sørensen", "Ægir", "sorensen2025aegir"),
        ("O’Neil", "α-SMA", "oneil2025sma"),
        ("李", "茶", "anon2025"),
        ("Doe", "The", "doe2025the"),
        ("Doe", "", "doe2025"),
    ],
)
def test_a_key_is_family_year_and_first_significant_word_in_ascii(family, title, key):
    issued = {"date-parts": [[2025, 1]]}
    assert key_of({"author": [{"family": family}], "title": title, "issued": issued}) == key


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
