"""Split a printed name into given names, family name and suffix.

The page's own citation (``Simeon-Aznar CP``) and its disclosures (``C. Simeon-Aznar``) are
evidence of where a family name begins. A name that matches such evidence is split with certainty.
Otherwise these rules split it, and mark results that are guesses:

1. A suffix (Jr, Sr, II, III, IV, 2nd, 3rd) at the end is part of neither name.
2. A particle (``von``, ``van der``, also capitalised: ``Del Gaizo``) starts the family name unless
   it is the first word.
3. After initials, a particle or a hyphened name starts the family name; on a line where all given
   names are initials, all the rest is the family name.
4. ``two_surnames`` recognises two family names; the result is always a guess.
5. Otherwise the last word is the family name. This is certain for two words, and for more if all
   but the first and last are initials (``Rayford R. June``); else it is a guess.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cached_property

from msgspec import Struct

from abstool.names import CAPITALISED_PARTICLES, PARTICLES, SUFFIXES, is_like_degree
from abstool.parser.people import two_surnames
from abstool.text import fold

_SUFFIXES = frozenset(suffix.lower() for suffix in SUFFIXES)
_LAST_LETTERS = frozenset("." + "".join(s[-1] + s[-1].upper() for s in _SUFFIXES))
_SUFFIX = re.compile(rf"(?<![,\s])[,\s]+({'|'.join(_SUFFIXES)})\.?$", re.IGNORECASE)
_INITIAL = re.compile(r"^[^\W\d_](?:\.|$)|^(?:[^\W\d_]\.-?)+$|^[A-Z]{2}$")
_LONGEST_FAMILY = 10  # words
_MOST_INITIALS = 3  # letters that may all be initials
_NICKNAME = re.compile(r"^[(“\"‘'].*[)”\"’']$")
_FAMILY_FIRST = re.compile(
    r"^(?P<family>[^\W\d_].*?)\s+(?P<initials>[^\W\d_a-z]{1,6})"
    rf"(?:\s+(?P<suffix>{'|'.join(SUFFIXES)})\.?)?$"
)
_INITIALS_FIRST = re.compile(
    r"(?P<initials>(?:[^\W\d_]\.[\s-]*)+(?:[^\W\d_]\s+)*|(?:[^\W\d_]\s+)+)"
    r"(?P<family>[^\d:;,\n]{1,60}?)\s*$"
)


class Name(Struct, frozen=True):
    """A name in its parts; ``sure`` is false if the split is a guess."""

    given: str
    family: str
    suffix: str = ""
    sure: bool = True


class Evidence(Struct, frozen=True, dict=True):
    """A family name and the initials of the given names, from a citation or a disclosure."""

    family: str
    initials: str
    suffix: str = ""

    @cached_property
    def spellings(self) -> frozenset[str]:
        """The comparable spellings of the family name."""
        return _spellings(self.family)

    @cached_property
    def initial(self) -> str:
        """The first initial in comparable form."""
        return key(self.initials[:1])[:1]


def from_citation(printed: str) -> Evidence | None:
    """Return the evidence in a citation's name: ``Simeon-Aznar CP``, ``Beattie SD Jr``.

    Some sites cite names like ``B. Balint``. Returns None for a name of any other form.
    """
    match = _FAMILY_FIRST.match(printed)
    if not match or printed[1:2] == ".":
        return from_disclosure(printed)
    return Evidence(match["family"], match["initials"], (match["suffix"] or "").rstrip("."))


def from_disclosure(printed: str) -> Evidence | None:
    """Return the evidence in ``N. Tamura`` or ``M. T. Hannani, Jr.``, None for any other form."""
    words, suffix = _words_and_suffix(printed)
    match = _INITIALS_FIRST.match(" ".join(words))
    if not match:
        return None
    return Evidence(match["family"].strip(), _PUNCTUATION.sub("", match["initials"]), suffix)


_BETWEEN = re.compile(r"[\s.\-‐‑]+")  # given names


def initials(given: str) -> str:
    """Return the initials of given names as in a citation: ``Jean-Pierre R.`` -> ``JPR``."""
    words = [word for word in _BETWEEN.split(given) if word and not _NICKNAME.match(word)]
    return "".join(
        word if word.isupper() and len(word) <= 3 and len(words) == 1 else word[0].upper()
        for word in words
    )


def key(text: str) -> str:
    """Return the comparable form of a name: no case, accents, hyphens, spaces or full stops."""
    folded = fold(text)
    return folded if folded.isalnum() else _PUNCTUATION.sub("", folded)


_PUNCTUATION = re.compile(r"[\W_]+")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})


def same(one: str, other: str) -> bool:
    """Return whether two spellings are the same name, even if one spells out umlauts."""
    return one == other or not _spellings(one).isdisjoint(_spellings(other))


def _spellings(text: str) -> frozenset[str]:
    return frozenset((key(text), key(_written_out(text))))


def _written_out(text: str) -> str:
    """Return text with umlauts as two letters, as some sites print them: ``Mueller``."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", text).casefold().translate(_UMLAUTS)


def split_exact(name: str, evidence: Evidence) -> Name | None:
    """Return the parts of a name that ends with the evidence's family name, letter for letter.

    This fast path covers most names. None decides nothing: ``PrintedName`` also matches other
    spellings and suffixes.
    """
    family = evidence.family
    if not name.endswith(f" {family}") or "," in name or family.count(" ") >= _LONGEST_FAMILY:
        return None
    given = name[: -len(family) - 1]
    begins = name[0].isalpha() and family[:1].isalpha()
    if not begins or not any(map(str.isalnum, given[-2:])):
        return None
    if key(name[0])[:1] != evidence.initial or _has_suffix(family):
        return None
    return Name(given, family, evidence.suffix)


class PrintedName:
    """A printed name with all family names it could have."""

    def __init__(self, name: str) -> None:
        """Split the name into words and list its possible family names."""
        self.words, self.suffix = _words_and_suffix(name)
        # Index of the first word and spellings, shortest first: "A. Åker" also matches "Aaker".
        self.families: list[tuple[int, frozenset[str]]] = []
        plain = written_out = ""
        first = len(self.words)
        for word in reversed(self.words[-_LONGEST_FAMILY:]):
            first -= 1
            plain = key(word) + plain
            written_out = key(_written_out(word)) + written_out
            self.families.append((first, frozenset((plain, written_out))))

    def family_start(self, evidence: Evidence) -> int | None:
        """Return the index of the first word of the evidence's family name, or None."""
        for start, spellings in self.families:
            if not spellings.isdisjoint(evidence.spellings) and self._agrees(start, evidence):
                return start
        return None

    def _agrees(self, start: int, evidence: Evidence) -> bool:
        """Return whether the given names fit the evidence's first initial.

        Only the first counts: disclosures print no other, and citations may omit some.
        """
        own, expected = key(initials(" ".join(self.words[:start])))[:1], evidence.initial
        return not own or not expected or own == expected

    def split(self, evidence: Evidence) -> Name | None:
        """Return the name's parts, or None if the evidence contradicts the name."""
        start = self.family_start(evidence)
        if start is None:
            return None
        given, family = " ".join(self.words[:start]), " ".join(self.words[start:])
        return Name(given, family, self.suffix or evidence.suffix)


def _has_suffix(name: str) -> bool:
    """Return whether the last word of a name is a suffix, even if it is the only word."""
    if name[-1:] not in _LAST_LETTERS:
        return False
    last = name.rpartition(" ")[2].rpartition(",")[2]
    return last.rstrip(".").casefold() in _SUFFIXES


def _words_and_suffix(name: str) -> tuple[list[str], str]:
    if "," in name:
        name = _without_degrees(name)
    match = _SUFFIX.search(name) if _has_suffix(name) else None
    if match and len(name[: match.start()].split()) > 1:
        suffix = match[1]
        return _without_degrees(name[: match.start()]).split(), suffix.rstrip(".")
    return name.strip(" ,").split(), ""


def _without_degrees(name: str) -> str:
    """Return ``Ann Poe, PharmD, BCPS`` without what follows its commas, if it has that form."""
    first, *others = name.split(",")
    while others and is_like_degree(others[-1]):
        others.pop()
    return ",".join((first, *others))


def begins_with_initials(name: str) -> bool:
    """Return whether a name begins with initials and not with a spelled given name."""
    words, _ = _words_and_suffix(name)
    return len(words) > 1 and bool(_INITIAL.match(words[0]))


def is_short(name: str) -> bool:
    """Return whether all given names are initials for certain: ``R. Mehta``, ``B.A.P. Laros``."""
    words, _ = _words_and_suffix(name)
    start = _after_initials(words)
    return start > 0 and (start > 1 or len(words) == 2 or len(_LETTER.findall(words[0])) > 1)


_LETTER = re.compile(r"[^\W\d_]")


def _after_initials(words: Sequence[str]) -> int:
    """Return the index of the first word that is not initials; the last word never is."""
    is_initial = [bool(_INITIAL.match(word)) for word in words[:-1]]
    return is_initial.index(False) if False in is_initial else max(len(words) - 1, 0)


def _guess_after_initials(words: Sequence[str], suffix: str, *, all_short: bool) -> Name | None:
    """Return the parts of a name whose family name is all that follows its initials, or None."""
    start = _after_initials(words)
    rest = words[start:]
    is_compound = len(rest) > 1 and (_is_particle(rest[0]) or bool(_HYPHENED.match(rest[0])))
    if not start or not (all_short or is_compound):
        return None
    sure = len(rest) == 1 or any(part in PARTICLES for part in _PART.findall(" ".join(rest)))
    return Name(" ".join(words[:start]), " ".join(rest), suffix, sure)


_PART = re.compile(r"\w+")
_HYPHENED = re.compile(r"\w{2,}[-‐‑]\w{2,}")


def guess(name: str, affiliation: str = "", *, all_short: bool = False) -> Name:
    """Return the parts of a printed name, split by the module's rules.

    ``affiliation`` is the person's, "" if unknown; it shows whether two family names are usual.
    ``all_short`` is whether the line of authors has initials in place of all given names.
    """
    words, suffix = _words_and_suffix(name)
    if len(words) < 2:
        return Name("", " ".join(words), suffix, sure=False)
    if found := _guess_after_initials(words, suffix, all_short=all_short):
        return found
    start = next(
        (index for index in range(1, len(words) - 1) if _is_particle(words[index])),
        len(words) - 1,
    )
    if capitals := _capitals(words):
        if capitals > 1 or len(words[0]) > _MOST_INITIALS:
            given, family = words[capitals:], words[:capitals]
        else:  # JRR Tolkien or ROE Ann
            given, family = words[:start], words[start:]
        return Name(" ".join(given), " ".join(family), suffix, sure=False)
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


def _capitals(words: Sequence[str]) -> int:
    """Return how many words in capitals a name begins with, as in ``VAN ROE Ann``, 0 if all are.

    Some countries print family names so. Initials are not meant.
    """
    first = words[0]
    if len(first) < _MOST_INITIALS or not first.isalpha() or not first.isupper():
        return 0
    found = next((n for n, word in enumerate(words) if not word.isupper()), len(words))
    return found % len(words)


def _is_particle(word: str) -> bool:
    return word in PARTICLES or word.casefold() in CAPITALISED_PARTICLES
