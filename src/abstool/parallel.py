"""Run a function on many tasks in a pool of processes, with the results in order.

Only a window of the tasks is held in memory, however many there are. If a process crashes, only the
result of the task that crashed it is lost.
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

Task = TypeVar("Task")
Result = TypeVar("Result")

BATCH = 16  # tasks sent to a process at a time, since sending costs as much as parsing a small page
AHEAD = 3  # batches in flight per process
_MAX_PROCESSES = 61 if sys.platform == "win32" else 1024  # that the system can wait for


def map_in_order(
    function: Callable[[Task], Result],
    tasks: Iterator[Task],
    *,
    jobs: int,
    on_crash: Callable[[Task], Result],
    size: Callable[[Task], int],
    memory: int,
) -> Generator[Result]:
    """Yield ``function(task)`` for each task, computed by ``jobs`` processes, or one per CPU if 0.

    The function, the tasks and the results must be picklable. ``on_crash`` returns the result of a
    task during which a process crashed twice. Tasks are read ahead as long as the sum of their
    ``size`` is at most ``memory``. Close the generator to end the processes at once.
    """
    jobs = min(jobs or _cpu_count(), _MAX_PROCESSES)
    with _processes(jobs) as pool:
        window = _Window(function, on_crash, pool)
        share = memory // (AHEAD * jobs)
        for batch, weight in _batches(tasks, size, share):
            while window.waiting and (
                len(window.waiting) >= AHEAD * jobs or window.weight + weight > memory
            ):
                yield from window.next()
            window.add(batch, weight)
            while window.waiting and window.waiting[0].results.done():
                yield from window.next()
        while window.waiting:
            yield from window.next()


def _batches(
    tasks: Iterable[Task], size: Callable[[Task], int], share: int
) -> Iterator[tuple[list[Task], int]]:
    """Yield tasks in batches, each with its size, at most ``share`` unless one task is larger."""
    batch: list[Task] = []
    weight = 0
    for task in tasks:
        batch.append(task)
        weight += size(task)
        if len(batch) == BATCH or weight >= share:
            yield batch, weight
            batch, weight = [], 0
    if batch:
        yield batch, weight


def _run_batch(function: Callable[[Task], Result], batch: list[Task]) -> list[Result]:
    return [function(task) for task in batch]


@dataclass
class _Batch(Generic[Task, Result]):
    """A batch in flight, with its size and its future results."""

    tasks: list[Task]
    weight: int
    results: Future[list[Result]]


class _Window(Generic[Task, Result]):
    """The batches in flight, in order; ``weight`` is the sum of their sizes."""

    def __init__(
        self, function: Callable[[Task], Result], on_crash: Callable[[Task], Result], pool: _Pool
    ) -> None:
        self._function = function
        self._on_crash = on_crash
        self._pool = pool
        self.waiting: deque[_Batch[Task, Result]] = deque()
        self.weight = 0

    def add(self, tasks: list[Task], weight: int) -> None:
        self.waiting.append(_Batch(tasks, weight, self._submit(tasks)))
        self.weight += weight

    def next(self) -> list[Result]:
        """Remove the first batch and return its results."""
        first = self.waiting.popleft()
        self.weight -= first.weight
        try:
            return first.results.result()
        except BrokenProcessPool:
            pass
        # Any task in flight may have crashed the process. Run those of the first batch alone.
        self._pool.restart()
        results = [self._run_alone(task) for task in first.tasks]
        for other in self.waiting:
            if other.results.cancelled() or isinstance(
                other.results.exception(), BrokenProcessPool
            ):
                other.results = self._submit(other.tasks)
        return results

    def _run_alone(self, task: Task) -> Result:
        try:
            return self._submit([task]).result()[0]
        except BrokenProcessPool:
            self._pool.restart()
            return self._on_crash(task)

    def _submit(self, tasks: list[Task]) -> Future[list[Result]]:
        try:
            return self._pool.submit(partial(_run_batch, self._function), tasks)
        except BrokenProcessPool as error:  # a process crashed in the meantime
            future: Future[list[Result]] = Future()
            future.set_exception(error)
            return future


class _Pool:
    """A pool of processes that can be restarted, and that leaves no process behind."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        # A fresh interpreter on every system: forking a process with threads is not safe.
        self._context = multiprocessing.get_context("spawn")
        self._others = set(multiprocessing.active_children())
        self._executor = self._start()

    def _start(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self._jobs, self._context, initializer=_follow_parent)

    def submit(self, function: Callable[[Task], Result], task: Task) -> Future[Result]:
        """Submit a task; a process that starts for it inherits the blocked Ctrl-C."""
        with held_back():
            return self._executor.submit(function, task)

    def restart(self) -> None:
        self.end()
        self._executor = self._start()

    def end(self) -> None:
        """Kill the processes, even while they work."""
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
    """Make a worker ignore Ctrl-C, which its parent handles, and end when its parent does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:

        def end_with_parent() -> None:
            parent.join()
            os._exit(1)

        Thread(target=end_with_parent, daemon=True).start()


def _cpu_count() -> int:
    """Return the number of CPUs that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
