"""Read Safari's web archives: a binary property list with a page and its parts.

    {"WebMainResource": {"WebResourceData": b"<html>...", "WebResourceURL": "https://..."}, ...}

Only these values are read, one at a time. Python's ``plistlib`` reads the whole list, which a
hostile file can make grow without limit because its arrays may share their bytes.
"""

from __future__ import annotations

import struct

from abstool.errors import UnreadableInput
from abstool.inputs.archives.saved import LIMIT, SavedPage

SIGNATURE = b"bplist00"
_TRAILER = struct.Struct(">6xBBQQQ")
_MOST_KEYS = 1000  # of a dictionary
_DATA, _ASCII, _UTF_16, _DICTIONARY = 4, 5, 6, 13


def main_page(page: SavedPage) -> SavedPage:
    """Return the page in a web archive, with its URL. Raises UnreadableInput if it has none."""
    try:
        archive = _PropertyList(page.data)
        main = archive.dictionary(archive.root).get("WebMainResource")
        fields = archive.dictionary(main) if main is not None else {}
        data = archive.value(fields["WebResourceData"])
        url, charset = (
            archive.value(fields[name]) if name in fields else ""
            for name in ("WebResourceURL", "WebResourceTextEncodingName")
        )
    except (KeyError, IndexError, ValueError, struct.error):
        if page.collected:  # it is skipped, since it is not text
            return page
        problem, next_step = "the web archive contains no page", "save the page again as HTML"
        raise UnreadableInput(page.subject, problem, next_step) from None
    own = url if isinstance(url, str) and url.startswith(("http://", "https://")) else page.url
    return page._replace(
        data=data.encode() if isinstance(data, str) else data,
        url=own,
        charset=charset if isinstance(charset, str) else "",
    )


class _PropertyList:
    """A binary property list whose objects are read on demand."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        trailer = _TRAILER.unpack(data[-_TRAILER.size :])
        self._offset_size, self._ref_size, self._count, self.root, self._offsets = trailer

    def dictionary(self, ref: int) -> dict[str, int]:
        """Return the keys of a dictionary with references to their values."""
        kind, count, start = self._object(ref)
        if kind != _DICTIONARY or count > _MOST_KEYS:
            raise ValueError
        size = self._ref_size
        refs = [self._integer(start + n * size, size) for n in range(2 * count)]
        return {
            key: value
            for name, value in zip(refs[:count], refs[count:], strict=True)
            if isinstance(key := self.value(name), str)
        }

    def value(self, ref: int) -> str | bytes:
        """Return a text or data."""
        kind, count, start = self._object(ref)
        length = 2 * count if kind == _UTF_16 else count
        content = self._data[start : start + min(length, LIMIT + 1)]
        if kind == _DATA:
            return content
        if kind not in (_ASCII, _UTF_16):
            raise ValueError
        return content.decode("utf-16-be" if kind == _UTF_16 else "ascii")

    def _object(self, ref: int) -> tuple[int, int, int]:
        """Return the kind of an object, its length and where its content starts."""
        if ref >= self._count:
            raise IndexError
        start = self._integer(self._offsets + ref * self._offset_size, self._offset_size)
        kind, count = divmod(self._data[start], 16)
        start += 1
        if count == 15:  # the length is an integer of its own
            size = 1 << (self._data[start] & 7)
            count, start = self._integer(start + 1, size), start + 1 + size
        return kind, count, start

    def _integer(self, start: int, size: int) -> int:
        return int.from_bytes(self._data[start : start + size])
