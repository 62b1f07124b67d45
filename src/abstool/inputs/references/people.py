"""Read the names of people and groups as reference files write them.

A name is ``Family, Given, Suffix``, ``Family AB`` or ``A. B. Family``; any other is a group's. What
stands around a name but is not part of it (signs, ORCID numbers, titles) is removed, and a
warning says so. Joined initials (``KTA``) are written apart, as CSL expects them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from abstool.inputs.references.name_marks import REMOVED, has_title, without_marks
from abstool.inputs.references.name_words import (
    UPPER,
    has_word_of_group,
    is_divided_group,
    is_inverted_group,
)
from abstool.inputs.references.plain_names import plain_name
from abstool.item import ET_AL, ItemName
from abstool.names import DEGREES, PARTICLES, SUFFIXES
from abstool.text import tidy

_LAST = re.compile(r"^(?:and|&)\s+")  # before the last name of a list
_DEGREE = re.compile(rf"(?:{DEGREES})\.?(?:[\s,]+(?:{DEGREES})\.?)*")
_NOBODY = re.compile(
    r"\[?no authors? (?:listed|given|available)\]?|n/?a|nan|null|none|unknown|[-–—.?]+",
    re.IGNORECASE,
)
_ET_AL = re.compile(
    r"(?:^|[\s,;]+)(?:et\.?\s+al\.?|(?:and|&)\s+others|\.\.\.|…)[\s.,;]*$|^others$", re.IGNORECASE
)
_SUFFIX = re.compile(rf"(?:{'|'.join(map(re.escape, SUFFIXES))})\.?", re.IGNORECASE)

_INITIALS = rf"(?:[{UPPER}]\.?[ -]?){{1,4}}"
_FAMILY_FIRST = re.compile(rf"([^\s,]+ (?:(?![{UPPER}]\.?\s)[^\s,]+ ){{0,2}})({_INITIALS})")
_INITIALS_FIRST = re.compile(rf"((?:[{UPPER}][a-z]?\.[ -]?)+)((?:[^\s,.]+ ?){{1,4}})")
# Ann B. Roe
_INITIAL_AMID = re.compile(
    rf"([{UPPER}][^\W\d_]+(?:-[{UPPER}][^\W\d_]+)?(?: [{UPPER}]\.)+) ((?:[^\s,.]+ ?){{1,3}})"
)
_ONLY_INITIALS = re.compile(_INITIALS)
_VOWEL = re.compile(r"[AEIOUYÀ-ÆÈ-ÏÒ-ÖØ-Ý]")
_IDEOGRAPHS = re.compile(r"([\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{1,2}) ([\u3040-\ud7af]{1,3})")
_IDEOGRAPHIC = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_TAIL = 60  # characters at the end of a list in which "et al." is looked for
_LONGEST = 20_000  # characters; a longer text is not a list of names


class People(NamedTuple):
    """Names, with warnings for each entry and those to give once per file (see ``Reading``)."""

    names: list[ItemName]
    warnings: tuple[str, ...] = ()
    once: tuple[str, ...] = ()


class _PersonParts(NamedTuple):
    """A name in its parts; ``family`` alone is the name of a group."""

    family: str
    given: str = ""
    suffix: str = ""
    removed: bool = False
    given_first: bool = False


def people(texts: Iterable[str]) -> People:
    """Read names, in which a text may be a list of several, and put "et al." last."""
    found: list[_PersonParts] = []
    warnings: list[str] = []
    cut = False
    for text in texts:
        line = _parsed(text)
        found += line.names
        cut = cut or line.cut
        if line.doubt:
            warnings.append(line.doubt)
    if not found:
        return People([{"literal": ET_AL}] if cut else [], tuple(warnings))
    read = spaced(_as_items(_given_first(found)))
    if cut:
        read.names.append({"literal": ET_AL})
    once = (REMOVED,) if any(name.removed for name in found) else ()
    return People(read.names, (*warnings, *read.warnings), once)


def spaced(names: list[ItemName]) -> People:
    """Write joined initials apart (``KTA`` becomes ``K. T. A.``) in names that have their parts.

    Beside a family name in mixed case, up to four capitals are initials. Beside one in capitals,
    one or two are; three or four are if two other authors of the entry have one or two. Else they
    stay a name, and a warning says so.
    """
    joined = {
        index: given
        for index, name in enumerate(names)
        if (given := name.get("given", "")).isupper() and len(given) < 5 and given.isalpha()
    }
    if not joined:
        return People(names)
    capitals = {index for index in joined if names[index].get("family", "").isupper()}
    short = {index for index in capitals if len(joined[index]) < 3}
    warnings = []
    for index, given in joined.items():
        if index in capitals - short and len(short) < 2:
            family = names[index].get("family", "")
            warnings.append(f"{given} of {family}, {given} was read as a name, not as initials")
        elif len(given) > 1:
            apart = " ".join(f"{letter}." for letter in given)
            names[index] = names[index] | {"given": apart}
    return People(names, tuple(warnings))


def group(texts: Iterable[str]) -> list[ItemName]:
    """Return the names of groups."""
    return [{"literal": name} for text in texts if (name := tidy(text).strip(" ,;"))]


class _Line(NamedTuple):
    """The names in a text, whether others follow, and what the user should check."""

    names: tuple[_PersonParts, ...] = ()
    cut: bool = False
    doubt: str = ""


@lru_cache(maxsize=1 << 14)  # many people are authors of several works
def _parsed(text: str) -> _Line:
    if plain := plain_name(text):
        return _Line((_PersonParts(*plain),))
    line = tidy(text).strip("; ")
    cut = _ET_AL.search(line, max(0, len(line) - _TAIL))
    if cut:
        line = line[: cut.start()].rstrip(" ,;")
    texts = _split(line) if line and not _NOBODY.fullmatch(line) else ()
    names = tuple(map(_read, texts))
    return _Line(names, bool(cut), _doubt(line, names))


def _doubt(line: str, names: tuple[_PersonParts, ...]) -> str:
    text = _short(line)
    if len(names) > 2 and not any(name.given for name in names) and "," in line:
        return f"{text!r} was split at its commas; the names are printed as they are"
    if len(names) == 1 and line.count(",") == 1 and all(map(_is_two_words, line.split(","))):
        return f"{text!r} may be two people; it was read as one"
    is_only = len(names) == 1 and "," in line.strip(" ,") and "(" not in line
    for name in names:
        if not name.given and is_only:
            return f"{text!r} was read as the group {name.family!r}"
        if " " in name.family and _DEGREE.fullmatch(name.given) and name.family[:1].isupper():
            return f"{text!r} was read with {name.given!r} as initials, which may be a degree"
    if len(names) == 1 and (line.count(",") > 3 or _may_be_two(line)):
        return f"{text!r} may be a list of names; it was read as one"
    return ""


def _is_two_words(text: str) -> bool:
    words = text.split()
    return len(words) == 2 and all(word.isalpha() and word.istitle() for word in words)


def _may_be_two(line: str) -> bool:
    """Return whether a text may be the names of two people: ``Ann Roe and Bob Doe``."""
    pieces = re.split(r"\s+(?:and|&)\s+", line) if " and " in line or " & " in line else []
    return len(pieces) > 1 and not has_word_of_group(line) and all(" " in piece for piece in pieces)


# --- lists ----------------------------------------------------------------------------------------


def _split(text: str) -> tuple[str, ...]:
    """Return the names in a text: most often one."""
    if len(text) > _LONGEST or not ("," in text or ";" in text or " and " in text):
        return (text,)
    if text.endswith(",") and text.count(",") == 1:  # a group, as abstool and EndNote write it
        return (text,)
    if ";" in text:
        return _between_semicolons(text)
    pieces = re.split(r",?\s+(?:and|&)\s+", text)
    if len(pieces) > 1 and not has_word_of_group(text) and all(map(_looks_personal, pieces)):
        return tuple(name for piece in pieces for name in _split(piece))
    parts = [part.strip() for part in text.rstrip(" ,").split(",")]
    for form in (_FAMILY_FIRST, _INITIALS_FIRST):
        if len(parts) > 1 and all(map(form.fullmatch, parts)) and all(map(_has_words, parts)):
            return tuple(parts)
    if len(parts) > 2 and all(map(_is_whole_name, parts)) and not has_word_of_group(text):
        return tuple(parts)
    if len(parts) > 3 and len(parts) % 2 == 0 and all(map(_ONLY_INITIALS.fullmatch, parts[1::2])):
        return tuple(map(", ".join, zip(parts[::2], parts[1::2], strict=True)))
    return (text,)


def _between_semicolons(text: str) -> tuple[str, ...]:
    """Return the names that semicolons separate; a degree belongs to the name before it."""
    names: list[str] = []
    for piece in text.split(";"):
        part = _LAST.sub("", piece.strip())
        part = part.removesuffix(",") if part.count(",") > 1 else part
        if names and (_DEGREE.fullmatch(part) or _SUFFIX.fullmatch(part)):
            names[-1] += f", {part}"
        else:
            names.append(part)
    return tuple(names) if all(names) else (text,)


def _is_whole_name(text: str) -> bool:
    """Return whether a text may be all of a person's name: ``Ann B. van Roe``."""
    words = text.split()
    return 2 <= len(words) <= 5 and all(
        word[0].isupper() and not _ONLY_INITIALS.fullmatch(word) for word in words[:1] + words[-1:]
    )


def _looks_personal(text: str) -> bool:
    if "," in text:
        return all(map(_ONLY_INITIALS.fullmatch, map(str.strip, text.split(",")[1::2]))) or (
            text.count(",") == 1 and len(text.split()) < 5
        )
    return bool(_FAMILY_FIRST.fullmatch(text) or _INITIALS_FIRST.fullmatch(text))


def _has_words(text: str) -> bool:
    return all(any(map(str.isalpha, word)) for word in text.split())


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"


# --- one name -------------------------------------------------------------------------------------


def _read(text: str) -> _PersonParts:
    bare = without_marks(text)
    family, comma, rest = bare.partition(",")
    parts = [part for part in map(str.strip, rest.split(",")) if part]
    if family.count("(") > family.count(")"):  # the members of a group
        name = _PersonParts(bare)
    elif (
        parts
        and _FAMILY_FIRST.fullmatch(family)
        and all(_DEGREE.fullmatch(one) or _SUFFIX.fullmatch(one) for one in parts)
    ):
        suffixes = filter(_SUFFIX.fullmatch, parts)  # Doe JP, Jr, MD
        name = _in_one_part(" ".join((family, *suffixes)), is_group=False)
        name = name._replace(removed=any(map(_DEGREE.fullmatch, parts)))
    elif parts:
        name = _inverted(family.strip(), parts, is_titled=has_title(text))
    else:
        name = _in_one_part(family.strip(), is_group=bool(comma))
        if not comma and not name.given and has_title(text):
            name = _turned(name)._replace(given_first=True)
    whole = ", ".join(filter(None, name[:3]))
    return name._replace(removed=name.removed or (bare != text and bool(whole)))


def _inverted(family: str, rest: list[str], *, is_titled: bool) -> _PersonParts:
    """Return the name in ``Family, Given, Suffix`` or ``Family, Suffix, Given``."""
    given, *others = [part for part in rest if part] or [""]
    removed = False
    if not others:
        if is_inverted_group(family, given):
            return _PersonParts(f"{given} {family}")
        if is_divided_group(family, given):
            return _PersonParts(f"{family}, {given}")
    is_whole = " " in family and family.partition(" ")[0] not in PARTICLES
    if is_whole and not others and _SUFFIX.fullmatch(given):  # Roe AB, Jr.
        name = _in_one_part(family, is_group=False)
        return name._replace(suffix=given) if name.given else _PersonParts(family, given)
    is_sure = is_titled or others or _INITIAL_AMID.fullmatch(family)
    if is_whole and is_sure and all(map(_DEGREE.fullmatch, (given, *others))):  # Ann Roe, MD, PhD
        name = _in_one_part(family, is_group=False)
        return (name if name.given else _turned(name))._replace(removed=True)
    if others and _SUFFIX.fullmatch(given):
        given, others = others[0], [given, *others[1:]]
    kept = [part for part in others if not _DEGREE.fullmatch(part)]
    removed = len(kept) < len(others)
    if kept and _ONLY_INITIALS.fullmatch(kept[0]) and not _SUFFIX.fullmatch(kept[0]):
        given, kept = f"{given} {kept[0]}", kept[1:]
    suffix = " ".join(kept)
    if not suffix:
        given, suffix = _without_suffix(given)
        if not suffix:
            family, suffix = _without_suffix(family)
    return _PersonParts(family, given, suffix, removed)


def _without_suffix(text: str) -> tuple[str, str]:
    words = text.split()
    if len(words) > 1 and _SUFFIX.fullmatch(words[-1]):
        return " ".join(words[:-1]), words[-1]
    return text, ""


def _in_one_part(text: str, *, is_group: bool) -> _PersonParts:
    """Return the name in a text without a comma, or only one at its end."""
    if is_group or " " not in text:
        return _PersonParts(text)
    if parts := _IDEOGRAPHS.fullmatch(text):
        return _PersonParts(parts[1], parts[2])
    bare, suffix = _without_suffix(text)
    if parts := _FAMILY_FIRST.fullmatch(bare):
        family, given = parts[1].strip(), parts[2].strip()
        if not (family.isupper() and len(given) > 2 and given.isalpha() and _VOWEL.search(given)):
            return _PersonParts(family, given, suffix)
    elif not has_word_of_group(bare) and (
        parts := _INITIALS_FIRST.fullmatch(bare) or _INITIAL_AMID.fullmatch(bare)
    ):
        return _PersonParts(parts[2].strip(), parts[1].strip(), suffix, given_first=True)
    return _PersonParts(text)


def _given_first(names: list[_PersonParts]) -> list[_PersonParts]:
    """Read ``Ann Poe`` as a person where another author of the entry is ``A. Roe``.

    Such entries, as IEEE writes them, have all given names in front.
    """
    if not any(name.given_first for name in names):
        return names
    return [_turned(name) if not name.given else name for name in names]


def _turned(name: _PersonParts) -> _PersonParts:
    words = name.family.split()
    if not 2 <= len(words) <= 5 or has_word_of_group(name.family) or not words[0][:1].isupper():
        return name
    if any(not word[0].isupper() and word not in PARTICLES for word in words):
        return name
    first = next((n for n, word in enumerate(words[1:], 1) if word in PARTICLES), len(words) - 1)
    return name._replace(family=" ".join(words[first:]), given=" ".join(words[:first]))


def _as_items(names: Iterable[_PersonParts]) -> list[ItemName]:
    items: list[ItemName] = []
    for name in names:
        family, given, suffix = name[:3]
        if not given:
            items.append({"literal": f"{family} {suffix}".strip()})
            continue
        item: ItemName = {"family": family, "given": given}
        if suffix:
            item["suffix"] = suffix
        if not family.isascii() and _IDEOGRAPHIC.fullmatch(family + given):
            item["static-ordering"] = True
        items.append(item)
    return items
