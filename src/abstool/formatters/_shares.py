"""A long file of records, shared out to the processors: each reads, prepares and renders a share.

In: a file of JSON Lines as abstool prints them. Out: what one process makes of them. Where anything
else is in them, or goes wrong, nothing comes out: one process then finds what, the careful way.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Generator, Iterable
from contextlib import ExitStack
from functools import partial
from io import BytesIO
from itertools import chain, islice, pairwise
from pathlib import Path
from typing import Any

from abstool.encoding import is_plain_utf8
from abstool.formatters._cores import Fork, Talk, processors
from abstool.formatters._keys import unique
from abstool.record import Abstract

LEAST = 2_000_000  # bytes that are worth a process
START = b'{"schema":'

Share = tuple[int, int]  # where it starts and ends in the file
Work = Callable[[Share], Talk]


def entries_of(
    path: str,
    prepare: Callable[[Abstract], dict[str, Any]],
    render: Callable[[list[Any]], Iterable[str]],
) -> tuple[list[bytes], list[list[str]]] | None:
    """Return the entry of each record of a file, and the warnings of each.

    ``prepare`` makes the items, with the ids that records get, and ``render`` their entries.
    """
    shares = _shares_of(path)
    if len(shares) < 2:
        return None

    def work(share: Share) -> Talk:
        items, warnings = [], []
        for record in _records(path, share):
            items.append(prepare(record))
            warnings.append(record.warnings)
        ids = yield [item["id"] for item in items]
        for item, one in zip(items, ids, strict=True):
            item["id"] = one
        yield [entry.encode("utf-8", "replace") for entry in render(items)], warnings

    collects = gc.isenabled()
    gc.disable()  # records are trees: it would look through all of them for circles, in vain
    try:
        results = _shared(work, shares)
    except Exception:  # noqa: BLE001 - see above
        return None
    finally:
        if collects:
            gc.enable()
    entries, warnings = zip(*results, strict=True)
    return list(chain(*entries)), list(chain(*warnings))


def _shares_of(path: str) -> list[Share]:
    """Return the parts of a file, cut between lines, that are worth a process each.

    There is none if the file does not begin with a record.
    """
    try:
        if not Path(path).is_file():
            return []
        with Path(path).open("rb") as file:
            if not file.peek().startswith(START):
                return []
            size = os.fstat(file.fileno()).st_size
            count = min(processors(), size // LEAST)
            cuts = [0]
            for part in range(1, count):
                file.seek(size * part // count)
                file.readline()
                cuts.append(file.tell())
            return list(pairwise([*cuts, size]))
    except (OSError, ValueError):
        return []


def _records(path: str, share: Share) -> Generator[Abstract]:
    start, end = share
    with Path(path).open("rb") as file:
        file.seek(start)
        lines = file.read(end - start)
    if not is_plain_utf8(lines):
        raise ValueError
    for line in BytesIO(lines):
        if not line.isspace():
            record = Abstract.from_json(line) if line.startswith(START) else None
            if record is None:
                raise ValueError
            yield record


def _shared(work: Work, shares: list[Share]) -> list[Any]:
    """Return what work makes of each share, once the ids of all of them are known."""
    with ExitStack() as stack:
        forks = []
        for share in shares[1:]:
            forks.append(Fork(partial(work, share)))
            stack.callback(forks[-1].end)
        own = work(shares[0])
        keys = [next(own), *(fork.receive() for fork in forks)]
        every = unique(chain(*keys))
        ids = [list(islice(every, len(some))) for some in keys]
        for fork, some in zip(forks, ids[1:], strict=True):
            fork.send(some)
        return [own.send(ids[0]), *(fork.receive() for fork in forks)]
