"""Read the tagged format of EndNote and Google Scholar (.enw), which began as Unix's refer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import chain, pairwise

from abstool.inputs.references.endnote import common
from abstool.inputs.references.fields import Entry, Reading
from abstool.inputs.references.tagged.lines import Pairs, TaggedEntry, TaggedLayout, split

_LAYOUT = TaggedLayout(
    re.compile(r"\ufeff?[ \t]{0,8}%(\S)(?:\s+(?![-–—:=]\s+\S)(.*)|$)"),
    re.compile(
        r"[ \t\ufeff]{0,8}%\s?(?=[0-9A-Z@!?]\s{0,2}(?:[-–—:=]\s+\S|[A-Z\d(\[\"“‘]))"
        r"([0A-Z@!?789])\s{0,2}(?:[-–—:=]\s+)?(.+)"
    ),
    frozenset({"0"}),
    blank=True,
    separator="\n",
    texts=frozenset({"K", "X", "Z"}),
)


def entries(text: str) -> Iterator[Entry]:
    """Yield the line number of each entry with what reads it."""
    parts = split(text, _LAYOUT)
    if re.search(r"^\ufeff?[ \t]*%0", text, re.MULTILINE):
        parts = _whole(parts, text.splitlines())
    for part in parts:
        yield part.line, partial(_read, part)


def _whole(parts: Iterator[TaggedEntry], lines: list[str]) -> Iterator[TaggedEntry]:
    """Join the parts of each entry, which end at blank lines and before a type (%0).

    An abstract may end with blank lines, so tags after them belong to the entry above. They begin
    an entry if they have a second title, or names or a title and directly below them the type.
    """
    start, entry, tags = 0, Pairs(), set[str]()
    warnings: list[str] = []
    first = set[str]()  # tags that an entry may begin with before its type
    for part, after in pairwise(chain(parts, [TaggedEntry(0, [], [])])):
        line, pairs, below, more = part.line, part.pairs, after.line, after.pairs
        own = {tag for tag, _ in pairs}
        first = first or {"A", "E", "T", pairs[0][0]}
        if "0" in own:
            is_new = "0" in tags or not lines[line - 2].strip()
        else:
            is_above_type = more and more[0][0] == "0" and lines[below - 2].strip()
            is_new = bool("T" in own & tags or (is_above_type and own & first))
        if entry and is_new:
            yield TaggedEntry(start, entry, warnings)
            entry, tags, warnings = [], set(), []
        start = start if entry else line
        entry += pairs
        warnings += part.warnings
        tags |= own
    if entry:
        yield TaggedEntry(start, entry, warnings)


def _read(part: TaggedEntry) -> Reading:
    fields = part.fields()
    name = fields.take("0") or ("Journal Article" if "J" in fields else "")
    return common("enw", fields, name)
