"""Split the text of a tagged format into entries, and these into pairs of tag and value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from abstool.errors import printable
from abstool.inputs.references.entry import Fields

Pairs = list[tuple[str, str]]


class TaggedLayout(NamedTuple):
    """How a format is laid out.

    ``tag`` matches the beginning of a line that has a tag, with the tag as its first group and the
    value as its second. ``damaged`` matches one whose tag is damaged but can be nothing else, below
    fields other than ``texts``. Other lines continue the value above them. An entry begins with one
    of the tags in ``starts``, or with any tag after one of ``ends``, a blank line if ``blank`` or a
    line that ``between`` matches. It also begins behind a blank line if one of the tags in
    ``unique`` follows again. After a blank line, a line without a tag continues the value.
    """

    tag: re.Pattern[str]
    damaged: re.Pattern[str]
    starts: frozenset[str]
    ends: frozenset[str] = frozenset()
    blank: bool = False
    separator: str = " "  # between the lines of a value
    between: re.Pattern[str] | None = None  # lines between entries, such as their numbers
    texts: frozenset[str] = frozenset()
    unique: frozenset[str] = frozenset()


class TaggedEntry(NamedTuple):
    """The line that an entry begins on, its fields with empty values, and what to warn of."""

    line: int
    pairs: Pairs
    warnings: list[str]

    def fields(self) -> Fields:
        """Return the fields with the warnings."""
        fields = Fields(self.pairs)
        fields.warnings += self.warnings
        return fields


class _Lines:
    """The lines of an entry that were read until now."""

    def __init__(self, layout: TaggedLayout) -> None:
        self.layout = layout
        self.start = 0
        self.pairs: list[tuple[str, list[str]]] = []
        self.warnings: list[str] = []
        self.unique: set[str] = set()  # tags that an entry has once, of those read
        self.blank: tuple[int, int] | None = None  # number of fields before it, line below it
        self.above: frozenset[str] = frozenset()  # those of ``unique`` before it

    def match(self, line: str) -> re.Match[str] | None:
        """Return the tag at the beginning of a line, which may be damaged."""
        if match := self.layout.tag.match(line):
            return match
        if self.pairs and self.pairs[-1][0] in self.layout.texts:
            return None
        match = self.layout.damaged.match(line)
        return match if match and (self.pairs or match[1] in self.layout.starts) else None

    def add(self, match: re.Match[str], tag: str) -> None:
        """Add a field; warn if its tag is damaged."""
        self.pairs.append((tag, [(match[2] or "").strip()]))
        if tag in self.layout.unique:
            self.unique.add(tag)
        if match.re is self.layout.damaged:
            shown = printable(match.string, limit=40)
            self.warnings.append(f"the line {shown!r} looks like a field; read it as {tag}")

    def skip(self, number: int) -> None:
        """Note what stands before a blank line."""
        self.blank, self.above = (len(self.pairs), number + 1), frozenset(self.unique)

    def taken(self, count: int | None = None) -> TaggedEntry:
        """Return the first fields as an entry, and keep the others."""
        count = len(self.pairs) if count is None else count
        join = self.layout.separator.join
        pairs = [(tag, join(filter(None, lines))) for tag, lines in self.pairs[:count]]
        part = TaggedEntry(self.start, pairs, self.warnings)
        self.pairs, self.warnings, self.blank = self.pairs[count:], [], None
        self.unique = {tag for tag, _ in self.pairs} & self.layout.unique
        return part


def split(text: str, layout: TaggedLayout) -> Iterator[TaggedEntry]:
    """Yield the entries."""
    lines = _Lines(layout)
    has_ended = is_after_blank = False
    for number, line in enumerate(text.splitlines(), 1):
        if layout.between and layout.between.match(line):
            has_ended = True
            continue
        if not (match := lines.match(line)):
            is_blank = not line.strip()
            is_after_blank = layout.blank and is_blank
            if is_blank:
                lines.skip(number)
            elif lines.pairs and not has_ended:
                lines.pairs[-1][1].append(line.strip())
            continue
        tag = match[1].upper()
        if tag in layout.ends:
            has_ended = True
            continue
        if lines.pairs and (has_ended or is_after_blank or tag in layout.starts):
            yield lines.taken()
        elif lines.blank and tag in lines.above:
            count, below = lines.blank
            yield lines.taken(count)
            lines.start = below
        is_after_blank = False
        if not lines.pairs:
            lines.start, has_ended = number, False
        lines.add(match, tag)
    if lines.pairs:
        yield lines.taken()
