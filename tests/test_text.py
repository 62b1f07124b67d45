"""Letters are folded to compare by, and numbers become letters."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from abstool.text import count_of, fold, letters, plain


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Łoś-Groß", "los-gross"),
        ("Sørensen Ægir Œuvre", "sorensen aegir oeuvre"),
        ("Þórður Guðmundsson", "thordur gudmundsson"),
        ("Ħaż Đoković Ŋ Işık", "haz dokovic n isik"),
        ("ﬁne Ⅻ", "fine xii"),
        ("李 Ωμέγα", "李 ωμεγα"),
    ],
)
def test_folded_text_has_no_case_and_no_accents(text, folded):
    assert fold(text) == folded


@given(st.text())
@example("ǽ ℃ ΐ")
def test_folded_text_has_no_combining_characters_and_stays_as_it_is(text):
    assert not any(map(unicodedata.combining, fold(text)))
    assert fold(fold(text)) == fold(text)


def test_after_z_come_two_letters():
    assert [letters(number) for number in (0, 25, 26, 51, 52, 701, 702)] == (
        "a z aa az ba zz aaa".split()
    )


def test_only_so_many_tags_in_tags_are_resolved_so_that_the_time_is_linear(monkeypatch):
    passes = []
    monkeypatch.setattr("abstool.text._content", lambda match: passes.append(1) or match[2])
    text = plain("<i>" * 5000 + "x" + "</i>" * 5000)
    assert len(passes) < 50
    assert "x" in text


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ((0, "page"), "0 pages"),
        ((1, "page"), "1 page"),
        ((2725, "page"), "2,725 pages"),
        ((1, "entry", "entries"), "1 entry"),
        ((2, "entry", "entries"), "2 entries"),
    ],
)
def test_a_number_has_its_noun(arguments, text):
    assert count_of(*arguments) == text
