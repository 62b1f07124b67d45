"""Read the author line: authors, then affiliations, in one paragraph.

    Name1, Name2,3 and Name1 for the GROUP, 1Aff, City, ST, 2Aff, City, 3Aff

In HTML the numbers are superscripts, so the line is read exactly. In plain text they are joined to
the names and affiliations, and ``glued`` marks them first. Without numbers all authors share one
affiliation; where it begins is known from other parts of the page, or guessed from its words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from abstool.page import Block, one_line
from abstool.parser.people import marks, unnumbered
from abstool.parser.people.bylines import (
    AuthorLine,
    Byline,
    is_degree_of,
    is_suffix,
    person_and_group,
    split_names,
)
from abstool.parser.people.glued import CLOSE, OPEN, mark_numbers

_MARK = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")


def _unknown() -> None:
    return None


def read(blocks: Sequence[Block], count: Callable[[], int | None] = _unknown) -> AuthorLine:
    """Return the authors and affiliations in the blocks between the title and the next label.

    ``count`` returns the number of authors named elsewhere on the page, None if unknown; it is
    called only for a line without numbers.
    """
    lines = marks.lines(blocks)
    if not lines:
        return AuthorLine()
    line = marks.joined(lines)
    if not _MARK.search(line):
        line = mark_numbers(line)
    if _MARK.search(line):
        return _read_marked(line)
    return unnumbered.read_lines(lines) or unnumbered.read(line, count())


# --- a line with marks ---------------------------------------------------------------------------


def _read_marked(line: str) -> AuthorLine:
    found = _affiliation_marks(line)
    start = found[0].start() if found else len(line)
    result = AuthorLine(authors=_bylines(line[:start]), affiliations=_affiliations(line, found))
    known = {label for label, _ in result.affiliations}
    used = {label for author in result.authors for label in author.labels}
    if dangling := sorted(used - known, key=_order):
        result.warnings.append(
            f"Authors refer to affiliation {', '.join(dangling)}, which is not on the page."
        )
    if unused := sorted(known - used, key=_order):
        result.warnings.append(f"No author refers to affiliation {', '.join(unused)}.")
    unlinked = [a.name for a in result.authors if not a.labels and not a.group]
    if unlinked and known:
        has = "has" if len(unlinked) == 1 else "have"
        result.warnings.append(f"{', '.join(unlinked)} {has} no affiliation marker.")
    return result


def _order(label: str) -> tuple[int, str]:
    return (int(label) if label.isdecimal() else 0, label)


def _affiliation_marks(line: str) -> list[re.Match[str]]:
    """Return the marks that start an affiliation: after a separator and before text."""
    return [
        mark
        for mark in _MARK.finditer(line)
        if "," not in mark[1]
        and _SEPARATED.search(line[max(0, mark.start() - 3) : mark.start()])
        and _OPENING.match(line[mark.end() : mark.end() + 8])
    ]


_SEPARATED = re.compile(r"(?:^|[,;.])\s*$")
_OPENING = re.compile(r"\s*(?!and\b|&)[^\s,;]")


def _affiliations(line: str, found: Sequence[re.Match[str]]) -> list[tuple[str, str]]:
    ends = [*(mark.start() for mark in found[1:]), len(line)][: len(found)]
    named = [
        (mark[1], one_line(_MARK.sub(r"\1", line[mark.end() : end])).strip(" ,;"))
        for mark, end in zip(found, ends, strict=True)
    ]
    cleaned = (
        (label, name if (stray := _STRAY.match(name)) is None else name[stray.end() :])
        for label, name in named
    )
    return [(label, name) for label, name in cleaned if name]


_STRAY = re.compile(r"\.\s*(?:[,;]\s*|$)")  # of a group without an institution: 3., New York, NY


def _bylines(line: str) -> list[Byline]:
    authors: list[Byline] = []
    pieces = _MARK.split(line)  # text, label, text, label, ..., text
    for text, label in zip(pieces[::2], [*pieces[1::2], ""], strict=True):
        labels = tuple(number for number in label.split(",") if number)
        names = split_names(text)
        while authors and names and _follows(names, labels, authors[-1]):
            authors[-1] = Byline(f"{authors[-1].name}, {names.pop(0)}", authors[-1].labels)
        if not names and labels and authors and not authors[-1].labels:
            authors[-1] = Byline(authors[-1].name, labels, authors[-1].group)
        for position, name in enumerate(names, start=1):
            authors += person_and_group(name, labels if position == len(names) else ())
    return authors


def _follows(names: Sequence[str], labels: tuple[str, ...], last: Byline) -> bool:
    """Return whether the first name of several is the rest of an author's before a mark."""
    if is_suffix(names[0], last.name):
        return True
    is_labelled = len(names) == 1 and labels and last.labels
    return not is_labelled and not last.group and is_degree_of(last.name, names[0])
