"""Turn the bytes of a page into an ordered list of text blocks, as a reader sees them.

HTML (``markup``) and plain text (``plain``) yield the same ``blocks``, so one grammar reads both.
A block is one printed line or paragraph. It keeps only markup that carries meaning: superscripts
and subscripts, links, strong type, headings, list items, table cells and images. Elements marked
as menus or sidebars are left out.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from types import ModuleType

from abstool.encoding import to_utf8
from abstool.errors import UnreadableInput, UsageError, reason_of, require
from abstool.interrupts import held_back
from abstool.page import limits, plain
from abstool.page.blocks import Block, Cell, Image, Page, Run, Script, one_line, scripted

__all__ = [
    "Block",
    "Cell",
    "Image",
    "Page",
    "PageSource",
    "Run",
    "Script",
    "next_url",
    "one_line",
    "read",
    "read_utf8",
    "scripted",
    "subject_of",
]

_URL = re.compile(r"https?://\S+", re.IGNORECASE)
_LONGEST_NAME = 4096  # characters

PageSource = bytes | str | Path  # the content of a page, or the path of its file


def read(data: PageSource, *, charset: str = "", subject: str = "page") -> Page:
    """Return the page in ``data``: HTML or plain text, detected from the content.

    ``charset`` is the one the server declared. Raises UnreadableInput if ``data`` is neither, or
    exceeds one of the ``limits``, or is the path of a file that cannot be read; UsageError for an
    argument of another type.
    """
    require("charset", charset, str, "a text")
    if isinstance(data, bytearray | memoryview):
        data = bytes(data)
    require("data", data, (bytes, str, Path), "a page", "give its bytes, its text or a Path")
    if isinstance(data, Path):
        try:
            data = data.read_bytes()
        except (OSError, ValueError) as error:  # ValueError: a null character in the name
            problem = f"cannot be read ({reason_of(error)})"
            raise UnreadableInput(subject, problem, "check the name") from None
    if isinstance(data, str):
        _check_is_content(data)
        return read_utf8(data.encode("utf-8", "replace"), subject=subject)
    return read_utf8(to_utf8(data, charset=charset, subject=subject), subject=subject)


def _check_is_content(text: str) -> None:
    """Raise UsageError for a text that is a URL, or the name of a file, and not a page."""
    if len(text) > _LONGEST_NAME or "<" in text or len(text.splitlines()) != 1:
        return
    name = text.strip()
    if _URL.fullmatch(name):
        problem, next_step = f"{name} is a URL, not a page", "use abstool.fetch()"
    elif name.lower().endswith((".html", ".htm")):
        problem, next_step = f"{name} is the name of a page", f"give Path({name!r})"
    else:
        return
    raise UsageError(problem=problem, next_step=next_step, argument="data")


def subject_of(data: object, url: str | None, subject: str) -> str:
    """Return the name of a page in errors: the one given, or else its address or file.

    Raises UsageError for an argument that is not a text.
    """
    require("url", url, (str, type(None)), "a URL")
    require("subject", subject, str, "a text")
    return subject or url or (str(data) if isinstance(data, Path) else "page")


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
