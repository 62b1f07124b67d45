"""How far a harvest has come, on stderr: a bar on a terminal, else a line now and then."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from abstool.cli.report import Report
    from abstool.harvesting.harvest import Progress

_EVERY = 30.0  # seconds between lines


def duration(seconds: float) -> str:
    """Return a time as a person says it: 40 s, 12 min, 3 h 05 min."""
    if seconds < 60:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02} min"


def counting(
    addresses: Iterable[str], report: Report, clock: Callable[[], float] = time.monotonic
) -> Iterator[str]:
    """Pass addresses on, and say now and then how many there were."""
    told = clock()
    for number, address in enumerate(addresses, start=1):
        if clock() - told >= _EVERY / 3:
            report.note(f"reading the listing: {number:,} abstracts so far")
            told = clock()
        yield address


@contextmanager
def progress_of(pages: int, report: Report, *, quiet: bool) -> Iterator[Callable[[Progress], None]]:
    """Give the function to call after each page."""
    if quiet or not pages:
        yield lambda _: None
    elif sys.stderr is not None and sys.stderr.isatty():
        with _bar(pages) as show:
            yield show
    else:
        yield lines(report)


def lines(
    report: Report, clock: Callable[[], float] = time.monotonic
) -> Callable[[Progress], None]:
    """Return a function that tells of progress in plain lines, twice a minute."""
    began = told = clock()

    def show(progress: Progress) -> None:
        nonlocal told
        now = clock()
        if now - told < _EVERY or not progress.done:
            return
        told = now
        rate = progress.done / (now - began)
        left = duration((progress.pages - progress.done) / rate)
        report.note(
            f"{progress.done:,} of {progress.pages:,} pages, {rate * 60:.0f} a minute,"
            f" {left} left, {progress.failed:,} failed"
        )

    return show


@contextmanager
def _bar(pages: int) -> Iterator[Callable[[Progress], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[failed]} failed"),
    )
    began = time.monotonic()
    # Twice a second is enough to see, and costs nothing beside a page a second.
    with Bar(*columns, console=Console(stderr=True), refresh_per_second=2) as bar:
        task = bar.add_task("", total=pages, rate="", failed=0)

        def show(progress: Progress) -> None:
            rate = 60 * progress.done / max(time.monotonic() - began, 0.001)
            bar.update(
                task, completed=progress.done, rate=f"{rate:.0f}/min", failed=progress.failed
            )

        yield show
