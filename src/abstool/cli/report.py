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
    from collections.abc import Iterable, Iterator

    from abstool.inputs.outcome import Outcome

Value = TypeVar("Value")


class Report:
    """The outcome of one run of a command."""

    def __init__(self, *, quiet: bool = False) -> None:
        """Start with nothing read; ``quiet`` leaves out notes, never errors."""
        self._quiet = quiet
        self.skipped = 0  # pages without an abstract
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

    def results(self, outcomes: Iterable[Outcome[Value]]) -> Iterator[tuple[str, Value]]:
        """Yield the subject and value of each outcome; report errors, and count skipped pages."""
        for outcome in outcomes:
            if outcome.error is not None:
                self.failure(outcome.subject, outcome.error)
            elif outcome.value is None:
                self.skipped += 1
            else:
                yield outcome.subject, outcome.value

    def success(self) -> None:
        """Count an input as printed."""
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
