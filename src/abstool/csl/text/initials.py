"""Shorten given names to initials: ``JP``, ``J.-P.`` or ``J. P.``, depending on the style."""

from __future__ import annotations

import re
from functools import lru_cache

from abstool.csl.text.marks import MARKS

# Few names have a nickname. A longer text in brackets is kept, so that the time stays linear.
_NICKNAME = r"\([^)]{0,100}\)|\"[^\"]{0,100}\"|“[^”]{0,100}”"
_VOWEL = re.compile("[aeiouyà-æè-ïò-öø-ýÿœαεηιουωάέήίόύώаеёиіїоуыэюя]", re.IGNORECASE)
_FIRST_LETTER = r"[^\W\d_][\u0300-\u036f]*"


@lru_cache(maxsize=8192)  # many authors share a given name
def initials(given: str, mark: str, *, hyphen: bool, keep_names: bool = False) -> str:
    """Return the initials of given names.

    Lower-case words between names are kept (``M. del C.``) unless there is no capital at all.
    Nicknames in brackets or quotation marks are dropped. Scripts without capitals are not changed.

    Args:
        given: one or more names or initials.
        mark: the text after each initial: ``""``, ``"."`` or ``". "``.
        hyphen: keep the hyphen of ``Jean-Pierre``.
        keep_names: keep full names, and add the mark only to initials.
    """
    if given.lower() == given.upper():
        return given
    if "(" in given or '"' in given or "“" in given:
        given = re.sub(_NICKNAME, " ", given) if re.sub(_NICKNAME, "", given).strip() else given
    names = _spaced(given).split()
    all_lower = given.islower()
    text = "".join(
        [
            _shortened(name, mark, hyphen=hyphen, keep_names=keep_names, all_lower=all_lower)
            for name in names
        ]
    )
    return " ".join(text.split())


def _spaced(given: str) -> str:
    """Return given names with a space after each point, but not before a hyphen (``J.-P.``)."""
    spaced = given.replace(".", ". ")
    return re.sub(r"\.\s*-\s*", ".-", spaced) if "-" in given else spaced


def _shortened(name: str, mark: str, *, hyphen: bool, keep_names: bool, all_lower: bool) -> str:
    """Return one of the given names as an initial, or as it is if full names are kept."""
    if not keep_names and name[0].isupper() and (name.isalpha() or name[1:] == "."):
        return name[0] + mark  # most names, and much faster
    before, bare, after = _unmarked(name)
    if keep_names:
        shown = _normalized(bare, mark)
    else:
        shown = _initial(bare, mark, hyphen=hyphen, all_lower=all_lower)
    end = shown.rstrip()  # a space is outside the formatting
    return f"{before}{end}{after}{shown[len(end) :]}"


def _unmarked(name: str) -> tuple[str, str, str]:
    """Return a name without the formatting marks at its ends, between these marks."""
    if name[0] not in MARKS and name[-1] not in MARKS:
        return "", name, ""
    bare = name.strip("".join(MARKS))
    before, _, after = name.partition(bare) if bare else (name, "", "")
    return before, bare, after


def _normalized(name: str, mark: str) -> str:
    """Return a full name as it is, or an initial or abbreviation with the mark."""
    bare = name.removesuffix(".")
    if bare != name or (len(bare) == 1 and bare.isupper()):
        return bare.replace(".-", f"{mark.rstrip()}-") + mark
    return f" {bare} "


def _initial(name: str, mark: str, *, hyphen: bool, all_lower: bool) -> str:
    bare = name.removesuffix(".")
    if not (all_lower or any(letter.isupper() for letter in bare)):
        return f" {bare} "
    parts = [part for part in name.split("-") if part]
    if hyphen and not all_lower:  # "Guo-ping" is one name
        parts = [part for part in parts if _unmarked(part)[1][:1].isupper()] or parts[:1]
    shown = [_letters(part, mark.rstrip()) for part in parts]
    joint = "-" if hyphen else mark[len(mark.rstrip()) :]
    text = joint.join(filter(None, shown))
    return text + mark[len(mark.rstrip()) :] if text else ""


def _letters(name: str, stop: str) -> str:
    """Return the first letter of a name, or all of an abbreviation such as ``Yu.`` or ``Chr.``."""
    unpointed = name.removesuffix(".")
    before, bare, after = _unmarked(unpointed) if unpointed else ("", "", "")
    if not (match := re.search(_FIRST_LETTER, bare)):
        return ""
    whole = unpointed != name and bare[0].isupper() and bare.isalpha() and _is_short(bare)
    return before + (bare if whole else match[0].upper()) + stop + after


def _is_short(name: str) -> bool:
    """Return whether a name before a full stop is shortened: two letters, consonants, initials.

    Any other is a name at the end of a sentence: ``Katherine.``.
    """
    return len(name) < 3 or not _VOWEL.search(name) or (name.isupper() and len(name) < 5)
