"""A page as its reader sees it: bytes go in, an ordered list of text blocks comes out.

HTML (``markup``) and plain text (``plain``) give the same ``blocks``, so that one grammar reads
both. A block is one printed line or paragraph; of the markup it keeps only what carries meaning:
superscripts and subscripts, links, strong type, headings, list items, table cells and images.
Elements that call themselves a menu or a sidebar are no part of the page.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from types import ModuleType

from abstool.encoding import to_utf8
from abstool.interrupts import held_back
from abstool.page import plain
from abstool.page.blocks import Block, Cell, Image, Page, Run, Script, one_line, scripted

__all__ = [
    "Block",
    "Cell",
    "Image",
    "Page",
    "Run",
    "Script",
    "next_url",
    "one_line",
    "read",
    "read_utf8",
    "scripted",
]


def read(data: bytes | str, *, charset: str = "", subject: str = "page") -> Page:
    """Return the page that HTML or plain text, told apart by content, shows.

    ``charset`` is what the server said. Raises UnreadableInput for what is neither.
    """
    if isinstance(data, str):
        return read_utf8(data.encode("utf-8", "replace"))
    return read_utf8(to_utf8(data, charset=charset, subject=subject))


def read_utf8(text: bytes) -> Page:
    """Return the page in a text that is UTF-8 already; see ``read``."""
    clean = _without_controls(text)
    if not _HTML.search(clean):
        return plain.read(unicodedata.normalize("NFC", clean.decode()))
    page: Page = _markup().read(clean)
    return page


@cache
def _markup() -> ModuleType:
    """Load what reads HTML, which text does not need; lxml would swallow a Ctrl-C meanwhile."""
    with held_back():
        from abstool.page import markup  # noqa: PLC0415 - see above
    return markup


def next_url(page: Page) -> str:
    """Return the address of the page that follows in a list, as written, "" if none does."""
    if not page.markup:
        return ""
    from abstool.page import pager  # noqa: PLC0415 - a page of one abstract has none

    return pager.next_url(page.markup)


_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|main|article|section|div|p|h[1-6]|span|table|ul|ol|dl|"
    rb"br|sup|strong|b|a|meta|title|li|pre|em|i)\b[^<>]*>",
    re.IGNORECASE,
)
_CONTROLS = bytes([*range(9), *range(14, 32), 127])
_HIGH_CONTROLS = re.compile(b"\xc2[\x80-\x84\x86-\x9f]")  # U+0080 to U+009F but for U+0085


def _without_controls(text: bytes) -> bytes:
    """Drop control characters, which no page prints and a terminal would obey, from UTF-8."""
    text = _HIGH_CONTROLS.sub(b"", text.translate(None, _CONTROLS))
    if b"\r" in text:
        text = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return text.removeprefix(b"\xef\xbb\xbf")
