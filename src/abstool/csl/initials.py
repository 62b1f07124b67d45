"""Given names to initials, by CSL's options.

In: given names as printed. Out: ``JP``, ``J.-P.`` or ``J. P.``, as the style asks.
"""

from __future__ import annotations

import re
from functools import lru_cache

_NICKNAME = re.compile(r"\([^)]*\)|\"[^\"]*\"|“[^”]*”")
_FIRST_LETTER = re.compile(r"[^\W\d_][\u0300-\u036f]*")


@lru_cache(maxsize=8192)  # many authors share a given name
def initials(given: str, mark: str, *, hyphen: bool, keep_names: bool = False) -> str:
    """Return the initials of given names.

    Words in lower case between names are kept (``M. del C.``), unless nothing has a capital;
    nicknames in brackets or quotes are left out; scripts without capitals are left whole.

    Args:
        given: one or more names or initials.
        mark: what follows an initial: ``""``, ``"."``, ``". "``.
        hyphen: whether ``Jean-Pierre`` keeps its hyphen.
        keep_names: add the mark to initials only, and keep names whole.
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
