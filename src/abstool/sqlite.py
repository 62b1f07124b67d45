"""Say in abstool's errors what SQLite says of a file, and of a build that lacks the text search."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from abstool.errors import AbstoolError, OutputError, UnreadableInput, UsageError

VERSION = sqlite3.sqlite_version
FTS5 = "fts5"  # SQLite's module for full-text search, which a build may leave out
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_READ_ONLY = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM)
_DISK = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)


@contextmanager
def fts5_needed(command: str) -> Iterator[None]:
    """Raise UsageError in the block if SQLite has no full-text search, which a command needs."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if _lacks_fts5(error):
            raise _without_fts5(command) from None
        raise


@contextmanager
def errors_of(path: Path, command: str) -> Iterator[None]:
    """Turn SQLite's errors in the block into abstool's, about the file at ``path``."""
    try:
        yield
    except (sqlite3.Error, UnicodeDecodeError) as error:  # the message of a damaged file
        raise _explained(error, path, command) from error


def _lacks_fts5(error: Exception) -> bool:
    return f"no such module: {FTS5}" in str(error)


def _without_fts5(command: str) -> UsageError:
    return UsageError(
        f"SQLite {sqlite3.sqlite_version}",
        f"built without full-text search (FTS5), which {command!r} needs",
        "use a Python whose SQLite has it, such as that of python.org",
    )


def _explained(error: Exception, path: Path, command: str) -> AbstoolError:
    subject, code = str(path), getattr(error, "sqlite_errorcode", 0) & 0xFF
    if _lacks_fts5(error):
        return _without_fts5(command)
    if code in _BUSY:
        return OutputError(subject, "another program is writing to it", "try again later")
    if code in _READ_ONLY:
        return OutputError(subject, "cannot be written (read-only)", "check its permissions")
    if code in _DISK:
        return OutputError(subject, f"writing failed ({error})", "check the space on its disk")
    if code == sqlite3.SQLITE_CANTOPEN:
        return UsageError(subject, "cannot be opened", "check the name and its permissions")
    return UnreadableInput(subject, f"damaged ({error})", "use a copy, or make a new library")
