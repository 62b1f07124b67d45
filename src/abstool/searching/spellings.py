"""The ways in which a phrase can be written, as words that follow each other.

``TNF-α`` is also written ``TNFα``, ``TNF alpha`` and ``TNFalpha``: a Greek letter is a word of its
own or not, and a letter or its name. A name has a possessive or not: ``Sjögren's syndrome``.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import product
from math import prod
from typing import NamedTuple

from abstool.searching.query import Near, Phrase
from abstool.text import WORD, fold, greek_names

MOST = 64  # spellings of a phrase
_RUNS = re.compile(r"[\u0370-\u03ff]+|[^\u0370-\u03ff]+")
_LONGEST_RUN = 2  # Greek letters that are symbols (``αβ T cells``); more are a word of Greek
# Names that end no English word.
_JOINED = re.compile(r"(.{2,}?)(alpha|beta|gamma|delta|kappa|lambda|omega|epsilon)")
_POSSESSIVE = " s "  # as FTS5 reads it


class _Atom(NamedTuple):
    """A word or a Greek letter, with its spellings."""

    spellings: tuple[str, ...]

    @property
    def is_greek(self) -> bool:
        return len(self.spellings) > 1


def spellings(phrase: Phrase, *, is_exact: bool) -> list[str]:
    """Return the spellings of a phrase, each as folded words between single spaces.

    The first one is as it was typed. There are at most ``MOST``.
    """
    atoms: list[_Atom] = []
    joints: list[tuple[str, ...]] = []  # what can stand before each atom but the first
    for part in phrase.parts:
        is_start = True  # of a part
        for word in WORD.findall(part):
            is_joined = False
            for atom in _atoms(word):
                if atoms:
                    joints.append(_joint(atoms[-1], atom, is_start=is_start, is_joined=is_joined))
                atoms.append(atom)
                is_start, is_joined = False, True
    if is_exact:
        joints = [tuple(one for one in joint if one != _POSSESSIVE) for joint in joints]
    return _combined(atoms, joints)


def near_spellings(near: Near, *, is_exact: bool) -> list[tuple[tuple[str, bool], ...]]:
    """Return the spellings of phrases that are near each other; a word may be only a beginning."""
    each = [spellings(one, is_exact=is_exact) for one in near.phrases]
    while prod(map(len, each)) > MOST:
        longest = max(each, key=len)
        del longest[len(longest) // 2 :]
    stars = [one.is_prefix for one in near.phrases]
    return [tuple(zip(chosen, stars, strict=True)) for chosen in product(*each)]


def _combined(atoms: list[_Atom], joints: list[tuple[str, ...]]) -> list[str]:
    choices: list[tuple[str, ...]] = [atoms[0].spellings] if atoms else []
    for joint, atom in zip(joints, atoms[1:], strict=True):
        choices += [joint, atom.spellings]
    if prod(map(len, choices)) > MOST:  # without possessives
        choices = [tuple(one for one in choice if one != _POSSESSIVE) for choice in choices]
    if prod(map(len, choices)) > MOST:  # all letters alike, and all spaces
        styles = product((0, -1), (0, -1))
        found = [_alike(choices, letter, joint) for letter, joint in styles]
    else:
        found = ["".join(chosen) for chosen in product(*choices)]
    return list(dict.fromkeys(found))


def _alike(choices: list[tuple[str, ...]], letter: int, joint: int) -> str:
    return "".join(
        choice[joint if position % 2 else letter] for position, choice in enumerate(choices)
    )


def _joint(left: _Atom, right: _Atom, *, is_start: bool, is_joined: bool) -> tuple[str, ...]:
    """Return what can stand between two atoms, first what does."""
    if is_joined:  # letters of one word
        return ("", " ")
    if right.is_greek or (left.is_greek and not is_start):
        return (" ", "")
    if is_start and left.spellings[0].isalpha() and len(left.spellings[0]) > 2:
        return (" ", _POSSESSIVE)
    return (" ",)


def _atoms(word: str) -> list[_Atom]:
    """Return a folded word as Greek letters and the letters between them."""
    found: list[_Atom] = []
    letters, names = _letters(), greek_names()
    for run in _RUNS.findall(word):
        if run[0] in names:
            symbols = run if len(run) <= _LONGEST_RUN else [run]
            found += (_Atom((one, names[one]) if one in names else (one,)) for one in symbols)
        elif run in letters:
            found.append(_Atom((run, letters[run])))
        elif joined := _JOINED.fullmatch(run):
            found += [_Atom((joined[1],)), _Atom((joined[2], letters[joined[2]]))]
        else:
            found.append(_Atom((run,)))
    return found


@cache
def _letters() -> dict[str, str]:
    """Return the folded letters by their names."""
    return {name: fold(letter) for letter, name in reversed(greek_names().items())}
