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

from abstool.inputs.references.plain_names import plain_name
from abstool.item import ET_AL, ItemName
from abstool.names import DEGREES, PARTICLES, SUFFIXES
from abstool.text import tidy

REMOVED = "signs, ORCID numbers or titles around names were removed"

_LAST = re.compile(r"^(?:and|&)\s+")  # before the last name of a list
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
_DEGREE = re.compile(rf"(?:{DEGREES})\.?(?:[\s,]+(?:{DEGREES})\.?)*")
_DEGREE_AFTER_NAME = re.compile(r"(?<=[a-z])\s+M\.?D\.?$")
_ET_AL = re.compile(
    r"(?:^|[\s,;]+)(?:et\.?\s+al\.?|(?:and|&)\s+others|\.\.\.|…)[\s.,;]*$|^others$", re.IGNORECASE
)
_SUFFIX = re.compile(rf"(?:{'|'.join(map(re.escape, SUFFIXES))})\.?", re.IGNORECASE)

_INITIALS = r"(?:[A-ZÀ-ÖØ-Þ]\.?[ -]?){1,4}"
_FAMILY_FIRST = re.compile(rf"((?:[^\s,]+ ){{1,3}}?)({_INITIALS})")  # "Doe B C" is B. C. Doe
_INITIALS_FIRST = re.compile(r"((?:[A-ZÀ-ÖØ-Þ][a-z]?\.[ -]?)+)((?:[^\s,.]+ ?){1,4})")
_ONLY_INITIALS = re.compile(_INITIALS)
_VOWEL = re.compile(r"[AEIOUYÀ-ÆÈ-ÏÒ-ÖØ-Ý]")
_IDEOGRAPHS = re.compile(r"([\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{1,2}) ([\u3040-\ud7af]{1,3})")
_IDEOGRAPHIC = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_GROUP = re.compile(
    r"\b(?:group|stud(?:y|ies)|organi[sz]ations?|consortium|committee|collaborat\w+|network|trial\w*"
    r"|universit\w+|institut\w+|societ\w+|association|investigators?|team|initiative|project|inc"
    r"|ltd|department|ministry|agency|council|cent(?:er|re)|national|international|foundation)\b",
    re.IGNORECASE,
)
_TAIL = 60  # characters at the end of a list in which "et al." is looked for
_LONGEST_NAME = 500  # characters; the patterns take quadratic time
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
        if line.is_doubtful:
            warnings.append(f"{_short(tidy(text))!r} may be a list of names; it was read as one")
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
    """The names in a text, whether others follow, and whether it may be a list that is unread."""

    names: tuple[_PersonParts, ...] = ()
    cut: bool = False
    is_doubtful: bool = False


@lru_cache(maxsize=1 << 14)  # many people are authors of several works
def _parsed(text: str) -> _Line:
    if plain := plain_name(text):
        return _Line((_PersonParts(*plain),))
    line = tidy(text).strip("; ")
    cut = _ET_AL.search(line, max(0, len(line) - _TAIL))
    if cut:
        line = line[: cut.start()].rstrip(" ,;")
    names = tuple(map(_read, _split(line))) if line else ()
    return _Line(names, bool(cut), is_doubtful=len(names) == 1 and line.count(",") > 3)


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
    if len(pieces) > 1 and not _GROUP.search(text) and all(map(_looks_personal, pieces)):
        return tuple(name for piece in pieces for name in _split(piece))
    parts = [part.strip() for part in text.rstrip(" ,").split(",")]
    for form in (_FAMILY_FIRST, _INITIALS_FIRST):
        if len(parts) > 1 and all(map(form.fullmatch, parts)) and all(map(_has_words, parts)):
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
    if parts and _FAMILY_FIRST.fullmatch(family) and all(map(_is_after_name, parts)):
        suffixes = filter(_SUFFIX.fullmatch, parts)  # Doe JP, Jr, MD
        name = _in_one_part(" ".join((family, *suffixes)), is_group=False)
        name = name._replace(removed=any(map(_DEGREE.fullmatch, parts)))
    elif parts:
        name = _inverted(family.strip(), parts)
    else:
        name = _in_one_part(family.strip(), is_group=bool(comma))
    whole = ", ".join(filter(None, name[:3]))
    return name._replace(removed=name.removed or (bare != text and bool(whole)))


def _is_after_name(part: str) -> bool:
    return bool(_SUFFIX.fullmatch(part) or _DEGREE.fullmatch(part))


def without_marks(text: str) -> str:
    """Return a name without signs, ORCID numbers and titles around it."""
    if len(text) > _LONGEST_NAME:
        return text
    if quoted := _QUOTED.fullmatch(text):
        text = quoted[1] or quoted[2]
    bare = _ORCID.sub("", text).strip() if "-" in text else text
    bare = _SIGNS.sub("", bare)
    if "," in bare or len(bare.split()) < 5:
        bare = _TITLE_AFTER.sub("", _TITLE_BEFORE.sub("", bare))
        family, comma, given = bare.partition(",")
        if comma:
            given = _DEGREE_AFTER_NAME.sub("", given)
            space = " " if given[:1] == " " else ""
            bare = f"{family},{space}{_TITLE_BEFORE.sub('', given.lstrip())}"
    return bare.strip() or text


def _inverted(family: str, rest: list[str]) -> _PersonParts:
    """Return the name in ``Family, Given, Suffix`` or ``Family, Suffix, Given``."""
    given, *others = [part for part in rest if part] or [""]
    removed = False
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
    elif (parts := _INITIALS_FIRST.fullmatch(bare)) and not _GROUP.search(bare):
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
    if not 2 <= len(words) <= 5 or _GROUP.search(name.family) or not words[0][:1].isupper():
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
