"""A long file of records, shared out to the processors: each reads, prepares and renders a share.

In: a file of JSON Lines as abstool prints them. Out: what one process makes of them. Where anything
else is in them, or goes wrong, nothing comes out: one process then finds what, the careful way.
"""

from __future__ import annotations

import gc
import marshal
import os
import signal
from collections.abc import Callable, Generator, Iterable
from contextlib import ExitStack, suppress
from io import BytesIO
from itertools import chain, islice, pairwise
from pathlib import Path
from typing import Any, NoReturn

from abstool.encoding import is_plain_utf8
from abstool.formatters._cores import processors
from abstool.formatters._keys import unique
from abstool.record import Abstract

LEAST = 2_000_000  # bytes that are worth a process
START = b'{"schema":'

Work = Callable[[bytes], Generator[Any, Any, None]]


def entries_of(
    path: str,
    prepare: Callable[[Abstract], dict[str, Any]],
    render: Callable[[list[Any]], Iterable[str]],
) -> tuple[list[bytes], list[list[str]]] | None:
    """Return the entry of each record of a file, and the warnings of each.

    ``prepare`` makes the items, with the ids that records get, and ``render`` their entries.
    """
    lines = _lines_of(path)
    count = min(processors(), len(lines) // LEAST)
    if count < 2:
        return None

    def work(share: bytes) -> Generator[Any, Any, None]:
        items, warnings = [], []
        for record in _records(share):
            items.append(prepare(record))
            warnings.append(record.warnings)
        ids = yield [item["id"] for item in items]
        for item, one in zip(items, ids, strict=True):
            item["id"] = one
        yield [entry.encode("utf-8", "replace") for entry in render(items)], warnings

    collects = gc.isenabled()
    gc.disable()  # records are trees: it would look through all of them for circles, in vain
    try:
        results = _shared(work, _cut(lines, count))
    except Exception:  # noqa: BLE001 - see above
        return None
    finally:
        if collects:
            gc.enable()
    entries, warnings = zip(*results, strict=True)
    return list(chain(*entries)), list(chain(*warnings))


def _lines_of(path: str) -> bytes:
    """Return what a file holds if it begins with a record; nothing of any other."""
    try:
        if Path(path).is_file():
            with Path(path).open("rb") as file:
                return file.read() if file.peek().startswith(START) else b""
    except (OSError, ValueError):
        pass
    return b""


def _records(lines: bytes) -> Generator[Abstract]:
    if not is_plain_utf8(lines):
        raise ValueError
    for line in BytesIO(lines):
        if not line.isspace():
            record = Abstract.from_json(line) if line.startswith(START) else None
            if record is None:
                raise ValueError
            yield record


def _cut(lines: bytes, count: int) -> list[bytes]:
    """Return as many shares of about the same length, cut between lines."""
    ends = [lines.find(b"\n", len(lines) * part // count) + 1 for part in range(1, count)]
    cuts = [0, *(end or len(lines) for end in ends), len(lines)]
    return [lines[start:end] for start, end in pairwise(cuts)]


def _shared(work: Work, shares: list[bytes]) -> list[Any]:
    """Return what work makes of each share, once the ids of all of them are known."""
    with ExitStack() as stack:
        forks = []
        for share in shares[1:]:
            forks.append(_Fork(work, share))
            stack.callback(forks[-1].end)
        own = work(shares[0])
        keys = [next(own), *(fork.receive() for fork in forks)]
        every = unique(chain(*keys))
        ids = [list(islice(every, len(some))) for some in keys]
        for fork, some in zip(forks, ids[1:], strict=True):
            fork.send(some)
        return [own.send(ids[0]), *(fork.receive() for fork in forks)]


class _Fork:
    """A process that works on a share: it sends keys, is sent ids, and sends the result."""

    def __init__(self, work: Work, share: bytes) -> None:
        from_child, to_parent = os.pipe()
        from_parent, to_child = os.pipe()
        self._process = os.fork()
        if not self._process:
            _serve(work, share, from_parent, to_parent)
        os.close(from_parent)
        os.close(to_parent)
        self._incoming, self._outgoing = os.fdopen(from_child, "rb"), os.fdopen(to_child, "wb")

    def receive(self) -> Any:
        """Wait for what the process sends; raises EOFError where it has ended instead."""
        return marshal.load(self._incoming)  # noqa: S302 - this program's own

    def send(self, data: Any) -> None:
        marshal.dump(data, self._outgoing)
        self._outgoing.flush()

    def end(self) -> None:
        """End the process, in the middle of its work if need be."""
        with suppress(ProcessLookupError, ChildProcessError):
            os.kill(self._process, signal.SIGKILL)
            os.waitpid(self._process, 0)
        self._incoming.close()
        with suppress(OSError):
            self._outgoing.close()


def _serve(work: Work, share: bytes, reading: int, writing: int) -> NoReturn:
    """Do a share and end; whatever goes wrong is for the parent to find, in its turn."""
    try:
        with os.fdopen(reading, "rb") as incoming, os.fdopen(writing, "wb") as outgoing:
            steps = work(share)
            marshal.dump(next(steps), outgoing)
            outgoing.flush()
            marshal.dump(steps.send(marshal.load(incoming)), outgoing)  # noqa: S302
    finally:
        os._exit(0)
