"""Copy a RIS file with only the wrong fields of wrong entries changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from abstool.checking.reports.checked import CheckedManuscript, Copied
from abstool.checking.reports.entries import corrected_copy
from abstool.checking.reports.entry import EditableEntry, Parts, Written
from abstool.checking.reports.splices import Edit, SourceText
from abstool.checking.verdict import Verdict
from abstool.inputs.references.fields import unescaped
from abstool.inputs.references.people import people
from abstool.inputs.references.ris.lines import split, tagged
from abstool.item import ItemName
from abstool.manuscripts.reference import Reference
from abstool.text import tidy

_PARTS = Parts(
    title=("TI", "T1"),
    subtitle="",
    year=("PY", "Y1", "DA"),
    volume=("VL", "VO"),
    journal=("T2", "JF", "JO"),
    short_journal=("J2", "JA", "J1", "JI"),
    supplement=("IS", "SU", "VL"),
    number=("SP", "AN", "MA", "C7", "AR", "N1"),
    pages=("SP",),
    address=("UR", "LK", "N1"),
    notes=("N1",),
)
_AUTHORS = ("AU", "A1")
_END = "\r\n"


class _TaggedLine(NamedTuple):
    """A field of an entry: where its line begins, and its value in the text of the file.

    ``after`` is where the next field begins. A value may have several lines.
    """

    tag: str
    line: int
    start: int
    end: int
    after: int


def copied(checked: CheckedManuscript) -> Copied:
    """Return a copy of the file, with a note about what could not be corrected."""
    source = SourceText(checked.data, checked.subject)
    places = {entry.number: position for position, entry in enumerate(split(source.text))}
    lines = source.text.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))

    def entry_of(reference: Reference, verdict: Verdict) -> _RisEntry | None:
        place = reference.place
        right = next(split(verdict.corrected), None)
        if not isinstance(place, int) or place not in places or right is None:
            return None
        fields = [*_fields(lines, starts, place - 1)]
        return _RisEntry(source, places[place], fields, right.pairs) if fields else None

    return corrected_copy(checked, source, entry_of, _shape)


def _shape(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield what names each entry of a text, and its fields."""
    for entry in split(text):
        fields: dict[str, str] = {}
        for tag, value in entry.pairs:
            fields[tag] = f"{fields[tag]}\n{value}" if tag in fields else value
        yield f"{entry.has_type} {entry.has_end}", fields


def _fields(lines: Sequence[str], starts: Sequence[int], first: int) -> Iterator[_TaggedLine]:
    """Yield the fields of the entry that begins on a line."""
    found: _TaggedLine | None = None
    has_type = in_text = False
    for index in range(first, len(lines)):
        line = lines[index].splitlines()[0] if lines[index] else ""
        match = tagged(line, in_text=in_text)
        if match is None:
            if found and line.strip():
                end = starts[index] + len(line.rstrip())
                found = found._replace(end=end, after=starts[index + 1])
            continue
        if found:
            yield found
        if match.tag == "ER" or (match.tag == "TY" and has_type):
            return
        has_type |= match.tag == "TY"
        in_text = match.is_text
        start, end = starts[index] + match.start, starts[index] + len(line.rstrip())
        found = _TaggedLine(match.tag, starts[index], start, max(start, end), starts[index + 1])
    if found:
        yield found


class _RisEntry(EditableEntry):
    """An entry of a RIS file."""

    parts = _PARTS

    def __init__(
        self,
        source: SourceText,
        position: int,
        fields: Sequence[_TaggedLine],
        right: Sequence[tuple[str, str]],
    ) -> None:
        self._fields = fields
        values: dict[str, str] = {}
        for field in fields:
            values.setdefault(field.tag, source.text[field.start : field.end])
        first: dict[str, str] = {}
        for tag, value in right:
            first.setdefault(tag, value)
        super().__init__(source, position, values, first)
        self._right = right
        self._names: list[str] = []

    def decoded(self, value: str) -> str:
        """Return the text of a value."""
        return tidy(unescaped(value))

    def authors(self, *, right: bool) -> Written:
        """Return the authors of the entry, or those that are right."""
        pairs = self._right if right else [(one.tag, self._text(one)) for one in self._fields]
        names = [value for tag, value in pairs if tag in _AUTHORS]
        read: list[ItemName] = []
        for name in names:
            read += people([unescaped(name)]).names
        return Written(names, read, is_cut=False)

    def put_authors(self, names: Sequence[str], *, is_cut: bool) -> bool:
        """Change the lines of the authors."""
        tags = {one.tag for one in self._fields if one.tag in _AUTHORS}
        if is_cut or len(tags) > 1 or not all(map(self.source.can_have, names)):
            return False
        self._names = [*names]
        self.changed |= tags or {"AU"}
        return True

    def edits(self) -> Iterator[Edit]:
        """Yield the changes of the file."""
        single = self.changed - ({*_AUTHORS} if self._names else set())
        seen: set[str] = set()
        for field in self._fields:
            if field.tag in single - seen:
                seen.add(field.tag)
                yield Edit(field.start, field.end, self.values[field.tag])
        if self._names:
            yield from self._edits_of_names()
        if new := sorted(single - seen):
            yield self._added(self._fields[-1], [(tag, self.values[tag]) for tag in new])

    def _edits_of_names(self) -> Iterator[Edit]:
        """Yield the changes of the authors, of whom there may be more or fewer than before."""
        lines = [one for one in self._fields if one.tag in _AUTHORS]
        for line, name in zip(lines, self._names, strict=False):
            if self._text(line) != name:
                yield Edit(line.start, line.end, name)
        for line in lines[len(self._names) :]:
            yield Edit(line.line, line.after, "")
        if new := self._names[len(lines) :]:
            last = lines[-1] if lines else self._fields[0]
            tag = lines[-1].tag if lines else _AUTHORS[0]
            yield self._added(last, [(tag, name) for name in new])

    def _added(self, last: _TaggedLine, new: Sequence[tuple[str, str]]) -> Edit:
        """Return lines behind a field, written like the first one of the entry."""
        text, first = self.source.text, self._fields[0]
        lead = text[first.line : first.start].partition(first.tag)
        end = text[: first.after].rpartition(text[first.line : first.after].splitlines()[0])[2]
        written = "".join(f"{lead[0]}{tag}{lead[2]}{value}{end or _END}" for tag, value in new)
        is_ended = text[: last.after].endswith(("\n", "\r"))
        return Edit(last.after, last.after, ("" if is_ended else end or _END) + written)

    def _text(self, field: _TaggedLine) -> str:
        return self.source.text[field.start : field.end]
