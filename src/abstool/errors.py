"""The errors that abstool raises, each with the exit code of the command line.

    AbstoolError
    ├── UsageError        2  the request is wrong: an unknown style, an invalid date
    ├── FetchError        3  the URL could not be retrieved
    ├── NotAnAbstract     4  the page was read, but has no abstract
    ├── UnreadableInput   5  the input is neither a page nor records
    └── OutputError      74  the output could not be written

A message reads ``subject: what happened; what to do``. It is built here, so that the errors of all
modules look alike and none passes a control character from a hostile page to the terminal.
"""

from __future__ import annotations

import re
import unicodedata
from enum import IntEnum
from typing import ClassVar


class ExitCode(IntEnum):
    """The exit codes of the command line."""

    OK = 0
    SOME_FAILED = 1
    USAGE = 2
    NOT_FETCHED = 3
    NOT_AN_ABSTRACT = 4
    UNREADABLE = 5
    INTERNAL = 70  # this one and the next are those of sysexits.h
    NOT_WRITTEN = 74
    HUNG_UP = 129  # from here on, 128 and the number of a signal
    INTERRUPTED = 130
    TERMINATED = 143


def reason_of(error: Exception) -> str:
    """Return why a file could not be opened or read, in the words of the system if it has any."""
    return str(getattr(error, "strerror", None) or error)


def printable(text: str, limit: int = 300) -> str:
    """Return text that is safe to print on a terminal: one line, no control characters."""
    if not text.isprintable():
        text = "".join(
            character if unicodedata.category(character)[0] not in "CZ" else " "
            for character in text
        )
    safe = " ".join(text.split())
    return safe if len(safe) <= limit else safe[: limit - 1] + "…"


# Where the host of a URL begins, which two slashes within a path do not show, and what can be one.
# A URL that was taken for the name of a file has only one slash.
_BEGIN = re.compile(r"(?:(?<![\w/.~-])//|(?i:https?):/(?!/))([^/?#]*+)")
_HOST = re.compile(r"(?:[\w-]++(?:\.[\w-]++)++\.?|localhost|\[[\da-fA-F:.]++\])(?::\d*+)?")


def masked(text: str) -> str:
    """Return text without the user names and passwords of URLs, also of malformed ones.

    A password can have any sign but a blank, so all between ``//`` and the last ``@`` of a word may
    be one, unless a host follows ``//``: it has a dot, or no ``:`` follows that a password needs.
    """
    if "@" not in text or "/" not in text:  # most texts
        return text
    return re.sub(r"\S++", _masked_word, text)


def _masked_word(match: re.Match[str]) -> str:
    word = match[0]
    end = word.rfind("@")
    last_colon = word.rfind(":", 0, end)
    for found in _BEGIN.finditer(word[: end + 1]):
        is_name = "@" not in found[1] and ":" not in found[1] and last_colon < found.end()
        if not is_name and not _HOST.fullmatch(found[1]):
            return f"{word[: found.start(1)]}…{word[end:]}"
    return word


class AbstoolError(Exception):
    """The base class of abstool's errors; ``str(error)`` is the message on one line."""

    exit_code: ClassVar[ExitCode] = ExitCode.UNREADABLE

    def __init__(self, subject: str, problem: str, next_step: str = "", *, page: str = "") -> None:
        """Store the subject (a file, a URL, a style), what happened to it, and what to do.

        ``page`` is the page of the documentation that explains more, without its ending, such as
        ``how-to/networks``; the command line says where it is.
        """
        self.page = page
        self.subject, self.problem, self.next_step = (
            printable(masked(text)) for text in (subject, problem, next_step)
        )
        super().__init__(subject, problem, next_step)

    def __str__(self) -> str:
        """Return the whole message on one line."""
        line = f"{self.subject}: {self.problem}"
        return f"{line}; {self.next_step}" if self.next_step else line


class UsageError(AbstoolError):
    """The request itself is wrong.

    ``argument`` is the library's name of the argument at fault (``in_text``), and the subject of
    the message if it has no other. The command line replaces it with the name of the option, also
    at the start of a subject (``style 'x'``), and puts the option before a subject that is only the
    argument's value.
    """

    exit_code = ExitCode.USAGE

    def __init__(
        self,
        subject: str = "",
        problem: str = "",
        next_step: str = "",
        *,
        argument: str = "",
        page: str = "",
    ) -> None:
        """Store the parts of the message, and the name of the argument at fault, if any."""
        super().__init__(subject or argument, problem, next_step, page=page)
        self.argument = argument


def require(
    argument: str, value: object, kinds: type | tuple[type, ...], wanted: str, next_step: str = ""
) -> None:
    """Raise UsageError, naming the argument, if its value is of another type.

    ``wanted`` is what it should be in words, such as ``a text``.
    """
    if not isinstance(value, kinds):
        problem = f"{'None' if value is None else type(value).__name__} is not {wanted}"
        raise UsageError(problem=problem, next_step=next_step, argument=argument)


def not_installed(subject: str, library: str, extra: str) -> UsageError:
    """Return the error for a library that is missing, and that an extra of abstool installs."""
    problem = f"needs {library}, which is not installed"
    next_step = f"install it: pip install 'abstool[{extra}]'"
    return UsageError(subject, problem, next_step, page="install")


class FetchError(AbstoolError):
    """A page could not be retrieved.

    ``was_retried`` is whether further tries are of no use now, ``stops_run`` whether requests for
    other pages of the site are not, either.
    """

    exit_code = ExitCode.NOT_FETCHED
    was_retried = False
    stops_run = False


class NotAnAbstract(AbstoolError):  # noqa: N818 - the name says what the page is not
    """A page was read but has no abstract; ``lacks_title`` if it has all of one but the title."""

    exit_code = ExitCode.NOT_AN_ABSTRACT
    lacks_title = False


class UnreadableInput(AbstoolError):  # noqa: N818 - as above
    """The input is neither a page nor records."""

    exit_code = ExitCode.UNREADABLE


class OutputError(AbstoolError):
    """The output could not be written."""

    exit_code = ExitCode.NOT_WRITTEN
