"""Format numbers, ranges of numbers and page ranges."""

from __future__ import annotations

import re

from abstool.csl.language import Language
from abstool.item import hyphenated_range

# Patterns are compiled on first use, which takes long: most numbers and pages need none.
# These are for lower case, since ranges of letters in either case take longest.
_NUMERIC = r"[a-z]*\d+[a-z]*(?:(?:\s*[,&–-]\s*|\s+and\s+)[a-z]*\d+[a-z]*)*"
# It begins at the start of a word, and not at each digit, so that a search takes linear time.
_SEVERAL = r"(?<![-–\w])[^\W\d]*+\d\w*\s*(?:(?<!\\)[-–&]|,(?:\s|(?!\d{3}\b)))[\s,&]*[a-z]*\d"
_ROMAN = r"(?=[ivxlcdm])m{0,4}+(?:c[md]|d?c{0,4}+)(?:x[cl]|l?x{0,4}+)(?:i[xv]|v?i{0,4}+)"
_ROMANS = rf"{_ROMAN}(?:\s*[-–,&]\s*{_ROMAN})*+"
_ROMAN_RANGE = rf"{_ROMAN}\s*[-–]\s*{_ROMAN}"
# Prefix, number and letters of a page: S12, 8n1156, 12a.
_PAGE = r"((?:\d*[A-Za-z.]+)?)(\d+)([a-z]*)"
_PAGES = rf"{_PAGE}\s*[-–]\s*{_PAGE}"
_ESCAPED = "\\-"  # a hyphen inside a page, not a range
_LONGEST = 100  # digits of a number; Python refuses to convert thousands of them
_NUMERALS = (
    *(("m", 1000), ("cm", 900), ("d", 500), ("cd", 400), ("c", 100), ("xc", 90), ("l", 50)),
    *(("xl", 40), ("x", 10), ("ix", 9), ("v", 5), ("iv", 4), ("i", 1)),
)
_DASH = r"(?<=\w)\s*–\s*(?=\w)"
_END = r"[^\s,;&–-]++"
_HYPHEN = rf"(?<![^\s,;&–-])({_END})\s*+-\s*+(?=({_END}))"


def is_numeric(value: str) -> bool:
    """Return whether a value is a number, with or without letters, or a list or range of them."""
    value = value.strip()
    return value.isdecimal() or re.fullmatch(_NUMERIC, value.lower()) is not None


def is_roman(value: str) -> bool:
    """Return whether a value is a Roman numeral, or a list or range of them."""
    return re.fullmatch(_ROMANS, value.strip().lower()) is not None


def is_roman_range(value: str) -> bool:
    """Return whether a value is a range of Roman numerals."""
    return _has_dash(value) and re.fullmatch(_ROMAN_RANGE, value.strip().lower()) is not None


def _has_dash(text: str) -> bool:
    return "-" in text or "–" in text


def is_plural(variable: str, value: str, language: Language) -> bool:
    """Return whether a value needs a plural label: a list, a range, or a count above 1."""
    if variable.startswith("number-of"):
        return is_numeric(value) and value.lstrip("0") not in ("", "1")
    if variable == "number" and not is_numeric(value):
        return False  # "US 7,347,809-B2" is one number
    if value.isalnum():
        return False  # it has nothing that joins two numbers
    if re.search(_SEVERAL, value.lower()) or is_roman_range(value):
        return True
    words = {"and", language.term("and"), language.term("and", "symbol")}
    return any(_joins_numbers(value, f" {word} ") for word in words if word)


def _joins_numbers(value: str, word: str) -> bool:
    before, found, after = value.partition(word)
    return bool(found) and before.rstrip(" ,")[-1:].isdigit() and after.lstrip()[:1].isdigit()


def in_form(value: str, form: str, language: Language, gender_of: str = "") -> str:
    """Return a number in a form (2, 2nd, second, ii); other text is not changed."""

    def formed(match: re.Match[str]) -> str:
        if len(match[0]) > _LONGEST:
            return match[0]
        number = int(match[0])
        if form == "long-ordinal" and 1 <= number <= 10:
            return language.long_ordinal(number, gender_of)
        if form in ("ordinal", "long-ordinal"):
            return language.ordinal(number, gender_of)
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


def pages(value: str, rule: str | None, language: Language) -> str:
    """Return pages with each range in the style's format (``123–9``) and the language's dash."""
    if "," not in value and ";" not in value and "&" not in value:
        return _range(value, rule, language.page_dash)
    parts = re.split(r"(\s*[,;&]\s*)", value)
    return "".join(
        _range(part, rule, language.page_dash) if number % 2 == 0 else _comma(part, language)
        for number, part in enumerate(parts)
    )


def _comma(joint: str, language: Language) -> str:
    if "&" in joint:
        return f" {language.term('and', 'symbol') or '&'} "
    return f"{joint.strip()} "


def _range(text: str, rule: str | None, delimiter: str) -> str:
    if not _has_dash(text):
        return text
    if _ESCAPED in text:
        return text.replace(_ESCAPED, "-")
    if not (match := re.fullmatch(_PAGES, text.strip())):
        if ends := hyphenated_range(text.strip()):
            return delimiter.join(ends)
        dashed = re.sub(_DASH, delimiter, text) if any(map(str.isdigit, text)) else text
        return _joined(dashed, delimiter)
    prefix, start, letters, last_prefix, end, last_letters = match.groups()
    if last_prefix not in (prefix, "") or (prefix and not last_prefix):
        return re.sub(r"\s*[-–]\s*", "-", text)  # N110-5 and 110-N6 keep their hyphen
    if rule and not letters and not last_letters:
        last_prefix, end = _last_page(prefix, start, end, rule)
    return f"{prefix}{start}{letters}{delimiter}{last_prefix}{end}{last_letters}"


def _joined(text: str, delimiter: str) -> str:
    """Return a text with a delimiter for each hyphen that joins two pages, as in ``xii-12``."""

    def join(match: re.Match[str]) -> str:
        return f"{match[1]}{delimiter}" if _are_alike(match[1], match[2]) else match[0]

    return re.sub(_HYPHEN, join, text) if "-" in text else text


def _are_alike(first: str, last: str) -> bool:
    """Return whether two texts may be the ends of a range; those of ``OP0123-PARE`` may not."""
    if all(any(map(str.isdigit, end)) for end in (first, last)):
        return True
    if is_roman(first) and is_roman(last):
        return True
    # A-12 and C-12 are one page each.
    return (first + last).islower() and all(end.isdigit() or is_roman(end) for end in (first, last))


def first_page(text: str) -> str:
    """Return the first page of a range or list: ``123`` of ``123-9``, ``45-1`` of ``45-1–45-9``."""
    if ends := hyphenated_range(text):
        return ends[0]
    return re.split("[–,&]", _joined(text, "–"), maxsplit=1)[0].strip()


def _last_page(prefix: str, start: str, end: str, rule: str) -> tuple[str, str]:
    """Return the last page of a range in the style's format, as its prefix and number."""
    typed = end
    if len(end) < len(start):
        end = start[: -len(end)] + end
    if len(end) != len(start) or len(end) > _LONGEST or int(end) < int(start):
        return prefix, typed
    common = next((n for n, (a, b) in enumerate(zip(start, end, strict=True)) if a != b), len(end))
    if rule.startswith("chicago"):
        prefix, rule = "", _chicago(start, end, rule)
    if rule == "minimal":
        return "", end[common:] or end[-1:]
    if rule == "minimal-two":
        return "", end[min(common, max(len(end) - 2, 0)) :]
    return prefix, end


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
