"""Find the names in a text, which may be a list of several, and what is doubtful in it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from abstool.inputs.references.people.person import (
    DEGREE,
    FAMILY_FIRST,
    INITIALS_FIRST,
    JOINED_FIRST,
    ONLY_INITIALS,
    SUFFIX,
    PersonParts,
    read_name,
    without_suffix,
)
from abstool.inputs.references.people.plain import plain_name
from abstool.inputs.references.people.words import (
    CHINESE_FAMILIES,
    NO_AUTHOR,
    ends_as_group,
    has_word_of_group,
)
from abstool.text import tidy

_LAST = re.compile(r"^(?:and|&)\s+")  # before the last name of a list
_NOBODY = re.compile(
    rf"{NO_AUTHOR}|n/?a|nan|(?:null|undefined)(?:, (?:null|undefined))?|none|unknown|[-–—.?]+",
    re.IGNORECASE,
)
_ET_AL = re.compile(
    r"(?:^|[\s,;]+)(?:et\.?[\s,]+al\.?|al\.?,\s*et|(?:and|&)\s+others|\.\.\.|…)[\s.,;]*$|^others$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[,;/，、]| and ")  # what may stand between names
_LINK = re.compile(r" and | & |/")
_COMMAS = re.compile(r"[,，、]")
_CHINESE_NAME = re.compile(rf"[{CHINESE_FAMILIES}][\u3400-\u9fff]{{1,2}}")
_TAIL = 60  # characters at the end of a list in which "et al." is looked for
_LONGEST = 20_000  # characters; a longer text is not a list of names


class NamesInText(NamedTuple):
    """The names in a text, whether others follow, and what the user should check."""

    names: tuple[PersonParts, ...] = ()
    cut: bool = False
    doubt: str = ""


@lru_cache(maxsize=1 << 14)  # many people are authors of several works
def names_in(text: str) -> NamesInText:
    """Return the names in a text."""
    if plain := plain_name(text):
        return NamesInText((PersonParts(*plain),))
    line = tidy(text).strip("; ")
    cut = _ET_AL.search(line, max(0, len(line) - _TAIL))
    if cut:
        line = line[: cut.start()].rstrip(" ,;")
    texts = _split(line) if line and not _NOBODY.fullmatch(line) else ()
    names = tuple(map(read_name, texts))
    return NamesInText(names, bool(cut), _doubt(line, names))


def _doubt(line: str, names: tuple[PersonParts, ...]) -> str:
    text = _short(line)
    if len(names) > 1 and not any(name.given for name in names):
        if ";" in line and any(_may_be_person(name.family) for name in names):
            return f"{text!r} was split at its semicolons; the names are printed as they are"
        if "," in line and len(names) > 2:
            return f"{text!r} was split at its commas; the names are printed as they are"
    has_pairs = len(names) > 1 and ";" not in line and line.count(",") == 2 * len(names) - 1
    if has_pairs and not all(ONLY_INITIALS.fullmatch(name.given) for name in names):
        return f"{text!r} was read as two people with their family names first"
    if len(names) == 1 and line.count(",") == 1 and all(map(_is_two_words, line.split(","))):
        return may_be_two_people(text)
    is_only = len(names) == 1 and "," in line.strip(" ,") and "(" not in line
    for name in names:
        if not name.given and is_only:
            return f"{text!r} was read as the group {name.family!r}"
        first, _, last = name.given.rpartition(" ")
        has_more = first or (" " in name.family and name.family[:1].isupper())
        if has_more and DEGREE.fullmatch(last):
            return may_be_degree(text, last)
    has_other = any(not all(map(SUFFIX.fullmatch, name.suffix.split())) for name in names)
    if has_other or (len(names) == 1 and (line.count(",") > 3 or _may_be_two(line))):
        return f"{text!r} may be a list of names; it was read as one"
    return ""


def may_be_two_people(text: str) -> str:
    """Return the warning about one name that may be two."""
    return f"{text!r} may be two people; it was read as one"


def may_be_degree(text: str, initials: str) -> str:
    """Return the warning about initials behind a given name that may be a degree."""
    return f"{text!r} was read with {initials!r} as initials, which may be a degree"


def _may_be_person(text: str) -> bool:
    return _is_whole_name(text) and not has_word_of_group(text)


def _is_two_words(text: str) -> bool:
    words = text.split()
    return len(words) == 2 and all(word.isalpha() and word.istitle() for word in words)


def _may_be_two(line: str) -> bool:
    """Return whether a text may be the names of two people: ``Ann Roe and Bob Doe``."""
    pieces = re.split(r"\s(?:and|&)\s|\s?/\s?", line) if _LINK.search(line) else []
    return len(pieces) > 1 and not has_word_of_group(line) and all(" " in piece for piece in pieces)


def _split(text: str) -> tuple[str, ...]:
    """Return the names in a text: most often one."""
    if len(text) > _LONGEST or not _BETWEEN.search(text):
        return (text,)
    if text.endswith(",") and text.count(",") == 1:  # a group, as abstool and EndNote write it
        return (text,)
    if "/" in text and not has_word_of_group(text):
        pieces = [piece.strip() for piece in text.split("/")]
        is_apart = " / " in text and all("," in piece for piece in text.split(" / "))
        text = "; ".join(pieces) if is_apart or all(map(_is_surely_person, pieces)) else text
    if ";" in text:
        return _between_semicolons(text)
    if not text.isascii() and (names := chinese_names(text)):
        return names
    pieces = re.split(r",?\s+(?:and|&)\s+", text)
    if len(pieces) > 1 and not has_word_of_group(text) and all(map(_looks_personal, pieces)):
        return tuple(name for piece in pieces for name in _split(piece))
    parts = [part.strip() for part in text.rstrip(" ,").split(",")]
    for form in (FAMILY_FIRST, INITIALS_FIRST):
        if len(parts) > 1 and all(map(form.fullmatch, parts)) and all(map(_has_words, parts)):
            return tuple(parts)
    if names := _with_initials(parts) or _with_joined_initials(parts):
        return names
    if len(parts) > 2 and all(map(_is_whole_name, parts)) and not has_word_of_group(text):
        return tuple(parts)
    return _pairs(parts) or (text,)


def _pairs(parts: list[str]) -> tuple[str, ...]:
    """Return the names in the parts of ``Roe, A., Poe, C.`` or ``Roe, Ann, Poe, Cy``, or none.

    Longer lists without initials may have family names only.
    """
    families, given = parts[::2], parts[1::2]
    if len(parts) < 4 or len(families) > len(given):
        return ()
    names = tuple(map(", ".join, zip(families, given, strict=True)))
    if all(map(ONLY_INITIALS.fullmatch, given)):
        return () if any(map(DEGREE.fullmatch, families)) else names
    are_two = len(names) == 2 and not any(map(str.isupper, families))
    return names if are_two and all(map(plain_name, names)) else ()


def _with_joined_initials(parts: list[str]) -> tuple[str, ...]:
    """Return the names of ``AB Roe, C van Doe``, as Google Scholar writes them, else nothing."""
    found = [*map(JOINED_FIRST.fullmatch, parts)]
    if len(parts) < 2 or has_word_of_group(" ".join(parts)) or any(map(ends_as_group, parts)):
        return ()
    return tuple(f"{one[2]}, {one[1]}" for one in found if one) if all(found) else ()


def _between_semicolons(text: str) -> tuple[str, ...]:
    """Return the names that semicolons separate; a degree belongs to the name before it."""
    names: list[str] = []
    for piece in text.split(";"):
        part = _LAST.sub("", piece.strip())
        part = part.removesuffix(",") if part.count(",") > 1 else part
        if names and (DEGREE.fullmatch(part) or SUFFIX.fullmatch(part)):
            names[-1] += f", {part}"
        else:
            names += _with_initials([one.strip() for one in part.split(",")]) or (part,)
    return tuple(names) if all(names) else (text,)


def _with_initials(parts: list[str]) -> tuple[str, ...]:
    """Return the names of a list such as ``Roe A, Poe B Jr, Tea Study Group.``, else nothing."""
    bare = [without_suffix(part)[0] for part in parts]
    are_people = [bool(FAMILY_FIRST.fullmatch(part)) and _has_words(part) for part in bare]
    are_groups = [*map(ends_as_group, parts)]
    if len(parts) < 2 or not (are_people[0] or sum(are_people) > 1):
        return ()
    if not all(map(any, zip(are_people, are_groups, strict=True))):
        return ()
    *others, last = parts
    is_closed = are_groups[-1] and not last.endswith(("Inc.", "Ltd."))
    return (*others, last.removesuffix(".") if is_closed else last)


def chinese_names(text: str) -> tuple[str, ...]:
    """Return the whole names in ``王小明, 李四``; () for ``王, 小明`` and any other text.

    Each begins with a common family name. Two of two letters may be one Japanese name.
    """
    parts = tuple(part.strip() for part in _COMMAS.split(text))
    if not all(map(_CHINESE_NAME.fullmatch, parts)):
        return ()
    is_list = len(parts) > 2 or (len(parts) == 2 and (len(parts[0]) > 2 or "," not in text))
    return parts if is_list else ()


def _is_surely_person(text: str) -> bool:
    """Return whether a text beside a slash is a person's name: ``Roe, Ann`` or ``Roe AB``."""
    if "," in text:
        family, _, given = text.partition(",")
        return bool(plain_name(text) or (family and ONLY_INITIALS.fullmatch(given.strip())))
    return bool(FAMILY_FIRST.fullmatch(text) or INITIALS_FIRST.fullmatch(text))


def _is_whole_name(text: str) -> bool:
    """Return whether a text may be all of a person's name: ``Ann B. van Roe``."""
    words = text.split()
    return 2 <= len(words) <= 5 and all(
        word[0].isupper() and not ONLY_INITIALS.fullmatch(word) for word in words[:1] + words[-1:]
    )


def _looks_personal(text: str) -> bool:
    if "," in text:
        return all(map(ONLY_INITIALS.fullmatch, map(str.strip, text.split(",")[1::2]))) or (
            text.count(",") == 1 and len(text.split()) < 5
        )
    return bool(FAMILY_FIRST.fullmatch(text) or INITIALS_FIRST.fullmatch(text))


def _has_words(text: str) -> bool:
    return all(any(map(str.isalpha, word)) for word in text.split())


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
