"""Show the progress of a harvest on stderr: a bar on a terminal, otherwise occasional lines."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from abstool.cli.report import Report
    from abstool.harvesting.harvest import Progress

_INTERVAL = 30.0  # seconds between lines


def duration(seconds: float) -> str:
    """Return a duration in words: 40 s, 12 min, 3 h 05 min."""
    if seconds < 60:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02} min"


def counting(urls: Iterable[str], report: Report) -> Iterator[str]:
    """Yield the URLs, and regularly note how many there have been."""
    noted = time.monotonic()
    for number, url in enumerate(urls, start=1):
        if time.monotonic() - noted >= _INTERVAL / 3:
            report.note(f"reading the listing: {number:,} abstracts so far")
            noted = time.monotonic()
        yield url


@contextmanager
def progress_of(pages: int, report: Report, *, quiet: bool) -> Iterator[Callable[[Progress], None]]:
    """Return a context with the function to call after each page."""
    if quiet or not pages:
        yield lambda _: None
    elif sys.stderr is not None and sys.stderr.isatty():
        with _bar(pages) as show:
            yield show
    else:
        yield _lines(report)


def _lines(report: Report) -> Callable[[Progress], None]:
    """Return a function that notes the progress in plain lines, twice a minute."""
    began = noted = time.monotonic()

    def show(progress: Progress) -> None:
        nonlocal noted
        now = time.monotonic()
        if now - noted < _INTERVAL or not progress.done:
            return
        noted = now
        rate = progress.done / (now - began)
        left = duration((progress.pages - progress.done) / rate)
        report.note(
            f"{progress.done:,} of {progress.pages:,} pages, {rate * 60:.0f} per minute,"
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
    # Twice a second is often enough, and costs nothing compared with fetching a page.
    with Bar(*columns, console=Console(stderr=True), refresh_per_second=2) as bar:
        task = bar.add_task("", total=pages, rate="", failed=0)

        def show(progress: Progress) -> None:
            rate = 60 * progress.done / max(time.monotonic() - began, 0.001)
            bar.update(
                task, completed=progress.done, rate=f"{rate:.0f}/min", failed=progress.failed
            )

        yield show
