"""Show on stderr how a command advances.

For a harvest, this is a bar on a terminal, otherwise occasional lines. For pages whose number is
not known, it is their count, and only on a terminal.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Protocol, TypeVar

from abstool.text import count_of

if TYPE_CHECKING:
    from abstool.cli.report import Report
    from abstool.harvesting.harvest import Progress

_INTERVAL = 30.0  # seconds between lines
_PATIENCE = 1.0  # seconds before pages are counted on a terminal

Page = TypeVar("Page")


class Counted(Protocol):
    """A function that yields pages as they come, and counts them."""

    def __call__(self, pages: Iterable[Page]) -> Iterator[Page]:
        """Yield the pages."""


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
            report.note(f"reading the listing: {count_of(number, 'abstract')} so far")
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


@contextmanager
def counted_pages(*, shown: bool, hidden: bool, noun: str = "pages") -> Iterator[Counted]:
    """Yield the function that counts pages as they come, on stderr if that is a terminal.

    ``hidden`` is for output to stdout, which the count would get into if it is a terminal, too.
    ``noun`` is what is counted, in the plural.
    """
    shown = shown and not (hidden and sys.stdout is not None and sys.stdout.isatty())
    if not shown or sys.stderr is None or not sys.stderr.isatty():
        yield _uncounted
        return
    with ExitStack() as stack:
        advance = _count(stack, _Tally(noun))

        def counted(pages: Iterable[Page]) -> Iterator[Page]:
            for page in pages:
                advance()
                yield page

        yield counted


def _uncounted(pages: Iterable[Page]) -> Iterator[Page]:
    return iter(pages)


class _Tally:
    """A count, whose text is made only when it is shown: many pages come between two times."""

    def __init__(self, noun: str) -> None:
        self.count = 0
        self.started = time.monotonic()
        self._noun = noun

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.started

    def __str__(self) -> str:
        rate = self.count / max(self.seconds, 1e-9)
        return f"{self.count:,} {self._noun}, {rate:,.0f} per second"


def _count(stack: ExitStack, tally: _Tally) -> Callable[[], None]:
    """Return the function that counts a page; the count is removed when the stack is left."""
    from rich.console import Console
    from rich.progress import Progress as Display
    from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.fields[tally]}"), TimeElapsedColumn())
    display = Display(*columns, console=Console(stderr=True), transient=True)
    display.add_task("", tally=tally)

    def advance() -> None:
        tally.count += 1
        if not display.live.is_started and tally.seconds > _PATIENCE:
            stack.enter_context(display)

    return advance
