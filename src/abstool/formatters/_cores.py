"""A long list of work, shared out to the processors.

In: a function and a list of things. Out: its result for each, in order, just as one process would
give them, errors included: what another process did not do, this one does.
"""

from __future__ import annotations

import gc
import marshal
import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn, TypeVar

Thing = TypeVar("Thing")
Result = TypeVar("Result")

LEAST = 1500  # things that are worth a process, which copies what of them it looks at
_LENGTH = 8  # bytes that say how many follow


def spread(
    function: Callable[[Thing], Result], things: Sequence[Thing], learnt: dict[Any, Any]
) -> list[Result]:
    """Return ``function`` of each thing.

    ``learnt`` is what the function keeps of the things it has seen. A process that learnt
    otherwise than from an earlier thing has worked in vain.
    """
    count = min(processors(), len(things) // LEAST)
    if count < 2:
        return [function(thing) for thing in things]
    size = -(-len(things) // count)
    shares = [things[start : start + size] for start in range(0, len(things), size)]
    forks: list[_Fork] = []
    try:
        with suppress(OSError):  # no process to be had: this one does what is left
            for share in shares[1:]:
                forks.append(_Fork(function, share, learnt))  # noqa: PERF401 - keeps the first
        results = [function(thing) for thing in shares[0]]
        for place, share in enumerate(shares[1:]):
            done = forks[place].results(learnt) if place < len(forks) else None
            results += [function(thing) for thing in share] if done is None else done
    finally:
        for fork in forks:
            fork.end()
    return results


def processors() -> int:
    """Return how many processors may work at once: one where forking is not safe.

    The fork of a process with threads may wait for ever for what they hold. Only Linux tells
    whether there are any, those of C libraries included.
    """
    if sys.platform != "linux" or len(list(Path("/proc/self/task").iterdir())) > 1:
        return 1
    return len(os.sched_getaffinity(0))


class _Fork:
    """A process that does a share of the work and sends the results back."""

    def __init__(
        self, function: Callable[[Any], Any], share: Sequence[Any], learnt: dict[Any, Any]
    ) -> None:
        self._pipe, writing = os.pipe()
        try:
            self._process = os.fork()
        except OSError:
            os.close(self._pipe)
            os.close(writing)
            raise
        if not self._process:
            _work(function, share, learnt, writing)
        os.close(writing)

    def results(self, learnt: dict[Any, Any]) -> list[Any] | None:
        """Wait for the results, and learn what was learnt; return None where they do not hold."""
        with open(self._pipe, "rb", closefd=False) as pipe:
            data = pipe.read()
        if len(data) < _LENGTH or len(data) - _LENGTH != int.from_bytes(data[:_LENGTH]):
            return None
        results: list[Any]
        results, found = marshal.loads(data[_LENGTH:])  # noqa: S302 - this program's own
        if any(learnt.get(name, value) != value for name, value in found.items()):
            return None
        learnt.update(found)
        return results

    def end(self) -> None:
        """End the process, in the middle of its work if need be."""
        os.close(self._pipe)
        with suppress(ProcessLookupError, ChildProcessError):
            os.kill(self._process, signal.SIGKILL)
            os.waitpid(self._process, 0)


def _work(
    function: Callable[[Any], Any], share: Sequence[Any], learnt: dict[Any, Any], writing: int
) -> NoReturn:
    """Do a share and end; whatever goes wrong is for the parent to find, in its turn."""
    try:
        gc.disable()  # it would touch all that the parent holds, and have it copied
        data = marshal.dumps(([function(thing) for thing in share], learnt))
        with open(writing, "wb") as pipe:
            pipe.write(len(data).to_bytes(_LENGTH))
            pipe.write(data)
    finally:
        os._exit(0)
