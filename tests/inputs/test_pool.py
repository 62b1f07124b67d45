"""Tasks in a pool of processes: in order, within a window, and surviving crashes."""

import os
import signal
import time
from contextlib import closing
from pathlib import Path
from pickle import PicklingError

import pytest

from abstool.inputs.pool import AHEAD, BATCH, map_in_order

FEW = 20


def square(number):
    return number * number


def slow_if_even(number):
    time.sleep(0.01 if number % 2 == 0 else 0)
    return number


def deadly(number):
    if number in (FEW + 5, FEW + 6, FEW + 40):
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def work(function, tasks, jobs=2, memory=10**9, size=lambda _: 1, **options):
    return map_in_order(
        function, iter(tasks), jobs=jobs, on_failure=failed, size=size, memory=memory, **options
    )


def failed(task, reason):
    return f"{task} {reason}"


@pytest.mark.parametrize("count", [0, 1, FEW, FEW + 1, FEW + 100])
def test_the_results_are_those_of_map(count):
    expected = list(map(square, range(count)))
    assert list(work(square, range(count), jobs=1)) == expected
    assert list(work(square, range(count), jobs=2)) == expected


def test_results_keep_the_order_of_tasks_whichever_is_done_first():
    assert list(work(slow_if_even, range(FEW + 60))) == list(range(FEW + 60))


def test_tasks_are_read_ahead_only_as_far_as_memory_allows():
    read = []

    def tasks(count=FEW + 60):
        for number in range(count):
            read.append(number)
            yield number

    with closing(work(slow_if_even, tasks(), memory=3)) as results:
        for number in results:
            assert len(read) - number <= 5
    read.clear()
    with closing(work(slow_if_even, tasks(FEW + 40 * BATCH))) as results:
        for number in results:
            assert len(read) - number <= (AHEAD * 2 + 2) * BATCH
    assert len(read) == FEW + 40 * BATCH


def test_a_task_larger_than_the_memory_allowed_is_done_alone():
    results = work(square, range(FEW + 5), memory=1, size=lambda _: 10)
    assert list(results) == [number**2 for number in range(FEW + 5)]


def test_a_process_that_crashes_costs_the_task_that_crashed_it_and_no_other():
    lost = {FEW + 5, FEW + 6, FEW + 40}
    expected = [f"{n} crashed" if n in lost else n for n in range(FEW + 60)]
    assert list(work(deadly, range(FEW + 60))) == expected


def stuck(number):
    while number == FEW + 7:
        signal.pause()
    return number


def test_a_worker_that_takes_too_long_costs_the_task_at_fault_and_no_other():
    expected = [f"{n} took too long" if n == FEW + 7 else n for n in range(FEW + 60)]
    assert list(work(stuck, range(FEW + 60), patience=2)) == expected


def fails_at_import(_):
    raise AssertionError


def unpicklable(number):
    return lambda: number


def test_an_error_in_a_worker_is_raised_here():
    with pytest.raises(AssertionError):
        list(work(fails_at_import, range(3)))
    with pytest.raises((AttributeError, TypeError, PicklingError)):
        list(work(unpicklable, range(3)))


def children():
    return set(Path(f"/proc/self/task/{os.getpid()}/children").read_text("utf-8").split())


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs Linux's /proc")
def test_no_process_is_left_when_the_results_are_no_longer_wanted():
    list(work(square, range(FEW + 1)))  # leaves Python's own tracker of resources
    before = children()
    with closing(work(slow_if_even, range(10_000))) as results:
        for _ in range(FEW + 5):
            next(results)
        assert len(children() - before) == 2
    assert children() == before
