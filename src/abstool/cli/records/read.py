"""Read records, and only records, from files that the user names."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from abstool.cli.report import Report
    from abstool.record import Abstract


def read_records(names: list[str], report: Report) -> Iterator[Abstract]:
    """Yield the records in files; report what cannot be read, and items of other programs."""
    from abstool.cli.options.network import outcomes_of
    from abstool.inputs.options import ReadOptions
    from abstool.mapping import record_of

    with outcomes_of(names, None, ReadOptions(), report, shown=not report.is_quiet) as found:
        outcomes = (one.then(lambda value, name: record_of(value, subject=name)) for one in found)
        for _, record in report.results(outcomes):
            yield record
