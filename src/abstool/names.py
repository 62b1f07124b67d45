"""The parts of people's names that are neither given nor family names."""

from __future__ import annotations

import re

# Words that begin a family name if they are in lower case.
PARTICLES = frozenset(
    "af al ap av bin binte da dal dalla das de degli dei del della den der des di do dos du el "
    "ibn la las le lo los op te ten ter van vande vanden vander vom von zu zum zur 't d' d’".split()
)
# Those that do so capitalised as well; the others are often names themselves: Do, Du, Lo, Ten.
CAPITALISED_PARTICLES = frozenset(
    "al da dal dalla de degli del della den der di dos el la las le los van vanden vander von st. "
    "saint ibn bin".split()
)

GENERATIONS = ("Jr", "Sr", "II", "III", "IV")
# An affiliation may begin with one of these as well: "2nd Department of Surgery".
ORDINALS = ("2nd", "3rd", "4th")
SUFFIXES = (*GENERATIONS, *ORDINALS)

# Academic degrees, for a regular expression.
DEGREES = (
    r"M\.?D|Ph\.?D|DO|MPH|MSc?|BSc?|BA|RN|MBBS|MBChB|Pharm\.?D|DVM|DPT|NP|PA-C|FACR|FACP|FAAD|"
    r"FRCP|MBA|MHS|MSCE|MSCR|DPhil|Dr\.?PH|Ed\.?D|M\.P\.H|M\.B\.B\.S|M\.Sc?|BSN|DNP|MACR|MBBCh"
)
_LONGEST_DEGREE = 10  # letters
_DEGREE = re.compile(rf"(?:{DEGREES})\.?")


def is_degree(words: str) -> bool:
    """Return whether words are academic degrees, also without a comma in between: ``MD PhD``."""
    return bool(words) and all(map(_DEGREE.fullmatch, words.split()))


def is_like_degree(words: str) -> bool:
    """Return whether words have the form of degrees: mostly capitals, such as FHM, BCPS or DrPH.

    So do acronyms of institutions. More than one word must begin with a known degree.
    """
    if words.partition(" ")[0][1:].islower():  # most names
        return False
    first, *others = words.split() or [""]
    return all(map(_has_capitals, (first, *others))) and (not others or is_degree(first))


def _has_capitals(word: str) -> bool:
    letters = word.replace(".", "").replace("-", "")
    capitals = sum(map(str.isupper, letters))
    is_short = 2 <= len(letters) <= _LONGEST_DEGREE and letters.isalpha() and letters.isascii()
    if not is_short or letters in GENERATIONS:
        return False
    return bool(_DEGREE.fullmatch(word)) or (capitals > 1 and 2 * capitals >= len(letters))
