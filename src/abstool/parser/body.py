"""The body: blocks of a section to text that reads well on its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from abstool.page import Block
from abstool.parser.layout import BodyPart
from abstool.record import Section

_WRAPPED_WIDTH = 120  # characters: lines of running text longer than this were not wrapped by hand


def sections(parts: Sequence[BodyPart]) -> list[Section]:
    """Return the sections in printed order; one with a label and no text is left out."""
    return [
        Section(label=part.label, text=text)
        for part in parts
        if (text := running_text(part.blocks))
    ]


def running_text(blocks: Sequence[Block]) -> str:
    """Join blocks: paragraphs by a blank line, hard line breaks inside a paragraph by a blank."""
    width = max((len(block.text) for block in blocks), default=0)
    text = ""
    previous: Block | None = None
    for block in blocks:
        if previous is None:
            text = _line(block)
        elif block.item and previous.item:
            text += f"\n{_line(block)}"
        elif _continues(previous, block, width):
            text += f" {_line(block)}"
        else:
            text += f"\n\n{_line(block)}"
        previous = block
    return text


def _line(block: Block) -> str:
    return f"- {block.text}" if block.item else block.text


def _continues(previous: Block, block: Block, width: int) -> bool:
    """Say whether a line goes on with the sentence or the paragraph of the line before."""
    if block.starts_paragraph or block.item or block.cell != previous.cell:
        return False
    if not re.search(r"[.?!:;][)\]”\"’']*$", previous.text):
        return True
    first_word = block.text.split(" ", 1)[0]
    wrapped = width <= _WRAPPED_WIDTH
    return wrapped and len(previous.text) + 1 + len(first_word) > width
