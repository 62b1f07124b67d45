"""Split a printed line of keywords: ``education, medical, Work Force`` is two, not three.

The sites choose keywords from lists, and some contain commas. In HTML each keyword is a link, so
the split is exact. A line of plain text is split at each comma that is not in a known keyword
(``keywords.txt``: those on pages of 2012 to 2025, in lower case).
"""

from __future__ import annotations

import re
from functools import cache

_MOST_JOINTS = 5  # of the last keywords
_LONGEST = 3  # the most parts between commas in one keyword


def split(line: str) -> tuple[list[str], bool]:
    """Return the keywords of a printed line, as printed, and whether all of them are known.

    Until 2019, "and" joined the last two.
    """
    *others, last = _pieces(line)
    joints = list(re.finditer(r"\s+and\s+", last)) if last.casefold() not in _known() else []
    if joints:
        pairs = [(last[: joint.start()], last[joint.end() :]) for joint in joints[-_MOST_JOINTS:]]
        known = (pair for pair in pairs if all(_is_known(word) for word in pair))
        head, tail = next(known, pairs[-1])
        found = [*_pieces(", ".join((*others, head))), tail]
    else:
        found = [*others, last]
    return found, all(map(_is_known, found))


def _is_known(keyword: str) -> bool:
    return keyword.casefold() in _known()


def _pieces(line: str) -> list[str]:
    """Split a line at its commas, except for those in known keywords."""
    parts = [part for part in map(str.strip, re.split(r",\s+|,$", line.strip())) if part]
    keywords: list[str] = []
    start = 0
    while start < len(parts):
        lengths = range(min(_LONGEST, len(parts) - start), 1, -1)
        whole = (", ".join(parts[start : start + length]) for length in lengths)
        keyword = next(filter(_is_known, whole), parts[start])
        start += keyword.count(", ") + 1
        keywords.append(keyword)
    return keywords or [line]


@cache
def _known() -> frozenset[str]:
    from importlib.resources import files  # noqa: PLC0415 - few pages need it

    text = files("abstool.parser").joinpath("keywords.txt").read_text("utf-8")
    return frozenset(text.splitlines())
