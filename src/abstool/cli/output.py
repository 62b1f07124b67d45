"""Write data as UTF-8 to stdout, or to a file that is replaced only on success."""

from __future__ import annotations

import json
import os
import shutil
import sys
from contextlib import ExitStack, contextmanager, suppress
from pathlib import PurePath
from typing import IO, TYPE_CHECKING, NamedTuple

from abstool.atomic import Draft, advice
from abstool.errors import OutputError, UsageError, reason_of
from abstool.interrupts import held_back
from abstool.text import escaped_controls

if TYPE_CHECKING:
    from collections.abc import Iterator

    from abstool.matching import Features
    from abstool.record import Abstract

# In columns. Text needs at least the first; lines longer than the second are tiring to read.
NARROWEST, WIDEST = 20, 100


class Output:
    """A stream of text or bytes without a buffer."""

    def __init__(self, stream: IO[bytes], name: str) -> None:
        """Write to ``stream``, which messages call ``name``."""
        self._stream = stream
        self._name = name
        self.is_empty = True

    @property
    def is_standard(self) -> bool:
        """Whether this is standard output."""
        return sys.stdout is not None and self._stream is sys.stdout.buffer

    def write(self, data: str | bytes) -> None:
        """Write bytes, or text as UTF-8. Raises OutputError, or BrokenPipeError unchanged."""
        try:
            self._stream.write(data.encode("utf-8", "replace") if isinstance(data, str) else data)
            self._stream.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise _failed(self._name, error) from error
        self.is_empty = False

    def write_json(self, data: object, indent: int | None = None) -> None:
        """Write JSON and a newline: on one line, or indented by ``indent`` spaces.

        A lone surrogate, which UTF-8 cannot encode, is written as a JSON escape.
        """
        text = json.dumps(data, ensure_ascii=False, indent=indent)
        self.write(escaped_controls(text.encode("utf-8", "backslashreplace")) + b"\n")


class PrintedRecord(NamedTuple):
    """The JSON of a record with a newline, and what is still asked of the record.

    ``indent`` is that of the JSON, ``features`` is what other records are compared with.
    """

    line: bytes
    warnings: int
    url: str
    features: Features
    indent: int | None


def printed(
    record: Abstract, of_many: bool, *, named: int | None, collected: int | None
) -> PrintedRecord:
    """Return the JSON of a record.

    It is indented by ``named`` if the user named its page, by ``collected`` if the page is one
    ``of_many``. This function is here, not beside its command, because worker processes import it.
    """
    indent = collected if of_many else named
    line = record.to_json(indent) + b"\n"
    from abstool.matching import content_of, features

    def rest() -> str:
        return content_of(record.to_dict())

    author = record.authors[0].name if record.authors else ""
    compared = features(record.url, record.title, record.number, author, content=rest)
    return PrintedRecord(line, len(record.warnings), record.url, compared, indent)


# Endings under which programs expect no text: pictures, and what only some commands write.
_PICTURES = frozenset(".bmp .emf .eps .gif .jpeg .jpg .pdf .png .ps .tif .tiff .webp".split())
_BINARY = frozenset(".doc .docx .epub .gz .ods .odt .parquet .xls .xlsx .zip".split())


@contextmanager
def opened(path: str, *, is_text: bool = True) -> Iterator[Output]:
    """Open ``path`` for output; ``-`` is stdout. Unless ``is_text``, its ending is not looked at.

    The file is created or replaced when the block ends without an error and something was written.
    Raises UsageError if ``path`` cannot be written, before any work is done, and OutputError if
    writing fails.
    """
    if is_text:
        _check_ending(path)
    if path == "-":
        require_stdout("write to a file with --output")
        yield Output(sys.stdout.buffer, "standard output")
        return
    if not path:
        raise UsageError(problem="the value is empty", next_step="name a file", argument="output")
    of_the_block: OSError | None = None
    try:
        with ExitStack() as stack:
            draft = _draft(path, stack)
            output = Output(draft.stream, path)
            try:
                yield output
            except OSError as error:  # of another file: those of this one are OutputErrors
                of_the_block = error
            else:
                if not output.is_empty:
                    draft.commit()
    except BrokenPipeError:
        raise
    except OSError as error:  # closing fails too, after a write that failed
        raise _failed(path, error) from error
    if of_the_block:
        raise of_the_block


def _check_ending(path: str) -> None:
    ending = PurePath(path).suffix.lower()
    if ending in _PICTURES | _BINARY:
        next_step = "use an ending of text, such as .csv, .jsonl or .txt"
        if ending in _PICTURES:
            next_step = "use .svg for a chart or a diagram, or an ending of text, such as .txt"
        problem = f"this command writes no {ending} files"
        raise UsageError(path, problem, next_step, argument="output")


def _draft(path: str, stack: ExitStack) -> Draft:
    """Return a draft of a file, which the stack removes; raise UsageError if that is impossible."""
    try:
        with held_back():  # a signal between these two steps would leave the draft behind
            return stack.enter_context(Draft(path))
    except (OSError, ValueError) as error:
        reason = reason_of(error)
        raise UsageError(
            path, f"cannot be written ({reason})", "choose another file", argument="output"
        ) from None


def _failed(name: str, error: OSError) -> OutputError:
    return OutputError(name, f"writing failed ({error.strerror})", advice(error))


def require_stdout(next_step: str = "") -> None:
    """Raise OutputError if standard output is closed."""
    if sys.stdout is None:
        raise OutputError("standard output", "it is closed", next_step)


def is_styled(output: str) -> bool:
    """Return whether text for a person gets bold and colour: on a terminal, or as is asked for."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return output == "-" and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def terminal_width() -> int:
    """Return the width of the terminal (or COLUMNS) within limits; 80 if it is unknown."""
    return min(max(shutil.get_terminal_size().columns, NARROWEST), WIDEST)


def abandon(stream: IO[str]) -> None:
    """Discard what stdout or stderr still buffers, so that no flush can fail again."""
    with suppress(OSError, ValueError, AttributeError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, stream.fileno())
        os.close(null)
