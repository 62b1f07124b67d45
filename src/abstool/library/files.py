"""Open and create the file of a library, and refuse other files.

A file is looked at before anything is written to it. SQLite's write-ahead log keeps it sound
whenever the program ends, and lets others read while one program writes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from abstool.errors import UsageError, reason_of
from abstool.library import schema
from abstool.library.contents import LibraryFile
from abstool.sqlite import errors_of, fts5_needed

COMMAND = "library"  # in messages
_NOT_WRITABLE = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)
_PATIENCE = 30.0  # seconds that another program may be writing
_LOG = 16_000  # pages of the log before they are moved to the file, which takes time
_CACHE = -64_000  # KB of pages in memory, which is negative in SQLite's setting


@contextmanager
def create(path: Path) -> Iterator[LibraryFile]:
    """Open a library to read and write it, and create it if it does not exist.

    Raises UsageError for a file that is something else or from a newer version, OutputError if it
    cannot be written, UnreadableInput if it is damaged.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        problem = f"cannot be created ({reason_of(error)})"
        raise UsageError(str(path), problem, "choose another file") from None
    with errors_of(path, COMMAND), closing(_connected(path)) as database:
        _prepare(database, path)
        yield LibraryFile(database, path)


@contextmanager
def reading(path: Path, command: str = COMMAND) -> Iterator[LibraryFile]:
    """Open a library that exists to read it. Raises UsageError if it does not, and as above.

    A library of an older version is brought up to date first, if it can be written.
    """
    if not _exists(path):
        raise UsageError(
            str(path), "no library here yet", "put records in it with 'abstool library add'"
        )
    with errors_of(path, command), closing(_readable(path)) as database:
        yield LibraryFile(database, path)


@contextmanager
def scratch(tables: tuple[str, ...], command: str) -> Iterator[LibraryFile]:
    """Yield an empty library with these indexes only, which is gone at the end of the block.

    It is in memory as far as SQLite's cache holds it, and else in a temporary file.
    """
    with closing(sqlite3.connect("", isolation_level=None)) as database:
        database.execute("PRAGMA synchronous = OFF")
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA cache_size = -64000")
        with fts5_needed(command):
            indexes = (schema.INDEXES[table] for table in tables)
            database.executescript("".join([schema.TABLES, *indexes]))
        yield LibraryFile(database, Path(), tables)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name too long, or with a null character
        return False


def _connected(path: Path) -> sqlite3.Connection:
    if _exists(path) and not path.is_file():  # a folder, a device or a pipe
        raise UsageError(str(path), "not a file", "choose another one")
    try:
        return sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
    except ValueError as error:  # a null character in the name
        raise UsageError(str(path), f"cannot be opened ({error})", "check the name") from None


def _readable(path: Path) -> sqlite3.Connection:
    """Return a connection that does not write, except to bring an older library up to date."""
    database = _connected(path)
    try:
        if _version(database, path) < len(schema.MIGRATIONS):
            _prepare(database, path)
        database.execute(f"PRAGMA cache_size = {_CACHE}")
        database.execute("SELECT count(*) FROM versions").fetchone()
    except sqlite3.OperationalError as error:
        database.close()
        if error.sqlite_errorcode & 0xFF not in _NOT_WRITABLE or Path(f"{path}-wal").exists():
            raise
        # On a medium that cannot be written, SQLite cannot make its log.
        database = sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True)
        _version(database, path)
    except BaseException:
        database.close()
        raise
    return database


def _prepare(database: sqlite3.Connection, path: Path) -> None:
    """Create or update the tables; nothing is written to any other file."""
    version = _version(database, path)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = NORMAL")
    database.execute(f"PRAGMA cache_size = {_CACHE}")
    database.execute(f"PRAGMA wal_autocheckpoint = {_LOG}")
    if version == len(schema.MIGRATIONS):
        return
    database.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have done it meanwhile.
        schema.migrate(database, _version(database, path))
    except BaseException:
        database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")


def _version(database: sqlite3.Connection, path: Path) -> int:
    """Return the version of a library, 0 for an empty file. Raises UsageError for other files."""
    try:
        version = int(database.execute("PRAGMA user_version").fetchone()[0])
        application = database.execute("PRAGMA application_id").fetchone()[0]
        is_empty = not database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) != sqlite3.SQLITE_NOTADB:
            raise
        raise _foreign(path, "not an SQLite file") from None
    if application != schema.APPLICATION:
        if is_empty and not application and not version:
            return 0
        raise _foreign(path, "an SQLite file, but not a library of abstool")
    if version > len(schema.MIGRATIONS):
        problem = f"a library of version {version}; this abstool knows {len(schema.MIGRATIONS)}"
        next_step = "use a newer version of abstool"
        raise UsageError(str(path), problem, next_step, page="how-to/review")
    return version


def _foreign(path: Path, problem: str) -> UsageError:
    return UsageError(str(path), problem, "choose another file; nothing was written to this one")
