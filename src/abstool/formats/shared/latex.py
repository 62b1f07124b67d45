"""Convert text to LaTeX: escape special characters, write accents, Greek and symbols as macros.

Braces are balanced, and BibTeX can sort, abbreviate and label the result. Characters without a
macro stay UTF-8, and for biber also those that pdfLaTeX reads as UTF-8. The table of pylatexenc
would change names: it writes ``ú`` for ``ű``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

from abstool.text import SUBSCRIPTS, SUPERSCRIPTS

_ACCENTS = dict(
    zip(
        "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u030c\u0323\u0327\u0328\u0331",
        "`'^~=u.\"rHvdckb",
        strict=True,
    )
)
_LETTERS = dict(
    zip(
        "ßæÆœŒøØłŁıðÐþÞđĐ",
        "ss ae AE oe OE o O l L i dh DH th TH dj DJ".split(),
        strict=True,
    )
)
_TEXT = dict(
    zip(
        "\\~^`°µ®™©§…–—‘’“”",
        "textbackslash textasciitilde textasciicircum textasciigrave textdegree textmu "
        "textregistered texttrademark textcopyright textsection textellipsis textendash "
        "textemdash textquoteleft textquoteright textquotedblleft textquotedblright".split(),
        strict=True,
    )
)
# Greek capitals with the shape of a Latin letter have no macro and stay UTF-8.
_MATHS = dict(
    zip(
        "αβγδεζηθικλμνξπρςστυφχψωΓΔΘΛΞΠΣΦΨΩ±×÷·≥≤≈≠∼→←↑↓∞{}|",
        "alpha beta gamma delta varepsilon zeta eta theta iota kappa lambda mu nu xi pi rho "
        "varsigma sigma tau upsilon varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi "
        "Psi Omega pm times div cdot geq leq approx neq sim rightarrow leftarrow uparrow "
        "downarrow infty lbrace rbrace vert".split(),
        strict=True,
    )
)
# TeX's fonts join two of these in a row into another character.
_LIGATURE = re.compile(r"(?<=-)(?=-)|(?<=')(?=')|(?<=,)(?=,)")


def _macros() -> dict[str, str]:
    macros = {letter: f"{{\\{name}}}" for letter, name in (_LETTERS | _TEXT).items()}
    macros |= {sign: f"$\\{name}$" for sign, name in _MATHS.items()}
    macros |= {"<": "$<$", ">": "$>$", "∆": r"$\Delta$"}
    macros |= {special: f"\\{special}" for special in "&%$#_"}
    for command, raised in (("textsuperscript", SUPERSCRIPTS), ("textsubscript", SUBSCRIPTS)):
        macros |= {sign: f"\\{command}{{{plain}}}" for plain, sign in raised.items()}
    return macros


_MACROS = _macros()
_PLAIN = bytes(code for code in range(128) if chr(code) not in _MACROS)
# A letter with an accent that Unicode does not compose with it, or a character that needs a macro.
_ACCENTED = re.compile(
    "[A-Za-z][" + "".join(_ACCENTS) + "](?![\u0300-\u036f])|"
    "[^" + re.escape(_PLAIN.decode()) + "]"
)  # fmt: skip
_UTF8 = frozenset("°µ®™©§…–—‘’“”±×÷·") | _LETTERS.keys()


def latex(text: str, *, utf8: bool = False) -> str:
    """Return text as LaTeX; ``utf8`` keeps the characters that pdfLaTeX reads as UTF-8."""
    if text.isascii() and text.isalnum():
        return text
    text = unicodedata.normalize("NFC", text)
    # Few characters of a long text need a macro. Deleting the plain bytes and then searching for
    # each of the others is many times faster than a regular expression.
    data = text.encode("utf-8", "surrogatepass").translate(None, _PLAIN)
    if data:
        macro = _macro_or_utf8 if utf8 else _macro
        signs = data.decode("utf-8", "surrogatepass")
        if _ACCENTS.keys().isdisjoint(signs):
            text = _replaced(text, signs, macro)
        else:
            text = _ACCENTED.sub(lambda match: macro(match[0]), text)
    if "--" in text or ",," in text or ("'" in text and "''" in text):
        return _LIGATURE.sub("{}", text)
    return text


def _replaced(text: str, signs: str, macro: Callable[[str], str]) -> str:
    """Return a text with its ``signs``, given in order, replaced by macros."""
    pieces: list[str] = []
    start = 0
    for sign in signs:
        end = text.index(sign, start)
        pieces += (text[start:end], macro(sign))
        start = end + 1
    return "".join([*pieces, text[start:]])


@cache
def _macro_or_utf8(letter: str) -> str:
    known = len(letter) == 1 and letter.isalpha() and letter < "\u0180" and letter not in _MACROS
    return letter if known or letter in _UTF8 else _macro(letter)


@cache
def _macro(letter: str) -> str:
    if letter in _MACROS:
        return _MACROS[letter]
    parts = unicodedata.normalize("NFD", letter)
    base, accent = parts[0], _ACCENTS.get(parts[1:], "")
    if accent and base.isascii():
        return f"{{\\{accent}{{{base}}}}}" if accent.isalpha() else f"{{\\{accent}{base}}}"
    return letter
