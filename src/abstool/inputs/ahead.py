"""Compute the later results of a long input in another process, while this one uses the first.

The process sends its results through a pipe, and waits while that is full, so that few of them are
held in memory.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from multiprocessing.connection import Connection
from threading import Thread
from typing import Any, TypeVar

from abstool.inputs.processes import serve_parent, starting
from abstool.interrupts import held_back

Result = TypeVar("Result")

_AT_ONCE = 64  # results sent together, since each message takes time


@contextmanager
def computed_ahead(
    results: Callable[[int], Iterable[Result]], start: int
) -> Iterator[Iterator[Result]]:
    """Start a process that computes ``results(start)``, and return an iterator over what it sends.

    ``results(n)`` returns the results from the one with index ``n`` on. It must pickle, and so must
    the results. If the process cannot start, dies or meets an error, the rest is computed here.
    """
    context = multiprocessing.get_context("spawn")  # as in ``pool``
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs,), daemon=True)
    with suppress(OSError), starting():
        process.start()
    theirs.close()
    # Not as an argument: the start of a process that dies while it reads a long one never ends.
    # By a thread, since the process takes a long one only when it has started.
    sender = Thread(target=_send, args=(ours, (results, start)), daemon=True)
    sender.start()
    try:
        yield _received(ours, results, start)
    finally:
        with held_back():
            if process.pid is not None:
                process.kill()
                process.join()
            sender.join()
            ours.close()


def _send(connection: Connection[Any, Any], task: object) -> None:
    with suppress(OSError):  # the process has ended
        connection.send(task)


def _received(
    connection: Connection[Any, Any], results: Callable[[int], Iterable[Result]], start: int
) -> Iterator[Result]:
    while True:
        try:
            part: list[Result] = connection.recv()
        except (EOFError, OSError):  # the process has ended too early
            yield from results(start)
            return
        if not part:
            return
        yield from part
        start += len(part)


def _serve(connection: Connection[Any, Any]) -> None:
    serve_parent()
    with suppress(Exception):  # the parent computes the rest, and meets the same error
        results, start = connection.recv()
        found = iter(results(start))
        while part := [*islice(found, _AT_ONCE)]:
            connection.send(part)
        connection.send([])
