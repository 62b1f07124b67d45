"""Make citation keys from items: family name, year and first title word, or another template.

A key such as ``gebhardt2025blinatumomab`` is ASCII and the same on every run. ``unique`` adds
letters to repeated keys, for readers that ignore case as well.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
from itertools import count

from abstool.errors import UsageError
from abstool.item import Item, custom_of, year_of
from abstool.text import fold, letters

TEMPLATE = "{family}{year}{word}"
_FIELD = re.compile(r"\{(\w+)\}")
_LITERAL = re.compile(r"[A-Za-z0-9.:+_-]*")
_NOT_IN_KEYS = re.compile(r"[^a-z0-9]")

_SMALL_WORDS = frozenset(
    "a an and are as at by do does for from has have in into is it its of on or over the their to "
    "under was were what when which who why with".split()
)


def key_of(item: Item, template: str = TEMPLATE) -> str:
    """Return the citation key of an item, ``anon`` if it would be empty.

    Fields of the template that the item does not have are left out, but the family name of an item
    without authors and editors is ``anon``.
    """
    parts = _split(template)
    made = (_FIELDS[part](item) if number % 2 else part for number, part in enumerate(parts))
    return "".join(made) or "anon"


def check(template: str) -> None:
    """Raise UsageError if a template is not valid."""
    parts = _split(template)
    names = parts[1::2]
    if not names or not _LITERAL.fullmatch("".join(parts[::2])):
        problem = f"{template!r} is not a valid template"
    elif unknown := [name for name in names if name not in _FIELDS]:
        problem = f"{{{unknown[0]}}} is not a field"
    else:
        return
    known = ", ".join(f"{{{name}}}" for name in _FIELDS)
    next_step = f"use {known}, letters, digits and . : + _ -"
    raise UsageError(problem=problem, next_step=next_step, argument="key")


def unique(keys: Iterable[str], others: Collection[str] = ()) -> Iterator[str]:
    """Yield each key, followed by ``a``, ``b`` ... ``aa`` if an earlier one is the same.

    ``others`` are keys that nobody may have, such as those of another file.
    """
    taken = {key.casefold() for key in others}
    counts: defaultdict[str, Iterator[int]] = defaultdict(count)
    for key in keys:
        free = key
        while free.casefold() in taken:
            free = key + letters(next(counts[key.casefold()]))
        taken.add(free.casefold())
        yield free


@cache
def _split(template: str) -> list[str]:
    """Return the literal parts of a template and, between them, the names of its fields."""
    return _FIELD.split(template)


def _family(item: Item) -> str:
    people = item.get("author") or item.get("editor")
    if not people:
        return "anon"
    name = people[0]
    return _ascii(name.get("family", "")) or _first_word(name.get("literal", "")) or "anon"


def _year(item: Item) -> str:
    return str(year_of(item.get("issued")) or "")


def _word(item: Item) -> str:
    return _first_word(str(item.get("title", "")))


def _number(item: Item) -> str:
    number = custom_of(item).get("abstract_number") or item.get("page", "")
    return _ascii(str(number).removeprefix("Abstract "))


def _meeting(item: Item) -> str:
    return _ascii(str(item.get("event-title", "")))


_FIELDS: dict[str, Callable[[Item], str]] = {
    "family": _family,
    "year": _year,
    "word": _word,
    "number": _number,
    "meeting": _meeting,
}


def _first_word(text: str) -> str:
    """Return the first significant word, or the first one if all are small."""
    first = ""
    for word in filter(None, map(_ascii, text.split())):
        if word not in _SMALL_WORDS:
            return word
        first = first or word
    return first


def _ascii(text: str) -> str:
    folded = fold(text)
    return folded if folded.isascii() and folded.isalnum() else _NOT_IN_KEYS.sub("", folded)
