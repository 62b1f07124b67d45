"""Read the names that most entries have, ``Family, Given``, without looking for anything else."""

from __future__ import annotations

import re
from functools import lru_cache

from abstool.inputs.references.people.words import GROUP, SUFFIX
from abstool.names import is_degree

# Letters of Latin, only composed ones, which no form changes.
_LETTER = "A-Za-zÀ-ÖØ-öø-ɏ'’-"
_UPPER = "A-ZÀ-ÖØ-Þ" + "".join(filter(str.isupper, map(chr, range(0x100, 0x250))))
_PLAIN = re.compile(
    rf"((?:[a-z]++ )*+[{_UPPER}][{_LETTER}]++), ((?:[{_UPPER}][{_LETTER}]*+\.?+[ -]?+)++)"
)
_TITLES = frozenset("prof professor dr mr mrs phd mph md al others and".split())
_UNUSUAL = GROUP | SUFFIX | _TITLES


@lru_cache(1 << 14)  # many people are authors of several works
def plain_name(text: str) -> tuple[str, str] | None:
    """Return family and given name; None for a name that may have more parts or be a group's."""
    found = _PLAIN.fullmatch(text)
    if not found or "--" in text or "''" in text:
        return None
    family, given = found.groups()
    words = text.casefold().replace(",", "").replace(".", "").split()
    if not _UNUSUAL.isdisjoint(words) or (" " in family and is_degree(given)):
        return None
    if given[-2:].isupper() and " " in given and is_degree(given.rpartition(" ")[2]):
        return None  # Ida RN
    return family, given
