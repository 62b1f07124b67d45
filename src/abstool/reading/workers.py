"""Work spread over processes: a function and things in, results out, in the order of the things.

The results are those of ``map``. Only a window of things is in memory, however many there are; a
process that dies costs the result of the thing that killed it, and no more.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import chain, islice
from threading import Thread
from typing import Generic, TypeVar

Thing = TypeVar("Thing")
Result = TypeVar("Result")

FEW = 20  # are done sooner here than a process starts
_AHEAD = 4  # things in flight for each process
_MOST = 61 if sys.platform == "win32" else 1024  # processes the system can wait for


def cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def in_order(
    function: Callable[[Thing], Result],
    things: Iterator[Thing],
    *,
    jobs: int,
    lost: Callable[[Thing], Result],
    size: Callable[[Thing], int],
    memory: int,
) -> Generator[Result]:
    """Yield ``function`` of each thing, computed by as many processes as ``jobs`` says.

    Function and things have to pickle. ``lost`` gives the result of a thing at which a process
    died twice. Things are read ahead as far as ``memory`` allows, in the unit of ``size``. Close
    the iterator to end the processes at once.
    """
    for thing in things if jobs == 1 else islice(things, FEW):
        yield function(thing)
    first = list(islice(things, 1))
    if not first:
        return
    jobs = min(jobs, _MOST)
    with _processes(jobs) as pool:
        window = _Window(function, lost, size, pool)
        for thing in chain(first, things):
            while window.waiting and (
                len(window.waiting) >= _AHEAD * jobs or window.held + size(thing) > memory
            ):
                yield window.next()
            window.add(thing)
            while window.waiting and window.waiting[0][1].done():
                yield window.next()
        while window.waiting:
            yield window.next()


class _Window(Generic[Thing, Result]):
    """The things in flight, in order, each with its result to come; ``held`` is their size."""

    def __init__(
        self,
        function: Callable[[Thing], Result],
        lost: Callable[[Thing], Result],
        size: Callable[[Thing], int],
        pool: _Pool,
    ) -> None:
        self._function = function
        self._lost = lost
        self._size = size
        self._pool = pool
        self.waiting: deque[tuple[Thing, Future[Result]]] = deque()
        self.held = 0

    def add(self, thing: Thing) -> None:
        self.waiting.append((thing, self._submit(thing)))
        self.held += self._size(thing)

    def next(self) -> Result:
        thing, future = self.waiting.popleft()
        self.held -= self._size(thing)
        try:
            return future.result()
        except BrokenProcessPool:
            pass
        # Any of the things in flight may have killed the process. The first is tried alone.
        self._pool.restart()
        try:
            result = self._submit(thing).result()
        except BrokenProcessPool:
            result = self._lost(thing)
            self._pool.restart()
        for place, (other, its_future) in enumerate(self.waiting):
            if its_future.cancelled() or isinstance(its_future.exception(), BrokenProcessPool):
                self.waiting[place] = (other, self._submit(other))
        return result

    def _submit(self, thing: Thing) -> Future[Result]:
        try:
            return self._pool.submit(self._function, thing)
        except BrokenProcessPool as error:  # it died since
            future: Future[Result] = Future()
            future.set_exception(error)
            return future


class _Pool:
    """Processes that take work, can be started anew, and leave nothing behind."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        # A fresh interpreter on every system: forking a process with threads is not safe.
        self._context = multiprocessing.get_context("spawn")
        self._others = set(multiprocessing.active_children())
        self._executor = self._start()

    def _start(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self._jobs, self._context, initializer=_follow_parent)

    def submit(self, function: Callable[[Thing], Result], thing: Thing) -> Future[Result]:
        """Hand over some work; the process that this may start inherits the blocked Ctrl-C."""
        if not hasattr(signal, "pthread_sigmask"):
            return self._executor.submit(function, thing)
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            return self._executor.submit(function, thing)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def restart(self) -> None:
        self.end()
        self._executor = self._start()

    def end(self) -> None:
        """End the processes, in the middle of their work if need be."""
        for process in set(multiprocessing.active_children()) - self._others:
            process.kill()
        self._executor.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _processes(jobs: int) -> Iterator[_Pool]:
    pool = _Pool(jobs)
    try:
        yield pool
    finally:
        pool.end()


def _follow_parent() -> None:
    """Let a worker leave Ctrl-C to its parent, and end when that ends, however it does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:

        def end_with_parent() -> None:
            parent.join()
            os._exit(1)

        Thread(target=end_with_parent, daemon=True).start()
