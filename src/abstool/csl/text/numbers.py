"""Format numbers, ranges of numbers and page ranges."""

from __future__ import annotations

import re

from abstool.csl.language import Language

_NUMERIC = re.compile(
    r"[a-z]*\d+[a-z]*(?:(?:\s*[,&–-]\s*|\s+and\s+)[a-z]*\d+[a-z]*)*", re.IGNORECASE
)
# It begins at the start of a word, and not at each digit, so that a search takes linear time.
_SEVERAL = re.compile(r"\b[^\W\d]*+\d\w*\s*(?:[-–,&]|and\b)\s*[a-z]*\d", re.IGNORECASE)
_PAGES = re.compile(r"(?P<first>[A-Za-z.]*\d+)\s*[-–]\s*(?P<last>[A-Za-z.]*\d+)$")
_LONGEST = 100  # digits of a number; Python refuses to convert thousands of them
_NUMERALS = (
    *(("m", 1000), ("cm", 900), ("d", 500), ("cd", 400), ("c", 100), ("xc", 90), ("l", 50)),
    *(("xl", 40), ("x", 10), ("ix", 9), ("v", 5), ("iv", 4), ("i", 1)),
)
_DASH = re.compile(r"(?<=\w)\s*[-–]\s*(?=\w)")
_LETTERED = re.compile(r"([A-Za-z.]*)(\d+)")


def is_numeric(value: str) -> bool:
    """Return whether a value is a number, with or without letters, or a list or range of them."""
    return _NUMERIC.fullmatch(value.strip()) is not None


def is_plural(variable: str, value: str) -> bool:
    """Return whether a value needs a plural label: a list, a range, or a count above 1."""
    if variable.startswith("number-of"):
        return value.isdecimal() and value.lstrip("0") not in ("", "1")
    return _SEVERAL.search(value) is not None


def in_form(value: str, form: str, language: Language) -> str:
    """Return a number in a form (2, 2nd, second, ii); other text is not changed."""

    def formed(match: re.Match[str]) -> str:
        if len(match[0]) > _LONGEST:
            return match[0]
        number = int(match[0])
        if form == "long-ordinal" and 1 <= number <= 10:
            return language.term(f"long-ordinal-{number:02}")
        if form in ("ordinal", "long-ordinal"):
            return language.ordinal(number)
        return _roman(number) if 0 < number < 4000 else match[0]

    if form == "numeric" or not is_numeric(value):
        return value
    return re.sub(r"(?<![^\W_])\d+(?![^\W_])", formed, value)


def _roman(number: int) -> str:
    numeral = ""
    for letters, value in _NUMERALS:
        times, number = divmod(number, value)
        numeral += letters * times
    return numeral


def pages(value: str, rule: str | None, delimiter: str) -> str:
    """Return pages with each range in the style's format (``123–9``) and the language's dash."""
    parts = re.split(r"(\s*[,;&]\s*)", value)
    return "".join(
        _range(part, rule, delimiter) if number % 2 == 0 else _comma(part)
        for number, part in enumerate(parts)
    )


def _comma(joint: str) -> str:
    return " & " if "&" in joint else f"{joint.strip()} "


def _range(text: str, rule: str | None, delimiter: str) -> str:
    if not (match := _PAGES.fullmatch(text.strip())):
        has_digit = any(sign.isdigit() for sign in text)
        return _DASH.sub(delimiter, text) if has_digit else text
    first, last = match["first"], match["last"]
    if rule:
        last = _last_page(first, last, rule)
    return f"{first}{delimiter}{last}"


def _last_page(first: str, last: str, rule: str) -> str:
    """Return the last page of a range in the style's format, if both pages have the same prefix."""
    letters, start = _split(first)
    last_letters, end = _split(last)
    if last_letters not in ("", letters):
        return last
    if len(end) < len(start):
        end = start[: -len(end)] + end
    if len(end) != len(start) or len(end) > _LONGEST or int(end) < int(start):
        return letters + end if last_letters or letters else end
    common = next((n for n, (a, b) in enumerate(zip(start, end, strict=True)) if a != b), len(end))
    if rule.startswith("chicago"):
        letters, rule = "", _chicago(start, end, rule)
    if rule == "minimal":
        return end[common:] or end[-1:]
    if rule == "minimal-two":
        return end[min(common, max(len(end) - 2, 0)) :]
    return letters + end


def _chicago(start: str, end: str, rule: str) -> str:
    number = int(start)
    if number < 100 or number % 100 == 0:
        return "expanded"
    if number % 100 < 10:
        return "minimal"
    changed = sum(a != b for a, b in zip(start, end, strict=True))
    if len(start) >= 4 and changed >= 3 and rule in ("chicago", "chicago-15"):
        return "expanded"
    return "minimal-two"


def _split(page: str) -> tuple[str, str]:
    match = _LETTERED.fullmatch(page)
    return (match[1], match[2]) if match else ("", page)
