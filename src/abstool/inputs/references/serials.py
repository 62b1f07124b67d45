"""Find ISSN, ISBN and the numbers of documents and articles in fields that may have others."""

from __future__ import annotations

import re
from collections.abc import Mapping

from abstool.inputs.references.entry import Fields
from abstool.inputs.references.numbers import pages

_ISBN = re.compile(r"(?<![\d-])(?:97[89][\d -]{9,14}\d|\d[\d -]{8,12}[\dXx])(?![\d-])")
_BEFORE = re.compile(r"\W*(?:[ep]?-?IS[SB]N\W*)?(?=\d)", re.IGNORECASE)  # no other number
_ARTICLE_NUMBER = re.compile(
    r"(?!PII\b|10\.\d{4})(?=\D{0,30}\d)(?P<number>[\w./ -]{1,40}?)(?P<doi> 10\.\d{4}\S+)?",
    re.IGNORECASE,
)
_LABELS = ("artn ", "unsp ")  # of Web of Science
_WORD = re.compile(r"\w")
_DIGIT = re.compile(r"\d")
_HYPHENS = dict.fromkeys(map(ord, "‐‑‒–−"), "-")
_IDENTIFIER = re.compile(r"(DOI(?=: ?10\.)|PMC?ID): ?((?:PMC)?\d{1,9}|10\.\d{4}\S+)", re.IGNORECASE)
# The label of the number that is taken, before or behind it.
_LABEL = re.compile(
    r"\A[\s;,]*(?:(?:\w{1,12} )?[ep]?-?IS[SB]N(?=[\s:.]*+(?:[;,/]|[ep]?-?IS[SB]N))[\s:.;,/]*+)?"
    r"(?:\([A-Za-z .]{1,20}\)[\s;,]*)?",
    re.IGNORECASE,
)
_ISSN = re.compile(r"(?<![\d-])(\d{4})-?(\d{3}[\dXx])(?![\d-])")


def serial_numbers(fields: Fields, tags: str) -> dict[str, str]:
    """Return the first ISSN and the first ISBN; the other numbers stay in the fields."""
    issn = isbn = ""
    for tag in tags.split():
        for raw in fields.take_raw(tag):
            rest = text = _with_hyphens(raw)
            if not isbn and (found := _isbn(text)):
                isbn, rest = found, text.replace(found, "")
            if not issn and (match := _ISSN.search(_ISBN.sub("", rest) if _isbn(rest) else rest)):
                issn, rest = f"{match[1]}-{match[2]}".upper(), rest.replace(match[0], "")
            rest = rest.replace(issn or "-", "-").replace(isbn or "-", "-")  # repeated
            if (_WORD if rest == text else _DIGIT).search(rest):
                fields.put(tag, _LABEL.sub("", rest).rstrip(" ;,\n") if rest != text else raw)
    return {"ISSN": issn, "ISBN": isbn}


def first_issn(text: str) -> str:
    """Return the first ISSN in a text, which may have ISBNs too, or ``""``."""
    text = _with_hyphens(text)
    found = _ISSN.search(_ISBN.sub("", text) if _isbn(text) else text)
    return f"{found[1]}-{found[2]}".upper() if found else ""


def first_isbn(text: str) -> str:
    """Return the first ISBN in a text, as it is written, or ``""``."""
    return _isbn(_with_hyphens(text))


def numbers_of_extra(fields: Fields, item: Mapping[str, object]) -> dict[str, str]:
    """Take the identifiers that an item lacks from the lines of Zotero's ``Extra``."""
    found: dict[str, str] = {}
    rest: list[str] = []
    for text in fields.take_raw("Extra"):
        for line in text.splitlines():
            named = _IDENTIFIER.fullmatch(line.strip())
            if named and not (item.get(name := named[1].upper()) or name in found):
                found[name] = named[2]
            else:
                rest.append(line)
    if rest:
        fields.put("Extra", "\n".join(rest))
    return found


def number_of_document(fields: Fields, tag: str, *, is_patent: bool) -> str:
    """Take the number of a report, standard or patent from the tag of ISSN and ISBN."""
    for text in fields.seen(tag):
        if is_patent or not is_serial_number(text):
            fields.drop(tag, text)
            return text
    return ""


def article_number(fields: Fields, tag: str, *, has_label: bool = False) -> str:
    """Return the number of an article from a tag, and remove it; ``has_label`` asks for a label.

    A field that has a DOI as well is kept: ``Artn e123 10.1000/xyz``.
    """
    found = _ARTICLE_NUMBER.fullmatch(fields.peek(tag))
    if not found or (has_label and not found["number"].lower().startswith(_LABELS)):
        return ""
    if not found["doi"]:
        fields.take(tag)
    return pages(found["number"])


def is_serial_number(text: str) -> bool:
    """Return whether a text begins with an ISBN or a valid ISSN, not the number of a report."""
    text = _with_hyphens(text)
    if not (before := _BEFORE.match(text)):
        return False
    issn = _ISSN.match(text, before.end())
    return bool(_isbn(text)) or (issn is not None and _checks(f"{issn[1]}{issn[2]}"))


def _with_hyphens(text: str) -> str:
    return text if text.isascii() else text.translate(_HYPHENS)


def _checks(issn: str) -> bool:
    """Return whether the check digit of an ISSN is right."""
    digits = [10 if digit in "xX" else int(digit) for digit in issn]
    return sum((8 - place) * digit for place, digit in enumerate(digits)) % 11 == 0


def _isbn(text: str) -> str:
    """Return the first ISBN, as it is written; it has 10 or 13 digits."""
    for match in _ISBN.finditer(text):
        if len(match[0].replace(" ", "").replace("-", "")) in (10, 13):
            return match[0]
    return ""
