"""Results that another process computes ahead."""

import os
from itertools import islice
from multiprocessing import parent_process
from multiprocessing.context import SpawnProcess
from pathlib import Path

import pytest

from abstool.inputs.ahead import computed_ahead

COUNT, START, FAULT = 300, 5, 200


def numbers(start):
    for number in range(start, COUNT):
        yield number, os.getpid()


def dying(start):
    for number in range(start, COUNT):
        if number == FAULT and parent_process():
            os._exit(1)
        yield number, os.getpid()


def failing(start):
    for number in range(start, COUNT):
        assert number != FAULT or not parent_process()
        yield number, os.getpid()


def not_sendable(start):
    for number in range(start, COUNT):
        yield number, os.getpid() if number != FAULT or not parent_process() else failing(0)


def die(_):
    os._exit(1)


class Deadly:
    """Results that end the process that receives them, and are too long for its pipe."""

    def __reduce__(self):
        return die, (b" " * 10_000_000,)

    def __call__(self, start):
        return numbers(start)


def test_another_process_computes_the_results():
    with computed_ahead(numbers, START) as results:
        found = [*results]
    assert [number for number, _ in found] == [*range(START, COUNT)]
    assert os.getpid() not in {process for _, process in found}


@pytest.mark.parametrize("results", [dying, failing, not_sendable, Deadly()])
def test_what_a_process_cannot_compute_or_send_is_computed_here(results, capfd):
    with computed_ahead(results, START) as found:
        listed = [*found]
    assert [number for number, _ in listed] == [*range(START, COUNT)]
    assert [process for number, process in listed if number >= FAULT] == [os.getpid()] * 100
    assert capfd.readouterr() == ("", "")


def test_without_a_process_all_is_computed_here(monkeypatch):
    def fails(_):
        raise OSError

    monkeypatch.setattr(SpawnProcess, "start", fails)
    with computed_ahead(numbers, START) as found:
        assert [*found] == [(number, os.getpid()) for number in range(START, COUNT)]


def children():
    return set(Path(f"/proc/self/task/{os.getpid()}/children").read_text("utf-8").split())


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs Linux's /proc")
def test_no_process_is_left_when_the_results_are_no_longer_wanted():
    with computed_ahead(numbers, START) as found:
        assert len([*found]) == COUNT - START  # this leaves Python's own tracker of resources
    before = children()
    with computed_ahead(numbers, START) as found:
        assert len([*islice(found, 3)]) == 3
        assert len(children() - before) == 1
    assert children() == before
