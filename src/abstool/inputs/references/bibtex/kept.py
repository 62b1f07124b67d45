"""Keep what BibTeX is written from again: fields without a variable, and the LaTeX of others."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping

from abstool.inputs.references.bibtex.dates import visited
from abstool.inputs.references.bibtex.numbers import SERIAL
from abstool.inputs.references.bibtex.syntax import RawEntry
from abstool.item import Item

# The dates that both formats write alike: classic BibTeX has no day, so "date" has one here.
_DATES = {
    "year": re.compile(r"\d{4}"),
    "date": re.compile(r"[1-9]\d{3}(?:-(?:0\d|1[0-2]))?"),
    "urldate": re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?"),
}
# The numbers of which either may stand in the field of the other.
_NUMBERS = {"issn": ("issn", "eissn"), "isbn": ("isbn",)}
_LONG = frozenset("abstract author editor translator keywords".split())
_PEOPLE = frozenset(("editor", "translator"))
_ROLES = frozenset(("editortype", "editoratype", "editorbtype", "editorctype"))
# The fields that the formats write in the same way from variables; the text of others is kept.
_WRITTEN = frozenset(
    "author editor year volume number pages issn isbn doi url note titleaddon".split()
)


def kept_fields(
    block: RawEntry, fields: Mapping[str, str], used: Container[str], item: Item
) -> dict[str, object]:
    """Return the fields without a variable, and the LaTeX of those that would change.

    ``fields`` are those of the entry with what its references to others stand for.
    What the file has outside of its entries is counted with the last one.
    The LaTeX is empty for a field that the entry does not have, and that must not be written
    because the text of another field says the same.
    """
    values = {
        name: [
            " ".join(text.split())
            for text in (fields.get(name, value), *block.repeated.get(name, ()))
        ]
        for name, value in block.fields.items()
        if value.strip() and name not in used
    }
    filled = {name for name, value in block.fields.items() if value.strip()}
    # A chapter named in "chapter" is written as its title, and the title as that of the book.
    is_named = block.kind == "inbook" and "chapter" in block.fields and "chapter-number" not in item
    # A volume that has the issue too, "12(3)", is written as both.
    is_split = "issue" in item and filled.isdisjoint(("number", "issue"))
    is_split = is_split and block.kind in SERIAL
    is_in_words = "date" in filled and not re.search(r"\d{3}", fields.get("date", ""))
    printed = {value for value in item.values() if isinstance(value, str)}
    if "accessed" in item and visited(note := item.get("note", ""))[0]:
        printed.discard(note)  # the format would add the date that it names
    if "number" in block.fields and ("issue" in block.fields or "eprint" in block.fields):
        printed.discard(" ".join(block.fields["number"].split()))  # it is written as another field
    has_roles = not _ROLES.isdisjoint(block.fields)  # which people in fields of editors have
    raw = {
        name: text
        for name in block.fields
        if name in used
        and (name not in _LONG or (name in _PEOPLE and has_roles))
        and not (name == "volume" and is_split)
        and not (name in ("title", "chapter") and is_named)
        and (text := " ".join(fields.get(name, "").split()))
        and (
            name not in _WRITTEN
            or text.replace("--", "-") not in printed
            or (name in _NUMBERS and item.get(name.upper()) != text)
        )
        and (is_in_words or not ((date := _DATES.get(name)) and date.fullmatch(text)))
    }
    parts = ("booktitle", "booksubtitle", "maintitle", "mainsubtitle")
    if any(name in fields and name not in block.fields for name in parts[1:]):  # inherited
        raw |= {name: " ".join(fields[name].split()) for name in parts if name in fields}
    raw |= dict.fromkeys(_said_elsewhere(raw, filled, fields, item), "")
    if has_roles and "translator" not in fields:
        raw["translator"] = ""
    kept: dict[str, object] = {"values": values} if values else {}
    if raw:
        kept["raw"] = raw
    if block.outside:
        kept["outside"] = block.outside
    return {"format": "bibtex", "type": block.kind, **kept}


def _said_elsewhere(
    raw: Container[str], filled: Container[str], fields: Mapping[str, str], item: Item
) -> Iterator[str]:
    """Yield the fields of which the text of another has what they would have.

    A volume may also have the issue, a year the month, and an eprint is the URL in its archive.
    """
    for name, absent in (("volume", "number"), ("year", "month"), ("eprint", "url")):
        if name in raw and absent not in filled:
            yield absent
    for name, names in _NUMBERS.items():
        if name.upper() in item and fields.keys().isdisjoint(names):
            yield name
