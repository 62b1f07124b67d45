"""Read one name: ``Family, Given, Suffix``, ``Family AB`` or ``A. B. Family``; else a group."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import NamedTuple

from abstool.inputs.references.people.marks import has_title, without_marks
from abstool.inputs.references.people.words import (
    UPPER,
    VOWEL,
    group_with_commas,
    has_word_of_group,
)
from abstool.names import DEGREES, PARTICLES, SUFFIXES

DEGREE = re.compile(rf"(?:{DEGREES})\.?(?:[\s,]+(?:{DEGREES})\.?)*")
SUFFIX = re.compile(rf"(?:{'|'.join(map(re.escape, SUFFIXES))})\.?", re.IGNORECASE)
_INITIALS = rf"(?:[{UPPER}]\.?(?: ?-| )?){{1,4}}"
ONLY_INITIALS = re.compile(_INITIALS)
# "M. J." and "M J" have no family name, and "J. K. LEE" begins with the initials.
_NO_FAMILY = rf"[{UPPER}](?:\.|-[{UPPER}]\b|(?:[ -][{UPPER}]\.?)+$)"
FAMILY_FIRST = re.compile(
    rf"(?!{_NO_FAMILY})([^\s,]+ (?:(?![{UPPER}]\.?\s)[^\s,]+ ){{0,2}})({_INITIALS})"
)
# Y. Roe, Y.-H. Roe, Y. -H. Roe, Y-H Roe, and Y Roe or Y H Roe beside a family name in lower case
_BARE = rf"[{UPPER}] (?=(?:[{UPPER}]\.? ){{0,3}}[^\s,.]{{0,30}}[^\W\d_{UPPER}])"
_IN_FRONT = rf"(?:[{UPPER}][a-z]?\.(?: ?-| )?|[{UPPER}]-[{UPPER}]\b\.? ?|{_BARE})+"
INITIALS_FIRST = re.compile(rf"({_IN_FRONT})((?:[^\s,.]++ ?){{1,4}})")
# KW Roe: so many words begin like this (UK Biobank) that it is a name only in a list of such names
JOINED_FIRST = re.compile(
    rf"([{UPPER}]{{1,4}}) ((?:[^\s,.]++ ?){{0,3}}[{UPPER}][^\s,.]*[^\W\d_{UPPER}])"
)
# Ann B. Roe
_INITIAL_AMID = re.compile(
    rf"([{UPPER}][^\W\d_]+(?:-[{UPPER}][^\W\d_]+)?(?: [{UPPER}]\.)+) ((?:[^\s,.]++ ?){{1,3}})"
)
_NO_GIVEN = frozenset(("null", "undefined"))  # what programs write for a given name they lack
_IDEOGRAPHS = re.compile(r"([\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{1,2}) ([\u3040-\ud7af]{1,3})")


class PersonParts(NamedTuple):
    """A name in its parts; ``family`` alone is the name of a group."""

    family: str
    given: str = ""
    suffix: str = ""
    removed: bool = False
    given_first: bool = False


def read_name(text: str) -> PersonParts:
    """Return the parts of a name without the signs, degrees and titles around it."""
    bare = without_marks(text)
    family, comma, rest = bare.partition(",")
    parts = [part for part in map(str.strip, rest.split(",")) if part]
    if family.count("(") > family.count(")"):  # the members of a group
        name = PersonParts(bare)
    elif (
        parts
        and FAMILY_FIRST.fullmatch(family)
        and all(DEGREE.fullmatch(one) or SUFFIX.fullmatch(one) for one in parts)
    ):
        suffixes = filter(SUFFIX.fullmatch, parts)  # Doe JP, Jr, MD
        name = _in_one_part(" ".join((family, *suffixes)), is_group=False)
        name = name._replace(removed=any(map(DEGREE.fullmatch, parts)))
    elif parts:
        name = _inverted(family.strip(), parts, is_titled=has_title(text))
    else:
        name = _in_one_part(family.strip(), is_group=bool(comma))
        if not comma and not name.given and has_title(text):
            name = _turned(name)._replace(given_first=True)
    if name.given in _NO_GIVEN:
        name = name._replace(given="")
    whole = ", ".join(filter(None, name[:3]))
    return name._replace(removed=name.removed or (bare != text and bool(whole)))


def _inverted(family: str, rest: list[str], *, is_titled: bool) -> PersonParts:
    """Return the name in ``Family, Given, Suffix`` or ``Family, Suffix, Given``."""
    given, *others = [part for part in rest if part] or [""]
    removed = False
    if group := group_with_commas(family, rest):
        return PersonParts(group)
    is_whole = " " in family and family.partition(" ")[0] not in PARTICLES
    if is_whole and not others and SUFFIX.fullmatch(given):  # Roe AB, Jr.
        name = _in_one_part(family, is_group=False)
        return name._replace(suffix=given) if name.given else PersonParts(family, given)
    is_sure = is_titled or others or _INITIAL_AMID.fullmatch(family)
    if is_whole and is_sure and all(map(DEGREE.fullmatch, (given, *others))):  # Ann Roe, MD, PhD
        name = _in_one_part(family, is_group=False)
        return (name if name.given else _turned(name))._replace(removed=True)
    if others and SUFFIX.fullmatch(given):
        given, others = others[0], [given, *others[1:]]
    kept = [*takewhile(lambda part: not DEGREE.fullmatch(part), others)]
    removed = len(kept) < len(others)
    kept += filter(SUFFIX.fullmatch, others[len(kept) :])  # what else follows a degree is one, too
    if kept and ONLY_INITIALS.fullmatch(kept[0]) and not SUFFIX.fullmatch(kept[0]):
        given, kept = f"{given} {kept[0]}", kept[1:]
    suffix = " ".join(kept)
    if not suffix:
        given, suffix = without_suffix(given)
        if not suffix:
            family, suffix = without_suffix(family)
    return PersonParts(family, given, suffix, removed)


def without_suffix(text: str) -> tuple[str, str]:
    """Split ``Roe AB Jr``."""
    words = text.split()
    if len(words) > 1 and SUFFIX.fullmatch(words[-1]):
        return " ".join(words[:-1]), words[-1]
    return text, ""


def _in_one_part(text: str, *, is_group: bool) -> PersonParts:
    """Return the name in a text without a comma, or only one at its end."""
    if is_group or " " not in text:
        return PersonParts(text)
    if parts := _IDEOGRAPHS.fullmatch(text):
        return PersonParts(parts[1], parts[2])
    bare, suffix = without_suffix(text)
    if parts := FAMILY_FIRST.fullmatch(bare):
        family, given = parts[1].strip(), parts[2].strip()
        if not (family.isupper() and len(given) > 2 and given.isalpha() and VOWEL.search(given)):
            return PersonParts(family, given, suffix)
    elif not has_word_of_group(bare) and (
        parts := INITIALS_FIRST.fullmatch(bare) or _INITIAL_AMID.fullmatch(bare)
    ):
        return PersonParts(parts[2].strip(), parts[1].strip(), suffix, given_first=True)
    name = _turned(PersonParts(text)) if suffix else PersonParts(text)  # Bob Poe III
    return name._replace(given_first=bool(name.given))


def turned_alike(names: list[PersonParts]) -> list[PersonParts]:
    """Read ``Ann Poe`` as a person where another author of the entry is ``A. Roe``.

    Such entries, as IEEE writes them, have all given names in front.
    """
    if not any(name.given_first for name in names):
        return names
    return [_turned(name) if not name.given else name for name in names]


def _turned(name: PersonParts) -> PersonParts:
    bare, suffix = without_suffix(name.family)
    words = bare.split()
    if not 2 <= len(words) <= 5 or has_word_of_group(name.family) or not words[0][:1].isupper():
        return name
    if any(not word[0].isupper() and word not in PARTICLES for word in words):
        return name
    first = next((n for n, word in enumerate(words[1:], 1) if word in PARTICLES), len(words) - 1)
    return name._replace(
        family=" ".join(words[first:]), given=" ".join(words[:first]), suffix=suffix
    )
