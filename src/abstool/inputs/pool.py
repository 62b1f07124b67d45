"""Run a function on many tasks in worker processes, with the results in order.

Only a window of the tasks is held in memory, however many there are. A worker that crashes or takes
too long costs the result of the task at fault, and no other.

Each worker has a pipe of its own, whose other end no other process holds, and the parent has no
threads: whenever a worker dies, in the middle of a message too, its pipe ends and the parent
notices. So the pool can be ended at any moment.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnContext
from multiprocessing.reduction import ForkingPickler
from typing import Any, Generic, TypeVar

from abstool.inputs.processes import serve_parent, starting
from abstool.interrupts import held_back

Task = TypeVar("Task")
Result = TypeVar("Result")

CRASHED = "crashed"
TOO_SLOW = "took too long"

BATCH = 16  # tasks sent to a worker at a time, since sending costs as much as parsing a small page
AHEAD = 3  # batches in the window per worker
_MAX_WORKERS = 61 if sys.platform == "win32" else 1024  # that the system can wait for
_MAX_FAILED_STARTS = 20  # of workers in a row, until tasks are given up
_PATIENCE = 120.0  # seconds a worker may take for a batch; a page of 20 MB takes a few


def map_in_order(
    function: Callable[[Task], Result],
    tasks: Iterator[Task],
    *,
    jobs: int,
    on_failure: Callable[[Task, str], Result],
    size: Callable[[Task], int],
    memory: int,
    patience: float = _PATIENCE,
) -> Generator[Result]:
    """Yield ``function(task)`` for each task, computed by ``jobs`` workers, or one per CPU if 0.

    The function, the tasks and the results must pickle. ``on_failure`` returns the result of a task
    that took more than ``patience`` seconds in its batch and alone, or at which a worker crashed in
    its batch and twice alone: the system may have killed the first two for the memory of others. It
    takes the task and the reason, CRASHED or TOO_SLOW. Tasks are read ahead as long as
    the sum of their ``size`` is at most ``memory``. Close the generator to end the workers at once.
    """
    jobs = min(jobs or _cpu_count(), _MAX_WORKERS)
    with _workers(function, on_failure, jobs, patience) as pool:
        window: deque[_Batch[Task, Result]] = deque()
        weight = 0
        for batch in _batches(tasks, size, memory // (AHEAD * jobs)):
            while window and (len(window) >= AHEAD * jobs or weight + batch.weight > memory):
                weight -= window[0].weight
                yield from pool.results_of(window.popleft())
            window.append(batch)
            weight += batch.weight
            pool.add(batch)
            while window and window[0].is_done:
                weight -= window[0].weight
                yield from pool.results_of(window.popleft())
        for batch in window:
            yield from pool.results_of(batch)


@dataclass
class _Batch(Generic[Task, Result]):
    """Tasks with the sum of their sizes, and their results by the index of the task."""

    tasks: list[Task]
    weight: int
    results: dict[int, Result] = field(default_factory=dict)

    @property
    def is_done(self) -> bool:
        return len(self.results) == len(self.tasks)


@dataclass
class _Chunk(Generic[Task, Result]):
    """What is sent to a worker at a time: a batch, or a single one of its tasks."""

    batch: _Batch[Task, Result]
    indexes: range
    has_crashed_alone: bool = False

    @property
    def tasks(self) -> list[Task]:
        return [self.batch.tasks[index] for index in self.indexes]


def _batches(
    tasks: Iterable[Task], size: Callable[[Task], int], share: int
) -> Iterator[_Batch[Task, Any]]:
    """Yield tasks in batches of at most ``share``, or of a single larger task."""
    batch: list[Task] = []
    weight = 0
    for task in tasks:
        batch.append(task)
        weight += size(task)
        if len(batch) == BATCH or weight >= share:
            yield _Batch(batch, weight)
            batch, weight = [], 0
    if batch:
        yield _Batch(batch, weight)


class _Worker(Generic[Task, Result]):
    """A process that runs the function on chunks, one at a time."""

    def __init__(self, context: SpawnContext, function: Callable[[Task], Result]) -> None:
        self.connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(function, theirs), daemon=True)
        self._process.start()
        theirs.close()
        self.chunk: _Chunk[Task, Result] | None = None
        self.has_started = False
        self.deadline = time.monotonic() + _PATIENCE

    @property
    def is_free(self) -> bool:
        return self.has_started and not self.chunk

    def send(self, chunk: _Chunk[Task, Result], patience: float) -> None:
        """Let the worker begin with a chunk. Raises OSError if it has died."""
        self.chunk = chunk
        self.deadline = time.monotonic() + patience
        self.connection.send(chunk.tasks)

    def receive(self) -> None:
        """Take a message: that the worker has started, or the results of its chunk.

        Raises EOFError or OSError if the worker has died.
        """
        message = self.connection.recv()
        if not self.chunk:
            self.has_started = True
            return
        results, error = message
        if error is not None:
            raise error
        self.chunk.batch.results.update(zip(self.chunk.indexes, results, strict=True))
        self.chunk = None

    def end(self) -> None:
        """End the process, in the middle of its work too."""
        self._process.kill()
        self.connection.close()
        self._process.join()


class _Pool(Generic[Task, Result]):
    """Workers, and the chunks that wait for one."""

    def __init__(
        self,
        function: Callable[[Task], Result],
        on_failure: Callable[[Task, str], Result],
        jobs: int,
        patience: float,
    ) -> None:
        self._function = function
        self._on_failure = on_failure
        self._jobs = jobs
        self._patience = patience
        # A new interpreter on every system: it is not safe to fork a process with threads.
        self._context = multiprocessing.get_context("spawn")
        self._workers: list[_Worker[Task, Result]] = []
        self._waiting: deque[_Chunk[Task, Result]] = deque()
        self._failed_starts = 0

    def start(self) -> None:
        """Start a worker."""
        with starting():
            self._workers.append(_Worker(self._context, self._function))

    def add(self, batch: _Batch[Task, Result]) -> None:
        """Have a batch done as soon as a worker is free."""
        self._waiting.append(_Chunk(batch, range(len(batch.tasks))))
        self._run(timeout=0.0)

    def results_of(self, batch: _Batch[Task, Result]) -> list[Result]:
        """Wait until a batch is done and return its results."""
        while not batch.is_done:
            self._run(timeout=self._patience)
        return [batch.results[index] for index in range(len(batch.tasks))]

    def end(self) -> None:
        """End all workers."""
        with held_back():
            for worker in self._workers:
                worker.end()
            self._workers.clear()

    def _run(self, timeout: float) -> None:
        """Give work to the workers that are free, and take the results that arrive in time."""
        self._give_work()
        busy = [worker for worker in self._workers if not worker.is_free]
        now = time.monotonic()
        first = min((worker.deadline for worker in busy), default=now) - now
        ready = wait([worker.connection for worker in busy], max(0.0, min(first, timeout)))
        now = time.monotonic()
        for worker in busy:
            if worker.connection in ready:
                try:
                    worker.receive()
                    self._failed_starts = 0
                except (EOFError, OSError):
                    self._give_up(worker, CRASHED)
            elif worker.deadline <= now:
                self._give_up(worker, TOO_SLOW)
        self._give_work()

    def _give_work(self) -> None:
        """Give chunks to free workers, and start more workers for what is left."""
        for worker in [worker for worker in self._workers if worker.is_free]:
            if not self._waiting:
                return
            chunk = self._waiting.popleft()
            try:
                worker.send(chunk, self._patience)
            except OSError:  # it died while it was idle, which is not the fault of a task
                self._remove(worker)
                self._waiting.appendleft(chunk)
        starting = sum(not worker.has_started for worker in self._workers)
        missing = min(len(self._waiting) - starting, self._jobs - len(self._workers))
        for _ in range(missing):
            self.start()

    def _remove(self, worker: _Worker[Task, Result]) -> None:
        with held_back():
            worker.end()
            self._workers.remove(worker)

    def _give_up(self, worker: _Worker[Task, Result], reason: str) -> None:
        """End a worker that failed; repeat its chunk task by task, or give up a single task."""
        self._remove(worker)
        chunk = worker.chunk
        if not worker.has_started:
            self._failed_starts += 1
            if self._failed_starts > _MAX_FAILED_STARTS and self._waiting:
                chunk = self._waiting.popleft()
        if not chunk:
            return
        if len(chunk.indexes) > 1:
            alone = [_Chunk(chunk.batch, range(index, index + 1)) for index in chunk.indexes]
            self._waiting.extendleft(reversed(alone))
        elif reason == CRASHED and not chunk.has_crashed_alone:
            chunk.has_crashed_alone = True
            self._waiting.appendleft(chunk)
        else:
            (index,) = chunk.indexes
            chunk.batch.results[index] = self._on_failure(chunk.batch.tasks[index], reason)


@contextmanager
def _workers(
    function: Callable[[Task], Result],
    on_failure: Callable[[Task, str], Result],
    jobs: int,
    patience: float,
) -> Iterator[_Pool[Task, Result]]:
    pool = _Pool(function, on_failure, jobs, patience)
    try:
        yield pool
    finally:
        pool.end()


def _serve(function: Callable[[Task], Result], connection: Connection[Any, Any]) -> None:
    """Run the function on the tasks that arrive."""
    serve_parent()
    with suppress(EOFError, OSError):  # the parent has ended
        connection.send(None)  # the worker has started
        while True:
            tasks = connection.recv()
            try:
                answer = ForkingPickler.dumps(([function(task) for task in tasks], None))
            except Exception as error:  # noqa: BLE001 - raised again in the parent
                answer = ForkingPickler.dumps(([], error))
            connection.send_bytes(answer)


def _cpu_count() -> int:
    """Return the number of CPUs that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
