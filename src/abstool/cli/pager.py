"""Show long output in the user's pager, such as less, while it is being made."""

from __future__ import annotations

import io
import os
import shlex
import subprocess
import sys
from contextlib import ExitStack, redirect_stderr, suppress
from pathlib import PurePath
from typing import TYPE_CHECKING, Self

from abstool.cli.output import Output
from abstool.cli.report import print_stderr
from abstool.errors import ExitCode
from abstool.interrupts import exit_code

if TYPE_CHECKING:
    from types import TracebackType

_DEFAULT = "less -FRX"
_PATIENCE = 5  # seconds
# For a PAGER without options: leave at once if all fits, show colours, and leave the text there.
_SETTINGS = {"LESS": "FRX", "LESSCHARSET": "utf-8"}


class Pager:
    """Output of several texts that goes to the user's pager; a context manager.

    A pager that is left early ends the block quietly. Messages on the terminal are printed after
    the pager has ended, not across its page.
    """

    def __init__(self, out: Output, after: int | None) -> None:
        """Take the output for texts without a pager, and when to start one.

        ``after`` so many texts there is a pager, if another one follows; these wait for it. None is
        for never.
        """
        self._out = out
        self._after = after
        self._waiting: list[str] = []
        self._process: subprocess.Popen[bytes] | None = None
        self._has_left = False
        self._messages = io.StringIO()
        self._stack = ExitStack()

    def write(self, text: str) -> None:
        """Write a text, or keep it until there is another.

        Raises BrokenPipeError if the reader has left, OutputError if writing fails.
        """
        if self._after is not None:
            self._waiting.append(text)
            if len(self._waiting) <= self._after:
                return
            self._start()
            self._release()
        else:
            self._print(text)

    def _release(self) -> None:
        """Write the texts that wait."""
        waiting, self._waiting, self._after = self._waiting, [], None
        for text in waiting:
            self._print(text)

    def _start(self) -> None:
        """Start the pager, if the user has one."""
        command = _command()
        if not command:
            return
        with suppress(OSError):  # not installed
            self._process = subprocess.Popen(  # noqa: S603 - it is the user's own
                command, stdin=subprocess.PIPE, env=_SETTINGS | os.environ
            )
        if self._process and self._process.stdin:
            self._out = Output(self._process.stdin, "the pager")
            if sys.stderr is not None and sys.stderr.isatty():
                self._stack.enter_context(redirect_stderr(self._messages))

    def _print(self, text: str) -> None:
        try:
            self._out.write(text)
        except BrokenPipeError:
            self._has_left = self._process is not None
            raise

    def __enter__(self) -> Self:
        """Return the pager, which does not run yet."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> bool:
        """Wait until the user leaves the pager; a pager that was left early is not an error."""
        if self._process is None:
            self._release()  # what has been made is shown after an error, too
            return False
        try:
            self._finish(self._process, error)
        finally:
            self._stack.close()
            print_stderr(self._messages.getvalue())
        return kind is not None and issubclass(kind, BrokenPipeError) and self._has_left

    def _finish(self, process: subprocess.Popen[bytes], error: BaseException | None) -> None:
        """Close the pager's input and wait for its end.

        Ctrl-C is the pager's until then. Any other signal that ends abstool ends the pager, too.
        """
        if isinstance(error, KeyboardInterrupt) and exit_code(error) != ExitCode.INTERRUPTED:
            _end(process)
        is_closed = False
        while True:
            try:
                if not is_closed and process.stdin:
                    is_closed = True
                    with suppress(BrokenPipeError):
                        process.stdin.close()
                process.wait()
            except KeyboardInterrupt as interrupt:
                if exit_code(interrupt) != ExitCode.INTERRUPTED:
                    _end(process)
                    raise
            else:
                return


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the pager, which may need a moment to restore the terminal."""
    process.terminate()
    try:
        process.wait(timeout=_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _command() -> list[str]:
    """Return the words of PAGER or the default; none for a PAGER that is empty, or cat."""
    try:
        words = shlex.split(os.environ.get("PAGER", _DEFAULT))
    except ValueError:  # quotation marks that do not pair
        return []
    is_cat = bool(words) and PurePath(words[0]).name == "cat"
    return [] if is_cat or os.environ.get("TERM") == "dumb" else words
