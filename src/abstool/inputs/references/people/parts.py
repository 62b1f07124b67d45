"""Read the names of CSL-JSON, which are in parts, as other programs fill these.

A degree or a suffix may be in any part (``Ann, PhD``), and a whole name or several in one text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import cast

from abstool.errors import printable
from abstool.inputs.references.people import People, people
from abstool.inputs.references.people.marks import REMOVED, without_degree, without_marks
from abstool.inputs.references.people.person import SUFFIX, without_suffix
from abstool.inputs.references.people.words import is_person, is_surely_group
from abstool.item import ItemName
from abstool.names import is_degree

# What the parts of most names do not have; only then is it looked for.
_UNUSUAL = re.compile(
    r"[*†‡§¶#∗✉⁎⁰¹²³⁴-⁹,\"“]|\d{4}"
    r"|\b(?:Prof|Dr|Mr|Mrs|Ph\.?D|M\.?P\.?H|M\.?D|[JS]r|II|III|IV)\b",
    re.IGNORECASE,
)
_LONGEST = 4  # words of a person's name in one text


def parted(names: list[object], *, as_literals: bool) -> People:
    """Return names without what is not theirs; a text that is ``Family, Given`` is a person.

    As a literal name it may be a group, ``Leaf, Basel``, and stays as it is with a warning, unless
    the program writes its people ``as_literals``.
    """
    found: list[object] = []
    warnings: list[str] = []
    is_removed = False
    for name in names:
        if text := _whole(name):
            is_kept = isinstance(name, dict) and "literal" in name and not as_literals
            found += _read(text, warnings, is_kept=is_kept) or [name]
        elif isinstance(name, dict) and _is_unusual(_texts(name)):
            found.append(cleaned := _cleaned(name))
            is_removed = is_removed or _words(cleaned) != _words(name)
        else:
            found.append(name)
    return People(cast("list[ItemName]", found), tuple(warnings), (REMOVED,) * is_removed)


@lru_cache(1 << 14)  # many people are authors of several works
def _is_unusual(texts: str) -> bool:
    return _UNUSUAL.search(texts) is not None


def _texts(name: dict[str, object]) -> str:
    return f"{name.get('family') or ''} {name.get('given') or ''} {name.get('suffix') or ''}"


def _words(name: dict[str, object]) -> list[str]:
    return sorted(re.findall(r"[^\s,]+", _texts(name)))


def _whole(name: object) -> str:
    """Return a name that is in one text and may be that of a person or several, else ``""``."""
    if isinstance(name, dict):
        name = "" if name.get("given") else name.get("literal") or name.get("family")
    return name if isinstance(name, str) and ("," in name or ";" in name) else ""


def _read(text: str, warnings: list[str], *, is_kept: bool) -> list[ItemName]:
    """Return the people in a text, or none if it may be the name of a group or is kept if one."""
    names = [] if "&" in text or is_surely_group(text) else people([text]).names
    if not is_person(text) or not all("given" in name for name in names):
        return []
    named = printable(text, limit=60)
    if len(names) > 1:
        warnings.append(f"{named!r} was read as the names of {len(names)} people")
    elif not names or len(text.split()) > _LONGEST or text.count(",") > 1:
        return []
    elif is_kept:
        warnings.append(f"{named!r} may be the name of a person; kept as one text")
        return []
    else:
        warnings.append(f"{named!r} was read as the name of a person")
    return names


def _cleaned(name: dict[str, object]) -> dict[str, object]:
    """Return a name without degrees, titles and signs, and with its suffix in a part of its own."""
    family, given = name.get("family"), name.get("given")
    suffix = name.get("suffix") or ""
    if not all(isinstance(text, str) and text for text in (family, given, suffix or "-")):
        return name
    family, in_family = _without_suffixes(str(family), is_family=True)
    given, in_given = _without_suffixes(str(given))
    own = ", ".join(part for part in re.split(r",\s*", str(suffix)) if not is_degree(part))
    cleaned = name | {"family": family, "given": given, "suffix": own or in_given or in_family}
    return {part: text for part, text in cleaned.items() if text or part != "suffix"}


def _without_suffixes(text: str, *, is_family: bool = False) -> tuple[str, str]:
    """Split ``Ann, Jr.`` or ``Ann Jr.``; a degree is left out. Any other comma stays."""
    first, *others = (part.strip() for part in text.split(","))
    if not first or not all(is_degree(part) or SUFFIX.fullmatch(part) for part in others):
        return text, ""
    bare = without_marks(without_degree(first), is_family=is_family)
    found = [part for part in others if SUFFIX.fullmatch(part)]
    return (bare, found[0]) if found else without_suffix(bare)
