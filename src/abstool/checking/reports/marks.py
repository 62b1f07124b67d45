"""Mark the letters in which the two sides of a finding differ."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Indel, Levenshtein

from abstool.checking.verdict import Finding
from abstool.matching import spelling
from abstool.text import fold, tidy

_TOKEN = re.compile(r"[^\W_]+(?:[\u0300-\u036f][^\W_]*)*|\s+|.", re.DOTALL)
_LETTER = re.compile(r".[\u0300-\u036f]*", re.DOTALL)
_WORD = re.compile(r"[\s\-‐‑]+|[^\s\-‐‑]+")
_MOST_INITIALS = 4
# The two sides of these are not two forms of one text.
_UNLIKE = frozenset({"author-order", "authors-cut-without-et-al", "duplicate-reference"})
_ALIKE = 0.5  # words less alike than this are different words, of which all letters are marked
_LARGEST = 4_000_000  # pairs of tokens or letters that are compared


class MarkedPiece(NamedTuple):
    """A part of a text, and whether it differs from the other side."""

    text: str
    differs: bool


MarkedPieces = list[MarkedPiece]


def sides(finding: Finding) -> tuple[MarkedPieces, MarkedPieces]:
    """Return both sides of a finding, what is printed and what the record has, in pieces.

    In titles, signs that do not count, such as the kind of a hyphen, are not marked.
    """
    printed, record = (
        unicodedata.normalize("NFC", tidy(text)) for text in (finding.printed, finding.record)
    )
    if finding.code in _UNLIKE:
        return _joined([MarkedPiece(printed, differs=False)]), _joined(
            [MarkedPiece(record, differs=False)]
        )
    if finding.code == "author-misspelled":
        left, right = _names(_WORD.findall(printed), _WORD.findall(record))
        return _joined(left), _joined(right)
    key = spelling.folded if finding.code == "title-differs" else str
    left, right = _compared(_TOKEN.findall(printed), _TOKEN.findall(record), key, _letters)
    return _joined(left), _joined(right)


def _unmarked(text: str) -> MarkedPieces:
    return _joined([MarkedPiece(text, differs=False)])


def _names(left: list[str], right: list[str]) -> tuple[MarkedPieces, MarkedPieces]:
    """Return two names word by word: the record has the given names first, and not as initials."""
    marked = [[MarkedPiece(word, _has_letters(word))] for word in left]
    shown = [[MarkedPiece(word, differs=False)] for word in right]
    free = {place: word for place, word in enumerate(right) if _has_letters(word)}
    words = [place for place, word in enumerate(left) if _has_letters(word)]
    initials = [place for place in words if _is_initials(left[place])]
    names = sorted(set(words) - set(initials), key=lambda place: -len(left[place]))
    alike = [place for place in names if _likeness(left[place], free) >= _ALIKE]
    for index in alike:
        _pair(left, index, free, marked, shown)
    for index in initials:
        marked[index] = []
        for letter in left[index]:
            places = (place for place in free if fold(free[place]).startswith(fold(letter)))
            known = next(places, None)
            marked[index].append(MarkedPiece(letter, letter.isalpha() and known is None))
            free.pop(-1 if known is None else known, None)
    for index in names:
        if index not in alike:
            _pair(left, index, free, marked, shown)
    return [one for word in marked for one in word], [one for word in shown for one in word]


def _has_letters(word: str) -> bool:
    return any(map(str.isalnum, word))


def _is_initials(word: str) -> bool:
    letters = [letter for letter in word if letter.isalpha()]
    return 0 < len(letters) <= _MOST_INITIALS and all(map(str.isupper, letters))


def _likeness(word: str, names: dict[int, str]) -> float:
    return max((Indel.normalized_similarity(word, name) for name in names.values()), default=0.0)


def _pair(
    left: list[str],
    index: int,
    free: dict[int, str],
    marked: list[MarkedPieces],
    shown: list[MarkedPieces],
) -> None:
    """Compare a word with the nearest one that is free, letter by letter."""
    if free:
        word = left[index]
        nearest = max(free, key=lambda place: Indel.normalized_similarity(word, free[place]))
        marked[index], shown[nearest] = _letters(word, free.pop(nearest), str)


def _letters(left: str, right: str, key: Callable[[str], str]) -> tuple[MarkedPieces, MarkedPieces]:
    """Return two runs of words letter by letter, if they are alike."""
    if Indel.normalized_similarity(left, right) < _ALIKE:
        return _whole(left, right, key)
    return _compared(_LETTER.findall(left), _LETTER.findall(right), key, _whole)


def _whole(left: str, right: str, key: Callable[[str], str]) -> tuple[MarkedPieces, MarkedPieces]:
    differs = key(left) != key(right)
    return [MarkedPiece(left, differs)], [MarkedPiece(right, differs)]


def _compared(
    left: Sequence[str],
    right: Sequence[str],
    key: Callable[[str], str],
    deeper: Callable[[str, str, Callable[[str], str]], tuple[MarkedPieces, MarkedPieces]],
) -> tuple[MarkedPieces, MarkedPieces]:
    """Return two lists of tokens in pieces; ``deeper`` compares those that replace each other."""
    if len(left) * len(right) > _LARGEST:
        return _whole("".join(left), "".join(right), key)
    one: MarkedPieces = []
    other: MarkedPieces = []
    for code in Levenshtein.opcodes([*map(key, left)], [*map(key, right)]):
        before = "".join(left[code.src_start : code.src_end])
        after = "".join(right[code.dest_start : code.dest_end])
        if code.tag == "equal":
            pieces = [MarkedPiece(before, differs=False)], [MarkedPiece(after, differs=False)]
        else:
            pieces = deeper(before, after, key) if before and after else _whole(before, after, key)
        one += pieces[0]
        other += pieces[1]
    return one, other


def _joined(pieces: MarkedPieces) -> MarkedPieces:
    """Return pieces without empty ones, with neighbours of one kind as one."""
    found: MarkedPieces = []
    for piece in pieces:
        if not piece.text:
            continue
        if found and found[-1].differs == piece.differs:
            found[-1] = MarkedPiece(found[-1].text + piece.text, piece.differs)
        else:
            found.append(piece)
    return found
