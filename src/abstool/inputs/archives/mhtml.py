"""Read MHTML, the e-mail message as which Chrome and Edge save a page with its images.

Python's ``email`` reads the headers only. It keeps each line of a body as an object, which for
short lines takes 40 times their size.
"""

from __future__ import annotations

import binascii
import email
import io
import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from abstool.address import is_url
from abstool.errors import UnreadableInput
from abstool.inputs.archives.saved import LIMIT, SavedPage

if TYPE_CHECKING:
    from email.message import Message

# The patterns are compiled on first use, since few files are messages.
_VERSION = rb"(?im)^MIME-Version:[ \t]*1"
_FIELD = rb"[A-Za-z][A-Za-z0-9-]*:[ \t]?[^\r\n]*\r?\n"
_HEADER_LIMIT = 100_000  # bytes of the headers of one part
_MOST_PARTS = 10_000  # of a message: a page has hundreds of images at most
_MOST_LEVELS = 10  # of parts in parts
_HEADERS = rb"(?:(?:From |[!-9;-~]*:|[\t ])[^\n]*(?:\n|\Z))*+(?:\r?\n)?"
_NOT_BASE64 = re.sub(rb"[A-Za-z0-9+/]", b"", bytes(range(256)))
_BEGIN = rb"(?m)^begin [^\n]*\n"
_MOST_LINES = LIMIT // 15  # of a uuencoded page: each has 45 bytes, and short ones take long
_ENCODED_LIMIT = 4 * LIMIT  # bytes that are enough for a page in any encoding


def is_mhtml(data: bytes) -> bool:
    """Return whether a file begins like a MIME message."""
    if not data[:1].isalpha() or not re.match(_FIELD, data):
        return False
    fields = re.split(rb"\r?\n\r?\n", data[:4096], maxsplit=1)[0]
    return bool(re.search(_VERSION, fields))


def main_part(page: SavedPage) -> SavedPage:
    """Return the page in an MHTML message, with the URL and the date that the message gives.

    Raises UnreadableInput if no part is a page.
    """
    data = memoryview(page.data)
    message = _part(page.data, 0, len(data))
    texts = [part for part in _leaves(page.data, message, 0) if part.kind.startswith("text/")]
    kinds = ("text/html", "text/plain")
    part = next((p for kind in kinds for p in texts if p.kind == kind), None)
    if part is None:
        raise UnreadableInput(
            page.subject, "the message contains no page", "save the page again as HTML"
        )
    locations = (part.headers["Content-Location"], message.headers["Snapshot-Content-Location"])
    return page._replace(
        data=_decoded(bytes(data[part.start : part.end][:_ENCODED_LIMIT]), part.headers),
        url=next((url for url in map(_url, locations) if url), page.url),
        accessed=_date(message.headers) or page.accessed,
        charset=part.headers.get_content_charset("") or "",
    )


class _MessagePart(NamedTuple):
    """A part of a message: its headers, and where its body starts and ends."""

    headers: Message
    start: int
    end: int

    @property
    def kind(self) -> str:
        return self.headers.get_content_type()


def _part(data: bytes, start: int, end: int) -> _MessagePart:
    headers = re.compile(_HEADERS).match(data, start, min(end, start + _HEADER_LIMIT))
    body = headers.end() if headers else start
    return _MessagePart(email.message_from_bytes(data[start:body]), body, end)


def _leaves(data: bytes, part: _MessagePart, level: int) -> Iterator[_MessagePart]:
    """Yield the parts of a message that are not made of parts, in order."""
    boundary = part.headers.get_boundary()
    if part.headers.get_content_maintype() != "multipart" or not boundary:
        yield part
        return
    if level == _MOST_LEVELS:
        return
    before = None
    for number, line in enumerate(_boundaries(boundary).finditer(data, part.start, part.end)):
        if before is not None:
            yield from _leaves(data, _part(data, before, line.start()), level + 1)
        before = line.end()
        if line[1] or number == _MOST_PARTS:
            return
    if before is not None:  # cut off
        yield from _leaves(data, _part(data, before, part.end), level + 1)


def _boundaries(boundary: str) -> re.Pattern[bytes]:
    """Return the pattern of the lines between parts; it begins with plain text, which is fast."""
    text = re.escape(b"--" + boundary.encode("utf-8", "surrogateescape"))
    return re.compile(text + rb"(?<![^\n]" + text + rb")(--)?[ \t]*+(?:\r?\n|\Z)")


def _decoded(body: bytes, headers: Message) -> bytes:
    """Return the first ``LIMIT`` bytes of a body and one more, without its transfer encoding."""
    match str(headers.get("Content-Transfer-Encoding", "")).strip().lower():
        case "quoted-printable":
            body = binascii.a2b_qp(body)
        case "base64":
            body = _from_base64(body)
        case "uuencode" | "x-uuencode" | "uue" | "x-uue":
            body = _from_uu(body)
    return body[: LIMIT + 1]


def _from_base64(body: bytes) -> bytes:
    letters = body.translate(None, _NOT_BASE64)
    letters = letters[: len(letters) - (len(letters) % 4 == 1)]  # cut off
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))


def _from_uu(body: bytes) -> bytes:
    """Return a uuencoded body up to its end or its first corrupt line."""
    begin = re.search(_BEGIN, body)
    if not begin:
        return body
    lines = io.BytesIO(body)
    lines.seek(begin.end())
    decoded = bytearray()
    for line in islice(lines, _MOST_LINES):
        text = line.rstrip(b"\r\n")
        if text in (b"", b"`", b" ", b"end") or len(decoded) > LIMIT:
            break
        groups = -(-((text[0] - 32) & 63) // 3)  # of 3 bytes; what follows them is a checksum
        try:
            decoded += binascii.a2b_uu(text[: 1 + 4 * groups])
        except binascii.Error:
            break
    return bytes(decoded)


def _url(field: object) -> str:
    url = "".join(str(field or "").split())  # long URLs are folded
    return url if is_url(url) else ""


def _date(message: Message) -> str:
    from email.utils import parsedate_to_datetime  # noqa: PLC0415 - few pages are messages

    try:
        return parsedate_to_datetime(str(message["Date"])).date().isoformat()
    except (TypeError, ValueError, OverflowError):
        return ""
