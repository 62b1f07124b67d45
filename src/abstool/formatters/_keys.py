"""Citation keys: ``gebhardt2025blinatumomab``, made of family name, year and first title word.

In: CSL-JSON items. Out: keys of ASCII letters and digits, the same on every run, and unique in
a set also for readers that ignore case: later ones of equal keys get a letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import count
from string import ascii_lowercase
from typing import Any

# Letters that Unicode does not decompose into a base letter and an accent.
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
_SMALL_WORDS = frozenset(
    "a an and are as at by do does for from has have in into is it its of on or over the their to "
    "under was were what when which who why with".split()
)


def key_of(item: dict[str, Any]) -> str:
    """Return the key an item asks for; absent parts are left out, nothing at all is ``anon``."""
    author: dict[str, str] = next(iter(item.get("author") or item.get("editor") or ()), {})
    family = _ascii(author.get("family", "")) or _first_word(author.get("literal", ""))
    year = item.get("issued", {}).get("date-parts", [[""]])[0][0]
    return f"{family or 'anon'}{year}{_first_word(str(item.get('title', '')))}"


def unique(keys: Iterable[str]) -> Iterator[str]:
    """Yield each key, with ``a``, ``b`` ... ``aa`` after those that came before."""
    taken: set[str] = set()
    suffixes: defaultdict[str, Iterator[int]] = defaultdict(count)
    for key in keys:
        free = key
        while free.casefold() in taken:
            free = key + _letters(next(suffixes[key.casefold()]))
        taken.add(free.casefold())
        yield free


def _letters(number: int) -> str:
    rest, letter = divmod(number, len(ascii_lowercase))
    return (_letters(rest - 1) if rest else "") + ascii_lowercase[letter]


def _first_word(text: str) -> str:
    words = [word for word in map(_ascii, text.split()) if word]
    return next((word for word in words if word not in _SMALL_WORDS), "".join(words[:1]))


def _ascii(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return re.sub(r"[^a-z0-9]", "", folded)
