"""Titles are found in a text and compared letter by letter."""

import pytest

from abstool.matching import spelling

ALIKE = [
    ("Tea in Gout", "TEA IN GOUT."),
    ("Anti-CD19 Tea", "Anti‐CD19 tea"),
    ("Anti–CD19 Tea", "AntiCD19 Tea"),
    ("“Tea” in Sjögren’s Disease", "'Tea' in Sjögren's Disease"),
    ("Tea in Sjo\u0308gren", "Tea in Sjögren"),
    ("CD19⁺ Cells", "CD19<sup>+</sup> cells"),
]
DIFFERENT = [
    ("Privacy", "Privacys", ("Privacy", "Privacys")),
    ("Tea in Sjögren", "Tea in Sjogren", ("Sjögren", "Sjogren")),
    ("IL-6 in Gout", "IL-17 in Gout", ("IL-6", "IL-17")),
    ("Tea: A Trial", "Tea. A Trial", ("Tea:", "Tea.")),
    ("Tea in Gout", "Green Tea in Gout", ("", "Green")),
]
PLACES = [
    ("Tea in Gout", "Muster A. Tea in Gout. J Tea", "Tea in Gout"),
    ("Tea in Gout", "Muster A. TEA IN GOUT. J Tea", "TEA IN GOUT"),
    ("Tea in Gout", "Muster A. Coffee and Tea in Gouty Joints", "Tea in Gouty"),
    ("Anti-Tea Cells", "Muster A. Antitea cells. J Tea", "Antitea cells"),
    ("Long Story of Tea and Coffee", "Muster A. Long Stroy of Tea. J", "Long Stroy of Tea."),
    ("Tea in Gout", "Nobody N. Another Work", None),
    ("", "Muster A", None),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_signs_that_styles_change_do_not_count(one, other):
    assert spelling.is_spelled_alike(one, other)


@pytest.mark.parametrize(("one", "other", "words"), DIFFERENT)
def test_every_other_letter_counts_and_is_shown(one, other, words):
    assert not spelling.is_spelled_alike(one, other)
    assert spelling.differing(one, other) == words


@pytest.mark.parametrize(("title", "text", "wanted"), PLACES)
def test_a_title_is_found_where_it_is_printed(title, text, wanted):
    found = spelling.place(title, text)
    assert (found and text[found.start : found.end]) == wanted
