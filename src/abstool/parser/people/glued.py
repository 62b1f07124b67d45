"""Mark the numbers that link authors and affiliations in plain text: ``Lee1, Ray2, 1Aff, 2Aff``.

In HTML these numbers are superscripts; here each is enclosed in two private-use characters, so
that ``authors`` reads both the same way. Digits of a name or an affiliation are not marked
(``2nd Department``; ``63 West Clinic`` is number 6 and ``3 West Clinic``).
"""

from __future__ import annotations

import re

from msgspec import Struct

OPEN, CLOSE = "\ue000", "\ue001"
SIGNS = "*†‡§¶"  # footnote signs, which do not refer to affiliations
GROUP_LEAD = re.compile(r"(?:^|\s)((?i:for|on behalf of)\s+(?i:the\s+)?(?=[A-Z0-9]))(.+)$")
# A number after a name is followed by a separator or a joining word: Lee4,1 and Ray5,10, 1Univ
_JOINED = r"\s*(?:[,;]|$)|\s+(?:and|&|(?i:for|on behalf))\b"
_FIRST_AFFILIATION = re.compile(
    rf"(?:^|[,;]\s*|\.\s+)(?=1(?:\s?[^\s\d,;.)]|\d{{1,3}}(?!\d)))(?!1\d*(?:{_JOINED}))"
)


_DIGITS = re.compile(r"\d+")
_AFTER_SEPARATOR = re.compile(r"(?<=[,;.])\s*(\d{1,4})")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b")


def mark_numbers(line: str) -> str:
    """Return a line with its numbers marked, unchanged if it has no plausible ``1Aff``."""
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
        text = match[match.lastindex or 0]
        numbers = [text] if text.isdecimal() else _DIGITS.findall(text)
        used.update(map(int, numbers))
        return f"{OPEN}{','.join(numbers)}{CLOSE}"

    return _NAME_NUMBER.sub(mark, authors), used


def _mark_affiliations(rest: str, used: set[int]) -> str:
    """Mark ``1Aff, City, 2Aff, City``, whose numbers rise and follow a separator.

    If a number can be read in several places, the most likely one is used that leaves room for the
    numbers after it.
    """
    numbers = _best_numbers(rest, highest=max(used, default=1))
    parts = []
    for (number, start), (_, end) in zip(numbers, [*numbers[1:], (0, len(rest))], strict=True):
        name = rest[start + len(str(number)) : end].strip(" ,;")
        parts.append(f"{OPEN}{number}{CLOSE}{name}")
    return ", ".join(parts)


class _Chain(Struct, frozen=True):
    """A sequence of affiliation numbers: its length and score, the last number and its offset."""

    count: int
    score: int
    number: int
    offset: int
    before: _Chain | None = None

    def beats(self, other: _Chain) -> bool:
        return (self.count, self.score) > (other.count, other.score)


def _best_numbers(rest: str, highest: int) -> list[tuple[int, int]]:
    """Return the longest rising sequence of numbers up to ``highest`` as (number, offset).

    The score decides between sequences of the same length. The text begins with number 1.
    ``best[n]`` is the best sequence so far whose last number is n or less.
    """
    best = [_Chain(1, 0, 1, 0)] * (highest + 1)
    for match in _AFTER_SEPARATOR.finditer(rest):
        digits, offset = match[1], match.start(1)
        for length in range(min(3, len(digits)), 0, -1):
            number = int(digits[:length])
            if not 2 <= number <= highest or digits[0] == "0":
                continue
            before = best[number - 1]
            score = _likelihood(digits[length:], rest[match.end(1) : match.end(1) + 3])
            chain = _Chain(before.count + 1, before.score + score, number, offset, before)
            for end in range(number, highest + 1):
                if not chain.beats(best[end]):
                    break  # the sequences after it are at least as good
                best[end] = chain
    numbers = []
    last: _Chain | None = best[highest]
    while last:
        numbers.append((last.number, last.offset))
        last = last.before
    return numbers[::-1]


def _likelihood(more_digits: str, after: str) -> int:
    """Return how likely a number is an affiliation's: ``2Univ`` 3, ``2 Univ`` 2, ``2nd`` 0."""
    if more_digits:
        return 1
    if _ORDINAL.match(after):
        return 0
    if after[:1].isalpha():
        return 3 if after[0].isupper() else 2
    return 2 if after.startswith(" ") else 1
