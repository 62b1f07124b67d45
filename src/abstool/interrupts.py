"""Hold Ctrl-C back for a moment, so that it neither breaks off what runs nor is lost."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def held_back() -> Iterator[None]:
    """Delay Ctrl-C until the block has ended. A process started in the block ignores it meanwhile.

    Some C libraries take an interrupt during their import for an error of their own, and continue.
    The signal is blocked in this thread, which new processes inherit. As the system may deliver it
    to another thread, whose mask is its own, Python's handler is replaced, too. Only the main
    thread is ever interrupted, so in any other one there is nothing to hold back.
    """
    handler = signal.getsignal(signal.SIGINT)
    is_main = threading.current_thread() is threading.main_thread()
    if not is_main or not callable(handler):  # ignored, or not Python's
        yield
        return
    received: list[int] = []

    def remember(number: int, _frame: FrameType | None) -> None:
        received.append(number)

    can_block = hasattr(signal, "pthread_sigmask")
    signal.signal(signal.SIGINT, remember)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}) if can_block else set()
    try:
        yield
    finally:
        if can_block:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        signal.signal(signal.SIGINT, handler)
        if received:
            signal.raise_signal(signal.SIGINT)
