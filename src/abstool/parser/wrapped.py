"""Join the lines of a text that a mail program or an editor has broken at a fixed width.

Such a program breaks a line only where the next word would not fit, so a line that has room for it
ends where the text does. So does a line before a label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from abstool.page import Block, Run
from abstool.parser.labels import label_of

_WIDTHS = range(60, 101)  # characters at which such programs break lines
_FEWEST = 3  # broken lines; in a text with fewer, long lines may be a coincidence
_LEFT_OVER = 5  # characters that even the longest line of words may leave
_URL_TO_END = re.compile(r"https?://\S*[\w%-]$")
_SLUG = re.compile(r"-|[a-z0-9]+[-/]")  # the rest of a URL


def unwrapped(blocks: Sequence[Block]) -> Sequence[Block]:
    """Return the blocks of a plain text, each with those that continue it."""
    # Some programs do not cut a long URL.
    width = max((len(block.text) for block in blocks if " " in block.text), default=0)
    if width not in _WIDTHS:
        return blocks
    continued = [_continues(*pair, width) for pair in pairwise(blocks)]
    if sum(continued) < _FEWEST:
        return blocks
    return list(_joined(blocks, continued, width))


def _continues(block: Block, following: Block, width: int) -> bool:
    """Return whether a line was broken because the first word of the next did not fit."""
    if following.starts_paragraph or following.item or following.heading:
        return False
    word = following.text.split(" ", maxsplit=1)[0]
    is_full = len(block.text) + 1 + len(word) > width
    return is_full and label_of(following, in_session=True) is None


def _joined(blocks: Sequence[Block], continued: Sequence[bool], width: int) -> Iterator[Block]:
    first, parts = 0, list[str]()
    for index, block in enumerate(blocks):
        parts.append(block.text)
        if index < len(continued) and continued[index]:
            parts.append("" if _is_cut(block.text, blocks[index + 1].text, width) else " ")
            continue
        start = blocks[first]
        text = Run("".join(parts))
        yield start if first == index else Block((text,), start.starts_paragraph, item=start.item)
        first, parts = index + 1, []


def _is_cut(line: str, following: str, width: int) -> bool:
    """Return whether a line ends inside a URL, which is longer than a line."""
    if not _URL_TO_END.search(line):
        return False
    return 0 <= len(line) - width <= _LEFT_OVER or bool(_SLUG.match(following))
