"""Find the numbers that link authors and affiliations in plain text, where they are glued.

``Name1, Name2,3 and Name1, 1Aff, City, 2Aff`` goes in; the same line comes out with each number
held between two private characters, as a superscript of HTML would be. A digit that belongs to a
name or an affiliation (``2nd Department``, ``63 West Clinic`` = 6 and ``3 West Clinic``) stays.
"""

from __future__ import annotations

import re

OPEN, CLOSE = "\ue000", "\ue001"
SIGNS = "*†‡§¶"  # footnote signs: they link to no affiliation
GROUP_LEAD = re.compile(r"(?:^|\s)((?:for|on behalf of)\s+(?:the\s+)?(?=[A-Z0-9]))(.+)$")


def mark_numbers(line: str) -> str:
    """Mark the numbers of a plain line; a line without a believable ``1Aff`` stays unmarked."""
    for start in re.finditer(r"(?:^|[,;]\s*)(?=1\s?[^\s\d,;.)]|1\d)", line):
        authors, rest = line[: start.start()], line[start.end() :]
        if start.start() and not _ends_with_number(authors):
            continue
        marked_authors, used = _mark_names(authors)
        affiliations = _mark_affiliations(rest, used)
        if affiliations and (used or not authors):
            return f"{marked_authors}, {affiliations}"
    marked_authors, used = _mark_names(line)
    return marked_authors if len(used) > 1 else line


_GLUED = r"\d{1,3}(?:\s?,\s?\d{1,3})*"
_NAME_NUMBER = re.compile(
    rf"(?<=[^\W\d_.)\]’'\"”])[{SIGNS}]?\s?({_GLUED})(?=\s*(?:[,;]|$)|\s+(?:and|&|for|on behalf)\b)"
    rf"|(?<=[.)\]’'\"”])\s?({_GLUED})(?=\s*(?:[,;]|$)|\s+(?:and|&|for|on behalf)\b)"
    rf"|(?<=[^\W\d_])(\d{{1,3}})(?=[A-Z][a-z])"
)


def _ends_with_number(authors: str) -> bool:
    last = authors[-80:]
    return bool(re.search(r"\d\s*$", last) or GROUP_LEAD.search(last))


def _mark_names(authors: str) -> tuple[str, set[int]]:
    used: set[int] = set()

    def mark(match: re.Match[str]) -> str:
        numbers = re.findall(r"\d+", match[0])
        used.update(map(int, numbers))
        return f"{OPEN}{','.join(numbers)}{CLOSE}"

    return _NAME_NUMBER.sub(mark, authors), used


def _mark_affiliations(rest: str, used: set[int]) -> str:
    """Mark ``1Aff, City, 2Aff, City``: the numbers rise by one, each behind a comma.

    Of several places where a number could stand (``2nd Department``, ``63 West Clinic`` = 6 and
    ``3 West Clinic``) the best looking is taken that leaves a place for all that follow.
    """
    highest = max(used, default=1)
    places = _best_places(rest, highest)
    if not places:
        return ""
    parts = []
    for (number, start), (_, end) in zip(places, [*places[1:], (0, len(rest))], strict=True):
        name = rest[start + len(str(number)) : end].strip(" ,;")
        parts.append(f"{OPEN}{number}{CLOSE}{name}")
    return ", ".join(parts)


def _best_places(rest: str, highest: int) -> list[tuple[int, int]]:
    """Return (number, place) for 1 ... highest, a missing number left out."""
    candidates: dict[int, list[tuple[int, int]]] = {}
    for match in re.finditer(r"(?:^|(?<=[,;.])\s*)(\d{1,4})(?=(\D?\D?))", rest):
        digits, place = match[1], match.start(1)
        for length in range(1, min(3, len(digits)) + 1):
            number = int(digits[:length])
            if 1 <= number <= highest and digits[0] != "0":
                score = _likelihood(digits[length:], rest[match.end(1) : match.end(1) + 3])
                candidates.setdefault(number, []).append((place, score))
    if not candidates.get(1) or candidates[1][0][0] != 0:
        return []
    # chains[n]: the best (numbers placed, score, last place, chain) so far, by last place
    chains: list[tuple[int, int, list[tuple[int, int]]]] = [(1, 0, [(1, 0)])]
    for number in range(2, highest + 1):
        longer = []
        for place, score in candidates.get(number, []):
            before = [chain for chain in chains if chain[2][-1][1] < place]
            if before:
                count, total, chain = max(before, key=lambda c: (c[0], c[1]))
                longer.append((count + 1, total + score, [*chain, (number, place)]))
        chains = [*longer, *sorted(chains, key=lambda c: (c[0], c[1]))[-3:]]
    return max(chains, key=lambda chain: (chain[0], chain[1]))[2]


def _likelihood(more_digits: str, after: str) -> int:
    """Score how much a number looks like an affiliation's: ``2Univ`` 3, ``2 Univ`` 2, ``2nd`` 0."""
    if more_digits:
        return 1
    if re.match(r"(?:st|nd|rd|th)\b", after):
        return 0
    if re.match(r"[^\W\d_]", after):
        return 3 if after[0].isupper() else 2
    return 2 if after.startswith(" ") else 1
