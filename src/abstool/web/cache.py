"""Keep retrieved pages in one SQLite file, by the URL that was requested.

The cache wraps ``Fetcher.get`` and is not part of the session, as in requests-cache, because only
the fetcher knows that a body is complete, correctly encoded and not too large; the reader of a
page removes it again if it has no abstract. Several processes may use one cache at the same time.
The cache never makes a command fail: a corrupt file is moved away, and if no file can be opened,
nothing is cached. Each row has a hash of itself, so that a damaged one is never taken for a page.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeAlias, cast

from abstool.web.fetcher import Retrieved
from abstool.web.pace import zoned

FILE = "pages.sqlite"
_VERSION = 1
_SCHEMA = f"""
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS pages (
    address TEXT PRIMARY KEY,
    url TEXT NOT NULL,
    charset TEXT NOT NULL,
    time TEXT NOT NULL,
    etag TEXT NOT NULL,
    modified TEXT NOT NULL,
    body BLOB NOT NULL
);
PRAGMA user_version = {_VERSION};
COMMIT;
"""
# The first version had no hashes; its rows get "" and are taken as they are.
_ADD_HASH = "ALTER TABLE pages ADD COLUMN hash TEXT NOT NULL DEFAULT ''"
_BUSY_TIMEOUT = 30.0  # seconds that another process may keep the file locked
# What a corrupt file may raise. As all statements are sound, SQLITE_ERROR means a damaged schema,
# and so does a UnicodeDecodeError: SQLite's message repeats a part of it.
_ERRORS = (sqlite3.Error, UnicodeDecodeError)
_CORRUPT = (
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_ERROR,
    sqlite3.SQLITE_TOOBIG,
)

_Row: TypeAlias = tuple[object, ...]


@dataclass(frozen=True)
class Info:
    """A summary of a cache: its pages, bytes on disk, and the oldest and newest retrieval."""

    file: Path
    pages: int
    size: int
    oldest: str
    newest: str


class PageCache:
    """The pages cached in a folder; ``note`` is called with each problem, once."""

    def __init__(self, folder: Path, note: Callable[[str], None] = lambda _: None) -> None:
        """Open or create the cache in a folder. Raises nothing."""
        self._file = folder / FILE
        self._note = note
        self._database: sqlite3.Connection | None = None
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._open()
        except _ERRORS as error:
            self._recover(error)
        except OSError as error:
            self._disable(error.strerror or str(error))

    def close(self) -> None:
        """Close the file."""
        if self._database:
            with suppress(sqlite3.Error):
                self._database.close()
            self._database = None

    def find(self, url: str) -> Retrieved | None:
        """Return the cached page of a URL, however old, or None."""
        row = self._execute(
            "SELECT url, charset, time, etag, modified, body, hash FROM pages WHERE address = ?",
            url,
        )
        if not row:
            return None
        try:
            final, charset, time, etag, modified, packed, known = cast(
                "tuple[str, str, str, str, str, bytes, str]", row
            )
            if known in ("", _hash(packed, url, final, charset, time, etag, modified)):
                body = zlib.decompress(packed)
                return Retrieved(final, body, charset, zoned(time), etag, modified)
        except (zlib.error, ValueError, TypeError):  # corrupt in a way that SQLite cannot see
            pass
        self._note(f"{url}: the copy in the cache is corrupt; dropping it")
        self.forget(url)
        return None

    def time(self, url: str) -> datetime | None:
        """Return when the cached page of a URL was retrieved, or None."""
        row = self._execute("SELECT time FROM pages WHERE address = ?", url)
        with suppress(ValueError):
            return zoned(str(row[0])) if row else None
        return None

    def store(self, url: str, page: Retrieved) -> None:
        """Cache a page, in place of an older copy."""
        facts = (url, page.url, page.charset, page.time.isoformat(), page.etag, page.modified)
        packed = zlib.compress(page.body)
        self._execute(
            "INSERT OR REPLACE INTO pages"
            " (address, url, charset, time, etag, modified, body, hash)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            *facts,
            packed,
            _hash(packed, *facts),
        )

    def forget(self, url: str) -> None:
        """Remove the cached page of a URL."""
        self._execute("DELETE FROM pages WHERE address = ?", url)

    def clear(self) -> int:
        """Remove all pages and free their disk space; return how many there were."""
        count = self.info().pages
        self._execute("DELETE FROM pages")
        self._execute("VACUUM")
        self._execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return count

    def info(self) -> Info:
        """Return a summary of the cache."""
        row = self._execute("SELECT count(*), min(time), max(time) FROM pages")
        pages, oldest, newest = cast("tuple[int, str | None, str | None]", row or (0, None, None))
        size = 0
        with suppress(OSError):  # a name too long, or another process has just removed a file
            for path in self._file.parent.glob(f"{FILE}*"):
                size += path.stat().st_size if path.is_file() else 0
        return Info(self._file, pages, size, oldest or "", newest or "")

    # --- the database -----------------------------------------------------------------------------

    def _execute(self, statement: str, *values: str | bytes) -> _Row | None:
        """Execute a statement and return its first row; None if it has none, or if it fails."""
        for _ in range(2):
            if not self._database:
                return None
            try:
                row: _Row | None = self._database.execute(statement, values).fetchone()
            except _ERRORS as error:
                self._recover(error)
            else:
                return row
        return None

    def _open(self) -> None:
        self.close()
        self._database = sqlite3.connect(self._file, timeout=_BUSY_TIMEOUT, isolation_level=None)
        self._database.text_factory = partial(str, encoding="utf-8", errors="replace")
        version = self._database.execute("PRAGMA user_version").fetchone()[0]
        if version not in (0, _VERSION):
            raise _OtherVersionError
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = NORMAL")
        if version == 0:
            self._database.executescript(_SCHEMA)
        columns = self._database.execute("PRAGMA table_info(pages)").fetchall()
        if "hash" not in {column[1] for column in columns}:
            with suppress(sqlite3.OperationalError):  # another process has just added it
                self._database.execute(_ADD_HASH)
        self._database.execute(
            "SELECT address, url, charset, time, etag, modified, hash FROM pages"
        )

    def _recover(self, error: Exception) -> None:
        """Replace a corrupt file with a new one; after any other error stop caching."""
        self.close()
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # without its details
        is_corrupt = isinstance(error, UnicodeDecodeError | _OtherVersionError)
        if not is_corrupt and code not in _CORRUPT:
            self._disable(str(error))
            return
        try:
            self._move_away()
            self._open()
        except (*_ERRORS, OSError) as still:
            self.close()
            self._disable(str(still))

    def _move_away(self) -> None:
        """Rename the file, unless another process has already done so."""
        from filelock import FileLock  # noqa: PLC0415 - hardly ever needed

        with FileLock(self._file.with_suffix(".lock")):
            with suppress(*_ERRORS):
                self._open()
                assert self._database
                if self._database.execute("PRAGMA quick_check").fetchone()[0] == "ok":
                    return
            self.close()
            aside = self._file.with_name(f"damaged-{datetime.now():%Y%m%d-%H%M%S}-{FILE}")  # noqa: DTZ005
            self._file.replace(aside)
            for companion in ("-wal", "-shm"):
                Path(f"{self._file}{companion}").unlink(missing_ok=True)
            self._note(
                f"{self._file}: the cache is corrupt; moved to {aside.name} and starting a new one"
            )

    def _disable(self, reason: str) -> None:
        self.close()
        self._note(f"{self._file}: cache unavailable ({reason}); continuing without it")


def _hash(packed: bytes, *facts: str) -> str:
    """Return the hash of a row: of what its page was requested as, and of all that is cached."""
    return hashlib.sha256("\n".join([*facts, ""]).encode() + packed).hexdigest()


class _OtherVersionError(sqlite3.DatabaseError):
    """The file was written by another version of abstool."""

    def __init__(self) -> None:
        super().__init__("written by another version of abstool")
