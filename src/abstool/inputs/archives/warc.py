"""Read WARC files (ISO 28500), the format of the Internet Archive and Common Crawl.

Pages are the HTML and text of ``response``, ``resource`` and ``conversion`` records. Other records
(requests, revisits, metadata), other content types and responses other than 200 are skipped.
"""

from __future__ import annotations

import logging
import re
import zlib
from collections.abc import Iterator
from io import BufferedReader

from warcio.bufferedreaders import BufferedReader as LineReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.limitreader import LimitReader
from warcio.recordloader import ArcWarcRecord, ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeadersParser

from abstool.address import host_of
from abstool.errors import AbstoolError, UnreadableInput
from abstool.inputs.archives.digest import DigestedReader
from abstool.inputs.archives.saved import ENVELOPE_LIMIT, LIMIT, SavedPage

_RECORDS = frozenset(("response", "resource", "conversion"))
_PAGES = frozenset(("text/html", "application/xhtml+xml", "text/plain", ""))
_HEADER_LIMIT = 1_000_000  # bytes of one record's headers
_BLOCK = 1 << 20
_SHORT_HEAD = 4096  # bytes of headers as crawlers write them
_URL = re.compile(rb"\r\nWARC-Target-URI:([^\r\n]*)", re.IGNORECASE)
_LENGTH = re.compile(rb"\r\nContent-Length:[ \t]*([0-9]{1,18})[ \t]*(?=\r\n)", re.IGNORECASE)
_CONTINUED = re.compile(rb"\n[ \t]")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?=T|$)")
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]{0,50}(?:;[^\r\n]{0,1000})?\r\n")  # its first line
_AGAIN = "download it again"

logging.getLogger("warcio").addHandler(logging.NullHandler())  # it logs for developers


def records(
    stream: BufferedReader, subject: str, host: str = ""
) -> Iterator[SavedPage | AbstoolError]:
    """Yield the pages of an uncompressed WARC file, and an error for each that cannot be read.

    With a ``host``, records of others are skipped, without a look at their content.

    Subjects count the records: ``subject, record 3``. ``accessed`` is the date of the capture
    (UTC). Raises UnreadableInput at the point where the file is corrupt.
    """
    reader = _RecordReader(stream, subject)
    loader = ArcWarcRecordLoader(verify_http=False)
    number = 0
    while line := reader.first_line():
        number += 1
        location = f"{subject}, record {number}"
        if host and reader.skip_foreign(host.encode(), line, location):
            continue
        try:
            record = loader.parse_record_stream(reader, line, "warc", no_record_parse=True)
        except (ArchiveLoadFailed, ValueError):
            raise UnreadableInput(
                location, "the file is corrupt (not a WARC record)", _AGAIN
            ) from None
        if not hasattr(record.raw_stream, "limit"):
            raise UnreadableInput(location, "the file is cut off", _AGAIN)
        url = record.rec_headers.get_header("WARC-Target-URI") or ""
        if host and host_of(url) != host:
            _skip(record.raw_stream, location)
            continue
        content = record.raw_stream = DigestedReader(record.raw_stream, record.rec_headers)
        page = _page(record, location)
        _skip(content, location)
        if record.rec_type in _RECORDS and not content.matches():
            yield UnreadableInput(location, "the record does not match its digest", _AGAIN)
        elif page:
            yield page


def _skip(content: LimitReader, subject: str) -> None:
    """Read the rest of a record. Raises UnreadableInput if the file ends in it."""
    while content.read(_BLOCK):
        pass
    if content.limit:
        raise UnreadableInput(subject, "the file is cut off", _AGAIN)


class _RecordReader(LineReader):  # type: ignore[misc] # warcio has no types
    """Reads lines and blocks of a stream, and limits the size of headers."""

    def __init__(self, stream: BufferedReader, subject: str) -> None:
        super().__init__(_ShortReads(stream), block_size=1 << 16)
        self._subject = subject
        self._allowed = _HEADER_LIMIT

    def first_line(self) -> bytes:
        """Return the next line that is not blank, which begins a record; empty at the end."""
        self._allowed = _HEADER_LIMIT
        while (line := self.readline()) and not line.strip():
            self._allowed = _HEADER_LIMIT
        return line

    def readline(self, length: int | None = None) -> bytes:
        line: bytes = super().readline(min(length or self._allowed, self._allowed))
        self._allowed -= len(line)
        if not self._allowed:
            raise UnreadableInput(self._subject, "the file is corrupt (headers too long)", _AGAIN)
        return line

    def skip_foreign(self, host: bytes, first: bytes, location: str) -> bool:
        """Return whether a record is of another host by its headers alone; if so, skip it.

        Records with headers of unusual forms are left to the parser of headers, which takes half of
        the time of a crawl of many hosts. Raises UnreadableInput if the file ends in the record.
        """
        if not self.buff or not first.startswith(b"WARC/1."):
            return False
        block, start = self.buff.getvalue(), self.buff.tell()
        end = block.find(b"\r\n\r\n", start, start + _SHORT_HEAD) + 4
        head = b"\r\n" + block[start:end]
        urls, lengths = _URL.findall(head), _LENGTH.findall(head)
        if end < 4 or len(urls) != 1 or len(lengths) != 1 or _CONTINUED.search(head):
            return False
        if host in urls[0].lower():
            return False
        self.buff.seek(end)
        left = int(lengths[0])
        while left and (part := self.read(min(left, _BLOCK))):
            left -= len(part)
        if left:
            raise UnreadableInput(location, "the file is cut off", _AGAIN)
        return True


class _ShortReads:
    """A stream that returns what is available, so that nothing before an error is lost."""

    def __init__(self, stream: BufferedReader) -> None:
        self.read = stream.read1


def _page(record: ArcWarcRecord, subject: str) -> SavedPage | AbstoolError | None:
    """Return the page in a record, or the error that prevented reading it; None if it has none."""
    headers = record.rec_headers
    url = headers.get_header("WARC-Target-URI") or ""
    if record.rec_type not in _RECORDS or not record.length:
        return None
    content_type, encoding, is_chunked = record.content_type or "", "", False
    if content_type.lower().startswith("application/http"):
        try:
            http = StatusAndHeadersParser([], verify=False).parse(record.raw_stream)
        except EOFError:
            return None
        if http.get_statuscode() != "200":
            return None
        record.raw_stream.start_payload()
        content_type = http.get_header("Content-Type") or ""
        encoding = http.get_header("Content-Encoding") or ""
        is_chunked = (http.get_header("Transfer-Encoding") or "").strip().lower() == "chunked"
    if content_type.partition(";")[0].strip().lower() not in _PAGES:
        return None
    if record.length > ENVELOPE_LIMIT:
        return UnreadableInput(subject, f"larger than {ENVELOPE_LIMIT / 1e6:g} MB")
    try:
        data = record.raw_stream.read(ENVELOPE_LIMIT if is_chunked else LIMIT + 1)
        data = _dechunked(data) if is_chunked else data
        record.raw_stream.add_dechunked(data)
        data = _decoded(data, encoding, subject)
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


def _dechunked(data: bytes) -> bytes:
    """Undo HTTP's chunked coding, up to just over ``LIMIT`` bytes.

    Some crawlers undo it and keep the header: from where there is no chunk, data stay as they are.
    """
    plain, start = bytearray(), 0
    while (head := _CHUNK.match(data, start)) and len(plain) <= LIMIT:
        begin = head.end()
        end = begin + int(head[1], 16)
        if end > begin and not b"\r\n".startswith(data[end : end + 2]):
            break
        plain += data[begin : min(end, begin + LIMIT + 1)]
        if end == begin or end >= len(data):  # the last chunk, or it is cut off
            return bytes(plain)
        start = end + 2
    plain += data[start : start + max(0, LIMIT + 1 - len(plain))]
    return bytes(plain)


def _decoded(data: bytes, encoding: str, subject: str) -> bytes:
    """Undo the content encodings, unless the crawler undid them and kept the header."""
    for coding in reversed(encoding.lower().split(",")):
        match coding.strip():
            case "gzip" | "x-gzip" if data.startswith(b"\x1f\x8b"):
                data = _inflated(data, 16 + zlib.MAX_WBITS, subject)
            case "deflate" if _has_zlib_header(data):
                data = _inflated(data, zlib.MAX_WBITS, subject)
            case "br" if not _is_markup(data):
                data = _unbrotli(data, subject)
            case "zstd" if data.startswith(b"\x28\xb5\x2f\xfd"):
                raise UnreadableInput(
                    subject, "the page is compressed with zstd", "recompress the file with gzip"
                )
    return data


def _has_zlib_header(data: bytes) -> bool:
    return len(data) > 1 and data[0] & 15 == 8 and int.from_bytes(data[:2], "big") % 31 == 0


def _is_markup(data: bytes) -> bool:
    return data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def _inflated(data: bytes, window: int, subject: str) -> bytes:
    unpacker = zlib.decompressobj(window)
    try:
        unpacked = unpacker.decompress(data, LIMIT + 1)
    except zlib.error as error:
        raise UnreadableInput(subject, f"the page is corrupt ({error})", _AGAIN) from None
    if not unpacker.eof and len(unpacked) <= LIMIT:
        raise UnreadableInput(subject, "the page is cut off", _AGAIN)
    return unpacked


def _unbrotli(data: bytes, subject: str) -> bytes:
    try:
        import brotli  # noqa: PLC0415 - an optional package
    except ImportError:
        raise UnreadableInput(
            subject, "the page is compressed with Brotli", "install the Python package brotli"
        ) from None
    unpacker = brotli.Decompressor()
    try:
        unpacked: bytes = unpacker.process(data, output_buffer_limit=LIMIT + 1)
    except brotli.error as error:
        raise UnreadableInput(subject, f"the page is corrupt ({error})", _AGAIN) from None
    if not unpacker.is_finished() and len(unpacked) <= LIMIT:
        raise UnreadableInput(subject, "the page is cut off", _AGAIN)
    return unpacked
