"""Find the title and the author line among the blocks without labels."""

from __future__ import annotations

import re
from collections.abc import Sequence

from abstool.page import Block
from abstool.parser.people import unnumbered

_NUMBERED = re.compile(r"1\s?[^\W\d_]")  # an affiliation


def before_labels(before: Sequence[Block]) -> Sequence[Block]:
    """Return the title and authors that some sites print before the first label.

    The title is the last heading. On a page without headings, it is the first line after the menu.
    Without a menu, title and authors are the last two paragraphs, or the last three if the last
    one has the affiliations.
    """
    headings = [index for index, block in enumerate(before) if block.heading]
    if headings:
        return before[headings[-1] :]
    end_of_menu = max((n for n, block in enumerate(before, 1) if block.item), default=0)
    lines = [block for block in before[end_of_menu:] if block.text]
    if end_of_menu and lines:
        return lines
    lines = [block for block in before if block.text and not block.item]
    starts = [n for n, block in enumerate(lines) if block.starts_paragraph] or [0]
    if len(starts) > 2 and _ends_with_affiliations(lines, starts):
        return lines[starts[-3] :]
    return lines[starts[-2 if len(starts) > 1 else 0] :]


def _ends_with_affiliations(lines: Sequence[Block], starts: Sequence[int]) -> bool:
    """Return whether the last paragraph has only affiliations, numbered or after plain names."""
    if any(_NUMBERED.match(block.text) for block in lines[starts[-1] :]):
        return True
    texts = [block.text for block in lines[starts[-2] :]]
    return "," in texts[0] and unnumbered.read_lines(texts) is not None


def title_and_authors(blocks: Sequence[Block]) -> tuple[str, list[Block]]:
    """Return the title in the head's blocks without labels, and the blocks of the author line."""
    if not blocks:
        return "", []
    headings = [index for index, block in enumerate(blocks) if block.heading]
    if headings:
        end = headings[0] + 1
        title, authors = blocks[end - 1 : end], blocks[end:]
    else:
        gaps = [index for index, block in enumerate(blocks) if index and block.starts_paragraph]
        end = gaps[0] if gaps else 1
        title, authors = blocks[:end], blocks[end:]
    return " ".join(block.text for block in title), list(authors)
