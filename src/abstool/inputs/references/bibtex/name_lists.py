"""Find where the names in a field of BibTeX begin and end.

``and`` separates names. Many files have other marks by mistake (semicolons, commas, ``&``), which
are read as ``and`` if they can be nothing else, with a warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from abstool.errors import printable
from abstool.inputs.references.bibtex.braces import wraps
from abstool.inputs.references.people.lists import chinese_names, may_be_two_people
from abstool.inputs.references.people.plain import plain_name
from abstool.inputs.references.people.words import (
    ALSO_FAMILIES,
    GROUP,
    JOINING,
    LAST_OF_GROUPS,
    NO_AUTHOR,
    OF_GROUPS,
    SUFFIX,
    UPPER,
    VOWEL,
)
from abstool.names import SUFFIXES

BLANKS = r"(?:\s|(?<!\\)~)+"
_OTHER_AND = re.compile(r"\s(?:und|et|y|och|og|and)\s")
# Words between names that are not split, as they may be part of one: Ramón y Cajal.
_OTHER_LINK = re.compile(r"\s(?:und|et|y|e|i|och|og|en|with|/)\s")
_AND = re.compile(r"[{}]|(?<=\s)and(?=\s)", re.IGNORECASE)
_SEPARATORS = {
    mark: re.compile(rf"[{{}}]|{mark}") for mark in (",", ";", BLANKS, r"(?<=[\s,.])\\?&(?=\s)")
}
_COMMA, _SEMICOLON, _BLANKS, _AMPERSAND = _SEPARATORS

_INITIALS = re.compile(rf"(?:[^\W\d_]{{1,2}}\.[\s~-]*)+|(?:[{UPPER}]-?){{1,3}}")
_INITIAL_FIRST = re.compile(r"(?:[^\W\d_]\.[\s~-]*)+[^\W\d_][^.,]+")
# "Moss IA", "van Moss I.A.", "Moss I-A Jr", as in Vancouver's style.
_FAMILY = r"(?P<family>(?:['’]?[^\W\d_][^\s~.,;{}\\=]+[\s~]){1,3})"
_CAPITALS = rf"(?P<initials>[{UPPER}]{{1,4}}|(?:[{UPPER}]\.?[ ~-]?){{1,4}})"
_WITH_SUFFIX = re.compile(rf"{_FAMILY}{_CAPITALS}[\s~]+(?P<suffix>{'|'.join(SUFFIXES)})\.?")
_FAMILY_FIRST = re.compile(rf"{_FAMILY}{_CAPITALS}(?P<suffix>)")
# Two capitals that may be a family name: Wu, Ma, An; but not Tb or Ia.
_VOWELS = "AEIOUΑΕΗΙΟΥΩАЕЁИІЇОУЫЭЮЯ"
_SYLLABLE = re.compile(rf"[^{_VOWELS}][{_VOWELS}]|[{_VOWELS}][^{_VOWELS}]")
FAMILY_AND_GIVEN = re.compile(
    r"((?:[^\W\d_]['’.\w-]*\s){0,2}[^\W\d_]['’\w-]+), ?((?:[^\W\d_]['’.\w-]*[\s-]?){1,3})"
)
_WORDS = re.compile(r"[^\W\d_a-z][^\s,]*(?:[\s~]+[^\s,]+){1,3}")
_ET_AL = re.compile(
    r"(?:(?:^|[\s,;~.])(?:and\s+|\\?&\s*)?(?:\{|\\[a-z]+\s*\{?|\s)*"
    r"(?:et\.?[\s~]*(?:\\\s)?al(?:ii|ia|\.)?|\d+\s+(?:more|other authors|others)|u\.[\s~]?a"
    r"|\\l?dots|\.\.\.|…|(?-i:others))"
    # More and Others are also family names.
    r"|(?:^|[,;]\s*|(?:\band|&)\s+)\{*(?:others|other authors|(?-i:more)))[\s.,;{}]*$",
    re.IGNORECASE,
)
_GIVEN_OTHERS = re.compile(r",\s*\{(?:others|more)\}$", re.IGNORECASE)  # a given name, in braces
_NOBODY = re.compile(rf"\{{*(?:{NO_AUTHOR})\}}*", re.IGNORECASE)
_TAIL = 60  # characters at the end of a name in which "et al." is looked for
_NAME_PART = re.compile(r"[\"']?(?:family|given|literal)\s*=", re.IGNORECASE)
# The parts of a name in biblatex's extended form, and the options of a name or a list.
_KEYS = (
    "(?:family|given|prefix|suffix)(?:-i)?|middle|patronymic|literal|id|hash|xdata|gender"
    "|(?:use|unique|(?:no)?sort|label|name|max|min)[a-z-]+"
)
EXTENDED = re.compile(rf"\s*[\"']?({_KEYS})\s*=\s*", re.IGNORECASE)


class PrintedNames(NamedTuple):
    """The LaTeX of each name of a list, and whether it ends with "et al."."""

    names: list[str]
    cut: bool


def listed(value: str, doubts: list[str]) -> PrintedNames:
    """Return the names in a field; add what the user should check to ``doubts``."""
    found: list[str] = []
    cut = False
    for text in _at_last_and([*at_ands(_without_outer_ands(value))], doubts):
        name = text.strip(" ,;")
        if plain_name(name):
            found.append(name)
            continue
        if _NOBODY.fullmatch(name):
            continue
        end = _ET_AL.search(name, max(0, len(name) - _TAIL))
        if end and _balances(name[: end.start()]) and not _GIVEN_OTHERS.search(name):
            cut = True
            name = name[: end.start()].rstrip(" ,;~")
        if name and not _is_option(name):
            found.append(name)
        elif name.lower().startswith("xdata"):
            doubts.append(f"left out {name!r}, which names nobody")
    found = _joined(_unbraced(found, doubts), doubts)
    names = []
    for name in found:
        names += [name] if plain_name(name) else _parts(name, doubts)
    return PrintedNames(_family_first(names, doubts), cut)


def _without_outer_ands(value: str) -> str:
    """Return a list of names without each "and" before the first and after the last of them."""
    if not value.startswith("and ") and not value.endswith(" and"):
        return value
    words = value.split(" ")
    start, end = 0, len(words)
    while end > 1 and words[end - 1] == "and":
        end -= 1
    while start < end - 1 and words[start] == "and":
        start += 1
    return " ".join(words[start:end])


def _balances(text: str) -> bool:
    """Return whether all braces are closed, so that what follows is not in any."""
    return text.count("{") == text.count("}")


def _is_option(name: str) -> bool:
    """Return whether a text sets options of biblatex and names nobody: ``uniquename=false``."""
    return (
        bool(EXTENDED.match(name))
        and all(map(EXTENDED.match, map(str.strip, split(name, _COMMA))))
        and not any(map(_NAME_PART.match, map(str.strip, split(name, _COMMA))))
    )


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


def _at_last_and(texts: list[str], doubts: list[str]) -> list[str]:
    """Return the names of ``Ida Moss, Ann Leaf, and Tea Bog``, which has "and" before the last.

    Without the last comma, the first two may be one name in the form ``Family, Given``.
    """
    if len(texts) != 2 or "," not in texts[0] or "," in texts[1]:
        return texts
    first = texts[0].strip()
    names = [name.strip() for name in split(first.rstrip(","), _COMMA)]
    if len(names) != 2 or not all(map(_WORDS.fullmatch, [*names, texts[1].strip()])):
        return texts
    if not any("." in name or name.rpartition(" ")[2].casefold() in SUFFIX for name in names):
        if first.endswith(","):
            doubts.append("read commas between names as 'and'")
            return [*names, texts[1]]
        doubts.append(may_be_two_people(printable(first)))
    return texts


def _unbraced(names: list[str], doubts: list[str]) -> list[str]:
    """Return the names of a list that is in double braces as a whole."""
    if len(names) != 1 or not wraps(names[0]):
        return names
    bare = [name.strip().strip("{}") for name in at_ands(names[0][1:-1])]
    if len(bare) > 1 and all(map(FAMILY_AND_GIVEN.fullmatch, bare)):
        doubts.append("read a list of names in double braces as people")
        return bare
    return names


def _joined(names: list[str], doubts: list[str]) -> list[str]:
    """Join the name of a group that has an "and": ``Centers for Tea Control and Prevention``."""
    joined: list[str] = []
    for name in names:
        if joined and name.isalpha() and " for " in joined[-1] and has_group_word(joined[-1]):
            joined[-1] = f"{{{joined[-1]} and {name}}}"
            doubts.append(f"read {joined[-1][1:-1]!r} as one group; put it in double braces")
        else:
            joined.append(name)
    return joined


def _parts(name: str, doubts: list[str]) -> list[str]:
    """Return the names in a text without ``and``: most often one."""
    if "&" in name and len(pieces := split(name, _AMPERSAND)) > 1:
        pieces = [piece.strip(" ,") for piece in pieces]
        if all(map(_is_personal, pieces)) and not has_group_word(name):
            doubts.append("read '&' between names as 'and'")
            return [part for piece in pieces for part in _parts(piece, doubts)]
        if "," in name and has_group_word(name):
            doubts.append(f"read {name!r} as one group; put it in double braces")
            return [f"{{{name}}}"]
        return [name]
    if ";" in name and "&" not in name:
        parts = [part for part in split(name, _SEMICOLON) if part.strip(" ,")]
        if len(parts) > 1 and len({"," in part for part in parts}) == 1:
            doubts.append("read semicolons between names as 'and'")
            return [part.strip(" ,") for part in parts]
    if "," in name and len(pieces := _OTHER_AND.split(name)) > 1:
        pieces = [piece.strip(" ,") for piece in pieces]
        if all(map(FAMILY_AND_GIVEN.fullmatch, pieces)):
            doubts.append("read the word between names as 'and'")
            return pieces
    if "," in name and (several := _at_commas(name)):
        doubts.append("read commas between names as 'and'")
        return several
    pieces = _OTHER_LINK.split(name, maxsplit=1)
    if len(pieces) > 1 and all(_WORDS.fullmatch(piece.strip()) for piece in pieces):
        doubts.append(may_be_two_people(printable(name)))
    return [name]


def _is_personal(text: str) -> bool:
    """Return whether a text next to an ampersand is the name of a person, or of several."""
    if "," in text:
        return text.count(",") == 1 or bool(_at_commas(text))
    return any(
        form(text) for form in (_INITIAL_FIRST.fullmatch, _as_family_first, _WORDS.fullmatch)
    )


def _at_commas(name: str) -> list[str]:
    """Return the names of a list with commas only; [] if it is one name or cannot be split."""
    parts = [part.strip() for part in split(name, _COMMA)]
    if EXTENDED.match(parts[0]):
        return []
    if not name.isascii() and (names := chinese_names(name)):
        return [*names]
    if len(parts) == 2:
        if parts[0].endswith((" II", " III", " IV")):
            return []
        forms = (_INITIAL_FIRST.fullmatch, _as_family_first)
        return parts if any(all(map(form, parts)) for form in forms) else []
    suffixed = any(part.strip(".").casefold() in SUFFIX for part in parts[1:])
    if len(parts) < 3 or (len(parts) == 3 and suffixed):
        return []
    if all(" " in part or "~" in part for part in parts):
        return parts
    if len(parts) % 2 == 0 and all(map(_INITIALS.fullmatch, parts[1::2])):
        pairs = zip(parts[::2], parts[1::2], strict=True)
        return [f"{family}, {given}" for family, given in pairs]
    return []


def split(text: str, mark: str) -> list[str]:
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


# --- initials after the family name ---------------------------------------------------------------


def _family_first(names: list[str], doubts: list[str]) -> list[str]:
    """Return names like ``Moss IA`` in the form ``Moss, IA``, if that is what they are.

    In BibTeX the last word is the family name, so ``Weinan E`` alone stays as it is.
    """
    bare = [name for name in names if "," not in name and "{" not in name]
    found = {name: match for name in bare if (match := _as_family_first(name))}
    if not found:
        return names
    shared = len(found) > 1 and len(found) == len(set(bare))
    turned = {name for name, match in found.items() if _are_initials(match, shared=shared)}
    if turned:
        doubts.append("read the capitals after names as initials")
    left = [name for name in found if name not in turned and len(_letters(found[name])) < 3]
    if left:
        name = left[0]
        doubts.append(f"{name!r} may have its family name first; read its last word as family name")
    return [_turned(found[name]) if name in turned else name for name in names]


def _as_family_first(name: str) -> re.Match[str] | None:
    """Return the parts of ``Moss IA`` or ``Moss IA III``."""
    return _WITH_SUFFIX.fullmatch(name) or _FAMILY_FIRST.fullmatch(name)


def _letters(match: re.Match[str]) -> str:
    return re.sub(r"[\s~-]", "", match["initials"])


def _are_initials(match: re.Match[str], *, shared: bool) -> bool:
    """Return whether capitals after a family name are initials; ``shared`` if all names have them.

    Those with full stops are, and so are those of which a hyphen parts a single one. Three or more
    without may be a family name in capitals: ``Ida LEE``.
    """
    parts = re.split(r"[\s~-]+", match["initials"].strip(" ~"))
    if "." in match["initials"] or ("-" in match["initials"] and min(map(len, parts)) == 1):
        return True
    initials = _letters(match)
    family = match["family"].strip(" ~")
    if len(initials) > 2 and (family.isupper() or VOWEL.search(initials)):
        return False
    if len(initials) == 1:  # a generation does not follow a single letter: Moss I Jr
        return shared or bool(match["suffix"])
    alone = not family.isupper() and not _SYLLABLE.fullmatch(initials)
    return shared or alone


def _turned(match: re.Match[str]) -> str:
    parts = (match["family"].strip(" ~"), match["suffix"], match["initials"].strip(" ~"))
    return ", ".join(filter(None, parts))


# --- groups ---------------------------------------------------------------------------------------


def has_group_word(name: str) -> bool:
    """Return whether a word of a name is one that only groups have."""
    return not GROUP.isdisjoint(re.findall(r"[^\W\d_]+", name.casefold()))


def is_group(words: list[str]) -> bool:
    """Return whether words in the order of a text are the name of a group."""
    folded = [word.casefold().strip(".,") for word in words]
    if not JOINING.isdisjoint(words[1:-1]):
        return True
    if len(folded) < 2 or (len(folded) == 2 and folded[1] in ALSO_FAMILIES):
        return False
    is_plain = all(word[0].isalnum() and not re.fullmatch(r"[^\W\d_]\.", word) for word in words)
    return is_plain and (folded[-1] in LAST_OF_GROUPS or not OF_GROUPS.isdisjoint(folded))
