"""Keep what BibTeX is written from again: fields without a variable, and the LaTeX of others."""

from __future__ import annotations

import re
from collections.abc import Container

from abstool.inputs.references.bibtex.syntax import RawEntry
from abstool.item import Item

_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_DATES = {"year": re.compile(r"\d{4}"), "date": _DATE, "urldate": _DATE}
_LONG = frozenset("abstract author editor translator keywords".split())
# The fields that the formats write in the same way from variables; the text of others is kept.
_WRITTEN = frozenset(
    "author editor year volume number pages issn isbn doi url note titleaddon".split()
)


def kept_fields(block: RawEntry, used: Container[str], item: Item) -> dict[str, object]:
    """Return the fields without a variable, and the LaTeX of those that would change."""
    values = {
        name: [" ".join(text.split()) for text in (value, *block.repeated.get(name, ()))]
        for name, value in block.fields.items()
        if value.strip() and name not in used
    }
    # A volume that has the issue too, "12(3)", would repeat it beside the issue that is written.
    is_split = "issue" in item and {"number", "issue"}.isdisjoint(block.fields)
    # A chapter named in "chapter" is written as its title, and the title as that of the book.
    is_named = block.kind == "inbook" and item.get("type") == "chapter"
    is_named = is_named and {"booktitle", "maintitle"}.isdisjoint(block.fields)
    printed = {value for value in item.values() if isinstance(value, str)}
    raw = {
        name: text
        for name in block.fields
        if name in used
        and (text := " ".join(block.fields[name].split()))
        and name not in _LONG
        and not (name == "volume" and is_split)
        and not (name in ("title", "chapter") and is_named)
        and (name not in _WRITTEN or text.replace("--", "-") not in printed)
        and not ((date := _DATES.get(name)) and date.fullmatch(text))
    }
    kept: dict[str, object] = {"values": values} if values else {}
    if raw:
        kept["raw"] = raw
    return {"format": "bibtex", "type": block.kind, **kept}
