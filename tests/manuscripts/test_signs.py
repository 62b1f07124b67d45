"""The signs of a reference are looked for by word first, which finds no fewer of them."""

from __future__ import annotations

import pytest

from abstool.manuscripts.signs import _SIGNS

EXAMPLES = (
    "2025;77",
    "1999 Oct 3; 12",
    "77(suppl 9)",
    "12 (4)",
    "HTTP://example.org",
    "Doi 1",
    "10.1000/x",
    "WWW.example.org",
    "[Meeting Abstract 12]",
    "(abstract)",
    "Abstract No. 0848",
    "ABSTRACT L12",
    "Presented At the meeting",
    "Supplement",
    "SUPPL",
    "Accessed",
    "retrieved",
    "Cited",
    "Available from",
    "available At",
    "Roe A, ET AL",
    "et. al",
    "37-64",
    "3 ‐ 4",
    "3‑4",
    "3 – 4",
    "Vol. 2",
    "vol. 2",
    "p. 3",
    "pp. 3",
    "no. 4",
    "In: Tea",
    "ed.",
    "eds.",
    "editors",
)


@pytest.mark.parametrize("text", EXAMPLES)
def test_a_text_with_a_sign_has_a_word_of_it(text):
    for _, words, pattern in _SIGNS:
        if pattern.search(text):
            assert any(word in text.lower() for word in words)


def test_the_examples_show_every_sign():
    for _, _, pattern in _SIGNS:
        assert any(map(pattern.search, EXAMPLES))
