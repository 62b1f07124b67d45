"""Split plain text into blocks: one per line, read for bullets, blank lines and Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from abstool.page.blocks import Block, Page, Run, one_line

_BULLET = re.compile(r"^\s*(?:[•·▪◦‣*-]\s+)+")
_MARKDOWN = re.compile(r"^\s*(?P<heading>#{1,6})\s+|^\s*\*\*(?P<strong>[^*]{1,80})\*\*")


def read(text: str) -> Page:
    """Return the page of a text without HTML markup."""
    return Page(blocks=tuple(_lines(text)))


def _lines(text: str) -> Iterator[Block]:
    after_gap = True
    for line in re.split(r"[\n\x0b\x0c\x85\u2028\u2029]", text):
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
