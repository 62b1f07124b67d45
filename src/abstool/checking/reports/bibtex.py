"""Copy a BibTeX file with only the wrong fields of wrong entries changed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import cast

from abstool.checking.reports.checked import CheckedManuscript, Copied
from abstool.checking.reports.entries import corrected_copy
from abstool.checking.reports.entry import EditableEntry, Parts, Written
from abstool.checking.reports.splices import Edit, SourceText
from abstool.checking.verdict import Verdict
from abstool.inputs.references.bibtex.braces import verbatim
from abstool.inputs.references.bibtex.latex import decoded
from abstool.inputs.references.bibtex.name_lists import at_ands
from abstool.inputs.references.bibtex.names import people
from abstool.inputs.references.bibtex.syntax import FieldPlace, RawEntry, blocks
from abstool.item import ET_AL, ItemName
from abstool.manuscripts.reference import Reference

_PARTS = Parts(
    title=("title",),
    subtitle="subtitle",
    year=("year", "date"),
    volume=("volume",),
    journal=("journal", "journaltitle", "booktitle"),
    short_journal=("shortjournal",),
    supplement=("number", "issue", "supplement", "volume"),
    number=("pages", "eid", "article-number", "meeting-abstract", "note"),
    pages=("pages", "eid"),
    address=("url", "howpublished", "note"),
    notes=("note", "annote"),
)
_NO_KEY = "anon"  # as the reader calls an entry without a key
_PARENTS = frozenset({"crossref", "xdata", "xref"})
_LAYOUT = re.compile(r"([^\s=]+)([ \t]*)=([ \t]*)")
_ENDS = re.compile(r"(\s*).*?(\s*)", re.DOTALL)
_JOINT = re.compile(r"\s+and\s+", re.IGNORECASE)


def copied(checked: CheckedManuscript) -> Copied:
    """Return a copy of the file, with a note about what could not be corrected."""
    source = SourceText(checked.data, checked.subject)
    found: dict[tuple[int, str], list[tuple[int, RawEntry]]] = defaultdict(list)
    for position, block in enumerate(blocks(source.text)):
        found[block.line, block.key or _NO_KEY].append((position, block))

    parents = {key for same in found.values() for _, block in same for key in _parents(block)}

    def entry_of(reference: Reference, verdict: Verdict) -> _BibtexEntry | None:
        place = reference.place if isinstance(reference.place, int) else 0
        same = found.get((place, reference.key), [])
        right = next(blocks(verdict.corrected), None)
        if len(same) != 1 or right is None or right.fault or same[0][1].fault:
            return None
        if reference.key.casefold() in parents:
            return None  # other entries inherit its fields
        return _BibtexEntry(source, *same[0], right)

    return corrected_copy(checked, source, entry_of, _shape)


def _parents(block: RawEntry) -> Iterator[str]:
    for name in _PARENTS & block.fields.keys():
        yield from (key.strip().casefold() for key in block.fields[name].split(","))


def _shape(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield what names each entry of a text, and its fields."""
    for block in blocks(text):
        repeated = [f"{name} {value}" for name, value in block.repeated.items()]
        yield f"{block.kind} {block.key} {bool(block.fault)} {repeated}", block.fields


class _BibtexEntry(EditableEntry):
    """An entry of a BibTeX file."""

    parts = _PARTS

    def __init__(self, source: SourceText, position: int, block: RawEntry, right: RawEntry) -> None:
        super().__init__(source, position, block.fields, right.fields)
        self._block = block

    def decoded(self, value: str) -> str:
        """Return the text of a value."""
        return decoded(verbatim(value) if "://" in value else value)

    def authors(self, *, right: bool) -> Written:
        """Return the authors of the entry, or those that are right."""
        value = (self.right if right else self.values).get("author", "")
        names = [name for text in at_ands(value) if (name := text.strip())]
        read = cast("list[ItemName]", people(value, decoded).names)
        is_cut = bool(read) and read[-1].get("literal") == ET_AL
        return Written(names[:-1] if is_cut else names, read[:-1] if is_cut else read, is_cut)

    def put_authors(self, names: Sequence[str], *, is_cut: bool) -> bool:
        """Change the list of authors; the white space between them stays."""
        old = self.values.get("author", "")
        ends = _ENDS.fullmatch(old)
        lead, tail = ends.groups() if ends else ("", "")
        joints = self._joints(old)
        listed = [*names, *["others"] * is_cut]
        pieces = [
            name if not place else f"{joints.get(name, ' and ')}{name}"
            for place, name in enumerate(listed)
        ]
        return self.put("author", "".join([lead, *pieces, tail]))

    def _joints(self, value: str) -> dict[str, str]:
        """Return what stands between each name of a list and the one before it."""
        names = [name.strip() for name in at_ands(value)]
        joints = _JOINT.findall(value)
        # With an "and" in braces there are more.
        return dict(zip(names[1:], joints, strict=True)) if len(joints) == len(names) - 1 else {}

    def edits(self) -> Iterator[Edit]:
        """Yield the changes of the file."""
        places = self._block.places
        for name in sorted(self.changed & places.keys()):
            yield self._edit(places[name], self._block.fields[name], self.values[name])
        if (new := sorted(self.changed - places.keys())) and places:
            yield self._insertion(new)

    def _edit(self, place: FieldPlace, old: str, value: str) -> Edit:
        written = self.source.text[place.start : place.end]
        if written in (f"{{{old}}}", f'"{old}"'):
            new = _without_quotes(value) if written[0] == '"' else value
            return Edit(place.start + 1, place.end - 1, new)
        is_bare = written == old and value.isdecimal()
        return Edit(place.start, place.end, value if is_bare else f"{{{value}}}")

    def _insertion(self, names: Sequence[str]) -> Edit:
        """Return the new fields behind the last one of the entry, and laid out like it."""
        text = self.source.text
        last = max(self._block.places.values(), key=lambda place: place.end)
        line = text.rfind("\n", 0, last.name) + 1
        indent = text[line : last.name]
        is_on_line = bool(line) and not indent.strip()
        end = "\r\n" if text[line - 2 : line] == "\r\n" else "\n"
        before = f"{end}{indent}" if is_on_line else " "
        layout = _LAYOUT.match(text, last.name)
        name, left, right = layout.groups() if layout else ("", " ", " ")
        width = len(name) + len(left) if len(left) > 1 else 0  # the signs are in a column
        fields = []
        for new in names:
            sign = f"{new:<{width}}{left if len(new) >= width else ''}={right}"
            fields.append(f",{before}{sign}{{{self.values[new]}}}")
        return Edit(last.end, last.end, "".join(fields))


def _without_quotes(value: str) -> str:
    """Return a value that can be in quotation marks: with its own ones in braces."""
    depth, found = 0, []
    for sign in value:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        found.append('{"}' if sign == '"' and not depth else sign)
    return "".join(found)
