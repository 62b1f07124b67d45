"""Run a function on a few tasks in this process, and on all others in worker processes."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from itertools import chain, islice
from typing import TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")


def map_in_order(
    function: Callable[[Task], Result],
    tasks: Iterator[Task],
    *,
    few: int,
    jobs: int,
    on_failure: Callable[[Task, str], Result],
    size: Callable[[Task], int],
    memory: int,
    meanwhile: int = 0,
) -> Generator[Result]:
    """Yield ``function(task)`` for each task, the first ``few`` of them computed in this process.

    For the other arguments, see ``pool.map_in_order``. Close the generator to end the processes at
    once.
    """
    yield from map(function, islice(tasks, few))
    if (following := next(tasks, None)) is None:
        return
    from abstool.inputs import pool  # noqa: PLC0415 - few inputs have so many tasks

    rest = chain([following], tasks)
    yield from pool.map_in_order(
        function,
        rest,
        jobs=jobs,
        on_failure=on_failure,
        size=size,
        memory=memory,
        meanwhile=meanwhile,
    )
