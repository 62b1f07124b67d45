"""Write files completely or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from types import TracebackType
from typing import Self


class Draft:
    """A temporary file that takes the place of another one when it is complete.

    It is a context manager: a draft that was not committed is removed at the end of the block. The
    mode of the older file is kept, and so are symbolic links. Anything but a regular file, such as
    ``/dev/null`` or a named pipe, is written to directly and not replaced.
    """

    def __init__(self, path: str | Path, name: str = "") -> None:
        """Create the draft beside ``path``; raise OSError or ValueError if that is not possible.

        Only one process at a time may use the same ``name`` for its draft, and it overwrites a
        draft that a killed process left behind. Without a ``name``, an unused one is chosen.
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
        self._draft = target.with_name(name or f".abstool-{os.urandom(4).hex()}.part")
        self.stream = self._draft.open("wb" if name else "xb")
        if mode is not None:
            self._draft.chmod(stat.S_IMODE(mode))

    def commit(self) -> None:
        """Write what is left to the disk and put the draft in place; raise OSError on failure."""
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
