"""Read the records of sources for a command that has no use for references of other programs."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from abstool.errors import UnreadableInput

if TYPE_CHECKING:
    from abstool.cli.report import Report
    from abstool.record import Abstract


def records_in(
    names: list[str], report: "Report", counts: dict[str, int] | None = None
) -> Iterator["Abstract"]:
    """Yield the records of sources; report what cannot be read, and items of other programs.

    ``counts`` gets the number of records by source.
    """
    from abstool.cli.options.network import page_fetcher
    from abstool.cli.progress import counted_pages
    from abstool.inputs.sources import check_stdin, read_source
    from abstool.mapping import record_of

    found = {} if counts is None else counts
    check_stdin(names, report.note)
    with (
        page_fetcher(names) as web,
        counted_pages(shown=not report.is_quiet, hidden=False, noun="records") as counted,
    ):
        for name in names:
            found.setdefault(name, 0)
            for subject, value in report.results(counted(read_source(name, web))):
                try:
                    record = record_of(value, subject=subject)
                except UnreadableInput as error:
                    report.failure(subject, error)
                else:
                    found[name] += 1
                    yield record
