"""CSL's text cases, for marked text.

Text in small capitals, in super- or subscript, or marked as ``nocase``, keeps its case.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from abstool.csl.text import marks

_KEPT_BETWEEN = (marks.NOCASE, marks.SUPERSCRIPT, marks.SUBSCRIPT, marks.SMALL_CAPS)
_KEPT = re.compile(
    "(" + "|".join(f"{m}[^{chr(ord(m) + 1)}]*{chr(ord(m) + 1)}" for m in _KEPT_BETWEEN) + ")"
)
_WORD = re.compile(r"(vis-à-vis|[^\W_](?:[^\W_]|['’.](?=\w))*(?:\.(?=\s))?)", re.IGNORECASE)
_FIRST_LETTER = re.compile(r"^(\W*)(\w)")
_SMALL_WORDS = frozenset(
    "a about above across afore after against al along alongside amid amidst among amongst an and "
    "apropos apud around as aside astride at athwart atop barring before behind below beneath "
    "beside besides between beyond but by c ca circa d de despite down during et except for "
    "from given in inside into lest like modulo near next nor notwithstanding of off on onto or "
    "out over per plus pro qua sans since so than the through throughout till to toward towards "
    "under underneath until unto up upon v v. van versus via vis-à-vis von vs vs. with within "
    "without yet".split()
)


def recase(text: str, case: str) -> str:
    """Return text in a CSL text case, such as lowercase, capitalize-first or title."""
    if case == "lowercase":
        return _outside_marks(text, str.lower)
    if case == "uppercase":
        return _outside_marks(text, str.upper)
    if case == "capitalize-first":
        return _capital(text)
    if case == "capitalize-all":
        return _outside_marks(
            text, lambda part: _WORD.sub(lambda word: _capitalized(word[0]), part)
        )
    if case == "sentence":
        return _capital(_outside_marks(text, str.lower) if text.isupper() else text)
    return _title(text) if case == "title" else text


def _outside_marks(text: str, change: Callable[[str], str]) -> str:
    parts = _KEPT.split(text)
    return "".join(part if number % 2 else change(part) for number, part in enumerate(parts))


def _capital(text: str) -> str:
    """Return text with its first letter in upper case, unless marks protect it."""
    if _KEPT.match(text):
        return text
    return _FIRST_LETTER.sub(lambda match: match[1] + match[2].upper(), text, count=1)


def _capitalized(word: str) -> str:
    return word[0].upper() + word[1:]


def _title(text: str) -> str:
    """Capitalize the lower-case words of a title, except small words inside a clause.

    Both halves of ``double-blind`` are words. Single letters (``3 x 2``) and titles in all capitals
    are not changed.
    """
    pieces = [
        piece
        for number, part in enumerate(_KEPT.split(text))
        for piece in ([part] if number % 2 else _WORD.split(part))
    ]
    words = [number for number, piece in enumerate(pieces) if _WORD.fullmatch(piece)]
    for number in words:
        word, before = pieces[number], "".join(pieces[max(number - 2, 0) : number])
        if not word.islower():
            continue
        first = number == words[0] and not any(map(str.isalnum, "".join(pieces[:number])))
        starts = first or re.search(r"[:?!]\W*$", before)
        after = pieces[number + 1][:1] if number + 1 < len(pieces) else ""
        last = number == words[-1] and len(word) > 1
        small = word in _SMALL_WORDS or len(word) == 1
        if starts or last or after == "-" or not small:
            pieces[number] = _capitalized(word)
    return "".join(pieces)
