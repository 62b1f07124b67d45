"""What the user is told on stderr: notes, errors, and, at the end, the exit code.

An error is one line, ``abstool: subject: problem; next step``. A command that takes several inputs
goes on after a bad one; ``Report`` remembers what happened and gives the code for all of them.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

import typer

from abstool.errors import AbstoolError, ExitCode, printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Input = TypeVar("Input")
Result = TypeVar("Result")


class Report:
    """The outcome of one run of a command."""

    def __init__(self, *, quiet: bool = False) -> None:
        """Start with nothing read; ``quiet`` leaves out notes, never errors."""
        self._quiet = quiet
        self._some_succeeded = False
        self._codes: set[int] = set()

    @property
    def exit_code(self) -> int:
        """0 all good; the common code where all inputs failed alike; 1 where only some failed."""
        if not self._codes:
            return ExitCode.OK
        if self._some_succeeded or len(self._codes) > 1:
            return ExitCode.SOME_FAILED
        return next(iter(self._codes))

    def results(self, inputs: Iterable[Input], read: Callable[[Input], Result]) -> Iterator[Result]:
        """Yield what ``read`` makes of each input; report those it fails on and go on."""
        for item in inputs:
            try:
                result = read(item)
            except Exception as error:  # noqa: BLE001 - a bug, too, costs one input and not all
                self.failure(str(item), error)
            else:
                yield result

    def success(self) -> None:
        """Take down that an input came out as output."""
        self._some_succeeded = True

    def failure(self, subject: str, error: Exception) -> None:
        """Print the line of an error; ``subject`` names the input where the error does not."""
        line, code = _explain(subject, error)
        self._codes.add(code)
        say(line)
        if os.environ.get("ABSTOOL_DEBUG"):
            import traceback

            traceback.print_exception(error)

    def note(self, line: str) -> None:
        """Print a line that is worth knowing, unless the user asked for quiet."""
        if not self._quiet:
            say(line)


def say(line: str) -> None:
    """Print one line on stderr, where there still is a stderr."""
    with suppress(OSError, ValueError, AttributeError):
        sys.stderr.write(f"abstool: {printable(line, limit=1000)}\n")
        sys.stderr.flush()


def _explain(subject: str, error: Exception) -> tuple[str, int]:
    """Return the line and the exit code of an error."""
    if isinstance(error, AbstoolError):
        return str(error), error.exit_code
    if isinstance(error, typer.TyperException):  # of typer's own errors all are about usage
        context = getattr(error, "ctx", None)
        command = context.command_path if context else "abstool"
        name = command.removeprefix("abstool").strip()
        message = " ".join(error.format_message().split()).rstrip(".")
        message = message[:1].lower() + message[1:]
        line = f"{name}: {message}" if name else message
        return f"{line}; see '{command} --help'", ExitCode.USAGE
    where = f"{subject}: " if subject else ""
    if isinstance(error, RecursionError):  # only input can be nested that deeply
        line = f"{where}nested too deeply; see whether it is a page or a record at all"
        return line, ExitCode.UNREADABLE
    problem = f"internal error: {type(error).__name__}: {error}"
    return f"{where}{problem}; please report it, with ABSTOOL_DEBUG=1 set", ExitCode.INTERNAL
