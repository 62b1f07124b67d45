"""Split ``A, B, MD and C for the GROUP`` into names, and tell persons from groups."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from msgspec import Struct

from abstool.names import DEGREES, SUFFIXES, is_like_degree
from abstool.page import one_line
from abstool.parser.people.glued import GROUP_LEAD, SIGNS

_AND = re.compile(r"(?:\band\b|&)\s+|[,;]")
_SUFFIX = re.compile(rf"(?:(?:{'|'.join(SUFFIXES)}|{DEGREES})\.?(?:\s+|$))+")
_WORD = re.compile(r"\w+")
_GROUP_NOUNS = frozenset(
    "alliance association charity coalition collaborator collaborators collaboration committee "
    "consortium cooperative council federation foundation group initiative investigator "
    "investigators network organisation organization registry society study taskforce team "
    "trialists task working".split()
)
_HALF_NOUNS = {"task", "working"}  # part of a group noun: see _GROUP_NOUNS_OF_TWO
_GROUP_NOUNS_OF_TWO = re.compile(r"\btask\sforce\b|\bworking party\b", re.IGNORECASE)
_ABBREVIATED = frozenset({"Inc", "Ltd", "Corp", "Esq"})  # words with a full stop of their own
_LONGEST_NAME = 200  # characters; no suffix is added to a longer name


class Byline(Struct, frozen=True):
    """One author as printed; ``labels`` are those of the affiliations."""

    name: str
    labels: tuple[str, ...] = ()
    group: bool = False


@dataclass
class AuthorLine:
    """The authors and affiliations (label, name) of an author line, in printed order."""

    authors: list[Byline] = field(default_factory=list)
    affiliations: list[tuple[str, str]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def split_names(text: str) -> list[str]:
    """Split ``A, B and C``; a suffix stays with its name, and a group's name stays whole."""
    lead = group_lead(text)
    tail = text[lead.start() :] if lead else ""
    names: list[str] = []
    for piece in _AND.split(f"{text[: lead.start()]} " if lead else text):
        name = one_line(piece).strip(f" ,;{SIGNS}")
        if name.endswith("."):
            name = without_stop(name)
        if name and names and (is_suffix(name, names[-1]) or is_degree_of(names[-1], name)):
            names[-1] = f"{names[-1]}, {name}"
        elif name:
            names.append(name)
    if tail:
        group = one_line(tail).strip(" ,;")
        names = [*names[:-1], f"{names[-1]} {group}"] if names else [group]
    return names


def without_stop(name: str) -> str:
    """Return a name without a stray full stop: ``S. Hariharan.``, ``APS ACTION .``."""
    rest = name.rstrip(" .")
    last = rest.rpartition(" ")[2]
    is_word = len(last) > 2 and last[-3:].isalpha() and last[-2:].islower()
    is_word = is_word and last not in _ABBREVIATED
    return rest if is_word or name[len(rest) :].startswith(" ") or not rest else name


def is_group(name: str) -> bool:
    """Return whether a name contains a noun for a group, such as "consortium"."""
    words = _WORD.findall(name.casefold())
    if _GROUP_NOUNS.isdisjoint(words):
        return False
    found = _GROUP_NOUNS.intersection(words)
    return not found <= _HALF_NOUNS or bool(_GROUP_NOUNS_OF_TWO.search(name))


def is_suffix(text: str, name: str) -> bool:
    """Return whether text is a suffix or a degree of the name before it."""
    return len(name) < _LONGEST_NAME and bool(_SUFFIX.fullmatch(text))


def is_degree_of(name: str, text: str) -> bool:
    """Return whether text has the form of a degree and may follow a name."""
    return len(name) < _LONGEST_NAME and is_like_degree(text)


def group_lead(text: str) -> re.Match[str] | None:
    """Return the match of ``for the GROUP`` or ``on behalf of the GROUP``, or None."""
    folded = text.casefold()
    return GROUP_LEAD.search(text) if "for" in folded or "behalf" in folded else None


def person_and_group(name: str, labels: tuple[str, ...]) -> list[Byline]:
    """Return the bylines of a name: a person, a group, or a person for a group."""
    lead = group_lead(name)
    if lead:
        person = name[: lead.start()].strip(" ,;")
        group = Byline(without_stop(lead[2].strip(" ,;")), () if person else labels, group=True)
        return [Byline(person, labels), group] if person else [group]
    return [Byline(name, labels, group=is_group(name))]
