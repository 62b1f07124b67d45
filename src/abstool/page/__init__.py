"""A page as its reader sees it: bytes go in, an ordered list of text blocks comes out.

HTML (``markup``) and plain text (``plain``) give the same ``blocks``, so that one grammar reads
both. A block is one printed line or paragraph; of the markup it keeps only what carries meaning:
superscripts and subscripts, links, strong type, headings, list items, table cells, images, and
which elements call themselves a menu or a sidebar.
"""

from __future__ import annotations

import re
import unicodedata

from abstool.encoding import decode
from abstool.page import plain
from abstool.page.blocks import Block, Cell, Image, Page, Run, Script, one_line, scripted

__all__ = [
    "Block",
    "Cell",
    "Image",
    "Page",
    "Run",
    "Script",
    "one_line",
    "read",
    "scripted",
]


def read(data: bytes | str, *, charset: str = "", subject: str = "page") -> Page:
    """Return the page that HTML or plain text, told apart by content, shows.

    ``charset`` is what the server said. Raises UnreadableInput for what is neither.
    """
    text = decode(data, charset=charset, subject=subject) if isinstance(data, bytes) else data
    text = unicodedata.normalize("NFC", _without_controls(text))
    if not _HTML.search(text):
        return plain.read(text)
    from abstool.page import markup  # noqa: PLC0415 - text needs no HTML parser

    return markup.read(text)


_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|main|article|section|div|p|h[1-6]|span|table|ul|ol|dl|"
    r"br|sup|strong|b|a|meta|title|li|pre|em|i)\b[^<>]*>",
    re.IGNORECASE,
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")


def _without_controls(text: str) -> str:
    """Drop control characters, which no page prints and a terminal would obey."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROLS.sub("", text.encode("utf-8", "replace").decode("utf-8")).lstrip("\ufeff")
