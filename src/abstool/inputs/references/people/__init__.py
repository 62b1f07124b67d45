"""Read the names of people and groups as reference files write them.

A name is ``Family, Given, Suffix``, ``Family AB`` or ``A. B. Family``; any other is a group's. What
stands around a name but is not part of it (signs, ORCID numbers, titles) is removed, and a
warning says so. Joined initials (``KTA``) are written apart, as CSL expects them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from abstool.inputs.references.people.lists import names_in
from abstool.inputs.references.people.marks import REMOVED
from abstool.inputs.references.people.person import PersonParts, turned_alike
from abstool.inputs.references.people.words import VOWEL
from abstool.item import ET_AL, ItemName
from abstool.text import tidy

_BETWEEN_CAPITALS = re.compile(r"[ -]")
_IDEOGRAPHIC = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")


class People(NamedTuple):
    """Names, with warnings for each entry and those to give once per file (see ``Reading``)."""

    names: list[ItemName]
    warnings: tuple[str, ...] = ()
    once: tuple[str, ...] = ()


def people(texts: Iterable[str]) -> People:
    """Read names, in which a text may be a list of several, and put "et al." last."""
    found: list[PersonParts] = []
    warnings: list[str] = []
    cut = False
    for text in texts:
        line = names_in(text)
        found += line.names
        cut = cut or line.cut
        if line.doubt:
            warnings.append(line.doubt)
    if not found:
        return People([{"literal": ET_AL}] if cut else [], tuple(warnings))
    read = spaced(_as_items(turned_alike(found)))
    if cut:
        read.names.append({"literal": ET_AL})
    once = (REMOVED,) if any(name.removed for name in found) else ()
    return People(read.names, (*warnings, *read.warnings), once)


def spaced(names: list[ItemName]) -> People:
    """Write joined initials apart (``KTA`` becomes ``K. T. A.``) in names that have their parts.

    Beside a family name in mixed case, up to four capitals are initials. Beside one in capitals,
    one or two are; three or four are if two other authors of the entry have one or two, or, with a
    hyphen or space, if they cannot be a name (``AB-C``). Else they stay a name, and a warning says
    so.
    """
    joined = {
        index: given
        for index, name in enumerate(names)
        if (given := _without_particles(name.get("given", ""))).isupper() and _are_capitals(given)
    }
    if not joined:
        return People(names)
    capitals = {index for index in joined if names[index].get("family", "").isupper()}
    short = {index for index in capitals if len(joined[index]) < 3}
    long = capitals - short
    warnings = []
    for index, given in joined.items():
        if index in long and _may_be_name(given, beside_initials=len(short) > 1):
            family = names[index].get("family", "")
            warnings.append(f"{given} of {family}, {given} was read as a name, not as initials")
        elif len(given) > 1:
            apart = re.sub(r"(?<=\w)(?=\w)", " ", given)
            apart = re.sub(r"(?<=\w)(?!\w)", ".", apart)
            particles = names[index].get("given", "")[len(given) :]
            names[index] = names[index] | {"given": apart + particles}
    return People(names, tuple(warnings))


def _without_particles(given: str) -> str:
    """Return given names without particles behind them: ``AJJ`` of ``AJJ van der``."""
    first, _, rest = given.partition(" ")
    return first if rest.islower() else given


def _are_capitals(given: str) -> bool:
    """Return whether one to four letters are joined, maybe with hyphens or spaces between some."""
    if given.isalpha():
        return len(given) < 5
    parts = _BETWEEN_CAPITALS.split(given)
    letters = "".join(parts)
    return letters.isalpha() and len(parts) < len(letters) < 5


def _may_be_name(given: str, *, beside_initials: bool) -> bool:
    """Return whether three or four capitals may be a name; one in several parts has vowels in each.

    Args:
        given: the capitals.
        beside_initials: whether two other authors have one or two.
    """
    if given.isalpha():
        return not beside_initials
    parts = given.split("-") if "-" in given else [part for part in given.split() if len(part) > 1]
    return all(map(VOWEL.search, parts))


def group(texts: Iterable[str]) -> list[ItemName]:
    """Return the names of groups."""
    return [{"literal": name} for text in texts if (name := tidy(text).strip(" ,;"))]


def _as_items(names: Iterable[PersonParts]) -> list[ItemName]:
    items: list[ItemName] = []
    for name in names:
        family, given, suffix = name[:3]
        if not (family and given):
            items.append({"literal": f"{family or given} {suffix}".strip()})
            continue
        item: ItemName = {"family": family, "given": given}
        if suffix:
            item["suffix"] = suffix
        if not family.isascii() and _IDEOGRAPHIC.fullmatch(family + given):
            item["static-ordering"] = True
        items.append(item)
    return items
