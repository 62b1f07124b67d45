"""What a reference looks like, and how lists number theirs."""

from __future__ import annotations

import re
from typing import NamedTuple

from abstool.address import DOI_PREFIX
from abstool.text import SUPERSCRIPTS

# --- the number before a reference ----------------------------------------------------------------

_RAISED = "".join(SUPERSCRIPTS[digit] for digit in "0123456789")
_DIGITS = str.maketrans(_RAISED, "0123456789")
_NUMBER = re.compile(
    rf"\s*(?!0\d\d)(?:\[\s?(\d{{1,4}})\s?\]|\((\d{{1,4}})\)|(\d{{1,4}})\.(?!\d)|(\d{{1,4}})\)"
    rf"|([{_RAISED}]{{1,4}})|(\d{{1,3}})(?=\s+[^\W\d_a-z])"
    rf"|(\d{{1,3}})(?:\s[-‐‑–—:]\s|:\s)(?=[^\W\d_]))\s*"
)
BARE = 6  # the form of a number without any sign


class Numbered(NamedTuple):
    """A number before a text: its form (``[1]``, ``1.`` and so on), its value and the text."""

    form: int
    value: int
    rest: str


def numbered(text: str) -> Numbered | None:
    """Return the list number at the start of a text, or None."""
    match = _NUMBER.match(text)
    if not match or not match.lastindex:
        return None
    form = match.lastindex
    return Numbered(form, int(match[form].translate(_DIGITS)), text[match.end() :])


# --- the look of a reference ----------------------------------------------------------------------

_LONGEST = 3_000  # characters; a reference with fifty authors has about 1,200
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|\bin press\b|\bforthcoming\b", re.IGNORECASE)
_FAMILY = r"(?:[^\W\d_][\w'’‘.‐‑–-]*\s){0,3}[^\W\d_a-z][\w'’‘‐‑–-]*"
_PERSON = re.compile(
    rf"\s*(?:{_FAMILY},?\s(?:[^\W\d_a-z]\.?[‐‑-]?\s?){{1,4}}(?:\s?(?:Jr|Sr|[IV]{{2,3}})\.?)?"
    r"(?:[,.;:&(]|\s?(?:and|et|und|y|e)\b|$)"  # Muster AB, or Muster, A. B.,
    rf"|{_FAMILY},\s[^\W\d_a-z][\w'’-]+(?:\s[^\W\d_a-z]\.?)*(?:,|\.|\sand\b)"  # Muster, Anna, and
    rf"|(?:[^\W\d_a-z]\.[‐‑-]?\s?){{1,4}}{_FAMILY}(?:,|\s(?:and|et)\b))"  # A. B. Muster,
)
# Some pages print names without a capital: muster AB, or muster, A. B.,
_LOWER_PERSON = re.compile(
    r"\s*(?:[^\W\d_][\w'’‐‑-]++\s?){1,3},?\s(?:[^\W\d_a-z]\.?[‐‑-]?\s?){1,4}(?:[,;]\s|et\.?\sal\b|[&(])"
)


class _Sign(NamedTuple):
    """What references have, how much it tells, and words of which such a text has at least one.

    Looking for words in small letters is much faster than the pattern.
    """

    points: int
    words: tuple[str, ...]
    pattern: re.Pattern[str]


_SIGNS = (
    _Sign(2, (";",), re.compile(r"(?:19|20)\d\d[^.;]{0,20};\s?\d+")),
    _Sign(1, ("(",), re.compile(r"\b\d{1,4}\s?\((?:[^()\s]+|[Ss]uppl[^()]{0,12})\)")),
    _Sign(
        1,
        ("http", "doi", "10.", "www."),
        re.compile(rf"https?://|\bdoi\b|\b{DOI_PREFIX}|\bwww\.", re.IGNORECASE),
    ),
    _Sign(
        2,
        ("abstract",),
        re.compile(r"[\[(](?:meeting |conference )?abstract[^\])]{0,20}[\])]", re.IGNORECASE),
    ),
    _Sign(
        1,
        ("abstract",),
        re.compile(r"\babstract\s(?:no\.?\s|number\s|#)?[A-Z]{0,4}\d+", re.IGNORECASE),
    ),
    _Sign(1, ("presented at",), re.compile(r"\bpresented at\b", re.IGNORECASE)),
    _Sign(1, ("suppl",), re.compile(r"\bsuppl(?:ement)?\b", re.IGNORECASE)),
    _Sign(
        1,
        ("accessed", "retrieved", "cited", "available"),
        re.compile(r"\b(?:accessed|retrieved|cited|available (?:from|at))\b", re.IGNORECASE),
    ),
    _Sign(1, (" al",), re.compile(r"\bet\.? al\b", re.IGNORECASE)),
    _Sign(1, tuple("-‐‑–"), re.compile(r"\d\s?[-‐‑–]\s?\d")),
    _Sign(
        1,
        ("vol.", "p.", "no.", "in:", "ed"),
        re.compile(r"\b(?:vol|pp?|no)\.\s?\d|\bIn:\s|\beds?\.|\beditors?\b"),
    ),
)


def starts_with_person(text: str) -> bool:
    """Return whether a text starts with the name of an author, as references print it."""
    return bool(_PERSON.match(text[:200]))


def may_start_with_person(text: str) -> bool:
    """Return whether a text may start with an author, whose name may lack its capital."""
    return starts_with_person(text) or bool(_LOWER_PERSON.match(text[:200]))


def looks_like_reference(text: str, least: int = 3) -> bool:
    """Return whether a text without its list number is most likely a reference.

    ``least`` is how many signs of one it needs.
    """
    if not 25 <= len(text) <= _LONGEST or not _YEAR.search(text):
        return False
    weight = 2 * starts_with_person(text)
    lower = text.lower()
    for points, words, pattern in _SIGNS:
        if weight >= least:
            break
        if any(word in lower for word in words) and pattern.search(text):
            weight += points
    return weight >= least


def mostly_references(texts: list[str]) -> bool:
    """Return whether at least three of five texts look like references."""
    return bool(texts) and 5 * sum(map(looks_like_reference, texts)) >= 3 * len(texts)
