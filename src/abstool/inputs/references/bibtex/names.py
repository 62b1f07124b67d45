"""Read the names in a field of BibTeX as people and groups; ``name_lists`` separates them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from abstool.inputs.references.bibtex.braces import wraps
from abstool.inputs.references.bibtex.latex import with_accents
from abstool.inputs.references.bibtex.name_lists import (
    BLANKS,
    EXTENDED,
    FAMILY_AND_GIVEN,
    is_group,
    listed,
    split,
)
from abstool.inputs.references.people.lists import may_be_degree
from abstool.inputs.references.people.marks import HOMONYM, REMOVED, without_degree, without_marks
from abstool.inputs.references.people.plain import plain_name
from abstool.inputs.references.people.words import SUFFIX, group_with_commas, is_person
from abstool.item import ET_AL
from abstool.names import PARTICLES, is_degree

Name = dict[str, str]
Decode = Callable[[str], str]


class People(NamedTuple):
    """The names of a field, what to check in them, and what to say of it once per file."""

    names: list[Name]
    doubts: list[str]
    once: list[str]


_WHOLE_NAME = re.compile(r"[^\W\d_a-z][^\W\d_]+ [^\W\d_a-z][^\W\d_]+")
_SURE_SUFFIX = frozenset("jr sr jnr snr 2nd 3rd".split())
_ROMAN = frozenset("ii iii iv".split())
_ONLY_INITIALS = re.compile(r"(?:[^\W\d_a-z]\.?[\s-]?){1,3}")
# What may stand around a name; only then is it looked for.
_MARKED = re.compile(
    rf"[*†‡§¶#∗✉⁎⁰¹²³⁴-⁹\"“<]|\d{{4}}-|{HOMONYM}|\b(?:Prof|Dr|Mr|Mrs|Ph\.?D|M\.?P\.?H|M\.?D)\b",
    re.IGNORECASE,
)
_MAY_BE_MARKED = re.compile(rf"{_MARKED.pattern}|[$^\\]|\bProf", re.IGNORECASE)
# Small capitals of families, and bold for one's own name: \textsc{Moss}, {\bf Moss, Ida}.
_FONT = re.compile(
    r"(?:\\(?:text(?:bf|it|sc|sl|rm|up)|emph|underline|uline|mkbib(?:bold|emph|italic))\s*\{"
    r"|\{\\(?:bf|it|sc|em|sl|bfseries|itshape|scshape)(?![A-Za-z])\s*)"
    r"([^{}]*+(?:\{[^{}]*+(?:\{[^{}]*+\}[^{}]*+)*+\}[^{}]*+)*+)\}"
)
_TAG = re.compile(r"</?(?:i|b|sc)>")
_LOWER_CASE = re.compile(r"[^\W\d_]+\.?\s")  # the first of several words
_RAISED = re.compile(r"\s*<sup>[^<>]*</sup>$")
_IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")


def people(value: str, decode: Decode) -> People:
    """Return the names in a field; ``decode`` converts the LaTeX of a part."""
    found = People([], [], [])
    value = " ".join(value.split())
    has_commands = "\\" in value
    if has_commands:
        value = _FONT.sub(_without_font, with_accents(value))
    texts, cut = listed(value, found.doubts)
    for text in texts:
        if name := _person(text, decode, found):
            found.names.append(name)
    if has_commands:
        plain = ({part: _TAG.sub("", text) for part, text in name.items()} for name in found.names)
        found.names[:] = filter(None, map(_without_empty, plain))
    if len(found.names) == 1 and _may_be_two(found.names[0]):
        found.doubts.append("the only name may be those of two people; read as one")
    if cut:
        found.names.append({"literal": ET_AL})
    return found


def _without_font(match: re.Match[str]) -> str:
    """Return a name as if its font did not change; a part of one, such as a family, is a group."""
    value, (start, end) = match.string, match.span()
    is_begun = not start or value.endswith(" and ", 0, start)
    is_whole = is_begun and (end == len(value) or value.startswith(" and ", end))
    return match[1] if is_whole else f"{{{match[1]}}}"


def _may_be_two(name: Name) -> bool:
    """Return whether a family and a given name are each like the whole name of a person."""
    parts = (name.get("family", ""), name.get("given", ""))
    return all(_WHOLE_NAME.fullmatch(part) for part in parts)


def _person(text: str, decode: Decode, found: People) -> Name:
    if plain := plain_name(text):
        return {"family": plain[0], "given": plain[1]}
    if wraps(text):
        return _in_braces(decode(text), found)
    parts = [part.strip() for part in split(text, ",")]
    if EXTENDED.match(parts[0]):
        return _extended(parts, decode)
    if len(parts) == 2 and _is_suffix(parts[1], decode, sure=" " not in parts[0]):
        name = _in_order([word for word in split(parts[0], BLANKS) if word], decode, found)
        return _without_empty({**name, "suffix": decode(parts[1])})
    if len(parts) == 1:
        if _MAY_BE_MARKED.search(text) and (bare := _bare(decode(text), found)) != decode(text):
            return _in_order(bare.split(), str, found)
        return _in_order([word for word in split(text, BLANKS) if word], decode, found)
    family, *rest = map(decode, parts)
    family = _bare(family, found, is_family=True)
    return _inverted([family, *(_bare(part, found) for part in rest)], found)


def _in_braces(literal: str, found: People) -> Name:
    person = FAMILY_AND_GIVEN.fullmatch(literal)
    if not person or not is_person(literal):
        return _without_empty({"literal": literal})
    found.doubts.append(f"read the name {literal!r}, in double braces, as a person")
    return {"family": person[1], "given": person[2].strip()}


def _bare(part: str, found: People, *, is_family: bool = False) -> str:
    """Return a part of a name without the signs and titles around it."""
    if not _MARKED.search(part):
        return part
    text = without_marks(_RAISED.sub("", part), is_family=is_family)
    if text != part:
        found.once.append(REMOVED)
    return text


def _is_suffix(text: str, decode: Decode, *, sure: bool = False) -> bool:
    """Return whether a text is a suffix; II and JR may also be initials, and are not ``sure``."""
    word = decode(text).strip(".")
    if sure and word.isupper():
        return False
    return word.casefold() in _SURE_SUFFIX or (not sure and word.casefold() in _ROMAN)


# --- the forms of names ---------------------------------------------------------------------------


def _inverted(parts: list[str], found: People) -> Name:
    """Return a name in the form ``von Last, Jr, First``, or with its parts in another order."""
    family, *rest = [parts[0], *filter(None, parts[1:])]
    if len(rest) == 1 and " " in family and is_degree(rest[0]):
        if not (rest[0].isalpha() and _ONLY_INITIALS.fullmatch(rest[0])):
            found.once.append(REMOVED)
            return _in_order(family.split(), str, found)
        if family.partition(" ")[0] not in PARTICLES:  # Silva Santos, MD; not de la Cruz, MD
            found.doubts.append(may_be_degree(", ".join(parts), rest[0]))
    if len(rest) > 1 and (kept := [part for part in rest if not is_degree(part)]) != rest and kept:
        rest = kept
        found.once.append(REMOVED)
    if literal := group_with_commas(family, rest):
        found.doubts.append(f"read {literal!r} as a group; put it in double braces")
        return {"literal": literal}
    suffix = ""
    if len(rest) == 2:
        first, last = rest
        if last.strip(".").casefold() in SUFFIX and first.strip(".").casefold() not in SUFFIX:
            first, last = last, first
        if all(map(_ONLY_INITIALS.fullmatch, (first, last))) and (
            first.strip(".").casefold() not in _ROMAN
        ):
            first, last = "", f"{first} {last}"
        suffix, given = first, last
        if suffix and suffix.strip(".").casefold() not in SUFFIX:
            found.doubts.append(f"the name {', '.join(parts)!r} has {suffix!r} as its suffix")
    else:
        printed = ", ".join(rest)
        if (given := without_degree(printed)) != printed:
            found.once.append(REMOVED)
        if is_degree(last := given.rpartition(" ")[2]) and last != given:
            found.doubts.append(may_be_degree(", ".join(parts), last))
        if len(rest) > 2:
            found.doubts.append(f"cannot split the name {', '.join(parts)!r}; used its first comma")
    if not suffix:
        given, suffix = _without_suffix(given)
    if not suffix:
        family, suffix = _without_suffix(family)
    given, particle = _without_particle(given)
    parsed = {"family": family, "given": given, "dropping-particle": particle, "suffix": suffix}
    return _without_empty(parsed)


def _without_particle(given: str) -> tuple[str, str]:
    """Split ``Frank van den``, as in ``Bog, Frank van den``."""
    words = given.split()
    at = len(words)
    while at > 1 and words[at - 1] in PARTICLES:
        at -= 1
    return (" ".join(words[:at]), " ".join(words[at:])) if at < len(words) else (given, "")


def _without_suffix(text: str) -> tuple[str, str]:
    rest, blank, last = text.rpartition(" ")
    word = last.strip(".").casefold()
    return (rest.rstrip(" ,"), last) if blank and word in _SURE_SUFFIX | _ROMAN else (text, "")


def _in_order(words: list[str], decode: Decode, found: People) -> Name:
    """Return a name in the order ``First von Last``, or that of a group."""
    if not words:
        return {}
    is_plain = not any(sign in word for word in words for sign in "{\\")
    bare = words if is_plain else [text for word in words if (text := decode(word))]
    if "&" in words or "\\&" in words or is_group(bare):
        literal = decode(" ".join(words))
        found.doubts.append(f"read {literal!r} as a group; put it in double braces")
        return {"literal": literal}
    first = next((at for at, word in enumerate(words[:-1]) if _is_particle(word, decode)), None)
    at = len(words) - 1 if first is None else first
    suffix = ""
    if at > 1 and first is None and _is_suffix(words[-1], decode):
        *words, last = words
        suffix, at = decode(last), at - 1
    family, given = decode(" ".join(words[at:])), decode(" ".join(words[:at]))
    if not suffix:
        family, suffix = _without_suffix(family)
    if not suffix:
        given, suffix = _without_suffix(given)
    if not given and _LOWER_CASE.match(family) and family.split(maxsplit=1)[0] not in PARTICLES:
        found.doubts.append(f"the name {family!r} has no given name, as it begins in lower case")
    is_ideographic = not family.isascii() and _IDEOGRAPHS.fullmatch(family + given)
    if given and is_ideographic and len(family) > 1:
        family, given = given, family  # in Chinese, Japanese and Korean the family name is first
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
        if named := EXTENDED.match(part):
            value = part[named.end() :].strip()
            quoted = re.fullmatch(r"(?:\"(.*)\"|(.*?)\"?)", value)
            found[named[1].lower()] = decode((quoted[1] or quoted[2] or "") if quoted else value)
    prefix = found.get("prefix", "")
    if prefix and not prefix.endswith(("-", "'", "’", "ʼ")):
        prefix += " "
    name = {"family": f"{prefix}{found.get('family', '')}"}
    name["given"] = " ".join(filter(None, map(found.get, ("given", "middle", "patronymic"))))
    return _without_empty(name | {"suffix": found.get("suffix", "")})


def _without_empty(name: Name) -> Name:
    return {part: text for part, text in name.items() if text}
