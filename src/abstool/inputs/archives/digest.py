"""Check the digests that a WARC file gives of its records."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

from warcio.limitreader import LimitReader

if TYPE_CHECKING:
    from warcio.statusandheaders import StatusAndHeaders

_ALGORITHMS = frozenset(("md5", "sha1", "sha256", "sha512"))


class Digest:
    """A digest as printed, ``sha1:BASE32`` or in hexadecimal, to compare with that of some data."""

    def __init__(self, printed: str) -> None:
        """Take the digest; one of an unknown algorithm matches all data."""
        name, _, value = printed.strip().partition(":")
        name = name.lower().replace("-", "")
        self._expected = value
        self._hash = (
            hashlib.new(name, usedforsecurity=False) if value and name in _ALGORITHMS else None
        )

    def update(self, data: bytes) -> None:
        """Add data."""
        if self._hash:
            self._hash.update(data)

    def matches(self) -> bool:
        """Return whether the data added so far have this digest."""
        if not self._hash:
            return True
        found, expected = self._hash.digest(), self._expected
        texts = (found.hex(), base64.b32encode(found).decode().rstrip("="))
        base64s = (base64.b64encode(found), base64.urlsafe_b64encode(found))
        return expected.rstrip("=").lower() in map(str.lower, texts) or (
            expected.encode().rstrip(b"=") in (text.rstrip(b"=") for text in base64s)
        )


class DigestedReader(LimitReader):  # type: ignore[misc] # warcio has no types
    """The content of a record, whose digests are checked when it has been read to its end.

    The digest of the block decides. Without one, that of the payload does, with or without the
    chunks of HTTP, since crawlers differ.
    """

    def __init__(self, reader: LimitReader, headers: StatusAndHeaders) -> None:
        """Take the reader of the content and the record's headers."""
        super().__init__(reader.stream, reader.limit)
        block = headers.get_header("WARC-Block-Digest") or ""
        payload = headers.get_header("WARC-Payload-Digest") or ""
        if block or headers.get_header("WARC-Segment-Number"):  # a segment is not the payload
            payload = ""
        self._block = Digest(block)
        self._payload: Digest | None = None
        self._dechunked: Digest | None = None
        self._expected = payload

    def start_payload(self) -> None:
        """Say that what is read from now on is the payload."""
        self._payload, self._dechunked = Digest(self._expected), Digest(self._expected)

    def add_dechunked(self, data: bytes) -> None:
        """Add a part of the payload as it is without chunks."""
        if self._dechunked:
            self._dechunked.update(data)

    def matches(self) -> bool:
        """Return whether the content has the digests in the headers."""
        payloads = [digest for digest in (self._payload, self._dechunked) if digest]
        return self._block.matches() and (
            not payloads or any(digest.matches() for digest in payloads)
        )

    def _update(self, buff: bytes) -> bytes:
        self._block.update(buff)
        if self._payload:
            self._payload.update(buff)
        data: bytes = super()._update(buff)
        return data
