"""Titles: what does not count, and which differences are a veto."""

import pytest

from abstool.matching.titles import Title, is_near, is_same, is_vetoed


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Effects of Tea", "EFFECTS OF TEA."),
        ("Effects of Tea", "Effects of tea [abstract]"),
        ("TNF-α in Sjögren’s Disease", "TNF alpha in Sjogren's disease"),
        ("TNFα and IL-6", "TNF-alpha & IL6"),
        ("CD4<sup>+</sup> cells", "CD4+ Cells"),
        ("Healthcare in the knee", "Health-care in the knee"),
        ("Tea for ≥ 65 µg", "Tea for ≥65 μg"),
        ("茶の効果", "茶の効果。"),
    ],
)
def test_spellings_of_one_title_are_the_same(one, other):
    assert is_same(Title(one), Title(other))
    assert not is_vetoed(Title(one), Title(other))


def test_an_empty_title_is_the_same_as_none():
    assert not is_same(Title(""), Title("…"))
    assert not is_near(Title(""), Title(""))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("IL-6 Inhibitor Use in the Knee", "IL-17 Inhibitor Use in the Knee"),
        ("TNF-α in Tea", "TNF-β in Tea"),
        ("Tea in SLE Patients", "Tea in RA Patients"),
        ("Tea in RA Patients", "TEA IN SLE PATIENTS"),
        ("Factor V and Tea", "Factor X and Tea"),
        ("A Phase II Trial of Tea", "A Phase III Trial of Tea"),
        ("CD4+ Cells and Tea", "CD4 Cells and Tea"),
        ("Effects of the Imagined Tea", "Effects of the Imagined Tea: 2 Years"),
    ],
)
def test_a_difference_in_an_exact_token_is_a_veto(one, other):
    for first, second in ((one, other), (other, one)):
        assert is_vetoed(Title(first), Title(second))
        assert not is_near(Title(first), Title(second))


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("Tumour of the knee", "Tumor of the knee", True),
        ("Effects of imagined tea", "Effects of imagined tea: a trial", True),
        ("Recieving the imagined tea", "Receiving the imagined tea", True),
        ("Imagined tea for women", "Imagined tea for men", False),
        ("Tea", "Tea and milk", False),
        ("Effects of imagined tea", "Dreams of imagined tea", False),
    ],
)
def test_a_slip_or_a_missing_subtitle_is_near(one, other, near):
    assert is_near(Title(one), Title(other)) == near
    assert is_near(Title(other), Title(one)) == near
