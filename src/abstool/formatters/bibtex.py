"""Classic BibTeX, one entry an item, read alike by bibtex, pybtex, bibtexparser and Zotero.

In: CSL-JSON items. Out: ``@article`` with the supplement as ``number`` and the abstract's number
as ``pages``; no entry holds a raw line break or an unbalanced brace. Accents are macros, because
bibtex sorts, abbreviates and labels by bytes and would cut an UTF-8 letter in two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from abstool.formatters._keys import key_of, unique
from abstool.formatters._latex import latex
from abstool.formatters._text import plain, tidy

_TYPES = {
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "book": "book",
    "chapter": "incollection",
    "entry-dictionary": "incollection",
    "entry-encyclopedia": "incollection",
    "paper-conference": "inproceedings",
    "report": "techreport",
    "thesis": "phdthesis",
}
_CONTAINER = {"article": "journal", "incollection": "booktitle", "inproceedings": "booktitle"}
_PUBLISHER = {"phdthesis": "school", "techreport": "institution"}
_MONTHS = "January February March April May June July August September October November December"
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9:.+_-]*")
_PARTICLES = frozenset(
    "af al bin da das de degli dei del della den der des di do dos du el ibn la le lo op 't ten "
    "ter van vom von zu zum zur".split()
)


def render(items: Sequence[dict[str, Any]]) -> list[str]:
    """Return each item as a BibTeX entry; ids that are fit to be keys are kept as keys."""
    asked = (str(item.get("id", "")) for item in items)
    keys = unique(
        key if _KEY.fullmatch(key) else key_of(item) for key, item in zip(asked, items, strict=True)
    )
    return [_entry(key, item) for key, item in zip(keys, items, strict=True)]


def document(entries: Sequence[str]) -> str:
    """Return the entries as one file, a blank line apart."""
    return "\n".join(f"{entry}\n" for entry in entries)


def _entry(key: str, item: dict[str, Any]) -> str:
    kind = _TYPES.get(item.get("type", ""), "misc")
    fields = "".join(f"  {name} = {value},\n" for name, value in _fields(kind, item))
    return f"@{kind}{{{key},\n{fields}}}"


def _fields(kind: str, item: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the names and values of the fields that the item has; values hold their braces."""

    def text(*variables: str) -> str:
        return next((value for name in variables if (value := _latex(item.get(name)))), "")

    for field, variable in (("author", "author"), ("editor", "editor")):
        if people := " and ".join(map(_person, item.get(variable, ()))):
            yield field, f"{{{people}}}"
    if title := text("title"):
        genre = text("genre") if kind in ("article", "misc") else ""
        yield "title", f"{{{{{title}}}{f' [{genre}]' if genre else ''}}}"
    container = _CONTAINER.get(kind, "howpublished")
    values = {
        container: text("container-title-short", "container-title")
        if kind == "article"
        else text("container-title"),
        _PUBLISHER.get(kind, "publisher"): text("publisher"),
        "address": text("publisher-place"),
        "edition": text("edition"),
        **_issued(item),
        "volume": text("volume"),
        "number": text("issue", "number"),
        "pages": _pages(item.get("page")),
        "issn": text("ISSN"),
        "isbn": text("ISBN"),
        "doi": _address(item.get("DOI")),
        "url": _address(item.get("URL")),
        "urldate": _iso(item.get("accessed")),
        "keywords": text("keyword"),
        "abstract": text("abstract"),
        "note": latex(_note(item)),
    }
    yield from ((name, f"{{{value}}}") for name, value in values.items() if value)


def _latex(value: object) -> str:
    return latex(plain(tidy(value))) if isinstance(value, str | int | float) else ""


def _person(name: dict[str, Any]) -> str:
    """Return a name as BibTeX reads it: ``von Last, Jr, First``, or a group in braces."""
    parts = {part: tidy(name[part]) for part in name}
    particles = (parts.get("dropping-particle"), parts.get("non-dropping-particle"))
    family = " ".join(filter(None, (*particles, parts.get("family"))))
    given, suffix = parts.get("given", ""), parts.get("suffix", "")
    if not given:
        return f"{{{latex(parts.get('literal') or f'{family} {suffix}'.strip())}}}"
    braced_family = f"{{{latex(family)}}}" if _misread(family) else latex(family)
    return ", ".join(filter(None, (braced_family, _whole(suffix), _whole(given))))


def _misread(family: str) -> bool:
    """Tell whether BibTeX would split a family name elsewhere than after its particles."""
    words = family.split()
    rest = words
    while rest and rest[0] in _PARTICLES:
        rest = rest[1:]
    if not rest or any(_is_lower(word) for word in rest[:-1]):
        return len(words) > 1
    return _whole(family) != latex(family)


def _is_lower(word: str) -> bool:
    letters = [letter for letter in word if letter.isalpha()]
    return not letters or letters[0].islower() or not letters[0].isascii()


def _whole(text: str) -> str:
    """Return text in braces where a comma or an "and" in it would start another part or name."""
    value = latex(text)
    if "," in text or "$" in value or "and" in text.casefold().split():
        return f"{{{value}}}"
    return value


def _issued(item: dict[str, Any]) -> dict[str, str]:
    issued = item.get("issued", {})
    if not (ends := issued.get("date-parts")):
        return {"year": _latex(issued.get("literal"))}
    year, *rest = ends[0]
    return {"year": str(year), "month": _MONTHS.split()[rest[0] - 1] if rest else ""}


def _pages(value: object) -> str:
    return re.sub(r"(?<=\d)(?:-|\{\\textendash\})(?=\w)", "--", _latex(value))


def _address(value: object) -> str:
    """Return a DOI or an address without what BibTeX, or TeX's command for it, stumbles over."""
    return quote(tidy(value), safe=":/?#[]@!$&'()*+,;=%<>") if value else ""


def _iso(date: dict[str, Any] | None) -> str:
    parts = (date or {}).get("date-parts", [[]])[0]
    return "-".join(f"{part:02}" for part in parts)


def _note(item: dict[str, Any]) -> str:
    """Return what BibTeX has no field for: the note, the meeting, the date of access."""
    notes = [tidy(item.get("note", ""))]
    if meeting := tidy(item.get("event-title", "")):
        notes.append(f"Presented at: {meeting}")
    parts = (item.get("accessed") or {}).get("date-parts", [[]])[0]
    if item.get("URL") and len(parts) == 3:
        notes.append(f"Accessed {_MONTHS.split()[parts[1] - 1]} {parts[2]}, {parts[0]}")
    return ". ".join(filter(None, notes))
