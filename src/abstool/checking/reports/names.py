"""Put right a list of names, and keep those that are right as they are written."""

from __future__ import annotations

import re
from collections.abc import Sequence

from abstool.item import ItemName
from abstool.text import comparable, fold

_BETWEEN = re.compile(r"[\s.\-‐‑]+")


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
    found = []
    for text, name in zip(right, names, strict=True):
        same = next((index for index in free if _is_same(read[index], name)), None)
        if same is not None:
            free.remove(same)
        found.append(text if same is None else written[same])
    return found


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
