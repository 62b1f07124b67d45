"""Citation keys: ``gebhardt2025blinatumomab``, made of family name, year and first title word.

In: CSL-JSON items and, for other keys, a template. Out: keys of ASCII characters, the same on
every run, and unique in a set also for readers that ignore case: later ones of equal keys get a
letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import count
from string import ascii_lowercase
from typing import Any

from abstool.errors import UsageError

TEMPLATE = "{family}{year}{word}"
_FIELD = re.compile(r"\{(\w+)\}")
_NO_SIGN = re.compile(r"[^a-z0-9]")
_LITERAL = re.compile(r"[A-Za-z0-9.:+_-]*")

# Letters that Unicode does not decompose into a base letter and an accent.
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
_SMALL_WORDS = frozenset(
    "a an and are as at by do does for from has have in into is it its of on or over the their to "
    "under was were what when which who why with".split()
)


def key_of(item: dict[str, Any], template: str = TEMPLATE) -> str:
    """Return the key a template gives an item; absent parts are left out.

    An item without a first author's name is ``anon``.
    """
    parts = _split(template)
    made = (_FIELDS[part](item) if number % 2 else part for number, part in enumerate(parts))
    return "".join(made) or "anon"


@cache
def _split(template: str) -> list[str]:
    """Return the literal parts of a template, and between them the names of its fields."""
    return _FIELD.split(template)


def check(template: str) -> None:
    """Raise UsageError for a template that can give no key."""
    parts = _split(template)
    names = parts[1::2]
    if not names or not _LITERAL.fullmatch("".join(parts[::2])):
        problem = f"{template!r} is no template of a key"
    elif unknown := [name for name in names if name not in _FIELDS]:
        problem = f"{{{unknown[0]}}} is unknown"
    else:
        return
    known = ", ".join(f"{{{name}}}" for name in _FIELDS)
    raise UsageError("--key", problem, f"write it with {known}, letters, digits and . : + _ -")


def _family(item: dict[str, Any]) -> str:
    author: dict[str, str] = next(iter(item.get("author") or item.get("editor") or ()), {})
    return _ascii(author.get("family", "")) or _first_word(author.get("literal", "")) or "anon"


def _year(item: dict[str, Any]) -> str:
    return str(item.get("issued", {}).get("date-parts", [[""]])[0][0])


def _number(item: dict[str, Any]) -> str:
    custom = item.get("custom")
    number = custom.get("abstract_number") if isinstance(custom, dict) else None
    return _ascii(str(number or item.get("page", "")).removeprefix("Abstract "))


def _meeting(item: dict[str, Any]) -> str:
    return _ascii(str(item.get("event-title", "")))


_FIELDS: dict[str, Callable[[dict[str, Any]], str]] = {
    "family": _family,
    "year": _year,
    "word": lambda item: _first_word(str(item.get("title", ""))),
    "number": _number,
    "meeting": _meeting,
}


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
    """Return the first significant word, else the first one."""
    first = ""
    for word in filter(None, map(_ascii, text.split())):
        if word not in _SMALL_WORDS:
            return word
        first = first or word
    return first


def _ascii(text: str) -> str:
    text = text.casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return text if text.isascii() and text.isalnum() else _NO_SIGN.sub("", text)
