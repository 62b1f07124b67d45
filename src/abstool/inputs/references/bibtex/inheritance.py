"""Give the entries of a file the fields that they inherit with ``crossref`` and ``xdata``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from abstool.errors import printable
from abstool.inputs.references.bibtex.name_lists import at_ands
from abstool.inputs.references.bibtex.syntax import RawEntry, blocks

Fields = dict[str, str]

_DEEP = 5  # entries that inherit from each other
_NOT_INHERITED = frozenset(
    "abstract annotation annote crossref entryset entrysubtype execute file groups ids key "
    "keywords label options owner pages pagetotal presort related relatedoptions "
    "relatedstring relatedtype shorthand shorthandintro shorttitle sortkey sorttitle "
    "timestamp xdata xref".split()
)
# Names of one thing: an entry that has one inherits none of the others.
_ALIASES = (
    ("journal", "journaltitle"),
    ("date", "year"),
    ("address", "location"),
    ("school", "institution"),
)
_WHOLE = frozenset(
    "book collection mvbook mvcollection mvproceedings mvreference proceedings".split()
)
_SERIAL = frozenset(("article", "suppperiodical"))
# biblatex's reference to a field of an xdata entry, or to one name or value in it.
_REFERENCE = re.compile(r"xdata\s*=\s*\"?((.+)-([a-z]+)(?:-(\d+))?)\"?", re.IGNORECASE)


def related(text: str) -> tuple[Iterable[RawEntry], Family]:
    """Return the entries of a text, without sets of others, and what they inherit from.

    Only a text with references between entries is read as a whole, as one may need a later one.
    """
    found = (block for block in blocks(text) if block.kind != "set" or block.fault)
    folded = text.lower()
    if not (has_data := "xdata" in folded) and "crossref" not in folded:
        return found, Family((), has_data=False)
    read = [*found]
    return read, Family(read, has_data=has_data)


class Family:
    """The entries of a file by key, in any case; the first entry of a key counts."""

    def __init__(self, blocks: Iterable[RawEntry], *, has_data: bool) -> None:
        """Index the entries; ``has_data`` says whether the file has anything with xdata."""
        self._blocks: dict[str, RawEntry] = {}
        self._has_data = has_data
        for block in blocks:
            if block.key and not block.fault:
                self._blocks.setdefault(block.key.lower(), block)

    def fields(self, block: RawEntry, deep: int = _DEEP, doubts: list[str] | None = None) -> Fields:
        """Return the fields of an entry with those that it inherits; its own have priority.

        ``doubts`` are those of the entry that takes the fields of an xdata entry.
        """
        doubts = block.doubts if doubts is None else doubts
        if not deep:
            return _filled(block)
        fields = self._with_data(block, deep, doubts)
        key = fields.get("crossref", "").strip()
        if key and key.lower() not in self._blocks:
            doubts.append(f"{printable(key)!r} of crossref is not in the file")
        if parent := self._blocks.get(key.lower()):
            inherited = _renamed(self.fields(parent, deep - 1), block.kind)
            for names in _ALIASES:
                if not fields.keys().isdisjoint(names):
                    inherited = {
                        name: value for name, value in inherited.items() if name not in names
                    }
            fields = inherited | fields
        return fields

    def merged(self, block: RawEntry) -> RawEntry:
        """Return an entry with the fields of its xdata entries as its own: they are not written.

        Its field ``xdata`` has only what is not in the file.
        """
        if not self._has_data or "xdata" not in block.fields:
            return block
        return replace(block, fields=self._with_data(block, _DEEP, []))

    def _with_data(self, block: RawEntry, deep: int, doubts: list[str]) -> Fields:
        """Return the fields of an entry with those of its xdata entries; what is missing stays."""
        fields = _filled(block)
        if not self._has_data:
            return fields
        fields = {
            name: self._resolved(value, doubts, deep) if "=" in value else value
            for name, value in fields.items()
        }
        missing: list[str] = []
        for key in map(str.strip, fields.pop("xdata", "").split(",")):
            if found := self._blocks.get(key.lower()):
                data = self.fields(found, deep - 1, doubts)
                missing += filter(None, [data.pop("xdata", "")])
                fields = data | fields
            elif key:
                missing.append(key)
                doubts.append(f"{printable(key)!r} of xdata is not in the file")
        return fields | ({"xdata": ", ".join(missing)} if missing else {})

    def _resolved(self, value: str, doubts: list[str], deep: int) -> str:
        """Return a value with what its references ``xdata=key-field-1`` stand for."""
        parts = [*at_ands(value)]
        for at, part in enumerate(parts):
            if not (found := _REFERENCE.fullmatch(part.strip())):
                continue
            data = self._blocks.get(found[2].lower())
            text = self.fields(data, deep - 1, doubts).get(found[3].lower(), "") if data else ""
            values = [*at_ands(text)] if text and found[4] else [text]
            index = int(found[4][:4]) if found[4] else 1
            if text and 1 <= index <= len(values):
                parts[at] = values[index - 1].strip()
            else:
                doubts.append(f"{printable(found[1])!r} of xdata is not in the file")
        return " and ".join(parts) if len(parts) > 1 else parts[0]


def _filled(block: RawEntry) -> Fields:
    return {name: value for name, value in block.fields.items() if value.strip()}


def _renamed(fields: Fields, kind: str) -> Fields:
    """Return the fields of a parent under the names that they have in an entry of this kind."""
    title = "maintitle" if kind in _WHOLE else "journaltitle" if kind in _SERIAL else "booktitle"
    prefix = title.removesuffix("title")
    names = {"title": title, "subtitle": f"{prefix}subtitle", "titleaddon": f"{prefix}titleaddon"}
    return {
        names.get(name, name): value for name, value in fields.items() if name not in _NOT_INHERITED
    }
