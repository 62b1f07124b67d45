"""Find the numbers that link authors and affiliations in plain text, where they are glued.

``Name1, Name2,3 and Name1, 1Aff, City, 2Aff`` goes in; the same line comes out with each number
held between two private characters, as a superscript of HTML would be. A digit that belongs to a
name or an affiliation (``2nd Department``, ``63 West Clinic`` = 6 and ``3 West Clinic``) stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

OPEN, CLOSE = "\ue000", "\ue001"
SIGNS = "*†‡§¶"  # footnote signs: they link to no affiliation
GROUP_LEAD = re.compile(r"(?:^|\s)((?:for|on behalf of)\s+(?:the\s+)?(?=[A-Z0-9]))(.+)$")
# Behind a name a number stands before a separator or a joining word: Lee4,1 and Ray5,10, 1Univ
_JOINED = r"\s*(?:[,;]|$)|\s+(?:and|&|for|on behalf)\b"
_FIRST_AFFILIATION = re.compile(
    rf"(?:^|[,;]\s*)(?=1(?:\s?[^\s\d,;.)]|\d{{1,3}}(?!\d)))(?!1\d*(?:{_JOINED}))"
)


def mark_numbers(line: str) -> str:
    """Mark the numbers of a plain line; a line without a believable ``1Aff`` stays unmarked."""
    first = _NAME_NUMBER.search(line)
    for start in _FIRST_AFFILIATION.finditer(line):
        end = start.start()
        if not end or (first and first.end() <= end and _ends_with_number(line, end)):
            marked_authors, used = _mark_names(line[:end])
            return f"{marked_authors}, {_mark_affiliations(line[start.end() :], used)}"
    marked_authors, used = _mark_names(line)
    return marked_authors if len(used) > 1 else line


_GLUED = r"\d{1,3}(?:\s?,\s?\d{1,3})*"
_NAME_NUMBER = re.compile(
    rf"(?<=[^\W\d_.)\]’'\"”])[{SIGNS}]?\s?({_GLUED})(?={_JOINED})"
    rf"|(?<=[.)\]’'\"”])\s?({_GLUED})(?={_JOINED})"
    rf"|(?<=[^\W\d_])(\d{{1,3}})(?=[A-Z][a-z])"
)


def _ends_with_number(line: str, end: int) -> bool:
    last = line[max(0, end - 80) : end]
    return bool(re.search(r"\d\s*$", last) or GROUP_LEAD.search(last))


def _mark_names(authors: str) -> tuple[str, set[int]]:
    used: set[int] = set()

    def mark(match: re.Match[str]) -> str:
        numbers = re.findall(r"\d+", match[0])
        used.update(map(int, numbers))
        return f"{OPEN}{','.join(numbers)}{CLOSE}"

    return _NAME_NUMBER.sub(mark, authors), used


def _mark_affiliations(rest: str, used: set[int]) -> str:
    """Mark ``1Aff, City, 2Aff, City``: the numbers rise, each behind a comma.

    Of several places where a number could stand (``2nd Department``, ``63 West Clinic`` = 6 and
    ``3 West Clinic``) the best looking is taken that leaves a place for all that follow.
    """
    places = _best_places(rest, highest=max(used, default=1))
    parts = []
    for (number, start), (_, end) in zip(places, [*places[1:], (0, len(rest))], strict=True):
        name = rest[start + len(str(number)) : end].strip(" ,;")
        parts.append(f"{OPEN}{number}{CLOSE}{name}")
    return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class _Chain:
    """Affiliation numbers found so far: how many, how good looking, the last one and its place."""

    count: int
    score: int
    number: int
    place: int
    before: _Chain | None = None

    def beats(self, other: _Chain) -> bool:
        return (self.count, self.score) > (other.count, other.score)


def _best_places(rest: str, highest: int) -> list[tuple[int, int]]:
    """Return (number, place) of the most and best numbers from 1 to ``highest`` that rise.

    The text begins with number 1. ``best[n]`` is the best chain so far that ends with n or less.
    """
    best = [_Chain(1, 0, 1, 0)] * (highest + 1)
    for match in re.finditer(r"(?<=[,;.])\s*(\d{1,4})", rest):
        digits, place = match[1], match.start(1)
        for length in range(min(3, len(digits)), 0, -1):
            number = int(digits[:length])
            if not 2 <= number <= highest or digits[0] == "0":
                continue
            before = best[number - 1]
            score = _likelihood(digits[length:], rest[match.end(1) : match.end(1) + 3])
            chain = _Chain(before.count + 1, before.score + score, number, place, before)
            for end in range(number, highest + 1):
                if not chain.beats(best[end]):
                    break  # nor any that follows, since none of them is worse
                best[end] = chain
    places = []
    last: _Chain | None = best[highest]
    while last:
        places.append((last.number, last.place))
        last = last.before
    return places[::-1]


def _likelihood(more_digits: str, after: str) -> int:
    """Score how much a number looks like an affiliation's: ``2Univ`` 3, ``2 Univ`` 2, ``2nd`` 0."""
    if more_digits:
        return 1
    if re.match(r"(?:st|nd|rd|th)\b", after):
        return 0
    if re.match(r"[^\W\d_]", after):
        return 3 if after[0].isupper() else 2
    return 2 if after.startswith(" ") else 1
