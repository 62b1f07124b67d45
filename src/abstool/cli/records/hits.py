"""Print hits of a search for a person: titles and snippets, with the words that were found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from abstool.errors import printable

if TYPE_CHECKING:
    from abstool.searching import Hit
    from abstool.searching.snippets import Marked

_BOLD, _FOUND, _FAINT, _END = "\x1b[1m", "\x1b[1;33m", "\x1b[2m", "\x1b[0m"
_LONGEST = 1000  # characters of a title that are printed


def listing(hits: Iterable[Hit], *, width: int, styled: bool) -> Iterator[str]:
    """Yield each hit as lines; ``styled`` adds the escape sequences of a terminal."""
    for place, hit in enumerate(hits, 1):
        label = f"{place}. "
        margin = " " * len(label)
        facts = [hit.number and f"Abstract {hit.number}", hit.meeting]
        if not hit.meeting and hit.year:
            facts.append(str(hit.year))
        lines = [*_lines(hit.title, width - len(label), _BOLD if styled else "", styled=styled)]
        for text in (" \u00b7 ".join(filter(None, facts)), hit.authors):
            lines += _plain(text, width - len(label), styled=styled)
        if hit.snippet.marks:
            lines += _lines(hit.snippet, width - len(label), "", styled=styled)
        lines += [_faint(printable(hit.url, 2000), styled=styled)] if hit.url else []
        yield f"{label}{f'{chr(10)}{margin}'.join(lines)}\n\n"


def _plain(text: str, width: int, *, styled: bool) -> Iterator[str]:
    for start, end in _wrapped(text, width):
        yield _faint(text[start:end], styled=styled)


def _faint(text: str, *, styled: bool) -> str:
    return f"{_FAINT}{text}{_END}" if styled and text else text


def _lines(marked: Marked, width: int, style: str, *, styled: bool) -> Iterator[str]:
    """Yield the lines of a text with its marks."""
    text, marks = marked
    for start, end in _wrapped(text[:_LONGEST], width):
        if not styled:
            yield text[start:end]
            continue
        line, at = style, start
        for mark_start, mark_end in marks:
            first, last = max(mark_start, start), min(mark_end, end)
            if first < last:
                line += f"{text[at:first]}{_END}{_FOUND}{text[first:last]}{_END}{style}"
                at = last
        yield f"{line}{text[at:end]}{_END}"


def _wrapped(text: str, width: int) -> Iterator[tuple[int, int]]:
    """Yield where the lines of a text begin and end; a long word gets a line of its own."""
    start = 0
    while len(text) - start > width:
        end = text.rfind(" ", start, start + width + 1)
        if end <= start:
            end = text.find(" ", start)
            if end < 0:
                break
        yield start, end
        start = end + 1
    if start < len(text):
        yield start, len(text)
