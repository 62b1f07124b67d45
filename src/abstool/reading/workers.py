"""Work spread over processors: a function and things in, results out, in the order of the things.

The results are those of ``map``. A few things are done here; ``processes`` does many.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator
from itertools import chain, islice
from typing import TypeVar

Thing = TypeVar("Thing")
Result = TypeVar("Result")

FEW = 20  # are done sooner here than a process starts


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
    for following in things:
        from abstool.reading.processes import spread  # noqa: PLC0415 - takes a while to load

        many = chain([following], things)
        yield from spread(function, many, jobs=jobs, lost=lost, size=size, memory=memory)
