"""Keep JSON objects in a file that is appended to and survives an interruption at any moment.

Each object has a URL in one of its fields, which is its key: all URLs of a page (see
``address.identity``) are the same key. The last object with a key counts. An object is in the file
as soon as its whole line is; an incomplete line is removed when the file is opened again.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Generic, TypeVar

from abstool.address import identity
from abstool.atomic import Draft, advice
from abstool.errors import OutputError, UsageError

Data = TypeVar("Data", bound=Mapping[str, object])

_SYNC = 1.0  # seconds of work that a power cut may lose


class Ledger(Generic[Data]):
    """The objects of a JSON Lines file by their URL; only their offsets are held in memory."""

    def __init__(
        self,
        path: Path,
        key: str,
        *,
        final: str = "",
        types: Mapping[str, type] = MappingProxyType({}),
    ) -> None:
        """Open or create a file; ``key`` names the field that has the URL.

        A line in which a field is not of its type in ``types`` counts as damaged.

        ``final`` names a field that marks a result as final. A file from an older version may have
        several spellings of one URL; an object without this field then does not replace one that
        has it under another spelling.
        """
        self._path = path
        self._key = key
        self._final = final
        self._types = types
        self._spans: dict[str, tuple[int, int]] = {}  # offset and length of each object's line
        self._synced = time.monotonic()
        self._is_new = not os.path.lexists(path)
        try:
            self._file = path.open("a+b", buffering=0)
        except OSError as error:
            raise UsageError(
                str(path), f"cannot be written ({error.strerror})", "choose another file"
            ) from None
        self._end = 0
        self._load()

    def __contains__(self, url: object) -> bool:
        return isinstance(url, str) and identity(url) in self._spans

    def __iter__(self) -> Iterator[Data]:
        """Yield the objects in the order of the file."""
        for key in list(self._spans):
            yield json.loads(self._line(key))

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def discard(self) -> None:
        """Remove the file if it was created here and nothing was added to it."""
        if self._is_new and not self._spans:
            self._path.unlink(missing_ok=True)

    def get(self, url: str) -> Data | None:
        """Return the object for a URL, or None."""
        key = identity(url)
        if key not in self._spans:
            return None
        found: Data = json.loads(self._line(key))
        return found

    def add(self, data: Data) -> None:
        """Append an object; if that fails, the file stays as it was.

        Raises OutputError if the disk is full.
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
        self._spans[identity(str(data[self._key]))] = (self._end, len(line))
        self._end += len(line)

    def sync(self) -> None:
        """Flush the file to the disk. Raises OutputError."""
        try:
            os.fsync(self._file.fileno())
        except OSError as error:
            raise _not_written(self._path, error) from error
        self._synced = time.monotonic()

    def sort(self, urls: Sequence[str], *, without: Container[str] = ()) -> None:
        """Sort the objects into the order of ``urls``; those not named there come last.

        ``without`` has the identities of URLs whose objects are removed.
        """
        order = dict.fromkeys([*map(identity, urls), *self._spans])
        keys = [key for key in order if key not in without]
        has_repeats = self._end != sum(length for _, length in self._spans.values())
        if keys != list(self._spans) or has_repeats:
            self._rewrite(keys)

    def _line(self, key: str) -> bytes:
        start, length = self._spans[key]
        self._file.seek(start)
        line = bytearray()
        while len(line) < length and (part := self._file.read(length - len(line))):
            line += part
        return bytes(line)

    def _load(self) -> None:
        """Find the objects of the file, and remove incomplete lines."""
        self._spans.clear()
        finals: dict[str, str] = {}  # the spelling of each key whose object is final
        position, is_whole = 0, True
        with self._path.open("rb") as lines:
            for line in lines:
                if data := self._object(line):
                    is_whole = is_whole and position == self._end
                    self._end = position + len(line)
                    url = str(data[self._key])
                    key = identity(url)
                    if self._final in data or finals.get(key, url) == url:
                        self._spans.pop(key, None)  # the newest counts, at its own position
                        self._spans[key] = (position, len(line))
                    if self._final in data:
                        finals[key] = url
                position += len(line)
        if not is_whole:  # a power cut may leave a hole
            self._rewrite(list(self._spans))
        elif position > self._end:
            self._file.truncate(self._end)

    def _rewrite(self, keys: Sequence[str]) -> None:
        def lines() -> Iterator[bytes]:
            yield from map(self._line, keys)
            self._file.close()  # before the file is replaced, which Windows demands

        try:
            replace_file(self._path, lines())
        finally:
            self._file.close()
            self._file = self._path.open("a+b", buffering=0)
        self._end = 0
        self._load()

    def _object(self, line: bytes) -> Mapping[str, object] | None:
        """Return the object of a complete line, or None if it has none with a URL."""
        with suppress(ValueError, RecursionError):
            data = json.loads(line) if line.endswith(b"\n") else None
            if isinstance(data, dict) and isinstance(url := data.get(self._key), str) and url:
                is_sound = all(
                    isinstance(data.get(name, kind()), kind) for name, kind in self._types.items()
                )
                return data if is_sound else None
        return None


def replace_file(path: Path, content: str | Iterable[bytes]) -> None:
    """Replace a file on success only. Raises OutputError."""
    lines = [content.encode("utf-8", "backslashreplace")] if isinstance(content, str) else content
    try:
        with Draft(path) as draft:
            draft.stream.writelines(lines)
            draft.commit()
    except OSError as error:
        raise _not_written(path, error) from error


def _not_written(path: Path, error: OSError) -> OutputError:
    return OutputError(
        str(path),
        f"writing failed ({error.strerror})",
        advice(error) or "free some disk space and run the command again",
    )
