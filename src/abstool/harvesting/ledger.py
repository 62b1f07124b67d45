"""A ledger: a file of JSON Lines that is added to, and survives being stopped at any moment.

Each object has a key, and the last one with a key counts. An object is there once its whole line
is; what a stopped run left of a line is cut off when the file is opened again.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from abstool.atomic import Draft
from abstool.errors import OutputError, UsageError

_SYNC = 1.0  # seconds: what a power cut may cost


class Ledger:
    """The objects of a file by their key; only their places are held in memory."""

    def __init__(self, path: Path, key: str) -> None:
        """Open a file, or begin it; ``key`` names the field that tells objects apart."""
        self._path = path
        self._key = key
        self._places: dict[str, tuple[int, int]] = {}  # where each line begins, and its length
        self._synced = time.monotonic()
        self._is_new = not os.path.lexists(path)
        try:
            self._file = path.open("a+b", buffering=0)
        except OSError as error:
            raise UsageError(
                str(path), f"cannot be written ({error.strerror})", "name another file"
            ) from None
        self._end = 0
        self._mend()

    def __contains__(self, key: object) -> bool:
        return key in self._places

    def __len__(self) -> int:
        return len(self._places)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def discard(self) -> None:
        """Take the file away again if it was begun here and nothing was added to it."""
        if self._is_new and not self._places:
            self._path.unlink(missing_ok=True)

    def get(self, key: str) -> dict[str, Any] | None:
        """Return the object of a key, or None."""
        if key not in self._places:
            return None
        found: dict[str, Any] = json.loads(self._line(key))
        return found

    def add(self, data: dict[str, Any]) -> None:
        """Add an object; it is there whole or, after an error, not at all.

        Raises OutputError where the disk is full.
        """
        text = json.dumps(data, ensure_ascii=False)
        line = text.encode("utf-8", "backslashreplace") + b"\n"
        try:
            rest = memoryview(line)
            while rest:
                rest = rest[self._file.write(rest) :]
            if time.monotonic() - self._synced >= _SYNC:
                self.sync()
        except BaseException as error:
            with suppress(OSError):
                self._file.truncate(self._end)
            if isinstance(error, OSError):
                raise _not_written(self._path, error) from error
            raise
        self._places[data[self._key]] = (self._end, len(line))
        self._end += len(line)

    def sync(self) -> None:
        """Have the file on the disk itself. Raises OutputError."""
        try:
            os.fsync(self._file.fileno())
        except OSError as error:
            raise _not_written(self._path, error) from error
        self._synced = time.monotonic()

    def sort(self, order: Sequence[str]) -> None:
        """Bring the objects into an order of keys; what it does not name comes last."""
        keys = list(dict.fromkeys([*order, *self._places]))
        once = self._end == sum(length for _, length in self._places.values())
        if keys != list(self._places) or not once:
            self._rewrite(keys)

    def _line(self, key: str) -> bytes:
        start, length = self._places[key]
        self._file.seek(start)
        line = bytearray()
        while len(line) < length and (part := self._file.read(length - len(line))):
            line += part
        return bytes(line)

    def _mend(self) -> None:
        """Find the objects; drop what is left of broken lines."""
        self._places.clear()
        position, is_whole = 0, True
        with self._path.open("rb") as lines:
            for line in lines:
                if key := self._key_of(line):
                    is_whole = is_whole and position == self._end
                    self._places.pop(key, None)  # the newest counts, and stands where it is
                    self._places[key] = (position, len(line))
                    self._end = position + len(line)
                position += len(line)
        if not is_whole:  # a power cut may leave a hole
            self._rewrite(list(self._places))
        elif position > self._end:
            self._file.truncate(self._end)

    def _rewrite(self, keys: Sequence[str]) -> None:
        replace_file(self._path, map(self._line, keys))
        self._file.close()
        self._file = self._path.open("a+b", buffering=0)
        self._end = 0
        self._mend()

    def _key_of(self, line: bytes) -> str:
        """Return the key of a whole line with an object, else ``""``."""
        with suppress(ValueError, RecursionError):
            data = json.loads(line) if line.endswith(b"\n") else None
            if isinstance(data, dict) and isinstance(key := data.get(self._key), str):
                return key
        return ""


def replace_file(path: Path, content: str | Iterable[bytes]) -> None:
    """Write a file whole or not at all. Raises OutputError."""
    lines = [content.encode("utf-8", "backslashreplace")] if isinstance(content, str) else content
    try:
        with Draft(path, f".{path.name}.part") as draft:
            draft.stream.writelines(lines)
            draft.commit()
    except OSError as error:
        raise _not_written(path, error) from error


def _not_written(path: Path, error: OSError) -> OutputError:
    return OutputError(
        str(path), f"writing failed ({error.strerror})", "make room and run the command again"
    )
