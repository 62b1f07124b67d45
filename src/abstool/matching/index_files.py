"""Keep the indexes of large files in the cache, as SQLite files that are written once.

The name of a file says what it indexes: a digest. A file is complete or it is not there, and it
has a checksum of itself; a damaged one is made again. Several processes may use one folder.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

MOST = 20  # indexes that are kept,
LARGEST = 2_000_000_000  # and the bytes of all; that of 100,000 records has about 100 MB
_FOLDER = "indexes"
_ENDING, _UNFINISHED = ".sqlite", ".new"
_ABANDONED = 86_400  # seconds, after which an unfinished file is that of a killed process
_HEADER = 100  # bytes
# Of the header: the count of changes, the version that is the checksum, and where it was changed.
_CHANGING = (slice(24, 28), slice(60, 64), slice(92, 100))
_BLOCK = 1 << 20

Fill = Callable[[sqlite3.Connection], None]


@dataclass(frozen=True)
class Kept:
    """How many indexes a cache has, and their bytes."""

    indexes: int
    size: int


class IndexFiles:
    """The indexes in a folder of the cache."""

    def __init__(self, cache: Path) -> None:
        """Use the folder of indexes in a cache folder, which need not exist."""
        self._folder = cache / _FOLDER

    def find(self, name: str) -> sqlite3.Connection | None:
        """Return the index with a name, to be read; None if none is sound."""
        path = self._path(name)
        try:
            database = _opened(path)
        except (sqlite3.Error, OSError):
            with suppress(OSError):
                path.unlink()
            return None
        with suppress(OSError):
            os.utime(path)  # it was used
        return database

    def make(self, name: str, fill: Fill) -> sqlite3.Connection:
        """Return an index that ``fill`` fills, kept under a name.

        If it cannot be kept, ``fill`` is called again for an index in memory.
        """
        try:
            return self._made(name, fill)
        except (sqlite3.Error, OSError):
            return in_memory(fill)

    def _made(self, name: str, fill: Fill) -> sqlite3.Connection:
        self._folder.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(_UNFINISHED, f"{name}-", self._folder)
        os.close(handle)
        path = Path(temporary)
        try:
            _write(path, fill)
            path.replace(self._path(name))
        finally:
            path.unlink(missing_ok=True)
        self._limit(self._path(name))
        return _opened(self._path(name))

    def forget(self, name: str) -> None:
        """Remove an index, which another process can still be reading."""
        with suppress(OSError):
            self._path(name).unlink()

    def info(self) -> Kept:
        """Return how many indexes there are."""
        sizes = [size for _, size, _ in self._files()]
        return Kept(len(sizes), sum(sizes))

    def clear(self) -> int:
        """Remove all indexes; return how many there were."""
        files = self._files()
        for _, _, path in files:
            with suppress(OSError):
                path.unlink()
        return len(files)

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}{_ENDING}"

    def _files(self) -> list[tuple[float, int, Path]]:
        """Return when each file was last used, its size and its path."""
        found = []
        with suppress(OSError):  # the name of the folder is too long
            for path in self._folder.glob("*"):
                with suppress(OSError):
                    if path.suffix in (_ENDING, _UNFINISHED):
                        status = path.stat()
                        found.append((status.st_mtime, status.st_size, path))
        return found

    def _limit(self, newest: Path) -> None:
        """Remove the indexes that were not used for longest, and what killed processes left."""
        size = count = 0
        for used, bytes_, path in sorted(self._files(), reverse=True):
            if path.suffix == _UNFINISHED:
                is_kept = time.time() - used < _ABANDONED
            else:
                size, count = size + bytes_, count + 1
                is_kept = path == newest or (count <= MOST and size <= LARGEST)
            if not is_kept:
                with suppress(OSError):
                    path.unlink()


def _connected(name: str) -> sqlite3.Connection:
    # The garbage collector, which closes it in the end, runs in any thread.
    return sqlite3.connect(name, uri=True, check_same_thread=False)


def in_memory(fill: Fill) -> sqlite3.Connection:
    """Return an index in memory."""
    database = _connected(":memory:")
    try:
        fill(database)
    except BaseException:
        database.close()
        raise
    return database


def _write(path: Path, fill: Fill) -> None:
    database = sqlite3.connect(path)
    try:
        database.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
        fill(database)
        database.commit()
        database.execute(f"PRAGMA user_version = {_checksum(path)}")
        database.commit()
    finally:
        database.close()


def _opened(path: Path) -> sqlite3.Connection:
    """Open an index. Raises sqlite3.Error or OSError if it is missing or damaged."""
    expected = _checksum(path)
    # Such files never change, so that no lock is needed.
    database = _connected(f"{path.as_uri()}?mode=ro&immutable=1")
    try:
        if database.execute("PRAGMA user_version").fetchone()[0] == expected:
            return database
    except BaseException:
        database.close()
        raise
    database.close()
    raise sqlite3.DatabaseError


def _checksum(path: Path) -> int:
    """Return a checksum of a database that does not depend on where it is stored in it."""
    with path.open("rb") as file:
        header = bytearray(file.read(_HEADER))
        for part in _CHANGING:
            header[part] = bytes(len(header[part]))
        total = zlib.crc32(header, 1)  # not 0 for an empty file, whose version is 0
        while block := file.read(_BLOCK):
            total = zlib.crc32(block, total)
    return total & 0x7FFFFFFF  # SQLite keeps it as a signed number
