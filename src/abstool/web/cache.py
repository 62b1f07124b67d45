"""The cache: pages that were retrieved whole, kept in one SQLite file by the address asked for.

It stands around ``Fetcher.get`` and not inside the session, as requests-cache would, since only
the fetcher knows that a body came whole, unpacked well and was no larger than it may be; a page
that shows no abstract is forgotten again by its reader. Several abstools may use it at once. It
never stops anyone's work: a damaged file is set aside, and where there can be no file, there is
no cache.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from abstool.web.fetcher import Retrieved

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
_BUSY = 30.0  # seconds that another abstool may keep the file locked
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


@dataclass(frozen=True)
class Info:
    """What a cache holds: pages, bytes on disk, and the times of the oldest and newest page."""

    file: Path
    pages: int
    size: int
    oldest: str
    newest: str


class PageCache:
    """The pages kept in a folder; ``note`` is told of trouble, once for each kind."""

    def __init__(self, folder: Path, note: Callable[[str], None] = lambda _: None) -> None:
        """Open or begin the cache of a folder; raises nothing."""
        self._file = folder / FILE
        self._note = note
        self._database: sqlite3.Connection | None = None
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._open()
        except sqlite3.DatabaseError as error:
            self._recover(error)
        except OSError as error:
            self._give_up(error.strerror or str(error))

    def close(self) -> None:
        """Close the file."""
        if self._database:
            with suppress(sqlite3.Error):
                self._database.close()
            self._database = None

    def find(self, address: str) -> Retrieved | None:
        """Return the page kept for an address, however old, or None."""
        row = self._row(
            "SELECT url, body, charset, time, etag, modified FROM pages WHERE address = ?", address
        )
        if not row:
            return None
        try:
            url, packed, charset, time, etag, modified = row
            body = zlib.decompress(packed)
            return Retrieved(url, body, charset, datetime.fromisoformat(time), etag, modified)
        except (zlib.error, ValueError, TypeError):  # damaged where SQLite does not see it
            self.forget(address)
            return None

    def time(self, address: str) -> datetime | None:
        """Return when the page kept for an address was retrieved, or None if there is none."""
        row = self._row("SELECT time FROM pages WHERE address = ?", address)
        with suppress(ValueError, TypeError):
            return datetime.fromisoformat(row[0]) if row else None
        return None

    def store(self, address: str, page: Retrieved) -> None:
        """Keep a page, in place of an older copy."""
        self._row(
            "INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?, ?, ?, ?)",
            address,
            page.url,
            page.charset,
            page.time.isoformat(),
            page.etag,
            page.modified,
            zlib.compress(page.body),
        )

    def forget(self, address: str) -> None:
        """Drop the page kept for an address."""
        self._row("DELETE FROM pages WHERE address = ?", address)

    def clear(self) -> int:
        """Drop all pages and give their space back; return how many there were."""
        count = self.info().pages
        self._row("DELETE FROM pages")
        self._row("VACUUM")
        self._row("PRAGMA wal_checkpoint(TRUNCATE)")
        return count

    def info(self) -> Info:
        """Return what the cache holds."""
        row = self._row("SELECT count(*), min(time), max(time) FROM pages") or (0, None, None)
        size = sum(
            path.stat().st_size for path in self._file.parent.glob(f"{FILE}*") if path.is_file()
        )
        return Info(self._file, row[0], size, row[1] or "", row[2] or "")

    # --- the database -----------------------------------------------------------------------------

    def _row(self, statement: str, *values: Any) -> tuple[Any, ...] | None:
        """Run a statement and return its first row; None, too, where the database fails."""
        for _ in range(2):
            if not self._database:
                return None
            try:
                found: tuple[Any, ...] | None = self._database.execute(statement, values).fetchone()
            except sqlite3.Error as error:
                self._recover(error)
            else:
                return found
        return None

    def _open(self) -> None:
        self._database = sqlite3.connect(self._file, timeout=_BUSY, isolation_level=None)
        version = self._database.execute("PRAGMA user_version").fetchone()[0]
        if version not in (0, _VERSION):
            raise _OtherVersionError
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = NORMAL")
        if version == 0:
            self._database.executescript(_SCHEMA)
        self._database.execute("SELECT address, url, charset, time, etag, modified FROM pages")

    def _recover(self, error: sqlite3.Error) -> None:
        """Set a damaged file aside and begin a new one; do without where that is not the matter."""
        self.close()
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # without its details
        if code not in _DAMAGED and not isinstance(error, _OtherVersionError):
            self._give_up(str(error))
            return
        try:
            self._set_aside()
            self._open()
        except (sqlite3.Error, OSError) as still:
            self.close()
            self._give_up(str(still))

    def _set_aside(self) -> None:
        """Rename the file, unless another abstool has done so in the meantime."""
        from filelock import FileLock  # noqa: PLC0415 - hardly ever needed

        with FileLock(self._file.with_suffix(".lock")):
            with suppress(sqlite3.DatabaseError):
                self._open()
                assert self._database
                if self._database.execute("PRAGMA quick_check").fetchone()[0] == "ok":
                    return
            self.close()
            aside = self._file.with_name(f"damaged-{datetime.now():%Y%m%d-%H%M%S}-{FILE}")  # noqa: DTZ005
            self._file.replace(aside)
            for companion in ("-wal", "-shm"):
                Path(f"{self._file}{companion}").unlink(missing_ok=True)
            self._note(f"{self._file}: the cache is damaged; it was set aside as {aside.name}")

    def _give_up(self, reason: str) -> None:
        self.close()
        self._note(f"{self._file}: there is no cache ({reason}); pages are not kept")


class _OtherVersionError(sqlite3.DatabaseError):
    """The file is of another version of abstool."""

    def __init__(self) -> None:
        super().__init__("it is of another version of abstool")
