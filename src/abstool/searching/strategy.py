"""Read a search strategy: queries on numbered lines, which may name earlier lines.

1 lupus
2 "kidney biopsy" OR nephritis
3 #1 AND #2
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from abstool.errors import UnreadableInput
from abstool.searching.query import LineNumber, SearchQuery

MOST = 1000  # lines
# A line that begins with #1 AND or 1 OR has no number of its own.
_LINE = re.compile(
    r"\s*(?!\s*(?:#\d+\s+NOT|#?\d+\s+(?:AND|OR))\b)#?(\d{1,6})(?:[.):]+(?:\s+|$)|\s+|$)(.*)"
)
_ONLY_NUMBERS = re.compile(r"[\d\s()]+(?:(?:AND|OR|NOT)[\d\s()]+)+", re.IGNORECASE)
_COMMENT = re.compile(r"\s*(?:#(?!\d)|//|$)")


class StrategyLine(NamedTuple):
    """A line of a strategy."""

    number: int
    text: str
    query: SearchQuery


def read_strategy(text: str, subject: str, *, is_exact: bool) -> list[StrategyLine]:
    """Return the lines of a strategy; lines without numbers are counted.

    Raises UnreadableInput for a line without a number among others with one, for a number that
    occurs twice, and for a line that names one that does not come before it.
    """
    found = list(_numbered(text))
    if not found:
        raise UnreadableInput(subject, "no queries found", "write one on each line: 1 lupus")
    if len(found) > MOST:
        raise UnreadableInput(subject, f"more than {MOST:,} lines", "split the strategy")
    if all(number is None for _, number, _ in found):
        found = [(place, count, line) for count, (place, _, line) in enumerate(found, 1)]
    lines: dict[int, StrategyLine] = {}
    for place, number, query_text in found:
        where = f"{subject}, line {place}"
        if number is None:
            next_step = f"write one in front, such as {max(lines, default=0) + 1}"
            raise UnreadableInput(where, "has no number", next_step)
        if number in lines:
            raise UnreadableInput(where, f"number {number} is taken", "number each line once")
        _check_numbers(where, query_text, lines)
        query = SearchQuery.read(query_text, is_exact=is_exact, has_lines=True)
        for leaf in query.leaves:
            if isinstance(leaf, LineNumber) and leaf.number not in lines:
                problem = f"{leaf} is not a line before this one"
                raise UnreadableInput(where, problem, "check the number")
        lines[number] = StrategyLine(number, " ".join(query_text.split()), query)
    return list(lines.values())


def _check_numbers(where: str, query: str, lines: dict[int, StrategyLine]) -> None:
    """Raise UnreadableInput for ``1 AND 2``, by which other databases mean lines."""
    if _ONLY_NUMBERS.fullmatch(query) and lines.keys() >= set(map(int, re.findall(r"\d+", query))):
        meant = re.sub(r"\d+", r"#\g<0>", " ".join(query.split())).upper()
        problem = "its numbers would be searched as words"
        raise UnreadableInput(where, problem, f"write the numbers of lines as {meant}")


def _numbered(text: str) -> Iterator[tuple[int, int | None, str]]:
    """Yield where each line is, its own number, and its query."""
    for place, line in enumerate(text.splitlines(), 1):
        if _COMMENT.match(line):
            continue
        if numbered := _LINE.fullmatch(line):
            yield place, int(numbered[1]), numbered[2]
        else:
            yield place, None, line
