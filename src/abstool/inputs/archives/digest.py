"""Check the digests that a WARC file gives of its records."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

from warcio.limitreader import LimitReader

if TYPE_CHECKING:
    from collections.abc import Callable

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
    """The content of a record; calls ``update`` with everything that is read."""

    def __init__(self, reader: LimitReader, update: Callable[[bytes], None]) -> None:
        """Take the reader of the content and the function to call."""
        super().__init__(reader.stream, reader.limit)
        self._call = update

    def _update(self, buff: bytes) -> bytes:
        self._call(buff)
        data: bytes = super()._update(buff)
        return data
