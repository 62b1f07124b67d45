"""Split BibTeX's lists of names into people and groups."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from abstool.inputs.references.bibtex.latex import wraps
from abstool.item import ET_AL
from abstool.names import PARTICLES, SUFFIXES

Name = dict[str, str]
Decode = Callable[[str], str]


class People(NamedTuple):
    """The names of a field, and what the user should check in them."""

    names: list[Name]
    doubts: list[str]


_AND = re.compile(r"[{}]|(?<=\s)and(?=\s)", re.IGNORECASE)
_BLANKS = r"(?:\s|(?<!\\)~)+"
_SEPARATORS = {mark: re.compile(rf"[{{}}]|{mark}") for mark in ("[,]", ";", _BLANKS)}
_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.[\s~-]*)+|[A-Z]{1,3}")
_INITIAL_FIRST = re.compile(r"(?:[^\W\d_]\.[\s~-]*)+[^\W\d_][^.,]+")
_FAMILY_AND_GIVEN = re.compile(
    r"((?:[^\W\d_]['’.\w-]*\s){0,2}[^\W\d_]['’\w-]+), ?((?:[^\W\d_]['’.\w-]*[\s-]?){1,3})"
)
_EXTENDED = re.compile(
    r"\s*[\"']?(family|given|prefix|suffix|useprefix|(?:family|given|prefix|suffix)-i)\s*=\s*",
    re.IGNORECASE,
)
_WHOLE_NAME = re.compile(r"[^\W\d_a-z][^\W\d_]+ [^\W\d_a-z][^\W\d_]+")
_GROUP = frozenset(
    "agency alliance association authority board center centre clinic collaboration college "
    "commission committee company consortium corporation council department faculty federation "
    "foundation fund group hospital inc institute institution investigators laboratory limited llc "
    "ltd ministry network office organisation organization press program programme project school "
    "service society study task team trial trust union university gmbh".split()
)  # fmt: skip
_SUFFIX = frozenset(suffix.casefold() for suffix in SUFFIXES) | {"jnr", "snr", "2nd", "3rd", "v"}


def people(value: str, decode: Decode) -> People:
    """Return the names in a field; ``decode`` converts the LaTeX of a part."""
    doubts: list[str] = []
    names: list[Name] = []
    for text in _listed(" ".join(value.split()), doubts):
        if text.casefold() in ("others", "et al.", "et al", "{others}"):
            names.append({"literal": ET_AL})
        elif name := _person(text, decode, doubts):
            names.append(name)
    if len(names) == 1 and _may_be_two(names[0]):
        doubts.append("the only name may be those of two people; read as one")
    return People(names, doubts)


def _may_be_two(name: Name) -> bool:
    """Return whether a family and a given name are each like the whole name of a person."""
    parts = (name.get("family", ""), name.get("given", ""))
    return all(_WHOLE_NAME.fullmatch(part) for part in parts)


def _listed(value: str, doubts: list[str]) -> Iterator[str]:
    """Yield the names of a list, which has ``and`` between them, or other marks by mistake."""
    names = [name for text in at_ands(value) if (name := text.strip(" ,;"))]
    if len(names) == 1 and wraps(names[0]):
        inner = list(at_ands(names[0][1:-1]))
        bare = [name.strip().strip("{}") for name in inner]
        if len(bare) > 1 and all(map(_FAMILY_AND_GIVEN.fullmatch, bare)):
            doubts.append("read a list of names in double braces as people")
            names = bare
    for name in names:
        if ";" in name and "&" not in name and _is_list(parts := _split(name, ";")):
            doubts.append("read semicolons between names as 'and'")
            yield from (part for text in parts if (part := text.strip(" ,")))
        elif name.count(",") and (several := _at_commas(name)):
            doubts.append("read commas between names as 'and'")
            yield from several
        else:
            yield name


def _is_list(parts: list[str]) -> bool:
    return len(parts) > 1 and len({"," in part for part in parts if part.strip()}) == 1


def at_ands(value: str) -> Iterator[str]:
    """Yield what stands between the ``and`` that are not in braces."""
    depth = start = 0
    for sign in _AND.finditer(value):
        if sign[0] == "{":
            depth += 1
        elif sign[0] == "}":
            depth = max(0, depth - 1)
        elif not depth:
            yield value[start : sign.start()]
            start = sign.end()
    yield value[start:]


def _at_commas(name: str) -> list[str]:
    """Return the names of a list with commas only; [] if it is one name or cannot be split."""
    parts = [part.strip() for part in _split(name, "[,]")]
    if parts and parts[0].partition("=")[1]:
        return []  # biblatex's extended form
    if len(parts) == 2:
        return parts if all(map(_INITIAL_FIRST.fullmatch, parts)) else []
    suffixed = any(part.strip(".").casefold() in _SUFFIX for part in parts[1:])
    if len(parts) < 3 or (len(parts) == 3 and suffixed):
        return []
    if all(" " in part or "~" in part for part in parts):
        return parts
    if len(parts) % 2 == 0 and all(map(_INITIALS.fullmatch, parts[1::2])):
        pairs = zip(parts[::2], parts[1::2], strict=True)
        return [f"{family}, {given}" for family, given in pairs]
    return []


def _split(text: str, mark: str) -> list[str]:
    """Return a text split at a mark that is not in braces."""
    depth = start = 0
    parts = []
    for sign in _SEPARATORS[mark].finditer(text):
        if sign[0] == "{":
            depth += 1
        elif sign[0] == "}":
            depth = max(0, depth - 1)
        elif not depth:
            parts.append(text[start : sign.start()])
            start = sign.end()
    return [*parts, text[start:]]


def _person(text: str, decode: Decode, doubts: list[str]) -> Name:
    if wraps(text):
        literal = decode(text)
        found = _FAMILY_AND_GIVEN.fullmatch(literal)
        if not found or not _is_person(literal):
            return {"literal": literal}
        doubts.append(f"read the name {literal!r}, in double braces, as a person")
        return {"family": found[1], "given": found[2].strip()}
    parts = [part.strip() for part in _split(text, "[,]")]
    if _EXTENDED.match(parts[0]):
        return _extended(parts, decode)
    if len(parts) == 1:
        return _in_order([word for word in _split(text, _BLANKS) if word], decode)
    if len(parts) > 3:
        doubts.append(f"cannot split the name {decode(text)!r}; used its first comma")
    family, *suffix, given = parts if len(parts) < 4 else [parts[0], ", ".join(parts[1:])]
    if (
        suffix
        and given.strip(".").casefold() in _SUFFIX
        and suffix[0].strip(".").casefold() not in _SUFFIX
    ):
        suffix, given = [given], suffix[0]
    return _without_empty(
        {"family": decode(family), "given": decode(given), "suffix": decode(" ".join(suffix))}
    )


_WORDS = re.compile(r"[^\W\d_]+")


def _is_person(name: str) -> bool:
    """Return whether the words of a name are not those of a group."""
    words = _WORDS.findall(name)
    small = {word for word in words if word.islower()}
    return small <= PARTICLES and not _GROUP & {word.casefold() for word in words}


def _in_order(words: list[str], decode: Decode) -> Name:
    """Return a name in the order ``First von Last``."""
    if not words:
        return {}
    first = next((at for at, word in enumerate(words[:-1]) if _is_particle(word, decode)), None)
    at = len(words) - 1 if first is None else first
    suffix = ""
    if at > 1 and first is None and words[-1].strip(".").casefold() in ("jr", "sr", "iii", "ii"):
        *words, last = words
        suffix, at = decode(last), at - 1
    family, given = decode(" ".join(words[at:])), decode(" ".join(words[:at]))
    return _without_empty({"family": family, "given": given, "suffix": suffix})


def _is_particle(word: str, decode: Decode) -> bool:
    """Return whether a word begins in lower case; one in braces has no case."""
    if word.startswith("{") and not word.startswith("{\\"):
        return False
    letter = next((sign for sign in (decode(word) if "\\" in word else word) if sign.isalpha()), "")
    return letter.islower()


def _extended(parts: list[str], decode: Decode) -> Name:
    """Return a name in biblatex's form ``family=…, given=…``."""
    found: Name = {}
    for part in parts:
        if named := _EXTENDED.match(part):
            found[named[1].lower()] = decode(part[named.end() :].strip("\"'"))
    prefix = found.get("prefix", "")
    if prefix and not prefix.endswith(("-", "'", "’")):
        prefix += " "
    name = {"family": f"{prefix}{found.get('family', '')}"}
    return _without_empty(name | {part: found.get(part, "") for part in ("given", "suffix")})


def _without_empty(name: Name) -> Name:
    return {part: text for part, text in name.items() if text}
