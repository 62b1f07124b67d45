"""Entries, keys and field values of the two BibTeX formats; a value is one line of LaTeX."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import repeat
from urllib.parse import quote

from abstool.citekeys import key_of
from abstool.formats.shared.kept import kept_of, unwritable
from abstool.formats.shared.latex import latex
from abstool.formats.shared.losses import unwritten
from abstool.formats.shared.values import full_family, tidy_names, tidy_texts
from abstool.item import ET_AL, Item, ItemDate, ItemName, ends_of, hyphenated_range, iso_date
from abstool.names import PARTICLES
from abstool.text import plain, tidy

Fields = Iterable[tuple[str, str]]

# What programs accept from a BibTeX file, and the smaller set that all of them do.
_SEPARATORS = frozenset(",;&")  # what readers may split a list of names at
_FILE_KEY = re.compile(r"[^\s\"#%'(),={}~\\\x00-\x20@]+")
# A family name without a given name; in braces it would be the name of a group.
_FAMILY = re.compile(
    r"(?!.*\band\b|(?i:others|more)$)(?:[a-z][\w'’.-]*\s)*[^\W_][\w'’-]*", re.DOTALL
)
_OTHERS = ("others", "more")  # at the end of a given name read as "et al.", unless in braces
# The variables that both formats write.
VARIABLES = frozenset(
    "author editor title container-title container-title-short issued volume issue number page "
    "edition publisher publisher-place genre ISSN ISBN DOI URL accessed abstract keyword note "
    "event-title translator collection-title collection-number".split()
)
# What styles print of these entries if they have no type.
_USUAL = {
    "mastersthesis": ("master's thesis", "master’s thesis", r"master{\textquoteright}s thesis"),
    "phdthesis": ("phd thesis",),
    "techreport": ("technical report",),
}
# What stands outside of entries, and how often it is counted at most.
_OUTSIDE = ("comments", "@preamble", "@string")
_MOST = 100_000
_KEY = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9:.+_-]|/(?!/))*")
# The months that every BibTeX style defines as macros, in its language.
_MONTH = re.compile(r"(?<![\w\\])(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?![\w.])")


def key(item: Item) -> str:
    """Return the id of an item if it is a valid key and no URL, or a key made from the item."""
    id_ = str(item.get("id", ""))
    form = _FILE_KEY if kept_of(item) else _KEY
    return id_ if form.fullmatch(id_) else key_of(item)


def lost(item: Item) -> Iterator[str]:
    """Yield the names of an item's data that are not written.

    All fields of a BibTeX file are written back, but not those whose names are not allowed, nor
    what stands outside of its entries.
    """
    if not (kept := kept_of(item)):
        yield from unwritten(item, VARIABLES, "bibtex")
        return
    yield from unwritable(item)
    outside = kept.get("outside")
    counts = outside if isinstance(outside, dict) else {}
    for name in _OUTSIDE:
        count = counts.get(name)
        yield from repeat(name, min(count, _MOST) if isinstance(count, int) else 0)


def entry(kind: str, key: str, fields: Fields) -> str:
    """Return an entry with values in braces, without the fields that have no value."""
    lines = "".join(
        f"  {name} = {_month(value) if name == 'month' else f'{{{value}}}'},\n"
        for name, value in fields
        if value
    )
    return f"@{kind}{{{key},\n{lines}}}"


def _month(value: str) -> str:
    """Return a month with its macros outside of the braces (``{12~} # sep``)."""
    if "{" in value:
        return f"{{{value}}}"
    parts = _MONTH.split(value)
    pieces = (part if at % 2 else f"{{{part}}}" for at, part in enumerate(parts) if part)
    return " # ".join(pieces)


def text(value: object, *, utf8: bool = False) -> str:
    """Return a value as LaTeX; see ``latex``."""
    if value is None or value == "" or not isinstance(value, str | int | float):
        return ""
    return latex(plain(tidy(value)), utf8=utf8)


def reader(item: Item, *, utf8: bool = False) -> Callable[[str], str]:
    """Return a function that returns a variable of the item as LaTeX."""
    texts = tidy_texts(item)

    def value(variable: str) -> str:
        found = texts.get(variable)
        if isinstance(found, str) and variable != "abstract":
            return latex(found, utf8=utf8)
        return text(found, utf8=utf8)

    return value


def people(names: list[ItemName] | None, *, utf8: bool = False) -> str:
    """Return names in BibTeX's form: ``von Last, Jr, First and {A Group}``."""
    return " and ".join([_person(parts, utf8=utf8) for parts in tidy_names(names)])


def _person(parts: ItemName, *, utf8: bool) -> str:
    family = full_family(parts, parts.get("family"))
    given, suffix = parts.get("given", ""), parts.get("suffix", "")
    if not given:
        if parts.get("literal") == ET_AL:
            return "others"
        whole = parts.get("literal") or f"{family} {suffix}".strip()
        is_family = "literal" not in parts and _FAMILY.fullmatch(whole)
        return latex(whole, utf8=utf8) if is_family else f"{{{latex(whole, utf8=utf8)}}}"
    written = [_whole(family, utf8=utf8, braces=_is_split_wrongly(family))]
    others = given.casefold().endswith(_OTHERS)
    written += [_whole(suffix, utf8=utf8), _whole(given, utf8=utf8, braces=others)]
    return ", ".join(filter(None, written))


# Many people of a meeting have the same names, or are authors of several abstracts.
@lru_cache(1 << 14)
def _whole(part: str, *, utf8: bool, braces: bool = False) -> str:
    """Return a part of a name, in braces if it has signs or an "and" that separate parts."""
    value = latex(part, utf8=utf8)
    braces = braces or "$" in value or not _SEPARATORS.isdisjoint(part)
    if braces or ("and" in (folded := part.casefold()) and "and" in folded.split()):
        return f"{{{value}}}"
    return value


def _is_split_wrongly(family: str) -> bool:
    """Return whether BibTeX would split a family name elsewhere than after its particles."""
    if " " not in family:
        return False
    words = family.split()
    rest = words
    while rest and rest[0] in PARTICLES:
        rest = rest[1:]
    if not rest or len(rest[-1].rstrip(".")) == 1:
        return True
    return any(_is_lower(word) for word in rest[:-1])


def _is_lower(word: str) -> bool:
    letters = [letter for letter in word if letter.isalpha()]
    return not letters or letters[0].islower() or not letters[0].isascii()


def pages(value: object, *, utf8: bool = False) -> str:
    """Return pages with two hyphens in ranges."""
    if ends := hyphenated_range(tidy(value or "")):
        return "--".join(text(end, utf8=utf8) for end in ends)
    range_ = r"(?<=\d)(?:-|–|\{\\textendash\})(?=\w)"
    return re.sub(range_, "--", text(value, utf8=utf8))


def type_of(kind: str, genre: str) -> str:
    """Return a genre for the field ``type``, if it says more than the kind of the entry."""
    return "" if genre.casefold() in _USUAL.get(kind, ()) else genre


def percent_encoded(value: object) -> str:
    """Return a DOI or URL without characters that BibTeX, or TeX in a URL, cannot read."""
    return quote(tidy(value), safe=":/?#[]@!$&'()*+,;=%<>") if value else ""


def iso(date: ItemDate | None) -> str:
    """Return an ISO date, as far as it is known, or a range: ``2025-10/2025-11``."""
    return "/".join(map(iso_date, ends_of(date)))
