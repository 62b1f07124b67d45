"""The numbers and keys by which a text cites references."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from abstool.manuscripts.document import Passage
from abstool.text import SUPERSCRIPTS

_MOST = 9_999
_DASH = r"\-‐‑–—−"
_LIST = rf"\d{{1,4}}(?:\s?[,;{_DASH}]\s?\d{{1,4}}){{0,60}}"
_BRACKETS = re.compile(rf"\[\s?({_LIST})\s?\]")
_PARENTHESES = re.compile(rf"\(\s?({_LIST})\s?\)")
_PARTS = re.compile(rf"(\d{{1,4}})(?:\s?[{_DASH}]\s?(\d{{1,4}}))?")
_SIGNS = {sign: digit for digit, sign in SUPERSCRIPTS.items() if digit in "0123456789-"}
_UNICODE = "".join(SUPERSCRIPTS[digit] for digit in "0123456789")
_RAISED = re.compile(rf"(?<=\S)[{_UNICODE}](?:[{_UNICODE},⁻–]*[{_UNICODE}])?")
_CITED = re.compile(rf"[\d\s,;{_DASH}]*\d[\d\s,;{_DASH}]*")
# What a superscript number is a part of: 10⁹, m², s⁻¹.
_POWER = re.compile(r"(?:\d|(?<![^\W\d_])(?:[cdkmµμn]?m|kg|s|min|h|L|l|R|χ|χ|Χ|r|p))$")

_STRICT = frozenset({"brackets"})
_BEYOND = 10  # numbers past the end of a list that a text may plausibly cite


def raised(before: str, text: str) -> str:
    """Return a superscript if it may cite references; ``before`` is the text to its left."""
    if not _CITED.fullmatch(text) or _POWER.search(before[-12:].rstrip()):
        return ""
    return text.strip()


def compare(
    text: Iterable[Passage], listed: Sequence[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the numbers that are listed but not cited, and those that are cited but not listed.

    Only one form of markers counts: that by which a text cites most of its list. If none cites at
    least half of it, the text cites in another way, and nothing is returned.
    """
    numbers = {int(key) for key in listed if key.isdigit()}
    if len(numbers) < len(listed) or not numbers:
        return (), ()
    forms = _cited(text)
    name = max(forms, key=lambda form: len(forms[form] & numbers))
    cited = forms[name]
    if 2 * len(cited & numbers) < len(numbers):
        return (), ()
    last = max(numbers)
    most = _MOST if name in _STRICT else last + _BEYOND
    uncited = [str(one) for one in sorted(numbers - cited)]
    return tuple(uncited), tuple(str(one) for one in sorted(cited - numbers) if 0 < one <= most)


def compare_keys(
    cited: Iterable[str], listed: Sequence[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the keys that are listed but not cited, and those that are cited but not listed."""
    used = dict.fromkeys(cited)
    if not used:
        return (), ()
    known = set(listed)
    uncited = () if "*" in used else tuple(key for key in listed if key not in used)
    return uncited, tuple(key for key in used if key not in known and key != "*")


def _cited(text: Iterable[Passage]) -> dict[str, set[int]]:
    forms: dict[str, set[int]] = {"brackets": set(), "raised": set(), "parentheses": set()}
    for passage in text:
        for name, numbers in _FORMS.items():
            forms[name].update(numbers(passage))
    return forms


def _in(pattern: re.Pattern[str]) -> Callable[[Passage], Iterator[int]]:
    def numbers(passage: Passage) -> Iterator[int]:
        for match in pattern.finditer(passage.text):
            yield from _expanded(match[1])

    return numbers


def _in_superscripts(passage: Passage) -> Iterator[int]:
    for marker in passage.raised:
        yield from _expanded(marker)
    for match in _RAISED.finditer(passage.text):
        text = "".join(_SIGNS.get(sign, sign) for sign in match[0])
        if marker := raised(passage.text[max(0, match.start() - 12) : match.start()], text):
            yield from _expanded(marker)


_FORMS: dict[str, Callable[[Passage], Iterator[int]]] = {
    "brackets": _in(_BRACKETS),
    "raised": _in_superscripts,
    "parentheses": _in(_PARENTHESES),
}


def _expanded(marker: str) -> Iterator[int]:
    """Yield the numbers of a marker such as ``1, 3-5``."""
    for match in _PARTS.finditer(marker):
        first = int(match[1])
        last = int(match[2] or first)
        yield from range(first, last + 1) if first <= last <= first + 200 else (first, last)
