"""Saved pages, and the streams they are read from."""

from __future__ import annotations

import io
import zlib
from typing import IO, TYPE_CHECKING, NamedTuple

from abstool.encoding import to_utf8
from abstool.errors import UnreadableInput, reason_of

if TYPE_CHECKING:
    from gzip import GzipFile

LIMIT = 20_000_000  # bytes of a page, the same as when fetching
ENVELOPE_LIMIT = 5 * LIMIT  # of a page with its images (MHTML)
PIPED_LIMIT = 1_000_000_000  # of a ZIP archive from a pipe, which is copied to the disk
_LEAST, _RATIO = 1_000_000_000, 100  # see unpacked_limit
HEAD = 4096  # bytes that are enough to detect the type of a file

_AGAIN = "download or copy it again"


class SavedPage(NamedTuple):
    """A page as it was saved, not parsed yet.

    ``url``, ``accessed`` (an ISO date) and ``charset`` come from its archive, and are empty if the
    archive does not give them. ``collected`` means that the page came with others, so the user did
    not say that this one is an abstract. If ``data`` is longer than ``LIMIT``, the page may be
    longer.
    """

    subject: str
    data: bytes
    url: str = ""
    accessed: str = ""
    charset: str = ""
    collected: bool = False


def buffered(
    stream: IO[bytes] | GzipFile, subject: str, packed: io.BufferedReader | None = None
) -> io.BufferedReader:
    """Return the stream as one that can peek and raises only UnreadableInput.

    A stream that unpacks ``packed``, also one from here, ends with an error at its
    ``unpacked_limit``.
    """
    source = packed.raw if packed else None
    source = source if isinstance(source, _CheckedStream) else None
    return io.BufferedReader(_CheckedStream(stream, subject, source), buffer_size=1 << 16)


def unpacked_limit(packed: int) -> int:
    """Return how many bytes a compressed file of ``packed`` bytes may unpack to.

    Pages unpack to 5 to 10 times their size. Bombs unpack to 1,000 times theirs and more, which
    would take hours.
    """
    return max(_LEAST, _RATIO * packed)


def read_error(subject: str, error: Exception) -> UnreadableInput:
    """Return the UnreadableInput for an error in reading or decompressing a file."""
    if isinstance(error, UnreadableInput):
        return error
    if isinstance(error, EOFError):
        return UnreadableInput(subject, "the file is cut off", _AGAIN)
    if isinstance(error, NotImplementedError):  # of a ZIP entry
        return UnreadableInput(subject, "unknown compression method", "compress it again")
    from gzip import BadGzipFile  # noqa: PLC0415 - only for errors
    from zipfile import BadZipFile  # noqa: PLC0415

    if isinstance(error, BadGzipFile | BadZipFile | zlib.error):
        return UnreadableInput(subject, f"the file is corrupt ({error})", _AGAIN)
    reason = reason_of(error)
    return UnreadableInput(subject, f"cannot be read ({reason})", "check the file and its disk")


def is_text(head: bytes) -> bool:
    """Return whether a file may be a page, judged by its first bytes."""
    if not head.strip():  # templates may begin with many blank lines
        return True
    try:
        to_utf8(head)
    except UnreadableInput:
        return False
    return True


class _CheckedStream(io.RawIOBase):
    """A readable stream that raises every error as an UnreadableInput with the file's name."""

    def __init__(
        self, stream: IO[bytes] | GzipFile, subject: str, packed: _CheckedStream | None
    ) -> None:
        self.size = 0  # bytes read so far
        self._packed = packed
        self._subject = subject
        self._stream = stream
        # Unlike read(n), read1 returns what precedes an error before it raises the error.
        self._read = getattr(stream, "read1", stream.read)
        self._head_is_read = False
        self._error: UnreadableInput | None = None
        self._has_ended = False  # a terminal signals its end only once, by Ctrl-D

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._some(len(buffer))
        while not self._head_is_read:  # to detect the type, even if a pipe delivers small pieces
            more = self._some(len(buffer) - len(data)) if len(data) < HEAD else b""
            data += more
            self._head_is_read = not more
        if self._error and not data:
            raise self._error
        buffer[: len(data)] = data
        return len(data)

    def readall(self) -> bytes:
        """Read to the end at once, which is faster for a long file of records."""
        if self._has_ended:
            return b""
        self._has_ended = True
        try:
            return self._stream.read()
        except Exception as error:  # noqa: BLE001 - see below
            raise read_error(self._subject, error) from None

    def _some(self, size: int) -> bytes:
        if self._has_ended:
            return b""
        try:
            data: bytes = self._read(size)
        except Exception as error:  # noqa: BLE001 - decompression raises many types
            self._error = read_error(self._subject, error)
            data = b""
        self.size += len(data)
        if self._packed and self.size > unpacked_limit(self._packed.size):
            problem = f"unpacks to more than {_RATIO} times its size"
            next_step = "check whether this is an archive of pages"
            self._error, data = UnreadableInput(self._subject, problem, next_step), b""
        self._has_ended = not data
        return data
