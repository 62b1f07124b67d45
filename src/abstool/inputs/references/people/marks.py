"""Remove what stands around a name: signs, ORCID numbers, titles, roles."""

from __future__ import annotations

import re

from abstool.inputs.references.people.words import has_word_of_group

REMOVED = "signs, ORCID numbers or titles around names were removed"

_ORCID = re.compile(
    r"[\s,]*[\[(]?\s*(?:ORCID:?\s*)?(?:https?://orcid\.org/)?"
    r"(?<!\d)\d{4}-\d{4}-\d{4}-\d{3}[\dX](?!\d)\s*[\])]?",
    re.IGNORECASE,
)
_SIGNS = re.compile(r"[\s,*†‡§¶#∗✉⁎⁰¹²³⁴-⁹]*[*†‡§¶#∗✉⁎⁰¹²³⁴-⁹]$|^[*†‡§¶#∗✉⁎]+\s*")
_QUOTED = re.compile(r"\"(.+)\"|“(.+)”")
_TITLE = r"(?:Prof(?:essor)?|Dr|Mr|Mrs)\.?"
_TITLE_BEFORE = re.compile(rf"^(?:{_TITLE}\s+)+(?=\S)")
_TITLE_AFTER = re.compile(rf"(?:[\s,]+(?:{_TITLE}|Ph\.?D\.?|M\.?P\.?H\.?(?=\s|$)))+$")
_ROLE = re.compile(
    r"\s*[\[(](?:(?:corresponding|series|volume|guest)\s+)?"
    r"(?:eds?|editors?|hrsg|hg|trans|translators?|authors?)\.?[\])]$",
    re.IGNORECASE,
)
# DBLP's number of one of several people of the same name: Ann Roe 0001.
HOMONYM = r"(?<=[^\W\d_]) 0\d{3}(?=,|$)"
_HOMONYM = re.compile(HOMONYM)
_NUMBERS_OF_PLACES = re.compile(r"(?<=[^\W\d_.])\.?\s?\d{1,2}(?:\s?,\s?\d{1,2})*$")
_DEGREE_AFTER_NAME = re.compile(r"(?<=[a-z])\s+M\.?D\.?$")
_LONGEST_NAME = 500  # characters; the patterns take quadratic time


def without_marks(text: str, *, is_family: bool = False) -> str:
    """Return a name, or a family name, without signs, ORCID numbers and titles around it."""
    if len(text) > _LONGEST_NAME:
        return text
    if quoted := _QUOTED.fullmatch(text):
        text = quoted[1] or quoted[2]
    bare = _ORCID.sub("", text).strip() if "-" in text else text
    bare = _SIGNS.sub("", _without_homonym(bare, is_family=is_family))
    if bare.endswith((")", "]")):
        bare = _ROLE.sub("", bare)
    if "," in bare and bare[-1:].isdigit() and not has_word_of_group(bare):
        bare = _NUMBERS_OF_PLACES.sub("", bare)
    if "," in bare or len(_TITLE_BEFORE.sub("", bare).split()) < 5:
        bare = _TITLE_AFTER.sub("", _TITLE_BEFORE.sub("", bare))
        family, comma, given = bare.partition(",")
        if comma:
            given = without_degree(given)
            space = " " if given[:1] == " " else ""
            bare = f"{family},{space}{_TITLE_BEFORE.sub('', given.lstrip())}"
    return bare.strip() or text


def without_degree(given: str) -> str:
    """Return given names without ``MD`` behind a whole one; behind initials it may be some."""
    return _DEGREE_AFTER_NAME.sub("", given)


def _without_homonym(text: str, *, is_family: bool) -> str:
    """Return a person's name without DBLP's number, which is part of a group's or a single word."""
    found = _HOMONYM.search(text)
    if not found or has_word_of_group(text):
        return text
    before, after = text[: found.start()], text[found.end() :]
    return before + after if is_family or after or " " in before.strip() else text


def has_title(text: str) -> bool:
    """Return whether a title shows that a name is a person's: ``Dr. Ann Roe``."""
    is_short = len(text) <= _LONGEST_NAME
    return is_short and bool(_TITLE_BEFORE.match(text) or _TITLE_AFTER.search(text))
