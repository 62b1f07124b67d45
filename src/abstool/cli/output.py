"""Where data go: stdout, or a file that is written whole or not at all. Always UTF-8."""

from __future__ import annotations

import json
import os
import sys
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING, Any

from abstool.atomic import Draft
from abstool.errors import OutputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from abstool.record import Abstract


class Output:
    """A stream that takes text or bytes and passes them on at once."""

    def __init__(self, stream: IO[bytes], name: str) -> None:
        """Write to ``stream``; ``name`` is what messages call it."""
        self._stream = stream
        self._name = name
        self.is_empty = True

    def write(self, data: str | bytes) -> None:
        """Write bytes, or text as UTF-8. Raises OutputError, and BrokenPipeError as it is."""
        try:
            self._stream.write(data.encode("utf-8", "replace") if isinstance(data, str) else data)
            self._stream.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise OutputError(self._name, f"writing failed ({error.strerror})") from error
        self.is_empty = False

    def write_json(self, data: Any, indent: int | None = None) -> None:
        """Write JSON with a final newline: on one line, or indented by ``indent`` spaces.

        A lone surrogate, which UTF-8 cannot hold, stays as its JSON escape.
        """
        text = json.dumps(data, ensure_ascii=False, indent=indent)
        self.write(text.encode("utf-8", "backslashreplace").decode("utf-8") + "\n")


def printed(record: Abstract, of_many: bool, *, named: int | None, collected: int | None) -> bytes:
    """Return the JSON of a record with a final newline, indented as asked for.

    ``named`` is the indentation of one whose page the user named, ``collected`` that of one
    ``of_many``. It stands here, and not by the command, for the processes that import no more.
    """
    return record.to_json(collected if of_many else named) + b"\n"


@contextmanager
def opened(path: str) -> Iterator[Output]:
    """Open the file ``path`` for output; ``-`` is stdout.

    The file appears, in place of an older one, when the block ends without an error and something
    was written; otherwise an older file stays as it was. Raises UsageError where the path cannot
    be written to, before any work is done, and OutputError where writing it fails.
    """
    if path == "-":
        if sys.stdout is None:
            raise OutputError("standard output", "it is closed", "write to a file with --output")
        yield Output(sys.stdout.buffer, "standard output")
        return
    try:
        draft = Draft(path)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(
            path, f"cannot be written ({reason})", "name another file with --output"
        ) from None
    try:
        with draft:
            output = Output(draft.stream, path)
            yield output
            if not output.is_empty:
                draft.commit()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(path, f"writing failed ({error.strerror})") from error


def abandon_stdout() -> None:
    """Send what stdout still holds nowhere, so that flushing it at exit cannot fail once more."""
    with suppress(OSError, ValueError, AttributeError):
        stdout = sys.stdout.fileno()
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, stdout)
        os.close(null)
