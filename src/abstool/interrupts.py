"""End a program by Ctrl-C, SIGTERM or SIGHUP: never lost, and with its files in order.

Python raises KeyboardInterrupt wherever the program happens to be. In a weak reference's callback,
in a ``__del__`` method or inside some C libraries it is swallowed, and the program continues.
"""

from __future__ import annotations

import io
import os
import select
import signal
import stat
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import IO, TYPE_CHECKING, Self, TypeAlias

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_Handler: TypeAlias = Callable[[int, FrameType | None], object]

_SLICE = 0.05  # seconds after which a pause notices a signal
_SLICE_OF_READ = 0.5  # and a read that waits for data
_BLOCK = 65536  # bytes


class Interrupted(KeyboardInterrupt):
    """A signal asked the program to end."""

    def __init__(self, number: int = signal.SIGINT) -> None:
        """Take the number of the signal."""
        super().__init__(number)
        self.exit_code = 128 + number


def exit_code(error: KeyboardInterrupt) -> int:
    """Return the exit code of a program that an interrupt ended: 130, 143 or 129."""
    return error.exit_code if isinstance(error, Interrupted) else Interrupted().exit_code


@contextmanager
def ending() -> Iterator[None]:
    """Raise Interrupted on SIGTERM and SIGHUP, so that what is half done is cleaned up.

    Their handlers are left alone where they are not the system's, such as with ``nohup``.
    """

    def end(number: int, _: FrameType | None) -> None:
        raise Interrupted(number)

    numbers = [number for number in _signals() if signal.getsignal(number) is signal.SIG_DFL]
    with _handled(numbers, end):
        yield


@contextmanager
def held_back() -> Iterator[None]:
    """Delay Ctrl-C until the block has ended; child processes inherit this if the system can.

    Some C libraries mistake an interrupt during their import for an error of their own and swallow
    it. The mask alone would not do: another thread of this process could receive the signal.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    numbers = [number for number in _signals() if callable(signal.getsignal(number))]
    came: list[int] = []
    try:
        with _handled(numbers, lambda number, _: came.append(number)), _masked(numbers):
            yield
    finally:
        for number in came[:1]:
            signal.raise_signal(number)


class Stop:
    """A wish to stop, which is granted only where the program asks for it.

    A context manager: in its block the first signal is only remembered; ``check`` and ``sleep``
    raise Interrupted. A second signal ends the process at once, as if it had been killed.
    """

    def __init__(self) -> None:
        """Start without a wish to stop."""
        self._number = 0
        self._waits_for_person = False

    def check(self) -> None:
        """Raise Interrupted if there was a signal."""
        if self._number:
            raise Interrupted(self._number)

    def sleep(self, seconds: float) -> None:
        """Wait; raise Interrupted as soon as there is a signal."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self.check()
            time.sleep(min(left, _SLICE))
        self.check()

    @contextmanager
    def waiting_for_person(self) -> Iterator[None]:
        """Raise Interrupted as soon as there is a signal, as a prompt needs it."""
        self._waits_for_person = True
        try:
            self.check()
            yield
        finally:
            self._waits_for_person = False
            self.check()  # a prompt has an exception of its own for Ctrl-C

    def __enter__(self) -> Self:
        numbers = [number for number in _signals() if callable(signal.getsignal(number))]
        self._handlers = _handled(numbers, self._remember)
        self._handlers.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._handlers.__exit__(None, None, None)
        if error is None:
            self.check()

    def _remember(self, number: int, _: FrameType | None) -> None:
        if self._number:
            os._exit(128 + number)
        self._number = number
        if self._waits_for_person:
            raise Interrupted(number)


def interruptible(file: IO[bytes]) -> IO[bytes]:
    """Return a file, such as a pipe, whose reads notice every signal while they wait for data.

    Python handles a signal between two of its steps. One that comes between the last step and the
    read itself would be noticed only when there is data, perhaps never. Files that do not wait are
    returned as they are, and so are all on Windows, where only sockets can be waited for.
    """
    try:
        number = file.fileno()
        waits = os.name != "nt" and not stat.S_ISREG(os.fstat(number).st_mode)
    except (OSError, ValueError):  # it is in memory only, or closed
        return file
    return io.BufferedReader(_PatientReader(number), _BLOCK) if waits else file


class _PatientReader(io.RawIOBase):
    """Reads from an open file only when there is something to read."""

    def __init__(self, number: int) -> None:
        self._number = number

    def fileno(self) -> int:
        return self._number

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        while not select.select([self._number], [], [], _SLICE_OF_READ)[0]:
            pass  # Python handles signals here
        return os.readv(self._number, [buffer])


def _signals() -> list[signal.Signals]:
    """Return the signals that end a program; Windows does not have all of them."""
    names = ("SIGINT", "SIGTERM", "SIGHUP")
    return [getattr(signal, name) for name in names if hasattr(signal, name)]


@contextmanager
def _handled(numbers: list[signal.Signals], handler: _Handler) -> Iterator[None]:
    """Handle signals otherwise in this block; only the main thread may, and others do nothing."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = [(number, signal.signal(number, handler)) for number in numbers]
    try:
        yield
    finally:
        for number, old in before:
            signal.signal(number, old)


@contextmanager
def _masked(numbers: list[signal.Signals]) -> Iterator[None]:
    """Block Ctrl-C in this thread if it is one of the signals, and the system can."""
    if signal.SIGINT not in numbers or not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
