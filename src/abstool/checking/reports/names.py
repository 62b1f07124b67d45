"""Put right a list of names, and keep those that are right as they are written.

In a list of names with initials, those that are put right have initials, too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from abstool.item import ItemName
from abstool.text import comparable, fold

_BETWEEN = re.compile(r"[\s.\-‐‑]+")
_MOST_AS_ONE_WORD = 3  # initials in one word, such as RA


def relisted(
    written: Sequence[str],
    read: Sequence[ItemName],
    right: Sequence[str],
    names: Sequence[ItemName],
) -> list[str]:
    """Return the right list of names, with those of ``written`` that are the same people.

    ``read`` has the parts of the names in ``written``, ``names`` of those in ``right``.
    """
    free = list(range(len(written)))
    has_initials = _have_initials(read)
    found = []
    for text, name in zip(right, names, strict=True):
        same = next((index for index in free if _is_same(read[index], name)), None)
        if same is not None:
            free.remove(same)
            found.append(written[same])
        else:
            found.append(_shortened(text, name, read) if has_initials else text)
    return found


def _have_initials(names: Sequence[ItemName]) -> bool:
    """Return whether all given names are initials: ``R. A.``, ``RA`` or ``J.-P.``."""
    given = [one.get("given", "") for one in names if one.get("given")]
    return bool(given) and all(map(_is_initials, given))


def _is_initials(given: str) -> bool:
    parts = [part for part in _BETWEEN.split(given) if part]
    longest = 1 if len(parts) > 1 or "." in given else _MOST_AS_ONE_WORD
    return bool(parts) and all(part.isupper() and len(part) <= longest for part in parts)


def _shortened(text: str, name: ItemName, others: Sequence[ItemName]) -> str:
    """Return a name with initials, in the form of others; as it is if its given names are masked.

    In BibTeX a letter may be a macro.
    """
    given = name.get("given", "")
    if not given or not text.endswith(f", {given}"):
        return text
    parts = [word.split("-") for word in given.split()]
    if not all(part[:1].isupper() for word in parts for part in word):
        return text
    written = [one.get("given", "") for one in others]
    dot = "." if any("." in one for one in written) else ""
    several = [one for one in written if len(_BETWEEN.sub("", one)) > 1 and "-" not in one]
    space = " " if any(" " in one for one in several) or (dot and not several) else ""
    initials = space.join("-".join(part[0] + dot for part in word) for word in parts)
    return text.removesuffix(given) + initials


def _is_same(one: ItemName, right: ItemName) -> bool:
    """Return whether a name is that of a person, as a citation with initials shows."""
    if _family(one) != _family(right):
        return False
    suffix = comparable(one.get("suffix", ""))
    if suffix and suffix != comparable(right.get("suffix", "")):
        return False
    initials = [fold(word)[:1] for word in _BETWEEN.split(one.get("given", "")) if word]
    given = comparable(right.get("given", ""))
    letters = iter(given)
    if not initials or not given:
        return True
    return given.startswith(initials[0]) and all(letter in letters for letter in initials)


def _family(name: ItemName) -> str:
    parts = ("dropping-particle", "non-dropping-particle", "family", "literal")
    return comparable("".join(str(name.get(part, "")) for part in parts))
