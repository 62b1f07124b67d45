"""Split a printed name into given names, family name and suffix.

Two sources of evidence show where a family name begins: the page's own citation (``Simeon-Aznar
CP``) and its disclosures (``C. Simeon-Aznar``). A name that agrees with one of them is split for
sure. Without evidence the rules here decide, and say whether the result is a guess:

1. a suffix (Jr, Sr, II, III, IV, 2nd, 3rd) at the end belongs to neither name;
2. a particle (``von``, ``van der``) begins the family name, capitalised too (``Del Gaizo``), unless
   it is the first word;
3. two family names are found as ``two_surnames`` says;
4. otherwise the last word is the family name: sure for two words, and for more where all but the
   first and last are initials (``Rayford R. June``); else a guess.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from abstool.parser import two_surnames

_SUFFIX = re.compile(r"(?<![,\s])[,\s]+(Jr|Sr|II|III|IV|2nd|3rd|4th)\.?$", re.IGNORECASE)
_PARTICLES = frozenset(
    "af al ap av bin binte da dal dalla das de degli dei del della den der des di do dos du el "
    "ibn la las le lo los op te ten ter van vande vanden vander vom von zu zum zur 't d' d’".split()
)
# Capitalised, the others are as often a given or a family name of their own: Do, Du, Lo, Ten.
_CAPITALISED_PARTICLES = frozenset(
    "al da dal dalla de degli del della den der di dos el la las le los van vanden vander von st. "
    "saint ibn bin".split()
)
_INITIAL = re.compile(r"^[^\W\d_](?:\.|$)|^(?:[^\W\d_]\.-?)+$|^[A-Z]{2}$")
_DEGREES = re.compile(
    r"(?:,\s*(?:M\.?D|Ph\.?D|DO|MPH|MSc?|BSc?|BA|RN|MBBS|MBChB|Pharm\.?D|DVM|DPT|NP|PA-C|FACR|FACP|"
    r"FAAD|FRCP|MBA|MHS|MSCE|MSCR)\.?){1,9}$"
)
_LONGEST_FAMILY = 10  # words: more are no name
_NICKNAME = re.compile(r"^[(“\"‘'].*[)”\"’']$")
_FAMILY_FIRST = re.compile(
    r"^(?P<family>[^\W\d_].*?)\s+(?P<initials>[^\W\d_a-z]{1,6})"
    r"(?:\s+(?P<suffix>Jr|Sr|II|III|IV|2nd|3rd)\.?)?$"
)
_INITIALS_FIRST = re.compile(
    r"(?P<initials>(?:[^\W\d_]\.[\s-]*)+(?:[^\W\d_]\s+)*|(?:[^\W\d_]\s+)+)"
    r"(?P<family>[^\d:;,\n]{1,60}?)\s*$"
)


@dataclass(frozen=True)
class Name:
    """A name in its parts; ``sure`` says that no part is a guess."""

    given: str
    family: str
    suffix: str = ""
    sure: bool = True


@dataclass(frozen=True)
class Evidence:
    """A family name with initials of the given names, as a citation or a disclosure prints it."""

    family: str
    initials: str
    suffix: str = ""


def from_citation(printed: str) -> Evidence | None:
    """Read ``Simeon-Aznar CP`` or ``Beattie SD Jr``; some sites cite as ``B. Balint``."""
    match = _FAMILY_FIRST.match(printed)
    if not match or re.match(r"[^\W\d_]\.", printed):
        return from_disclosure(printed)
    return Evidence(match["family"], match["initials"], (match["suffix"] or "").rstrip("."))


def from_disclosure(printed: str) -> Evidence | None:
    """Read ``N. Tamura`` or ``M. T. Hannani, Jr.``."""
    words, suffix = _words_and_suffix(printed)
    match = _INITIALS_FIRST.match(" ".join(words))
    if not match:
        return None
    return Evidence(match["family"].strip(), re.sub(r"[\W_]", "", match["initials"]), suffix)


def split(name: str, evidence: Evidence) -> Name | None:
    """Return the parts of a printed name; None where the evidence contradicts the name."""
    words, suffix = _words_and_suffix(name)
    start = _family_start(words, evidence)
    if start is None:
        return None
    return Name(" ".join(words[:start]), " ".join(words[start:]), suffix or evidence.suffix)


def initials(given: str) -> str:
    """Return the initials of given names as citations print them: ``Jean-Pierre R.`` -> ``JPR``."""
    words = [word for word in re.split(r"[\s.\-‐‑]+", given) if word and not _NICKNAME.match(word)]
    return "".join(
        word if word.isupper() and len(word) <= 3 and len(words) == 1 else word[0].upper()
        for word in words
    )


def key(text: str) -> str:
    """Return a spelling to compare names by: no case, accents, hyphens, blanks or full stops."""
    text = text.casefold().translate(_FOLDED)
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(character for character in decomposed if character.isalnum())


_FOLDED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})


def same(one: str, other: str) -> bool:
    """Say whether two spellings are one name, whether an umlaut is written out or not."""
    return not _spellings(one).isdisjoint(_spellings(other))


def _spellings(text: str) -> set[str]:
    written_out = unicodedata.normalize("NFC", text).casefold().translate(_UMLAUTS)
    return {key(text), key(written_out)}


class Roster:
    """The page's author names, by every family name that each may hold.

    It tells whose name a citation or a disclosure prints without comparing all with all.
    """

    def __init__(self, authors: Sequence[str]) -> None:
        """Enter the printed names, in order."""
        self._words = [_words_and_suffix(name)[0] for name in authors]
        self._places: dict[str, list[int]] = {}
        self._found: dict[tuple[str, str], list[int]] = {}
        for place, words in enumerate(self._words):
            for start in range(max(0, len(words) - _LONGEST_FAMILY), len(words)):
                for spelling in _spellings("".join(words[start:])):
                    self._places.setdefault(spelling, []).append(place)

    def places(self, evidence: Evidence) -> list[int]:
        """Return the places of the authors whose names the evidence agrees with, rising."""
        sought = _sought(evidence)
        if sought not in self._found:
            spellings = _spellings(evidence.family)
            near = {place for spelling in spellings for place in self._places.get(spelling, ())}
            agrees = (p for p in near if _family_start(self._words[p], evidence) is not None)
            self._found[sought] = sorted(agrees)
        return self._found[sought]

    def told(self, evidence: Iterable[Evidence | None]) -> dict[int, Evidence]:
        """Return, by place, the first of the evidence that each author's name agrees with."""
        distinct: dict[tuple[str, str], Evidence] = {}
        for item in evidence:
            if item is not None:
                distinct.setdefault(_sought(item), item)
        result: dict[int, Evidence] = {}
        for item in distinct.values():
            for place in self.places(item):
                result.setdefault(place, item)
        return result


def _sought(evidence: Evidence) -> tuple[str, str]:
    """Return what of the evidence decides which names it agrees with."""
    return evidence.family.casefold(), key(evidence.initials)[:1]


def _words_and_suffix(name: str) -> tuple[list[str], str]:
    name = _DEGREES.sub("", name)
    match = _SUFFIX.search(name)
    if match and len(name[: match.start()].split()) > 1:
        suffix = match[1]
        return name[: match.start()].split(), suffix.rstrip(".")
    return name.strip(" ,").split(), ""


def guess(name: str, affiliation: str = "") -> Name:
    """Return the parts of a printed name by the rules above; ``sure`` says if it is no guess.

    ``affiliation`` is the person's, "" if not known: it tells where two family names are usual.
    """
    words, suffix = _words_and_suffix(name)
    if len(words) < 2:
        return Name("", " ".join(words), suffix, sure=False)
    start = next(
        (place for place in range(1, len(words) - 1) if _is_particle(words[place])),
        len(words) - 1,
    )
    first_of_two = two_surnames.start(words, affiliation)
    if first_of_two is not None:
        given, family = words[:first_of_two], words[first_of_two:]
        return Name(" ".join(given), " ".join(family), suffix, sure=False)
    middle = [word for word in words[1:start] if not _NICKNAME.match(word)]
    if _INITIAL.match(words[0]) and len(middle) == 1:  # C. Kent Kwoh
        middle = []
    family_first = bool(_INITIAL.match(words[-1])) and not _INITIAL.match(words[0])
    sure = all(_INITIAL.match(word) for word in middle) and not family_first
    return Name(" ".join(words[:start]), " ".join(words[start:]), suffix, sure)


def _is_particle(word: str) -> bool:
    return word in _PARTICLES or word.casefold() in _CAPITALISED_PARTICLES


def _family_start(words: list[str], evidence: Evidence) -> int | None:
    """Return the index of the word the evidence's family name begins with, or None."""
    for start in range(max(0, len(words) - _LONGEST_FAMILY), len(words)):
        if same("".join(words[start:]), evidence.family) and _initials_agree(
            " ".join(words[:start]), evidence.initials
        ):
            return start
    return None


def _initials_agree(given: str, printed: str) -> bool:
    """Compare initials; a disclosure prints only the first, a citation may leave out some."""
    mine, theirs = key(initials(given)), key(printed)
    return not mine or not theirs or mine[0] == theirs[0]
