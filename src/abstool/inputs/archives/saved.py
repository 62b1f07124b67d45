"""A saved page, and the stream that it is read from."""

from __future__ import annotations

import io
import zlib
from typing import IO, TYPE_CHECKING, NamedTuple

from abstool.encoding import decode
from abstool.errors import UnreadableInput

if TYPE_CHECKING:
    from gzip import GzipFile

LIMIT = 20_000_000  # bytes of a page, as when fetched
ENVELOPE_LIMIT = 5 * LIMIT  # of a page with its pictures (MHTML)
HEAD = 4096  # bytes that show what a file is

_AGAIN = "download or copy it again"


class SavedPage(NamedTuple):
    """A page as it was saved, unread.

    ``url``, ``accessed`` (an ISO date) and ``charset`` are what its archive says of it, ``""``
    where it says nothing. ``collected`` says that the page came with others, so that nobody has
    claimed of this one that it is an abstract. ``data`` longer than ``LIMIT`` are the beginning
    of more.
    """

    subject: str
    data: bytes
    url: str = ""
    accessed: str = ""
    charset: str = ""
    collected: bool = False


def buffered(stream: IO[bytes] | GzipFile, subject: str) -> io.BufferedReader:
    """Return the stream, unpacked or not, as one that can peek; damage raises UnreadableInput."""
    return io.BufferedReader(_Guarded(stream, subject), buffer_size=1 << 16)


def damage(subject: str, error: Exception) -> UnreadableInput:
    """Return what a user needs to know of an error in reading a file or unpacking it."""
    if isinstance(error, UnreadableInput):
        return error
    if isinstance(error, EOFError):
        return UnreadableInput(subject, "it is cut off before its end", _AGAIN)
    if isinstance(error, NotImplementedError):  # a ZIP archive of a rare kind
        return UnreadableInput(subject, "its kind of compression is not known", "pack it anew")
    from gzip import BadGzipFile  # noqa: PLC0415 - most files are sound, and no archives
    from zipfile import BadZipFile  # noqa: PLC0415

    if isinstance(error, BadGzipFile | BadZipFile | zlib.error):
        return UnreadableInput(subject, f"it is damaged ({error})", _AGAIN)
    reason = getattr(error, "strerror", None) or str(error)
    return UnreadableInput(subject, f"cannot be read ({reason})", "check the file and its disk")


def is_text(head: bytes) -> bool:
    """Tell from the first bytes of a file whether it can be a page."""
    if not head.strip():  # templates may begin with many blank lines
        return True
    try:
        decode(head)
    except UnreadableInput:
        return False
    return True


class _Guarded(io.RawIOBase):
    """A readable stream whose every error is an UnreadableInput that names the file."""

    def __init__(self, stream: IO[bytes] | GzipFile, subject: str) -> None:
        self._subject = subject
        self._stream = stream
        # What comes before the damage is given before the error, which read(n) would not do.
        self._read = getattr(stream, "read1", stream.read)
        self._head_is_read = False
        self._error: UnreadableInput | None = None
        self._has_ended = False  # said once at a terminal, by Ctrl-D

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._some(len(buffer))
        while not self._head_is_read:  # a pipe may give it in pieces, but whole it can be told
            more = self._some(len(buffer) - len(data)) if len(data) < HEAD else b""
            data += more
            self._head_is_read = not more
        if self._error and not data:
            raise self._error
        buffer[: len(data)] = data
        return len(data)

    def readall(self) -> bytes:
        """Read to the end at once: a file of records is long."""
        if self._has_ended:
            return b""
        self._has_ended = True
        try:
            return self._stream.read()
        except Exception as error:  # noqa: BLE001 - as below
            raise damage(self._subject, error) from None

    def _some(self, size: int) -> bytes:
        if self._has_ended:
            return b""
        try:
            data: bytes = self._read(size)
        except Exception as error:  # noqa: BLE001 - unpacking has many kinds
            self._error = damage(self._subject, error)
            data = b""
        self._has_ended = not data
        return data
