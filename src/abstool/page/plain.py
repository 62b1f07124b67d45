"""Split plain text into blocks: one per line, read for bullets, blank lines and Markdown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from abstool.page import limits
from abstool.page.blocks import Block, Page, Run, one_line

_BULLET = re.compile(r"^\s*(?:[•·▪◦‣*-]\s+)+")
_MARKDOWN = re.compile(r"^\s*(?P<heading>#{1,6})\s+|^\s*\*\*(?P<strong>[^*]{1,80})\*\*")


def read(text: str, subject: str = "page") -> Page:
    """Return the page of a text without HTML markup. Raises UnreadableInput if it is too long."""
    lines = limits.lines(text, subject)
    return Page(blocks=tuple(_blocks(unicodedata.normalize("NFC", line) for line in lines)))


def _blocks(lines: Iterable[str]) -> Iterator[Block]:
    after_gap = True
    for line in lines:
        bullet = _BULLET.match(line)
        rest = line[bullet.end() :] if bullet else line
        heading = 0
        if mark := _MARKDOWN.match(rest):  # a page saved as Markdown
            heading = len(mark["heading"] or "")
            rest = (mark["strong"] or "") + rest[mark.end() :]
        words = one_line(rest)
        if words:
            item = "-" if bullet else ""
            yield Block((Run(words),), starts_paragraph=after_gap, heading=heading, item=item)
        after_gap = not words
