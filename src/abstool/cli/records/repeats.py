"""Leave out records that are given twice, and URLs that belong to another abstract."""

from collections import deque
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from abstool.cli.records.prepared import AHEAD, Prepared, Waiting
from abstool.cli.records.suspects import Suspects
from abstool.cli.report import Report

if TYPE_CHECKING:
    from abstool.cli.records.comparing import DistinctRecords


def distinct(items: Iterable[Prepared], report: Report, *, as_list: bool) -> Iterator[Prepared]:
    """Yield what was prepared without what was given twice; print how many were.

    In a list of citations, one with the same URL, title and number counts as given twice, too. An
    export can have several entries of a work, since each may have data that the others lack. A URL
    that belongs to another abstract is replaced or left out. So a record whose page may not be at
    its URL waits until some more were read, and so do those after it; all others are yielded as
    they come. One that was yielded before another abstract gave its URL is an error.
    """
    chosen: DistinctRecords | None = None
    suspects: Suspects[Waiting] = Suspects()
    waiting: deque[Waiting] = deque()
    for position, one in enumerate(items):
        record = Waiting(position, one)
        waiting.append(record)
        if found := suspects.add(one, record):
            chosen = chosen or _comparison(report, as_list=as_list)
            for suspect in sorted([*found, record], key=lambda each: each.position):
                chosen.compare(suspect)
            chosen.check(record)
        while waiting and (waiting[0].has_its_url or len(waiting) > AHEAD):
            yield from _kept(waiting.popleft(), chosen)
    for record in waiting:
        yield from _kept(record, chosen)
    if chosen is not None:
        chosen.note()


def _comparison(report: Report, *, as_list: bool) -> "DistinctRecords":
    from abstool.cli.records.comparing import DistinctRecords  # most lists need none

    return DistinctRecords(report, as_list=as_list)


def _kept(record: Waiting, chosen: "DistinctRecords | None") -> Iterator[Prepared]:
    """Yield a record unless it is given twice, with the URL that is its own."""
    record.is_done = True
    if chosen is None or not record.is_compared:
        yield record.one
    else:
        yield from chosen.kept(record)
