"""CSL's text cases, on plain strings; words inside ``nocase`` marks keep their case.

Citeproc-py keeps such words as objects of a string class of its own, which is lost at the first
concatenation (and then crashes); two noncharacters in the text do the same and survive.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_START, _END = "\ufdd0", "\ufdd1"
_NOCASE = re.compile(r'<span class="nocase">(.*?)</span>', re.DOTALL)
_KEPT = re.compile(f"({_START}[^{_END}]*{_END})")
_SMALL_WORDS = frozenset(
    "a according across afore after against along an and around as at before but by down for from "
    "in into nor of off on onto or out over so than the through till to toward towards up upon via "
    "von with within without yet".split()
)


def marked(text: str) -> str:
    """Return text with its ``nocase`` spans turned into marks."""
    return _NOCASE.sub(rf"{_START}\1{_END}", text) if "nocase" in text else text


def unmarked(text: str) -> str:
    """Return text without marks."""
    return text.replace(_START, "").replace(_END, "")


def recase(text: str, case: str) -> str:
    """Return text in one of CSL's cases: lowercase, capitalize-first, title ..."""
    if case == "lowercase":
        return _outside_marks(text, str.lower)
    if case == "uppercase":
        return _outside_marks(text, str.upper)
    if case == "capitalize-first":
        return _capital(text)
    if case == "capitalize-all":
        return _outside_marks(text, lambda part: re.sub(r"\S+", lambda m: _capital(m[0]), part))
    shouted = text.isupper()
    if case == "sentence":
        return _capital(_outside_marks(text, str.lower) if shouted else text)
    return _title(_outside_marks(text, str.lower) if shouted else text)


def _outside_marks(text: str, change: Callable[[str], str]) -> str:
    parts = _KEPT.split(text)
    return "".join(part if part[:1] == _START else change(part) for part in parts)


def _capital(text: str) -> str:
    """Return text with its first letter raised, unless a mark protects it."""
    return re.sub(r"^[^\w\ufdd0]*\w", lambda match: match[0].upper(), text, count=1)


def _title(text: str) -> str:
    """Raise the words that are wholly lower-case, except small ones inside a clause."""
    parts = re.split(rf"(\s+|{_START}[^{_END}]*{_END})", text)
    words = [index for index, part in enumerate(parts) if index % 2 == 0 and part]
    clause_start = True
    for index in words:
        word = parts[index]
        bare = word.strip("“”‘’\"'()[],;:.?!").lower()
        inside = not clause_start and index != words[-1]
        if inside and bare in _SMALL_WORDS:
            parts[index] = word.lower()
        elif word.islower():
            parts[index] = _capital(word)
        clause_start = word[-1] in ":.?!—"
    return "".join(parts)
