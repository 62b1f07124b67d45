"""Every failure abstool can report, each with the exit code the command line ends with.

    AbstoolError
    ├── UsageError        2  a request that makes no sense: an unknown style, a bad date
    ├── FetchError        3  an address that could not be retrieved
    ├── NotAnAbstract     4  a page that was read, but shows no abstract
    ├── UnreadableInput   5  input that cannot be read as pages or as records
    └── OutputError      74  output that could not be written

A message reads ``subject: what is wrong; what to do next``. It is built here, so that every
error of every module looks the same and none carries a control character of a hostile page
to the terminal.
"""

from __future__ import annotations

import unicodedata
from enum import IntEnum
from typing import ClassVar


class ExitCode(IntEnum):
    """Exit codes of the command line."""

    OK = 0
    SOME_FAILED = 1
    USAGE = 2
    NOT_FETCHED = 3
    NOT_AN_ABSTRACT = 4
    UNREADABLE = 5
    INTERNAL = 70  # this and the next as in sysexits.h
    NOT_WRITTEN = 74
    INTERRUPTED = 130


def printable(text: str, limit: int = 300) -> str:
    """Return text that is safe to print on a terminal: one line, no control characters."""
    safe = "".join(
        character if unicodedata.category(character)[0] not in "CZ" else " " for character in text
    )
    safe = " ".join(safe.split())
    return safe if len(safe) <= limit else safe[: limit - 1] + "…"


class AbstoolError(Exception):
    """Base of all failures abstool reports; ``str(error)`` is the line a user reads."""

    exit_code: ClassVar[ExitCode] = ExitCode.UNREADABLE

    def __init__(self, subject: str, problem: str, next_step: str = "") -> None:
        """Name the subject (a file, an address, a style), the problem, and what to do next."""
        self.subject = printable(subject)
        self.problem = printable(problem)
        self.next_step = printable(next_step)
        super().__init__(subject, problem, next_step)

    def __str__(self) -> str:
        """Return the whole message on one line."""
        line = f"{self.subject}: {self.problem}"
        return f"{line}; {self.next_step}" if self.next_step else line


class UsageError(AbstoolError):
    """The request itself is wrong.

    ``argument`` is the name of the argument at fault, as the library calls it (``in_text``); a
    message without a subject begins with it. The command line shows its option instead.
    """

    exit_code = ExitCode.USAGE

    def __init__(
        self, subject: str = "", problem: str = "", next_step: str = "", *, argument: str = ""
    ) -> None:
        """Take the parts of the message, and the argument at fault if there is one."""
        super().__init__(subject or argument, problem, next_step)
        self.argument = argument


class FetchError(AbstoolError):
    """A page could not be retrieved."""

    exit_code = ExitCode.NOT_FETCHED


class NotAnAbstract(AbstoolError):  # noqa: N818 - reads as what it says: the page is not one
    """A page was read and shows no abstract."""

    exit_code = ExitCode.NOT_AN_ABSTRACT


class UnreadableInput(AbstoolError):  # noqa: N818 - as above
    """Input cannot be read as a page or as records."""

    exit_code = ExitCode.UNREADABLE


class OutputError(AbstoolError):
    """Output could not be written."""

    exit_code = ExitCode.NOT_WRITTEN
