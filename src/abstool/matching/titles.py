"""Fold titles to compare them, and decide which differences make two titles different works.

Titles of abstracts of one meeting are often nearly the same: "IL-6 Inhibitor Use", "IL-17 Inhibitor
Use". So no degree of likeness is enough. A token that holds a digit, a Greek letter or a run of
capitals names the drug, the gene or the phase, and a difference in one is a veto.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from abstool.text import fold, greek_names, plain

_LONG_WORD = 5  # letters, from which on one wrong letter is a slip of the pen
_MOST_SLIPS = 2
_START = 2  # letters of a word
_FEWEST_WORDS = 3  # of a title that may have lost its subtitle

_LABEL = re.compile(r"[\[(](?:meeting |conference )?abstract[\])][\s.]*$", re.IGNORECASE)
_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_ARTICLES = ("A",)
_SIGNS = {"&": "and", "+": "plus", "<": "less", "≤": "less", ">": "more", "≥": "more"}


_EXACT = frozenset((*greek_names().values(), "plus"))  # CD4+ is not CD4
_SPELLED = str.maketrans({sign: f" {name} " for sign, name in (greek_names() | _SIGNS).items()})


class Title:
    """A title in the form to compare it in.

    Case, accents, punctuation, inline tags and the label "[abstract]" do not count. Greek letters
    and signs such as ``+`` are spelled out, and letters are split from digits.
    """

    def __init__(self, title: str) -> None:
        """Take a title as it is written."""
        text = _LABEL.sub("", plain(title))
        self._spelled = unicodedata.normalize("NFKC", text).translate(_SPELLED)
        self.words = tuple(_TOKEN.findall(fold(self._spelled)))
        # Without spaces, since ``IL-6`` and ``IL6`` are spellings of one word.
        self.letters = "".join(self.words)

    @cached_property
    def exact(self) -> frozenset[str]:
        """The words that name something exact: see the top of this module."""
        tokens = _TOKEN.findall(self._spelled)
        is_mixed = any(map(str.islower, tokens))  # else capitals say nothing
        return frozenset(fold(token) for token in tokens if _is_exact(token, is_mixed))


def _is_exact(token: str, is_mixed: bool) -> bool:
    if token[0].isdigit() or token.lower() in _EXACT:
        return True
    capitals = sum(map(str.isupper, token)) if is_mixed else 0
    return capitals > 1 or (
        capitals == len(token) and token not in _ARTICLES
    )  # vitamin D; but "A Trial"


def is_same(one: Title, other: Title) -> bool:
    """Return whether two titles have the same letters and digits; an empty one equals no other."""
    return one.letters == other.letters != ""


def is_near(one: Title, other: Title) -> bool:
    """Return whether two titles differ only as two records of one work do.

    That is not at all, in a subtitle that one of them lacks, or in a wrong letter or two. This
    proves nothing alone: it is for works that have the same DOI, or the same page of a journal.
    """
    if is_same(one, other):
        return True
    left, right = sorted((one.words, other.words), key=len)
    if len(left) < len(right):
        is_alike = len(left) >= _FEWEST_WORDS and right[: len(left)] == left
    else:
        is_alike = _slips(left, right) is not None
    return is_alike and bool(left) and not is_vetoed(one, other)


def misspelled(one: Title, other: Title) -> list[str]:
    """Return the words of a title that differ in one letter from those of another one.

    It is empty if the titles differ in more, or if such a letter makes another word likely: at the
    start of a word (typical and atypical, micro- and macrovascular), or in what names something.
    """
    slips = _slips(one.words, other.words)
    if not slips or any(a[:_START] != b[:_START] for a, b in slips) or is_vetoed(one, other):
        return []
    return [a for a, _ in slips]


def is_vetoed(one: Title, other: Title) -> bool:
    """Return whether a token in which two titles differ names something exact in one of them."""
    if one.letters == other.letters:
        return False
    left, right = Counter(one.words), Counter(other.words)
    differing = (left - right) + (right - left)
    return not (one.exact | other.exact).isdisjoint(differing)


def _slips(left: Sequence[str], right: Sequence[str]) -> list[tuple[str, str]] | None:
    """Return the words in which two titles differ by slips of the pen, None if in more."""
    if len(left) != len(right):
        return None
    slips = [(a, b) for a, b in zip(left, right, strict=True) if a != b]
    return slips if len(slips) <= _MOST_SLIPS and all(_is_slip(*pair) for pair in slips) else None


def _is_slip(one: str, other: str) -> bool:
    """Return whether two words differ in one letter, which is wrong, missing or swapped."""
    short, long = sorted((one, other), key=len)
    if len(short) < _LONG_WORD or len(long) - len(short) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), None)
    if start is None:
        return True
    rest = long[start + 1 :]
    if len(short) < len(long):
        return short[start:] == rest
    swapped = long[start : start + 2] == short[start : start + 2][::-1]
    return short[start + 1 :] == rest or (swapped and short[start + 2 :] == long[start + 2 :])
