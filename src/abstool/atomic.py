"""Write files completely or not at all."""

from __future__ import annotations

import os
import re
import stat
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self


class Draft:
    """A temporary file that takes the place of another one when it is complete.

    It is a context manager: a draft that was not committed is removed at the end of the block. The
    mode of the older file is kept, and so are symbolic links. Anything but a regular file, such as
    ``/dev/null`` or a named pipe, is written to directly and not replaced.
    """

    def __init__(self, path: str | Path) -> None:
        """Create the draft beside ``path``; raise OSError or ValueError if that is not possible.

        Its name cannot be guessed and it is never opened if it exists: where others may write, a
        link could lead to another file.
        """
        target = Path(os.path.realpath(path))
        mode = target.stat().st_mode if target.exists() else None
        self._target: Path | None = target
        if mode is not None and not stat.S_ISREG(mode):
            self._target = None
            self.stream = target.open("wb")
            return
        if mode is not None:
            target.open("ab").close()  # refuses to replace a write-protected file
        self._draft = target.with_name(f"{_prefix(target)}{os.urandom(8).hex()}.part")
        private = 0o600 if mode is not None else 0o666  # never readable by more than the target
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        self.stream = os.fdopen(os.open(self._draft, flags, private), "wb")
        if mode is not None:
            self._draft.chmod(stat.S_IMODE(mode))

    def commit(self) -> None:
        """Write what is left to the disk and put the draft in place; raise OSError on failure.

        Windows does not replace a file that a program has open: then PermissionError is raised.
        """
        self.stream.flush()
        if self._target:
            os.fsync(self.stream.fileno())
        self.stream.close()
        if self._target:
            self._draft.replace(self._target)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        try:
            self.stream.close()
        finally:
            if self._target:
                self._draft.unlink(missing_ok=True)


def advice(error: OSError) -> str:
    """Return what to do about an error in writing a file that could be opened; empty if unknown."""
    if isinstance(error, PermissionError):
        return "close the programs that have it open and run the command again"
    return ""


def remove_stale(path: Path) -> None:
    """Remove the drafts of a file that killed processes left behind.

    Only for a file that no other process may be writing. Links, and files of other users, stay.
    """
    draft = re.compile(re.escape(_prefix(path)) + r"[0-9a-f]{16}\.part")
    with suppress(OSError):
        for found in path.parent.iterdir():
            if draft.fullmatch(found.name) and _is_ours(found.lstat()):
                found.unlink(missing_ok=True)


def _prefix(target: Path) -> str:
    """Return the beginning of the names of a file's drafts; short, whatever the file's name."""
    from hashlib import blake2b  # noqa: PLC0415 - loads slowly, and most commands write no file

    name = blake2b(os.fsencode(target.name), digest_size=4).hexdigest()
    return f".abstool-{name}-"


def _is_ours(status: os.stat_result) -> bool:
    is_own = not hasattr(os, "geteuid") or status.st_uid == os.geteuid()
    return is_own and stat.S_ISREG(status.st_mode)
