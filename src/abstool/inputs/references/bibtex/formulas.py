"""Tell the dollar signs of formulas from those of prices."""

from __future__ import annotations

import re

_DOLLAR = re.compile(r"\\.|\$", re.DOTALL)
_MATH = re.compile(r"[\\^_=<>]")


def formulas(latex: str) -> set[int]:
    """Return where formulas begin and end; a dollar sign before a price is text."""
    signs = [found.start() for found in _DOLLAR.finditer(latex) if found[0] == "$"]
    if len(signs) % 2:
        return set()
    found: set[int] = set()
    for start, end in zip(signs[::2], signs[1::2], strict=True):
        inner = latex[start + 1 : end]
        if not _is_price(inner, latex[end + 1 : end + 2]):
            found |= {start, end}
    return found


def _is_price(inner: str, following: str) -> bool:
    """Return whether two dollar signs are those of prices: ``$5 and US$10``, ``$5 and $``."""
    if re.match(r"\d[\d.,]*\s", inner) and inner[-1:].isspace():
        return True
    is_apart = " " in inner or inner.endswith("-")
    return following.isdigit() and inner[:1].isdigit() and is_apart and not _MATH.search(inner)
