"""Delay Ctrl-C while code runs that would lose it."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def held_back() -> Iterator[None]:
    """Delay Ctrl-C until the block has ended, if the system can; child processes inherit the delay.

    Some C libraries mistake an interrupt during their import for an error of their own and swallow
    it.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
