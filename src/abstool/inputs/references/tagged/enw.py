"""Read the tagged format of EndNote and Google Scholar (.enw), which began as Unix's refer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import chain, pairwise

from abstool.inputs.references.endnote import common
from abstool.inputs.references.entry import Fields
from abstool.inputs.references.fields import Entry, Reading
from abstool.inputs.references.tagged.lines import Pairs, TaggedLayout, split

_TAG = re.compile(r"\ufeff?%(\S)(?:\s+(.*)|$)")
_LAYOUT = TaggedLayout(_TAG, frozenset({"0"}), blank=True, separator="\n")
Part = tuple[int, Pairs]


def entries(text: str) -> Iterator[Entry]:
    """Yield the line number of each entry with what reads it."""
    parts = split(text, _LAYOUT)
    if re.search(r"^\ufeff?%0", text, re.MULTILINE):
        parts = _whole(parts, text.splitlines())
    for line, pairs in parts:
        yield line, partial(_read, pairs)


def _whole(parts: Iterator[Part], lines: list[str]) -> Iterator[Part]:
    """Join the parts of each entry, which end at blank lines and before a type (%0).

    An abstract may end with blank lines, so tags after them belong to the entry above. They begin
    an entry if they have a second title, or names or a title and directly below them the type.
    """
    start, entry, tags = 0, Pairs(), set[str]()
    first = set[str]()  # tags that an entry may begin with before its type
    for (line, pairs), (below, more) in pairwise(chain(parts, [(0, Pairs())])):
        own = {tag for tag, _ in pairs}
        first = first or {"A", "E", "T", pairs[0][0]}
        if "0" in own:
            is_new = "0" in tags or not lines[line - 2].strip()
        else:
            is_above_type = more and more[0][0] == "0" and lines[below - 2].strip()
            is_new = bool("T" in own & tags or (is_above_type and own & first))
        if entry and is_new:
            yield start, entry
            entry, tags = [], set()
        start = start if entry else line
        entry += pairs
        tags |= own
    if entry:
        yield start, entry


def _read(pairs: Pairs) -> Reading:
    fields = Fields(pairs)
    name = fields.take("0") or ("Journal Article" if "J" in fields else "")
    return common("enw", fields, name)
