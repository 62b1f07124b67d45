"""Read ZIP archives, entry by entry in the order of the archive's directory."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from shutil import copyfileobj
from typing import IO

from abstool.errors import UnreadableInput
from abstool.inputs.archives.saved import read_error

_ENCRYPTED = 1  # bit in the flags of an entry


def entries(
    stream: IO[bytes], reader: BufferedReader, subject: str
) -> Iterator[tuple[str, IO[bytes] | UnreadableInput]]:
    """Yield the name of each entry, and its open file or the error that prevented opening it.

    Each file is closed before the next is opened. ``reader`` has already read the beginning of
    ``stream``. Raises UnreadableInput if the archive is corrupt.
    """
    with _seekable(stream, reader) as file:
        try:
            archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
            next_step = "download it again, or repair it with 'zip -FF'"
            raise UnreadableInput(subject, f"the archive is corrupt ({error})", next_step) from None
        for entry in archive.infolist():
            if not entry.is_dir():
                name = f"{subject}: {entry.filename}"
                yield from _opened(archive, entry, name)


def _opened(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str
) -> Iterator[tuple[str, IO[bytes] | UnreadableInput]]:
    if entry.flag_bits & _ENCRYPTED:
        next_step = "unpack the archive with its password"
        yield name, UnreadableInput(name, "the file is encrypted", next_step)
        return
    try:
        stream = archive.open(entry)
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
        yield name, read_error(name, error)
        return
    with stream:
        yield name, stream


@contextmanager
def _seekable(stream: IO[bytes], reader: BufferedReader) -> Iterator[IO[bytes]]:
    """Yield the stream or, for a pipe, a copy: the directory of a ZIP archive is at its end."""
    if stream.seekable():
        yield stream
        return
    with tempfile.TemporaryFile() as copy:
        copyfileobj(reader, copy)
        yield copy
