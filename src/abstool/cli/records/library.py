"""The records that ``check`` compares with: those in files, and those of pages that are cited."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Never, TypeVar

from abstool.checking import Library, digest_of, forget_index
from abstool.cli.records.lookups import looked_up
from abstool.config import load
from abstool.errors import UnreadableInput, UsageError
from abstool.inputs.options import DEFAULT, ReadOptions
from abstool.record import Abstract

if TYPE_CHECKING:
    from abstool.cli.report import Report
    from abstool.inputs.outcome import Outcome
    from abstool.manuscripts import Reference

Value = TypeVar("Value")

_LARGE = 1_000_000  # bytes of a file, from which on its index is kept


def library_of(
    names: Sequence[str],
    references: Sequence[Reference],
    options: ReadOptions,
    report: Report,
    *,
    online: bool,
) -> tuple[Library, frozenset[str]]:
    """Return the records in files, in the cache and, if ``online``, on the sites.

    The second value are the URLs that are known to lead nowhere, as ``address.identity`` returns
    them. Without ``online``, nothing is requested. What cannot be read is reported.
    """
    # An index is kept by the content of its file, so that options must not change what is read.
    large = [name for name in names if options == DEFAULT and _is_large(name)]
    small = [name for name in names if name not in large]
    parts = [Library.of(_Records(small, options, report)), *(_kept(name, report) for name in large)]
    found = looked_up(references, Library.joined(parts), report, online=online)
    library = Library.joined([*parts, Library.of(found.records)], found.led_to)
    if not (names or online or found.records):
        report.note("no records to compare with; give them with --records, or use --online")
    return library, frozenset(found.dead)


def _is_large(name: str) -> bool:
    path = Path(name)
    try:
        return path.is_file() and path.stat().st_size >= _LARGE
    except (OSError, ValueError):  # ValueError: a null character in the name
        return False


def _kept(name: str, report: Report) -> Library:
    """Return the records in a large file, whose index is in the cache."""
    records, cache = _Records([name], DEFAULT, report), load().cache
    try:
        digest = digest_of(Path(name))
    except OSError:  # which is reported when it is read
        return Library.of(records)
    library = Library.of(records, cache, digest)
    if records.has_errors:  # they are to be reported each time
        forget_index(cache, digest)
    return library


class _Records:
    """The records in files, read when they are needed; what cannot be read is reported."""

    def __init__(self, names: list[str], options: ReadOptions, report: Report) -> None:
        self._names = names
        self._options = options
        self._report = report
        self.has_errors = False

    def __iter__(self) -> Iterator[Abstract]:
        from abstool.cli.progress import counted_pages
        from abstool.inputs.sources import Web, read_sources
        from abstool.mapping import record_of

        with counted_pages(shown=not self._report.is_quiet, hidden=False) as counted:
            outcomes = counted(read_sources(self._names, [], Web(_refused), self._options))
            for subject, value in self._report.results(map(self._seen, outcomes)):
                try:
                    yield record_of(value, subject=subject)
                except UnreadableInput as error:
                    self.has_errors = True
                    self._report.failure(subject, error)

    def _seen(self, outcome: Outcome[Value]) -> Outcome[Value]:
        self.has_errors |= outcome.error is not None or bool(outcome.warnings)
        return outcome


def _refused(url: str) -> Never:
    raise UsageError(url, "is not a file", "save its record with 'abstool fetch'")
