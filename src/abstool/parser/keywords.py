"""Split a printed line of keywords: ``education, medical, Work Force`` is two, not three.

The sites' keywords come from lists, and some hold commas. In HTML each is a link, and the links are
exact. A line of text is split only where every piece is one of the known keywords
(``keywords.txt``: those seen on pages of 2012 to 2025, lower-case); elsewhere it is kept whole.
"""

from __future__ import annotations

import re
from functools import cache

_LONGEST = 3  # comma parts of one keyword


def split(line: str) -> list[str] | None:
    """Return the keywords of a printed line, as printed, or None where they are not all known."""
    separated = _pieces(line)
    if separated is None:  # until 2019 the last two are joined by "and"
        head, joint, last = line.rpartition(" and ")
        separated = _pieces(f"{head}, {last}") if joint else None
    return separated


def _pieces(line: str) -> list[str] | None:
    parts = re.split(r",\s+", line)
    known = _known()
    keywords: list[str] = []
    place = 0
    while place < len(parts):
        for length in range(min(_LONGEST, len(parts) - place), 0, -1):
            keyword = ", ".join(parts[place : place + length])
            if keyword.casefold() in known:
                keywords.append(keyword)
                place += length
                break
        else:
            return None
    return keywords


@cache
def _known() -> frozenset[str]:
    from importlib.resources import files  # noqa: PLC0415 - few pages ask for it

    text = files("abstool.parser").joinpath("keywords.txt").read_text("utf-8")
    return frozenset(text.splitlines())
