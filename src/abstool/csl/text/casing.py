"""CSL's text cases, for marked text.

Text in small capitals, in super- or subscript, or marked as ``nocase``, keeps its case.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from abstool.csl.text import marks

_KEPT_BETWEEN = (marks.NOCASE, marks.SUPERSCRIPT, marks.SUBSCRIPT, marks.SMALL_CAPS, marks.NORMAL)
_FIRST_WORD = re.compile(r"^(\W*)(\w+)")
# The other patterns are compiled on first use, since many styles print no title in another case.
_KEPT = "(" + "|".join(f"{m}[^{chr(ord(m) + 1)}]*{chr(ord(m) + 1)}" for m in _KEPT_BETWEEN) + ")"
_WORD = r"(?i)(vis-à-vis|[^\W_](?:[^\W_]|['’.](?=\w))*(?:\.(?=\s))?)"
# What ends a clause or a sentence; "vs." and single letters ("E. coli") end none.
_ENDS_CLAUSE = r"[:?!]\W*$"
_ENDS_SENTENCE = r"[^\W\d_]{2}\.\W*\s\W*$"
# Turkish and Azerbaijani have a letter ı beside i, each with its own capital.
_TURKIC = ("tr", "az")
_UPPER_TURKIC, _LOWER_TURKIC = str.maketrans("i", "İ"), str.maketrans("Iİ", "ıi")
_SMALL_WORDS = frozenset(
    "a about above across afore after against al along alongside amid amidst among amongst an and "
    "apropos apud around as aside astride at athwart atop barring before behind below beneath "
    "beside besides between beyond but by c ca circa d de despite down during et except for "
    "from given in inside into lest like modulo near next nor notwithstanding of off on onto or "
    "out over per plus pro qua sans since so than the through throughout till to toward towards "
    "under underneath until unto up upon v v. van versus via vis-à-vis von vs vs. with within "
    "without yet".split()
)
_LOOK_BACK = 100  # characters before a word; more would let a long row of marks take long
_ABBREVIATIONS = ("vs.", "al.", "ca.", "cf.", "approx.", "no.", "St.", "Dr.")


def recase(text: str, case: str, language: str = "") -> str:
    """Return text in a CSL text case, such as lowercase, capitalize-first or title."""
    if case in ("lowercase", "uppercase"):
        change = _lowered if case == "lowercase" else _raised
        return _outside_marks(text, lambda part: change(part, language))
    if case == "capitalize-first":
        return _capital(text, language)
    if case == "capitalize-all":
        return _outside_marks(
            text, lambda part: re.sub(_WORD, lambda word: _capitalized(word[0], language), part)
        )
    if case == "sentence":
        if text.isupper():
            text = _outside_marks(text, lambda part: _lowered(part, language))
        return _capital(text, language)
    return _title(text) if case == "title" else text


def _raised(text: str, language: str) -> str:
    return (text.translate(_UPPER_TURKIC) if language[:2] in _TURKIC else text).upper()


def _lowered(text: str, language: str) -> str:
    return (text.translate(_LOWER_TURKIC) if language[:2] in _TURKIC else text).lower()


def _outside_marks(text: str, change: Callable[[str], str]) -> str:
    parts = re.split(_KEPT, text)
    return "".join(part if number % 2 else change(part) for number, part in enumerate(parts))


def _capital(text: str, language: str) -> str:
    """Return text with its first word capitalized, unless the word has capitals or marks."""
    is_kept = text[:1] in _KEPT_BETWEEN and re.match(_KEPT, text)
    if is_kept or not (match := _FIRST_WORD.match(text)) or not match[2].islower():
        return text
    return match[1] + _capitalized(match[2], language) + text[match.end() :]


def _capitalized(word: str, language: str = "") -> str:
    """Return a word with a capital, except a lone letter of Greek and what follows it."""
    is_greek = "\u0370" <= word[0] <= "\u03ff"  # such as the β of β-blocker
    if is_greek and (len(word) == 1 or not word[1].isalnum()):
        return word
    return _raised(word[0], language) + word[1:]


def _title(text: str) -> str:
    """Capitalize the lower-case words of a title, except small words inside a clause.

    Both halves of ``double-blind`` are words. Single letters (``3 x 2``) and titles in all capitals
    are not changed.
    """
    pieces: list[str] = []
    words: list[int] = []
    for number, part in enumerate(re.split(_KEPT, text)):
        split = [part] if number % 2 else re.split(_WORD, part)
        words += range(len(pieces) + 1, len(pieces) + len(split), 2)
        pieces += split
    printed = [number for number, piece in enumerate(pieces) if any(map(str.isalnum, piece))]
    for number in words:
        word = pieces[number]
        if not word.islower():
            continue
        before = "".join(pieces[max(number - 2, 0) : number])[-_LOOK_BACK:]
        starts = number == printed[0] or re.search(_ENDS_CLAUSE, before) or _ends_sentence(before)
        last = number == printed[-1] and len(word) > 1
        # "Pro-Inflammatory" has a prefix, "Point-of-Care" a small word.
        prefix = "".join(pieces[number + 1 : number + 2])[:1] == "-" and not before.endswith("-")
        small = word in _SMALL_WORDS or len(word) == 1
        if starts or last or not small or (prefix and len(word) > 1):
            pieces[number] = _capitalized(word)
    return "".join(pieces)


def _ends_sentence(before: str) -> bool:
    return (
        bool(re.search(_ENDS_SENTENCE, before))
        and before.rsplit(maxsplit=1)[-1] not in _ABBREVIATIONS
    )
