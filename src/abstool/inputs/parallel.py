"""Run a function on a few tasks in this process, and on all others in worker processes."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterator
from itertools import chain
from typing import TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")


def map_in_order(
    function: Callable[[Task], Result],
    tasks: Iterator[Task],
    *,
    few: int,
    meanwhile: int,
    jobs: int,
    on_failure: Callable[[Task, str], Result],
    size: Callable[[Task], int],
    memory: int,
    at_once: int,
) -> Generator[Result]:
    """Yield ``function(task)`` for each task; without more than ``few``, all are computed here.

    So many are read before the first is computed, as far as ``memory`` allows. For the other
    arguments, see ``pool.map_in_order``. Close the generator to end the processes at once.
    """
    first: deque[Task] = deque()
    weight = 0
    for task in tasks:
        first.append(task)
        weight += size(task)
        if len(first) > few or weight > memory:
            break
    else:
        yield from map(function, _drained(first))
        return
    from abstool.inputs import pool  # noqa: PLC0415 - few inputs have so many tasks

    yield from pool.map_in_order(
        function,
        chain(_drained(first), tasks),
        meanwhile=meanwhile,
        jobs=jobs,
        on_failure=on_failure,
        size=size,
        memory=memory,
        at_once=at_once,
    )


def _drained(tasks: deque[Task]) -> Iterator[Task]:
    """Yield tasks, and keep none of them."""
    while tasks:
        yield tasks.popleft()
