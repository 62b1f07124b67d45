"""Many things worked on by processes: a function and things in, results out, in their order.

Only a window of things is in memory, however many there are; a process that dies costs the result
of the thing that killed it, and no more.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from threading import Thread
from typing import Generic, TypeVar

from abstool.interrupts import held_back

Thing = TypeVar("Thing")
Result = TypeVar("Result")

BATCH = 16  # things that go to a process at a time: each way there costs as much as a small page
AHEAD = 3  # batches in flight for each process
_MOST = 61 if sys.platform == "win32" else 1024  # processes the system can wait for


def in_order(
    function: Callable[[Thing], Result],
    things: Iterator[Thing],
    *,
    jobs: int,
    lost: Callable[[Thing], Result],
    size: Callable[[Thing], int],
    memory: int,
) -> Generator[Result]:
    """Yield ``function`` of each thing, computed by ``jobs`` processes, or one per CPU if 0.

    Function and things have to pickle. ``lost`` gives the result of a thing at which a process
    died twice. Things are read ahead as far as ``memory`` allows, in the unit of ``size``. Close
    the iterator to end the processes at once.
    """
    jobs = min(jobs or _cores(), _MOST)
    with _processes(jobs) as pool:
        window = _Window(function, lost, pool)
        share = memory // (AHEAD * jobs)
        for batch, weight in _batches(things, size, share):
            while window.waiting and (
                len(window.waiting) >= AHEAD * jobs or window.held + weight > memory
            ):
                yield from window.next()
            window.add(batch, weight)
            while window.waiting and window.waiting[0].results.done():
                yield from window.next()
        while window.waiting:
            yield from window.next()


def _batches(
    things: Iterable[Thing], size: Callable[[Thing], int], share: int
) -> Iterator[tuple[list[Thing], int]]:
    """Yield things in batches, each with its size; one thing may be larger than the ``share``."""
    batch: list[Thing] = []
    weight = 0
    for thing in things:
        batch.append(thing)
        weight += size(thing)
        if len(batch) == BATCH or weight >= share:
            yield batch, weight
            batch, weight = [], 0
    if batch:
        yield batch, weight


def _all(function: Callable[[Thing], Result], batch: list[Thing]) -> list[Result]:
    return [function(thing) for thing in batch]


@dataclass
class _InFlight(Generic[Thing, Result]):
    """A batch on its way, its size, and its results to come."""

    batch: list[Thing]
    weight: int
    results: Future[list[Result]]


class _Window(Generic[Thing, Result]):
    """The batches in flight, in order; ``held`` is their size."""

    def __init__(
        self, function: Callable[[Thing], Result], lost: Callable[[Thing], Result], pool: _Pool
    ) -> None:
        self._function = function
        self._lost = lost
        self._pool = pool
        self.waiting: deque[_InFlight[Thing, Result]] = deque()
        self.held = 0

    def add(self, batch: list[Thing], weight: int) -> None:
        self.waiting.append(_InFlight(batch, weight, self._submit(batch)))
        self.held += weight

    def next(self) -> list[Result]:
        first = self.waiting.popleft()
        self.held -= first.weight
        try:
            return first.results.result()
        except BrokenProcessPool:
            pass
        # Any of the things in flight may have killed the process. The first are tried alone.
        self._pool.restart()
        results = [self._alone(thing) for thing in first.batch]
        for other in self.waiting:
            if other.results.cancelled() or isinstance(
                other.results.exception(), BrokenProcessPool
            ):
                other.results = self._submit(other.batch)
        return results

    def _alone(self, thing: Thing) -> Result:
        try:
            return self._submit([thing]).result()[0]
        except BrokenProcessPool:
            self._pool.restart()
            return self._lost(thing)

    def _submit(self, batch: list[Thing]) -> Future[list[Result]]:
        try:
            return self._pool.submit(partial(_all, self._function), batch)
        except BrokenProcessPool as error:  # it died since
            future: Future[list[Result]] = Future()
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
        with held_back():
            return self._executor.submit(function, thing)

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


def _cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
