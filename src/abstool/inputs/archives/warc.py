"""WARC files (ISO 28500), as the Internet Archive and Common Crawl give them: pages out.

In comes the unpacked stream. Pages are the HTML and text of ``response``, ``resource`` and
``conversion`` records; other records (requests, revisits, metadata), other types of content and
answers other than 200 are passed over. The only module that knows warcio.
"""

from __future__ import annotations

import logging
import re
import zlib
from collections.abc import Iterator
from io import BufferedReader
from typing import Any

from warcio.bufferedreaders import BufferedReader as LineReader
from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeadersParser

from abstool.errors import AbstoolError, UnreadableInput
from abstool.inputs.archives.saved import ENVELOPE_LIMIT, LIMIT, SavedPage

_RECORDS = frozenset(("response", "resource", "conversion"))
_PAGES = frozenset(("text/html", "application/xhtml+xml", "text/plain", ""))
_HEADER_LIMIT = 1_000_000  # bytes of one record's headers
_BLOCK = 1 << 20
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?=T|$)")
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)
_DAMAGED = "download it again"

logging.getLogger("warcio").addHandler(logging.NullHandler())  # what it says is for developers


def records(stream: BufferedReader, subject: str) -> Iterator[SavedPage | AbstoolError]:
    """Yield the pages of a WARC file in its order, and an error where one cannot be read.

    A page's subject is the file's with the number of the record. ``accessed`` is the day of the
    capture (UTC). Raises UnreadableInput where the file is damaged, after what stood before.
    """
    reader = _Reader(stream, subject)
    loader = ArcWarcRecordLoader(verify_http=False)
    number = 0
    while line := reader.first_line():
        number += 1
        place = f"{subject}, record {number}"
        try:
            record = loader.parse_record_stream(reader, line, "warc", no_record_parse=True)
        except (ArchiveLoadFailed, ValueError):
            raise UnreadableInput(place, "it is damaged (no WARC record)", _DAMAGED) from None
        if not hasattr(record.raw_stream, "limit"):
            raise UnreadableInput(place, "it is cut off within its headers", _DAMAGED)
        page = _page(record, place, reader)
        while record.raw_stream.read(_BLOCK):
            pass
        if record.raw_stream.limit:
            raise UnreadableInput(place, "it is cut off before its end", _DAMAGED)
        if page:
            yield page


class _Reader(LineReader):  # type: ignore[misc] # warcio has no types
    """Reads lines and blocks of a stream; headers without end do not fill the memory."""

    def __init__(self, stream: BufferedReader, subject: str) -> None:
        super().__init__(_ShortReads(stream), block_size=1 << 16)
        self._subject = subject
        self._allowed = _HEADER_LIMIT

    def first_line(self) -> bytes:
        """Return the next line that is not blank, where a record begins; empty at the end."""
        self._allowed = _HEADER_LIMIT
        while (line := self.readline()) and not line.strip():
            self._allowed = _HEADER_LIMIT
        return line

    def readline(self, length: int | None = None) -> bytes:
        line: bytes = super().readline(min(length or self._allowed, self._allowed))
        self._allowed -= len(line)
        if not self._allowed:
            raise UnreadableInput(self._subject, "it is damaged (endless headers)", _DAMAGED)
        return line

    def start_content(self) -> None:
        """Allow for the lines that lead chunks of content."""
        self._allowed = LIMIT


class _ShortReads:
    """A stream whose reads give what is there, so that nothing before a damage is lost."""

    def __init__(self, stream: BufferedReader) -> None:
        self.read = stream.read1


def _page(record: Any, subject: str, reader: _Reader) -> SavedPage | AbstoolError | None:
    """Return the page of a record, None where it holds none, or why it cannot be read."""
    headers = record.rec_headers
    url = headers.get_header("WARC-Target-URI") or ""
    if record.rec_type not in _RECORDS or not record.length:
        return None
    content_type, stream, encoding = record.content_type or "", record.raw_stream, ""
    if content_type.lower().startswith("application/http"):
        try:
            http = StatusAndHeadersParser([], verify=False).parse(stream)
        except EOFError:
            return None
        if http.get_statuscode() != "200":
            return None
        content_type = http.get_header("Content-Type") or ""
        encoding = http.get_header("Content-Encoding") or ""
        if (http.get_header("Transfer-Encoding") or "").strip().lower() == "chunked":
            reader.start_content()
            stream = ChunkedDataReader(stream)
    if content_type.partition(";")[0].strip().lower() not in _PAGES:
        return None
    if record.length > ENVELOPE_LIMIT:
        return UnreadableInput(subject, f"it is larger than {ENVELOPE_LIMIT / 1e6:g} MB", "")
    try:
        data = _decoded(stream.read(LIMIT + 1), encoding, subject)
    except UnreadableInput as error:
        return error
    charset = _CHARSET.search(content_type)
    date = _DATE.match(headers.get_header("WARC-Date") or "")
    return SavedPage(
        subject,
        data,
        url=url,
        accessed=date[0] if date else "",
        charset=charset[1] if charset else "",
        collected=True,
    )


def _decoded(data: bytes, encoding: str, subject: str) -> bytes:
    """Undo the content encodings; a crawler may have undone them and kept the header."""
    for coding in reversed(encoding.lower().split(",")):
        match coding.strip():
            case "gzip" | "x-gzip" if data.startswith(b"\x1f\x8b"):
                data = _inflated(data, 16 + zlib.MAX_WBITS, subject)
            case "deflate" if _has_zlib_header(data):
                data = _inflated(data, zlib.MAX_WBITS, subject)
            case "br" if not _looks_like_markup(data):
                data = _unbrotli(data, subject)
            case "zstd" if data.startswith(b"\x28\xb5\x2f\xfd"):
                raise UnreadableInput(subject, "it is packed with zstd", "recompress the file")
    return data


def _has_zlib_header(data: bytes) -> bool:
    return len(data) > 1 and data[0] & 15 == 8 and int.from_bytes(data[:2], "big") % 31 == 0


def _looks_like_markup(data: bytes) -> bool:
    return data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def _inflated(data: bytes, window: int, subject: str) -> bytes:
    unpacker = zlib.decompressobj(window)
    try:
        unpacked = unpacker.decompress(data, LIMIT + 1)
    except zlib.error as error:
        raise UnreadableInput(subject, f"its content is damaged ({error})", _DAMAGED) from None
    if not unpacker.eof and len(unpacked) <= LIMIT:
        raise UnreadableInput(subject, "its content is cut off before its end", _DAMAGED)
    return unpacked


def _unbrotli(data: bytes, subject: str) -> bytes:
    try:
        import brotli  # noqa: PLC0415 - rare, and not needed otherwise
    except ImportError:
        raise UnreadableInput(
            subject, "its content is packed with Brotli", "install the package brotli"
        ) from None
    unpacker = brotli.Decompressor()
    try:
        unpacked: bytes = unpacker.process(data, output_buffer_limit=LIMIT + 1)
    except brotli.error as error:
        raise UnreadableInput(subject, f"its content is damaged ({error})", _DAMAGED) from None
    if not unpacker.is_finished() and len(unpacked) <= LIMIT:
        raise UnreadableInput(subject, "its content is cut off before its end", _DAMAGED)
    return unpacked
