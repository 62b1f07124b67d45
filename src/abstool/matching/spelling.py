"""Find a title in a text that prints it, and the words in which the two differ.

Case, white space, hyphens and dashes, quotation marks and the final stop do not count: styles and
word processors change them. Every other letter and sign does.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Indel, Levenshtein

from abstool.text import plain

# Hyphens and dashes, the minus, quotation marks, primes, and signs without width.
_IGNORED = re.compile(
    "[-\u00ad\u2010-\u2015\u2212\u2043\ufe58\ufe63\uff0d"
    "'\"`\u00ab\u00bb\u00b4\u02b9\u02bc\u2018-\u201f\u2032-\u2037\u2039\u203a\u301d-\u301f\uff07"
    "\u200b-\u200d\u2060\ufeff\\s]+"
)
_ENDINGS = ".,;: "
_AFTER_QUESTION = re.compile(r"(?<=[?!])[.,;:]+")  # styles print "Tea?: A Trial" without them
_WORD = re.compile(r"[^\s\[\]]+")
_MOST_WORDS = 400  # of a text, and half as many of a title, that are aligned
_FEWEST = 3  # words in common, or
_LEAST = 0.4  # the share of the title's words, that show where a title is


class Span(NamedTuple):
    """A part of a text."""

    start: int
    end: int


def folded(text: str) -> str:
    """Return text with only what counts."""
    text = unicodedata.normalize("NFKC", plain(text)).casefold()
    return _AFTER_QUESTION.sub("", _IGNORED.sub("", unicodedata.normalize("NFC", text)))


_folded_text = lru_cache(maxsize=16)(folded)  # many titles are looked for in one text


def is_spelled_alike(one: str, other: str) -> bool:
    """Return whether two titles differ only in what does not count."""
    return folded(one).rstrip(_ENDINGS) == folded(other).rstrip(_ENDINGS)


def differing(one: str, other: str) -> tuple[str, str]:
    """Return the words in which two titles differ, from the first to the last such word.

    The final stop is in neither.
    """
    left, right = one.rstrip(_ENDINGS).split(), other.rstrip(_ENDINGS).split()
    codes = [
        code
        for code in Levenshtein.opcodes([*map(folded, left)], [*map(folded, right)])
        if code.tag != "equal"
    ]
    if not codes:
        return one, other
    first, last = codes[0], codes[-1]
    return (
        " ".join(left[first.src_start : last.src_end]),
        " ".join(right[first.dest_start : last.dest_end]),
    )


def place(title: str, text: str) -> Span | None:
    """Return where a text prints a title, as far as words in common show; None if nowhere."""
    return _exact_place(title, text) or _near_place(title, text)


def is_printed(title: str, text: str) -> bool:
    """Return whether a text has all letters of a title, as words of their own."""
    return _exact_place(title, text) is not None


def _exact_place(title: str, text: str) -> Span | None:
    """Return where a text has just the letters of a title, from one edge of a word to another."""
    bare = title.rstrip(_ENDINGS)
    start = text.find(bare) if bare else -1
    if start >= 0 and not (_is_inside(text, start) or _is_inside(text, start + len(bare))):
        return Span(start, start + len(bare))  # much faster than to fold all letters
    wanted = folded(title).rstrip(_ENDINGS)
    if not wanted or wanted not in _folded_text(text):
        return None
    letters, positions = _with_positions(text)
    start = letters.find(wanted)
    while start >= 0:
        end = start + len(wanted)
        first, last = positions[start], positions[end - 1] + 1
        if not (_is_inside(text, first) or _is_inside(text, last)):
            return Span(first, last)
        start = letters.find(wanted, start + 1)
    return None


def _is_inside(text: str, position: int) -> bool:
    around = text[max(position - 1, 0) : position + 1]
    return 0 < position < len(text) and len(around) == 2 and around.isalnum()


def _with_positions(text: str) -> tuple[str, list[int]]:
    """Return a folded text, and the position in the text of each of its characters."""
    letters: list[str] = []
    positions: list[int] = []
    for match in re.finditer(r".[\u0300-\u036f]*", text, re.DOTALL):
        fit = folded(match[0])
        letters.append(fit)
        positions += [match.start()] * len(fit)
    whole = "".join(letters)
    for match in reversed([*_AFTER_QUESTION.finditer(whole)]):
        del positions[match.start() : match.end()]
    return _AFTER_QUESTION.sub("", whole), positions


def _near_place(title: str, text: str) -> Span | None:
    """Return the part of a text whose words can be turned into the title's with least change."""
    wanted = [folded(word[0]) for word in _WORD.finditer(title)][: _MOST_WORDS // 2]
    matches = [*_WORD.finditer(text)][:_MOST_WORDS]
    words = [folded(match[0]) for match in matches]
    if not wanted or not words:
        return None
    start, end, cost = _aligned(wanted, words)
    if start == end or len(wanted) - cost < max(min(_FEWEST, len(wanted)), 0) - 0.5:
        return None
    if len(wanted) - cost < _LEAST * len(wanted) and len(wanted) - cost < _FEWEST:
        return None
    return Span(matches[start].start(), matches[end - 1].end())


def _aligned(wanted: Sequence[str], words: Sequence[str]) -> tuple[int, int, float]:
    """Return the run of words that is nearest to those wanted: start, end and cost."""
    row: list[tuple[float, int]] = [(0.0, start) for start in range(len(words) + 1)]
    for count, one in enumerate(wanted, 1):
        before, row = row, [(float(count), 0)]
        for index, word in enumerate(words):
            cost = before[index][0] + _difference(one, word)
            best = (cost, before[index][1])
            if before[index + 1][0] + 1 < best[0]:
                best = (before[index + 1][0] + 1, before[index + 1][1])
            if row[-1][0] + 1 < best[0]:
                best = (row[-1][0] + 1, row[-1][1])
            row.append(best)
    end = min(range(len(row)), key=lambda index: (row[index][0], index))
    return row[end][1], end, row[end][0]


def _difference(one: str, other: str) -> float:
    if one == other or one.rstrip(_ENDINGS) == other.rstrip(_ENDINGS):
        return 0.0
    likeness = Indel.normalized_similarity(one, other)
    return 1.0 - likeness if likeness > 0.5 else 1.0
