"""Read ZIP archives, entry by entry in the order of the archive's directory.

A ZIP bomb is refused before anything is unpacked: entries that overlap, that are too many, or that
unpack to far more than any pages do.
"""

from __future__ import annotations

import bz2
import lzma
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader, BytesIO, RawIOBase
from itertools import pairwise
from typing import IO, cast

from abstool.errors import UnreadableInput
from abstool.inputs.archives.saved import PIPED_LIMIT, read_error, unpacked_limit

# What Python raises for a damaged archive, when it is opened or read; RuntimeError if an entry is
# encrypted.
ZIP_ERRORS = (
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    lzma.LZMAError,
    zipfile.BadZipFile,
    zlib.error,
)
# Those of Office and LibreOffice. Python unpacks the others in steps of any size.
_METHODS_OF_OFFICE = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENCRYPTED = 1  # bit in the flags of an entry
_DIRECTORY_LIMIT = 20_000_000  # bytes of the directory: about 200,000 entries
_LZMA_WINDOW = 1 << 26  # bytes; larger ones take that much memory
_BLOCK = 1 << 16
_LOCAL_HEADER = 30  # bytes before the entry's name


def office_archive(data: bytes) -> zipfile.ZipFile:
    """Open a file of Office or LibreOffice; raise one of ``ZIP_ERRORS`` if it is damaged."""
    archive = zipfile.ZipFile(BytesIO(data))
    if any(part.compress_type not in _METHODS_OF_OFFICE for part in archive.infolist()):
        raise zipfile.BadZipFile("a part is compressed as no Office program does it")
    return archive


def entries(
    stream: IO[bytes], reader: BufferedReader, subject: str
) -> Iterator[tuple[str, IO[bytes] | UnreadableInput]]:
    """Yield the name of each entry, and its open file or the error that prevented opening it.

    Each file is closed before the next is opened. ``reader`` has read the beginning of ``stream``.
    Raises UnreadableInput if the archive is corrupt or a bomb.
    """
    with _seekable(stream, reader, subject) as file:
        try:
            archive = zipfile.ZipFile(cast("IO[bytes]", _DirectoryReader(file)))
        except ZIP_ERRORS as error:
            next_step = "download it again, or repair it with 'zip -FF'"
            raise UnreadableInput(subject, f"the archive is corrupt ({error})", next_step) from None
        found = archive.infolist()
        _check(found, file.seek(0, 2), subject)
        for entry in found:
            if not entry.filename.endswith("/"):  # is_dir() fails on an empty name
                name = f"{subject}: {entry.filename}"
                yield from _opened(archive, entry, name)


class _DirectoryReader:
    """A file that refuses to read a huge directory of a ZIP archive at once."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, size: int = -1) -> bytes:
        if size > _DIRECTORY_LIMIT:
            raise zipfile.BadZipFile("its directory is too large")
        return self._file.read(size)


def _check(entries: list[zipfile.ZipInfo], size: int, subject: str) -> None:
    """Raise UnreadableInput for an archive of ``size`` bytes that is a bomb."""
    spans = sorted(
        (entry.header_offset, entry.header_offset + _LOCAL_HEADER + entry.compress_size)
        for entry in entries
    )
    if any(end > start for (_, end), (start, _) in pairwise(spans)):
        raise _bomb(subject, "its entries overlap")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > unpacked_limit(size):
        raise _bomb(subject, f"it unpacks to {unpacked / 1e9:,.1f} GB")


def _bomb(subject: str, problem: str) -> UnreadableInput:
    return UnreadableInput(subject, f"the archive is a ZIP bomb: {problem}", "do not unpack it")


def _opened(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str
) -> Iterator[tuple[str, IO[bytes] | UnreadableInput]]:
    if entry.flag_bits & _ENCRYPTED:
        next_step = "unpack the archive with its password"
        yield name, UnreadableInput(name, "the file is encrypted", next_step)
        return
    try:
        if entry.compress_type in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
            stream = cast("IO[bytes]", _Unpacked(_as_packed(archive, entry), entry))
        else:
            stream = archive.open(entry)
    except ZIP_ERRORS as error:
        yield name, read_error(name, error)
        return
    with stream:
        yield name, stream


class _Unpacked(RawIOBase):
    """An entry in bzip2 or LZMA, unpacked in bounded steps, which Python's ``zipfile`` does not."""

    def __init__(self, packed: IO[bytes], entry: zipfile.ZipInfo) -> None:
        self._packed = packed
        self._entry, self._left, self._sum = entry, entry.file_size, 0
        if entry.compress_type == zipfile.ZIP_BZIP2:
            self._stream: bz2.BZ2File | lzma.LZMAFile = bz2.BZ2File(self._packed)
        else:
            self._stream = lzma.LZMAFile(  # noqa: SIM115 - closed with the archive's entry
                self._packed,
                format=lzma.FORMAT_RAW,
                filters=[_lzma_filter(self._packed.read(9))],
            )

    def read1(self, size: int) -> bytes:
        data = self._stream.read(min(size, self._left))
        self._left = self._left - len(data) if data else 0
        self._sum = zlib.crc32(data, self._sum)
        if not self._left and self._sum != self._entry.CRC:
            raise zipfile.BadZipFile(f"Bad CRC-32 for file {self._entry.filename!r}")
        return data

    def close(self) -> None:
        self._packed.close()
        super().close()


def _as_packed(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> IO[bytes]:
    """Return the bytes of an entry as they are in the archive."""
    stored = zipfile.ZipInfo(entry.filename)
    stored.orig_filename, stored.flag_bits = entry.orig_filename, entry.flag_bits
    stored.header_offset, stored.compress_size = entry.header_offset, entry.compress_size
    stored.file_size = entry.compress_size
    return archive.open(stored)


def _lzma_filter(header: bytes) -> dict[str, int]:
    """Return the filter of LZMA data in a ZIP archive, described by the first 9 bytes."""
    if len(header) < 9 or header[2:4] != b"\x05\x00":
        raise zipfile.BadZipFile("unknown form of LZMA")
    window = int.from_bytes(header[5:9], "little")
    if window > _LZMA_WINDOW:
        raise zipfile.BadZipFile("its LZMA window is too large")
    rest, lc = divmod(header[4], 9)
    pb, lp = divmod(rest, 5)
    if pb > 4 or lc + lp > 4:  # LZMA has no such data, and Python calls this an internal error
        raise zipfile.BadZipFile("unknown form of LZMA")
    return {"id": lzma.FILTER_LZMA1, "dict_size": window, "lc": lc, "lp": lp, "pb": pb}


@contextmanager
def _seekable(stream: IO[bytes], reader: BufferedReader, subject: str) -> Iterator[IO[bytes]]:
    """Yield the stream or, for a pipe, a copy: the directory of a ZIP archive is at its end.

    Raises UnreadableInput if the pipe does not end in time: it could fill the disk.
    """
    if stream.seekable():
        yield stream
        return
    with tempfile.TemporaryFile() as copy:
        left = PIPED_LIMIT
        while data := reader.read1(_BLOCK):
            left -= len(data)
            if left < 0:
                problem = (
                    f"the archive comes from a pipe and is larger than {PIPED_LIMIT / 1e9:g} GB"
                )
                raise UnreadableInput(subject, problem, "save it to a file and name the file")
            copy.write(data)
        yield copy
