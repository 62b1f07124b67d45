"""Split the text of a tagged format into entries, and these into pairs of tag and value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

Pairs = list[tuple[str, str]]


class TaggedLayout(NamedTuple):
    """How a format is laid out.

    ``tag`` matches the beginning of a line that has a tag, with the tag as its first group and the
    value as its second. Other lines continue the value above them. An entry begins with one of
    the tags in ``starts``, or with any tag after one of ``ends``, a blank line if ``blank`` or a
    line that ``between`` matches. After a blank line, a line without a tag continues the value.
    """

    tag: re.Pattern[str]
    starts: frozenset[str]
    ends: frozenset[str] = frozenset()
    blank: bool = False
    separator: str = " "  # between the lines of a value
    between: re.Pattern[str] | None = None  # lines between entries, such as their numbers


def split(text: str, layout: TaggedLayout) -> Iterator[tuple[int, Pairs]]:
    """Yield the line number and the fields of each entry, empty values included."""
    start = 0
    pairs: list[tuple[str, list[str]]] = []
    has_ended = is_after_blank = False
    for number, line in enumerate(text.splitlines(), 1):
        match = layout.tag.match(line)
        if layout.between and layout.between.match(line):
            has_ended = True
            continue
        if not match:
            is_after_blank = layout.blank and not line.strip()
            if line.strip() and pairs and not has_ended:
                pairs[-1][1].append(line.strip())
            continue
        tag = match[1].upper()
        if tag in layout.ends:
            has_ended = True
            continue
        if pairs and (has_ended or is_after_blank or tag in layout.starts):
            yield start, _joined(pairs, layout)
            pairs = []
        is_after_blank = False
        if not pairs:
            start, has_ended = number, False
        pairs.append((tag, [(match[2] or "").strip()]))
    if pairs:
        yield start, _joined(pairs, layout)


def _joined(pairs: list[tuple[str, list[str]]], layout: TaggedLayout) -> Pairs:
    return [(tag, layout.separator.join(filter(None, lines))) for tag, lines in pairs]
