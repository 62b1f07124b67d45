"""Split a printed line of keywords: ``education, medical, Work Force`` is two, not three.

The sites choose keywords from lists, and some contain commas. In HTML each keyword is a link, so
the split is exact. A line of plain text is split only if every piece is a known keyword
(``keywords.txt``: those on pages of 2012 to 2025, in lower case); otherwise it is kept whole.
"""

from __future__ import annotations

import re
from functools import cache

_LONGEST = 3  # the most parts between commas in one keyword


def split(line: str) -> list[str] | None:
    """Return the keywords of a printed line, as printed, or None if any is unknown."""
    separated = _pieces(line)
    if separated is None:  # until 2019, "and" joined the last two
        head, joint, last = line.rpartition(" and ")
        separated = _pieces(f"{head}, {last}") if joint else None
    return separated


def _pieces(line: str) -> list[str] | None:
    parts = re.split(r",\s+", line)
    known = _known()
    keywords: list[str] = []
    start = 0
    while start < len(parts):
        for length in range(min(_LONGEST, len(parts) - start), 0, -1):
            keyword = ", ".join(parts[start : start + length])
            if keyword.casefold() in known:
                keywords.append(keyword)
                start += length
                break
        else:
            return None
    return keywords


@cache
def _known() -> frozenset[str]:
    from importlib.resources import files  # noqa: PLC0415 - few pages need it

    text = files("abstool.parser").joinpath("keywords.txt").read_text("utf-8")
    return frozenset(text.splitlines())
