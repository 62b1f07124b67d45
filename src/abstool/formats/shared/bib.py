"""What the two BibTeX formats share: entries, keys, names, pages, addresses, dates.

In: CSL-JSON items, or parts of one. Out: texts between the braces of a field, on one line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from abstool.citekeys import key_of
from abstool.formats.shared.latex import latex
from abstool.text import plain, tidy, tidy_names, tidy_texts, with_particles

Fields = Iterable[tuple[str, str]]

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9:.+_-]*")
_PARTICLES = frozenset(
    "af al bin da das de degli dei del della den der des di do dos du el ibn la le lo op 't ten "
    "ter van vom von zu zum zur".split()
)


def key(item: dict[str, Any]) -> str:
    """Return the id of an item if it is a valid key, or a key made from the item."""
    id_ = str(item.get("id", ""))
    return id_ if _KEY.fullmatch(id_) else key_of(item)


def entry(kind: str, key: str, fields: Fields) -> str:
    """Return an entry; fields without a value are left out, and values get braces."""
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields if value)
    return f"@{kind}{{{key},\n{lines}}}"


def text(value: object, *, utf8: bool = False) -> str:
    """Return a value as LaTeX; see ``latex``."""
    if value is None or value == "" or not isinstance(value, str | int | float):
        return ""
    return latex(plain(tidy(value)), utf8=utf8)


def reader(item: dict[str, Any], *, utf8: bool = False) -> Callable[[str], str]:
    """Return the function that gives a variable of an item as LaTeX; see ``text``."""
    texts = tidy_texts(item)

    def value(variable: str) -> str:
        found = texts.get(variable)
        if isinstance(found, str) and variable != "abstract":
            return latex(found, utf8=utf8)
        return text(found, utf8=utf8)

    return value


def people(names: Any, *, utf8: bool = False) -> str:
    """Return names as BibTeX reads them: ``von Last, Jr, First and {A Group}``."""
    return " and ".join([_person(parts, utf8=utf8) for parts in tidy_names(names)])


def _person(parts: dict[str, str], *, utf8: bool) -> str:
    family = with_particles(parts, parts.get("family"))
    given, suffix = parts.get("given", ""), parts.get("suffix", "")
    if not given:
        whole = parts.get("literal") or f"{family} {suffix}".strip()
        return f"{{{latex(whole, utf8=utf8)}}}"
    written = [_whole(family, utf8=utf8, apart=_misread(family))]
    written += [_whole(part, utf8=utf8) for part in (suffix, given) if part]
    return ", ".join(filter(None, written))


# The people of a meeting share many names, and stand in the lists of many abstracts.
@lru_cache(1 << 14)
def _whole(part: str, *, utf8: bool, apart: bool = False) -> str:
    """Return a part, in braces where a comma or an "and" in it would start another."""
    value = latex(part, utf8=utf8)
    apart = apart or "," in part or "$" in value
    if apart or ("and" in (folded := part.casefold()) and "and" in folded.split()):
        return f"{{{value}}}"
    return value


def _misread(family: str) -> bool:
    """Tell whether BibTeX would split a family name elsewhere than after its particles."""
    if " " not in family:
        return False
    words = family.split()
    rest = words
    while rest and rest[0] in _PARTICLES:
        rest = rest[1:]
    return not rest or any(_is_lower(word) for word in rest[:-1])


def _is_lower(word: str) -> bool:
    letters = [letter for letter in word if letter.isalpha()]
    return not letters or letters[0].islower() or not letters[0].isascii()


def pages(value: object, *, utf8: bool = False) -> str:
    """Return pages with two hyphens in a range."""
    range_ = r"(?<=\d)(?:-|–|\{\\textendash\})(?=\w)"
    return re.sub(range_, "--", text(value, utf8=utf8))


def address(value: object) -> str:
    """Return a DOI or an address without what BibTeX, or TeX's command for it, stumbles over."""
    return quote(tidy(value), safe=":/?#[]@!$&'()*+,;=%<>") if value else ""


def iso(date: dict[str, Any] | None) -> str:
    """Return a date as ISO writes it, as far as it is known; ``2025-10/2025-11`` for a range."""
    ends = (date or {}).get("date-parts", [])
    return "/".join("-".join(f"{part:02}" for part in end) for end in ends)
