"""Read a plain text, or what was pasted, as lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from abstool.errors import UnreadableInput
from abstool.manuscripts.document import ManuscriptText, Passage
from abstool.text import composed, tidy

LINES = 300_000
_LINE = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_RULE = re.compile(r"([-=~^*#_+—–])\1{2,}")  # below a heading, or between parts
_TABULATOR = 8


def read(text: str, subject: str) -> ManuscriptText:
    """Return the lines of a text."""
    return ManuscriptText(tuple(passages(split(text, subject))), wrapped=True)


def split(text: str, subject: str) -> list[str]:
    """Return the lines of a text. Raises UnreadableInput if there are too many."""
    lines = _LINE.split(text, maxsplit=LINES)
    if len(lines) > LINES:
        problem = f"this text has more than {LINES:,} lines"
        raise UnreadableInput(subject, problem, "keep only the references")
    return lines


def passages(lines: Iterable[str], *, first: int = 0) -> Iterator[Passage]:
    """Yield the passage of each line that is not blank."""
    after_gap = True
    for place, line in enumerate(lines, first):
        text = tidy(composed(line))
        if _RULE.fullmatch(text):
            text = ""
        if text:
            start = line[: len(line) - len(line.lstrip())]
            indent = len(start.expandtabs(_TABULATOR))
            yield Passage(text, place, indent=indent, after_gap=after_gap)
        after_gap = not text
