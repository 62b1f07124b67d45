"""Clean text for one line of output, resolve CSL's inline tags, and fold letters to compare by.

Text of pages and items may hold line breaks, control characters and tags. What these functions
return cannot control a terminal or corrupt a file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

# C0 and C1 controls, lone surrogates, bidirectional overrides, noncharacters. Few texts have any,
# so that the pattern is compiled on first use, which takes long.
_UNFIT = (
    "[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028-\u202e\u2066-\u2069\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(17))
    + "]"
)
_CONTROLS = re.compile(rb"\x7f|\xc2[\x80-\x9f]")
# The inline tags of CSL-JSON. Only whole pairs count: "a <b> c" and "<5%" are text.
_TAGGED = (
    r"<(?:(i|b|sc|sup|sub)|span\s+(?:class|style)=\"[^\"<>]*\")>"
    r"((?:(?!<(?:i|b|sc|sup|sub)>|<span\s).)*?)</(?(1)\1|span)>"
)

_DEPTH = 20  # tags in tags; deeper ones stay text, so that the time is linear

SUPERSCRIPTS = dict(zip("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ", strict=True))
SUBSCRIPTS = dict(zip("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True))

WORD = re.compile(r"[^\W_]+")
APOSTROPHES = "'\u2018\u2019\u02bc\u00b4`"

_LETTER_NAME = r"GREEK (?:SMALL|CAPITAL) LETTER (?:FINAL )?| (?:WITH|AND) .*"

# Lower-case letters that Unicode does not decompose into a base letter and an accent.
_BASE_LETTERS = dict(zip("øłđðħıŋæœþ", "o l d d h i n ae oe th".split(), strict=True))
_ASCII_SIGNS = bytes(code for code in range(0x80) if not chr(code).isalnum())


def tidy(text: object) -> str:
    """Return a value as one line of text without control characters or repeated spaces."""
    text = str(text)
    # Most texts need no cleaning or have line breaks only, which is quick to check.
    line = text
    if not text.isprintable():
        line = " ".join(filter(None, text.splitlines()))
        if not line.isprintable():
            return " ".join(re.sub(_UNFIT, " ", text).split())
    # rfind, since on long texts Python finds the last pair of characters faster than the first.
    return line if line.rfind("  ") < 0 and line.strip() == line else " ".join(line.split())


def harmless(text: str) -> str:
    """Return text without characters that ``tidy`` removes; spaces stay, line breaks become one."""
    if text.replace("\xa0", " ").isprintable():
        return text
    return re.sub(_UNFIT, lambda match: " " if match[0].isspace() else "", text)


def count_of(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun, such as ``2,725 references``; a plural may be given."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def joined_if_tidy(texts: Iterable[str]) -> str:
    """Return texts joined with bars if ``tidy`` would change none of them, else ``""``.

    Most are tidy, and checking them together is much faster than one by one.
    """
    joined = f"|{'|'.join(texts)}|"
    spaced = "  " in joined or "| " in joined or " |" in joined
    return joined if joined.isprintable() and not spaced else ""


def paragraphs(text: object) -> str:
    """Return a value with each of its lines ``tidy``."""
    return "\n".join(tidy(line) for line in str(text).strip().splitlines())


def escaped_controls(json: bytes) -> bytes:
    """Return JSON in UTF-8 with the control characters that JSON allows as they are escaped.

    DEL and the C1 controls, such as U+009B, can steer a terminal.
    """
    if not _has_controls(json):
        return json
    return _CONTROLS.sub(lambda match: b"\\u%04x" % ord(match[0].decode()), json)


def _has_controls(json: bytes) -> bool:
    """Return whether UTF-8 has DEL or a C1 control; looking for bytes is faster than a pattern."""
    at = json.find(b"\xc2")  # U+0080 to U+00BF begin with it
    while at >= 0:
        if json[at + 1 : at + 2] < b"\xa0":
            return True
        at = json.find(b"\xc2", at + 2)
    return b"\x7f" in json


def between(entries: Iterable[str], separator: str) -> Iterator[str]:
    """Yield entries and, between two of them, the separator."""
    for number, entry in enumerate(entries):
        if number:
            yield separator
        yield entry


def plain(text: str) -> str:
    """Return text without CSL's inline tags: ``CD19<sup>+</sup>`` becomes ``CD19⁺``.

    Superscripts and subscripts that Unicode does not have become normal text.
    """
    for _ in range(_DEPTH):
        if "<" not in text or "</" not in text:
            break
        if (resolved := re.sub(_TAGGED, _content, text)) == text:
            break
        text = resolved
    return text


def _content(match: re.Match[str]) -> str:
    tag, content = match.groups()
    signs = {"sup": SUPERSCRIPTS, "sub": SUBSCRIPTS}.get(tag, {})
    return "".join(signs[sign] for sign in content) if set(content) <= signs.keys() else content


def fold(text: str) -> str:
    """Return text to compare by, in lower case and without accents: ``Łoś`` equals ``los``."""
    if text.isascii():
        return text.casefold()
    # In this order, since NFKD may give capitals (℃) and letters of the table (ǽ).
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    if not _BASE_LETTERS.keys().isdisjoint(decomposed):  # looking is faster than replacing nothing
        decomposed = "".join([_BASE_LETTERS.get(sign, sign) for sign in decomposed])
    # The first combining character is U+0300; a comparison is faster than looking a sign up.
    return "".join(
        [sign for sign in decomposed if sign < "\u0300" or not unicodedata.combining(sign)]
    )


def comparable(title: str) -> str:
    """Return the letters and digits of a title, to compare titles by."""
    if title.isascii() and title.isalnum():  # one word, as many names are
        return title.casefold()
    text = fold(plain(title))
    if text.isascii():  # much faster than letter by letter
        return text.encode().translate(None, _ASCII_SIGNS).decode()
    return "".join(filter(str.isalnum, text))


def words_of(text: str) -> list[str]:
    """Return the folded words of a text: ``Sjögren's IL-6`` has ``sjogrens``, ``il`` and ``6``."""
    return WORD.findall(re.sub(f"[{APOSTROPHES}]", "", fold(plain(text))))


@cache
def greek_names() -> dict[str, str]:
    """Return the names of the 24 Greek letters, as ``alpha`` for both ``α`` and ``Α``."""
    names = {chr(code): unicodedata.name(chr(code), "") for code in range(0x370, 0x400)}
    names["\N{MICRO SIGN}"] = names["\N{GREEK SMALL LETTER MU}"]
    known = {re.sub(_LETTER_NAME, "", names[chr(code)]) for code in range(ord("α"), ord("ω") + 1)}
    found = {}
    for letter, name in names.items():
        if (bare := re.sub(_LETTER_NAME, "", name)) in known:
            found[letter] = bare.lower().replace("lamda", "lambda")
    return found


def letters(number: int) -> str:
    """Return a number, counted from 0, as letters: a, b ... z, aa, ab ..."""
    rest, letter = divmod(number, 26)
    return (letters(rest - 1) if rest else "") + chr(ord("a") + letter)


def composed(text: str) -> str:
    """Return text normalised to NFC."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def number_of(word: str) -> int:
    """Return the number that ``letters`` writes as a word."""
    number = 0
    for letter in word:
        number = number * 26 + ord(letter) - ord("a") + 1
    return number - 1
