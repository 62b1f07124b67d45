"""Turn the bytes of a page into an ordered list of text blocks, as a reader sees them.

HTML (``markup``) and plain text (``plain``) yield the same ``blocks``, so one grammar reads both.
A block is one printed line or paragraph. It keeps only markup that carries meaning: superscripts
and subscripts, links, strong type, headings, list items, table cells and images. Elements marked
as menus or sidebars are left out.
"""

from __future__ import annotations

import re
from functools import cache
from types import ModuleType

from abstool.encoding import to_utf8
from abstool.interrupts import held_back
from abstool.page import limits, plain
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
    """Return the page in ``data``: HTML or plain text, detected from the content.

    ``charset`` is the one the server declared. Raises UnreadableInput if ``data`` is neither, or
    exceeds one of the ``limits``.
    """
    if isinstance(data, str):
        return read_utf8(data.encode("utf-8", "replace"), subject=subject)
    return read_utf8(to_utf8(data, charset=charset, subject=subject), subject=subject)


def read_utf8(text: bytes, *, subject: str = "page") -> Page:
    """Return the page in a text that is UTF-8 already; see ``read``."""
    clean = _without_controls(text)
    if not _HTML.search(clean):
        return plain.read(clean.decode(), subject)
    limits.check_markup(clean, subject)
    page: Page = _markup().read(clean, subject)
    return page


@cache
def _markup() -> ModuleType:
    """Return the HTML module, imported on first use because plain text does not need it.

    Ctrl-C is held back because lxml swallows it during the import.
    """
    with held_back():
        from abstool.page import markup  # noqa: PLC0415 - see above
    return markup


def next_url(page: Page) -> str:
    """Return the URL of a listing's next page as written, or "" on the last page."""
    if not page.markup:
        return ""
    from abstool.page import pager  # noqa: PLC0415 - only listings need it

    return pager.next_url(page.markup)


_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|main|article|section|div|p|h[1-6]|span|table|ul|ol|dl|"
    rb"br|sup|strong|b|a|meta|title|li|pre|em|i)\b[^<>]*>",
    re.IGNORECASE,
)
_CONTROLS = bytes([*range(9), *range(14, 32), 127])
_HIGH_CONTROLS = re.compile(b"\xc2[\x80-\x84\x86-\x9f]")  # U+0080 to U+009F except U+0085


def _without_controls(text: bytes) -> bytes:
    """Return UTF-8 text without control characters, which a terminal would act on."""
    text = _HIGH_CONTROLS.sub(b"", text.translate(None, _CONTROLS))
    if b"\r" in text:
        text = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return text.removeprefix(b"\xef\xbb\xbf")
