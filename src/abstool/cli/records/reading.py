"""Read the records of sources, or records and references of other programs."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeVar

from abstool.errors import UnreadableInput

if TYPE_CHECKING:
    from abstool.cli.report import Report
    from abstool.inputs.json import JsonObject
    from abstool.mapping import RecordLike
    from abstool.record import Abstract

Entry = TypeVar("Entry")


def records_in(
    names: list[str], report: "Report", counts: dict[str, int] | None = None
) -> Iterator["Abstract"]:
    """Yield the records of sources; report what cannot be read, and items of other programs.

    ``counts`` gets the number of records by source.
    """
    from abstool.mapping import record_of

    def record(value: "RecordLike", subject: str) -> "Abstract":
        return record_of(value, subject=subject)

    return _read(names, report, record, {} if counts is None else counts)


def entries_in(names: list[str], report: "Report") -> Iterator["Abstract | JsonObject"]:
    """Yield the records of sources, and the references of other programs as CSL-JSON items."""
    from abstool.mapping import is_record, record_of

    def entry(value: "RecordLike", subject: str) -> "Abstract | JsonObject":
        if is_record(value, subject):
            return record_of(value, subject=subject)
        return dict(value)  # type: ignore[arg-type]  # only a mapping is not a record

    return _read(names, report, entry, {})


def _read(
    names: list[str],
    report: "Report",
    convert: Callable[["RecordLike", str], Entry],
    found: dict[str, int],
) -> Iterator[Entry]:
    from abstool.cli.options.network import page_fetcher
    from abstool.cli.progress import counted_pages
    from abstool.inputs.sources import check_stdin, read_source

    check_stdin(names, report.note)
    with (
        page_fetcher(names) as web,
        counted_pages(shown=not report.is_quiet, hidden=False, noun="records") as counted,
    ):
        for name in names:
            found.setdefault(name, 0)
            for subject, value in report.results(counted(read_source(name, web))):
                try:
                    entry = convert(value, subject)
                except UnreadableInput as error:
                    report.failure(subject, error)
                else:
                    found[name] += 1
                    yield entry
