"""Start processes that work for this one and end with it; Ctrl-C is for this one alone."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker
from threading import Thread

from abstool.interrupts import held_back


@contextmanager
def starting() -> Iterator[None]:
    """Hold Ctrl-C back while a process starts, which inherits this until it ignores Ctrl-C."""
    if hasattr(signal, "pthread_sigmask"):
        resource_tracker.ensure_running()  # else the first start begins with it, and lets Ctrl-C in
    with held_back():
        yield


def serve_parent() -> None:
    """Leave Ctrl-C to the parent of this process, and end with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent
    parent.join()
    os._exit(1)
