"""ZIP archives: an open file in, its entries out, each as an open file.

Entries come in the order of the archive's directory; an error takes the place of one that cannot
be opened.
"""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from shutil import copyfileobj
from typing import IO

from abstool.errors import UnreadableInput
from abstool.inputs.archives.saved import damage

_ENCRYPTED = 1  # bit of an entry's flags


def entries(
    stream: IO[bytes], reader: BufferedReader, subject: str
) -> Iterator[tuple[str, IO[bytes] | UnreadableInput]]:
    """Yield the name of each entry with its file, open until the next one is asked for.

    ``reader`` has read the beginning of ``stream``. Raises UnreadableInput where the file is no
    archive.
    """
    with _seekable(stream, reader) as file:
        try:
            archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
            advice = "download it again, or mend it with 'zip -FF'"
            raise UnreadableInput(subject, f"it is damaged ({error})", advice) from None
        for entry in archive.infolist():
            if not entry.is_dir():
                name = f"{subject}: {entry.filename}"
                yield from _opened(archive, entry, name)


def _opened(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str
) -> Iterator[tuple[str, IO[bytes] | UnreadableInput]]:
    if entry.flag_bits & _ENCRYPTED:
        advice = "unpack the archive with its password"
        yield name, UnreadableInput(name, "it is encrypted", advice)
        return
    try:
        stream = archive.open(entry)
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
        yield name, damage(name, error)
        return
    with stream:
        yield name, stream


@contextmanager
def _seekable(stream: IO[bytes], reader: BufferedReader) -> Iterator[IO[bytes]]:
    """Give the stream itself or, of a pipe, a copy: a ZIP archive's directory is at its end."""
    if stream.seekable():
        yield stream
        return
    with tempfile.TemporaryFile() as copy:
        copyfileobj(reader, copy)
        yield copy
