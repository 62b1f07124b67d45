"""Split paragraphs at line breaks where each line is a reference of its own."""

from __future__ import annotations

from abstool.manuscripts.document import Passage
from abstool.manuscripts.headings import is_list_heading
from abstool.manuscripts.links import addresses_in
from abstool.manuscripts.signs import mostly_references, numbered
from abstool.text import tidy


def at_breaks(passage: Passage) -> list[Passage]:
    """Return a paragraph on one line, or its lines if they are a list of references."""
    lines = [line for one in passage.text.split("\n") if (line := tidy(one))]
    if len(lines) < 2:
        return [passage._replace(text="".join(lines))]
    heading = [passage._replace(text=lines.pop(0))] if is_list_heading(lines[0]) else []
    starts = [found.value if (found := numbered(line)) else 0 for line in lines]
    is_counted = starts[0] > 0 and any(value == starts[0] + 1 for value in starts[1:])
    if not (is_counted or (len(lines) > 1 and mostly_references(lines))):
        return [*heading, passage._replace(text=" ".join(lines))]
    printed = set(addresses_in(passage.text))
    # Which line a link belongs to is known only if its address is printed.
    hidden = tuple(one for one in passage.addresses if one not in printed)
    groups: list[list[str]] = []
    for line, value in zip(lines, starts, strict=True):
        if value or not is_counted or not groups:
            groups.append([])
        groups[-1].append(line)
    kept = hidden if len(groups) == 1 else ()
    return [
        *heading,
        *(passage._replace(text=" ".join(group), addresses=kept, number="") for group in groups),
    ]
