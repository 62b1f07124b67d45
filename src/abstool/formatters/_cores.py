"""Work that is shared out to the processors.

In: a function and a long list of things. Out: its result for each, in order, just as one process
would give them, errors included: what another process did not do, this one does. ``Fork`` is what
other work may be shared out by.
"""

from __future__ import annotations

import gc
import marshal
import os
import signal
import sys
from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from typing import IO, Any, NoReturn, TypeVar

Thing = TypeVar("Thing")
Result = TypeVar("Result")
Talk = Generator[Any, Any, None]

UNHEARD = (EOFError, TypeError, ValueError)  # of what is not there, or cut off
LEAST = 1500  # things that are worth a process, which copies what of them it looks at


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

    def work(share: Sequence[Thing]) -> Talk:
        yield [function(thing) for thing in share], learnt

    forks: list[Fork] = []
    try:
        with suppress(OSError):  # no process to be had: this one does what is left
            for share in shares[1:]:
                forks.append(Fork(partial(work, share)))  # noqa: PERF401 - keeps the first
        results = [function(thing) for thing in shares[0]]
        for place, share in enumerate(shares[1:]):
            done = _results(forks[place], learnt) if place < len(forks) else None
            results += [function(thing) for thing in share] if done is None else done
    finally:
        for fork in forks:
            fork.end()
    return results


def _results(fork: Fork, learnt: dict[Any, Any]) -> list[Any] | None:
    """Return the results of a process, and learn what it learnt; None where they do not hold."""
    results: list[Any]
    try:
        results, found = fork.receive()
    except UNHEARD:
        return None
    if any(learnt.get(name, value) != value for name, value in found.items()):
        return None
    learnt.update(found)
    return results


def processors() -> int:
    """Return how many processors may work at once: one where forking is not safe.

    The fork of a process with threads may wait for ever for what they hold. Only Linux tells
    whether there are any, those of C libraries included.
    """
    if sys.platform != "linux" or len(list(Path("/proc/self/task").iterdir())) > 1:
        return 1
    return len(os.sched_getaffinity(0))


class Fork:
    """A process that works in steps: what it yields is received here, what is sent it is given."""

    def __init__(self, work: Callable[[], Talk]) -> None:
        """Start the work. Raises OSError where there is no process to be had."""
        with ExitStack() as opened:
            heard, telling = _pipe(opened)
            told, saying = _pipe(opened)
            self._process = os.fork()
            if not self._process:
                heard.close()
                saying.close()
                _work(work, told, telling)
            opened.pop_all()
        told.close()
        telling.close()
        self._incoming, self._outgoing = heard, saying

    def receive(self) -> Any:
        """Wait for what the process yields; raises one of UNHEARD where it has ended instead."""
        return marshal.load(self._incoming)  # noqa: S302 - this program's own

    def send(self, data: Any) -> None:
        """Send what the process waits for; raises OSError where it has ended."""
        _send(data, self._outgoing)

    def end(self) -> None:
        """End the process, in the middle of its work if need be."""
        with suppress(ProcessLookupError, ChildProcessError):
            os.kill(self._process, signal.SIGKILL)
            os.waitpid(self._process, 0)
        for pipe in (self._incoming, self._outgoing):
            with suppress(OSError):  # what could not be sent is no longer wanted
                pipe.close()


def _pipe(opened: ExitStack) -> tuple[IO[bytes], IO[bytes]]:
    """Return both ends of a pipe."""
    reading, writing = os.pipe()
    ends = os.fdopen(reading, "rb"), os.fdopen(writing, "wb")
    for end in ends:
        opened.callback(end.close)
    return ends


def _send(data: Any, pipe: IO[bytes]) -> None:
    marshal.dump(data, pipe)
    pipe.flush()


def _work(work: Callable[[], Talk], told: IO[bytes], telling: IO[bytes]) -> NoReturn:
    """Work and end; whatever goes wrong is for the parent to find, in its turn."""
    try:
        gc.disable()  # it would touch all that the parent holds, and have it copied
        steps = work()
        data = next(steps)
        while True:
            _send(data, telling)
            data = steps.send(marshal.load(told))  # noqa: S302 - this program's own
    finally:
        os._exit(0)
