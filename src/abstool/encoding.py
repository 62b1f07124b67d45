"""Bytes of unknown origin to text: what charset they are in, and whether they are text at all."""

from __future__ import annotations

import codecs
import re

from abstool.errors import UnreadableInput

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"\x89PNG", "a PNG image"),
    (b"GIF8", "a GIF image"),
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
)
_META_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE
)


def decode(data: bytes, *, charset: str = "", subject: str = "page") -> str:
    """Return the text that ``data`` hold.

    A byte order mark decides; then UTF-8 if the bytes are valid UTF-8 (a last character cut in two
    aside), whatever is declared, since other text is hardly ever valid UTF-8 by chance; then the
    declared charset (``charset`` from the server, or a meta tag); then windows-1252, as browsers.
    Raises UnreadableInput for empty input and for what is not text.
    """
    if not data.strip(b"\x00 \t\r\n\x0b\x0c"):
        raise UnreadableInput(subject, "it is empty", "save the page again")
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise UnreadableInput(
                subject, f"it is {kind}, not a page", "save the page as HTML or text"
            )
    text = _decode(data, charset)
    if text.count("\x00") or _looks_binary(text):
        raise UnreadableInput(subject, "it is not text", "save the page as HTML or text")
    return text


def is_plain_utf8(data: bytes) -> bool:
    """Tell whether ``decode`` would give just what ``data`` hold as UTF-8, without keeping it.

    It says no where it would take longer to tell: of a byte order mark, of a signature.
    """
    if b"\x00" in data or data.startswith((codecs.BOM_UTF8, *(sign for sign, _ in _SIGNATURES))):
        return False
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        head = decoder.decode(data[:_STEP])
        for start in range(_STEP, len(data), _STEP):
            decoder.decode(data[start : start + _STEP])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return not _looks_binary(head)


_STEP = 1 << 16  # bytes at a time, few enough to stay in a processor's cache


def _decode(data: bytes, charset: str) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    if encoding := _utf16_without_mark(data):
        return data.decode(encoding, "replace")
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(data, final=False)
    except UnicodeDecodeError:
        pass
    meta = _META_CHARSET.search(data[:4096])
    for declared in (charset, meta[1].decode("ascii") if meta else "", "windows-1252"):
        try:
            name = codecs.lookup(declared).name if declared else ""
            if name in ("iso8859-1", "ascii"):  # a browser reads both as windows-1252
                name = "cp1252"
            if name and name not in _NOT_OF_PAGES:
                return data.decode(name, "replace")
        except (LookupError, ValueError):  # unknown, or no charset: base64, rot13
            continue
    raise AssertionError("windows-1252 is always known")  # pragma: no cover


# Python decodes these, no browser does.
_NOT_OF_PAGES = frozenset(
    "idna punycode unicode-escape unicode_escape raw-unicode-escape raw_unicode_escape undefined "
    "utf-7 mbcs oem".split()
)


def _utf16_without_mark(data: bytes) -> str:
    """Return the byte order of unmarked UTF-16: markup is ASCII, so every other byte is zero."""
    head = data[:400]
    half = len(head) // 2
    if half >= 2 and head[1::2].count(0) > 0.8 * half and not head[::2].count(0):
        return "utf-16-le"
    if half >= 2 and head[::2].count(0) > 0.8 * half and not head[1::2].count(0):
        return "utf-16-be"
    return ""


_ODD = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")  # controls that no text holds


def _looks_binary(text: str) -> bool:
    head = text[:4000]
    return len(_ODD.findall(head)) > len(head) / 50
