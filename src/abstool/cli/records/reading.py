"""Read the records of sources, or records and references of other programs."""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

from abstool.errors import UnreadableInput
from abstool.text import count_of

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


class Distinct:
    """Records without those that say the same as one before, which are counted."""

    def __init__(self, records: Iterable["Abstract"]) -> None:
        self._records = records
        self.repeated = 0

    def __iter__(self) -> Iterator["Abstract"]:
        from abstool.library.rows import digest_of

        known: set[bytes] = set()
        for record in self._records:
            digest = digest_of(record)
            if digest in known:
                self.repeated += 1
            else:
                known.add(digest)
                yield record

    def note(self, report: "Report") -> None:
        """Say how many records were left out."""
        if self.repeated:
            repeats = count_of(self.repeated, "record repeats", "records repeat")
            report.note(f"{repeats} another one; each is counted once")


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
