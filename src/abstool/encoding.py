"""Convert bytes of unknown origin to UTF-8: detect their encoding, and refuse what is not text."""

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
_META_CHARSET = rb"""(?i)<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})"""
_NOT_BLANK = re.compile(rb"[^\x00 \t\r\n\x0b\x0c]")
_STEP = 1 << 16  # bytes at a time, few enough to stay in the CPU cache


def to_utf8(data: bytes, *, charset: str = "", subject: str = "page") -> bytes:
    """Return ``data`` as UTF-8 text without a byte order mark.

    The encoding is, in this order: that of a byte order mark; UTF-8 if all is valid UTF-8, since
    other text hardly ever is (a last character cut in two is dropped); that declared (``charset``
    or a meta tag); in each line, UTF-8 if it is valid, windows-1252, as in browsers, or Mac Roman.
    CR alone becomes LF, and the null characters of a damaged file U+FFFD. Raises UnreadableInput if
    ``data`` is empty or not text.
    """
    if not _NOT_BLANK.search(data):
        next_step = "check the file, or the command that produced it"
        raise UnreadableInput(subject, "the input is empty", next_step)
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise UnreadableInput(
                subject, f"this is {kind}, not a page", "save the page as HTML or text"
            )
    text = _converted(data, charset)
    text = text if b"\n" in text else text.replace(b"\r", b"\n")  # of old Macs
    if _is_binary(text):
        raise UnreadableInput(subject, "this is not text", "save the page as HTML or text")
    return re.sub(rb"\x00+", "\ufffd".encode(), text) if b"\x00" in text else text


def encoding_shown(head: bytes) -> str:
    """Return the encoding that a text shows by a byte order mark or as UTF-16, or ``""``.

    ``head`` is its beginning.
    """
    shown = next((encoding for mark, encoding in _BOMS if head.startswith(mark)), "")
    return shown or _utf16_without_mark(head)


def is_guessed(data: bytes) -> bool:
    """Return whether the encoding of a text that is not markup can only be guessed."""
    return not encoding_shown(data) and _valid_utf8(data) is None


def _converted(data: bytes, charset: str) -> bytes:
    if encoding := encoding_shown(data):
        return _recoded(data, encoding)
    if (text := _valid_utf8(data)) is not None:
        return text
    meta = re.search(_META_CHARSET, data[:4096])
    for declared in (charset, meta[1].decode("ascii") if meta else ""):
        try:
            name = codecs.lookup(declared).name if declared else ""
            if name in ("iso8859-1", "ascii"):  # a browser reads both as windows-1252
                name = "cp1252"
            if name and name not in _PYTHON_ONLY:
                return _recoded(data, name)
        except (LookupError, ValueError):  # unknown, or a codec that is not a charset (rot13)
            continue
    return _undeclared(data)


def _undeclared(data: bytes) -> bytes:
    """Return text of which nothing says the encoding; files put together may have several."""
    lines = [(line, _valid_utf8(line) == line) for line in data.splitlines(keepends=True)]
    others = b"".join(line for line, is_utf8 in lines if not is_utf8)[:_STEP]
    windows, mac = (_oddities(others.decode(name, "replace")) for name in ("cp1252", "mac_roman"))
    encoding = "mac_roman" if windows > 2 * mac else "cp1252"
    return b"".join(line if is_utf8 else _recoded(line, encoding) for line, is_utf8 in lines)


# What a letter within a word becomes in a wrong encoding: a sign or a capital.
_WITHIN = re.compile(r"(?<=[^\W\d_])[^\x00-\x7f](?=[a-z])|(?<=[a-z])[^\x00-\x7f]")
_MARKS = frozenset("’‘”“·‐–—…®™°²³\xa0")  # which stand beside letters


def _oddities(text: str) -> int:
    return sum(not sign.islower() and sign not in _MARKS for sign in _WITHIN.findall(text))


def _recoded(data: bytes, encoding: str) -> bytes:
    return data.decode(encoding, "replace").encode("utf-8", "replace")


def _valid_utf8(data: bytes) -> bytes | None:
    """Return data that are UTF-8, without a last character that is cut in two; else None.

    The text is checked in pieces and not kept, because a file of records may be large.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), _STEP):
            decoder.decode(data[start : start + _STEP])
    except UnicodeDecodeError:
        return None
    cut_off, _ = decoder.getstate()
    return data[: len(data) - len(cut_off)] if cut_off else data


# Encodings that Python decodes but browsers do not.
_PYTHON_ONLY = frozenset(
    "idna punycode unicode-escape unicode_escape raw-unicode-escape raw_unicode_escape undefined "
    "utf-7 mbcs oem".split()
)


def _utf16_without_mark(data: bytes) -> str:
    """Return the encoding of UTF-16 without a byte order mark, or "" if the data are not UTF-16.

    Markup is ASCII, so every other byte is zero.
    """
    head = data[:400]
    half = len(head) // 2
    if half >= 2 and head[1::2].count(0) > 0.8 * half and not head[::2].count(0):
        return "utf-16-le"
    if half >= 2 and head[::2].count(0) > 0.8 * half and not head[1::2].count(0):
        return "utf-16-be"
    return ""


_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")  # control characters not found in text


def _is_binary(text: bytes) -> bool:
    if text.count(b"\x00") > len(text) / 50:
        return True
    head = text[:16000].decode("utf-8", "ignore")[:4000]
    return len(_CONTROLS.findall(head)) > len(head) / 50
