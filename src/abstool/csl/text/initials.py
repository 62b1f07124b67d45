"""Shorten given names to initials: ``JP``, ``J.-P.`` or ``J. P.``, depending on the style."""

from __future__ import annotations

import re
from functools import lru_cache

_NICKNAME = re.compile(r"\([^)]*\)|\"[^\"]*\"|“[^”]*”")
_FIRST_LETTER = re.compile(r"[^\W\d_][\u0300-\u036f]*")


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
    names = _NICKNAME.sub(" ", given).replace(".", ". ").split() or given.split()
    all_lower = given.islower()
    text = ""
    for name in names:
        bare = name.replace(".", "")
        if keep_names and len(bare) > 1:
            text += f" {name} "
        elif not (all_lower or any(letter.isupper() for letter in bare)):
            text += f" {bare} "
        else:
            parts = [_FIRST_LETTER.search(part) for part in bare.split("-")]
            letters = [match[0].upper() for match in parts if match]
            joint = mark.rstrip() + "-" if hyphen else mark
            text += joint.join(letters) + mark if letters else ""
    return " ".join(text.split())
