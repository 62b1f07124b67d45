"""Split the passages of a list into its references."""

from __future__ import annotations

import re
from collections.abc import Sequence

from abstool.manuscripts.document import Passage
from abstool.manuscripts.joins import joined
from abstool.manuscripts.links import unique
from abstool.manuscripts.signs import (
    BARE,
    looks_like_reference,
    may_start_with_person,
    mostly_references,
    numbered,
    starts_with_person,
)

_GAP = 5  # numbers that a list may leave out before it counts as another list
_LINES = 30  # of a reference with fifty authors
_LEAD = 2  # lines below the heading that tell about the list
_WHOLE = 30  # characters of a short reference
_WANTS_NUMBER = re.compile(
    r"\b(?:abstracts?|no|nos|number|nr|vol|volume|suppl|supplement|pp?|pages?|part|chapter|issue)"
    r"\.?\s*#?$",
    re.IGNORECASE,
)
_STEM = 12  # characters of a short first line that starts no reference of its own

Lines = Sequence[Passage]


def entries(lines: Lines, *, wrapped: bool) -> list[Passage]:
    """Return the references in the passages of a list, each with its number if it has one."""
    lines = [line for line in lines if line.text]
    if groups := by_number(lines):
        return [entry for group in groups if (entry := _merged(group)).text]
    if not wrapped:
        return [line for line in lines if line.listed or _is_entry(line.text)]
    return [_merged(group) for group in _unnumbered(lines)]


def _is_entry(text: str) -> bool:
    """Return whether a paragraph below the heading is an entry, and not a page number."""
    return len(text) > _STEM


# --- numbered lists -------------------------------------------------------------------------------


def by_number(lines: Lines) -> list[list[Passage]]:
    """Return the passages of each reference of a numbered list; [] if the list has no numbers."""
    groups: list[list[Passage]] = []
    form = last = skipped = 0
    for line in lines:
        if line.number:
            groups.append([line])
            form = -1
            continue
        found = numbered(line.text) if form >= 0 else None
        if found and groups and _WANTS_NUMBER.search(groups[-1][-1].text):
            found = None
        if found and (not form or found.form == form) and _follows(found.value, last, found.rest):
            form, last = found.form, found.value
            # Markdown allows every item to have the number 1.
            number = len(groups) + 1 if last == 1 else last
            rest = line._replace(text=found.rest, number=str(number))
            groups.append([rest])
        elif groups:
            if _continues(groups[-1], line):
                groups[-1].append(line)
            elif looks_like_reference(line.text):
                groups.append([line])
        elif (skipped := skipped + 1) > _LEAD or _may_start(line.text):
            return []
    return groups if form != BARE or len(groups) > 1 else []


def _may_start(text: str) -> bool:
    """Return whether a line above the first number may be a reference without one."""
    return starts_with_person(text) or looks_like_reference(text)


def _follows(value: int, last: int, rest: str) -> bool:
    """Return whether a number is the next of a list, which may leave out or repeat some."""
    if not last:
        is_lower = rest[:1].islower() and not starts_with_person(rest)  # van der Muster A
        return 0 < value < 1000 and not is_lower
    if value == last + 1 or value == last == 1:
        return True
    is_start = starts_with_person(rest) or looks_like_reference(rest)
    return last <= value <= last + _GAP and is_start


def _continues(group: list[Passage], line: Passage) -> bool:
    """Return whether a passage without a number is a part of the reference before it."""
    if line.after_gap and _looks_whole(group):
        return line.text[:1].islower() or line.text.startswith(("http", "doi", "www.", "Accessed"))
    return not (line.after_gap and looks_like_reference(line.text))


def _looks_whole(group: Lines) -> bool:
    """Return whether the last lines of a reference look like all of it."""
    return looks_like_reference(" ".join(part.text for part in group[-_LINES:]))


# --- lists without numbers ------------------------------------------------------------------------


def _unnumbered(lines: Lines) -> list[list[Passage]]:
    for split in (_at_gaps, _at_indents, _at_lines):
        groups = split(lines)
        if groups and mostly_references([_merged(group).text for group in groups]):
            return groups
    return at_starts(lines)


def _at_gaps(lines: Lines) -> list[list[Passage]]:
    groups = split_at_gaps(lines)
    # A list with one blank line in the middle, where a page ends, is not split at blank lines.
    return groups if len(groups) > 1 and len(groups) * 8 >= len(lines) else []


def split_at_gaps(lines: Lines) -> list[list[Passage]]:
    """Return the passages between blank lines."""
    groups: list[list[Passage]] = []
    for line in lines:
        if line.after_gap or not groups:
            groups.append([])
        groups[-1].append(line)
    return groups


def _at_indents(lines: Lines) -> list[list[Passage]]:
    least = min((line.indent for line in lines), default=0)
    if not any(line.indent > least for line in lines):
        return []
    groups: list[list[Passage]] = []
    for line in lines:
        if line.indent == least or not groups:
            groups.append([])
        groups[-1].append(line)
    return groups


def _at_lines(lines: Lines) -> list[list[Passage]]:
    """Return each line on its own, unless one ends or starts in the middle of a reference."""
    whole = all(looks_like_reference(line.text) or _is_whole(line.text) for line in lines)
    return [[line] for line in lines] if whole else []


def _is_whole(text: str) -> bool:
    return (
        len(text) > _WHOLE and not text[0].islower() and (text[-1] in ".)/]" or text[-1].isdigit())
    )


def at_starts(lines: Lines) -> list[list[Passage]]:
    """Return the passages of each reference; one starts with an author after the end of another."""
    groups: list[list[Passage]] = []
    before = ""
    for line in lines:
        ends = not before or before.rstrip()[-1:] in ".)/]" or before.rstrip()[-1:].isdigit()
        may_start = line.after_gap or (ends and may_start_with_person(line.text))
        if not groups or (may_start and _looks_whole(groups[-1])):
            groups.append([])
        groups[-1].append(line)
        before = line.text
    return groups


def _merged(group: Sequence[Passage]) -> Passage:
    """Return the passages of a reference as one."""
    first = group[0]
    if len(group) == 1:
        return first
    text, others = joined([part.text for part in group])
    addresses = unique(address for part in group for address in part.addresses)
    return first._replace(text=text, alternatives=others, addresses=addresses)
