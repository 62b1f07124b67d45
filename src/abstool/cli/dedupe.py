"""The ``dedupe`` command: print each work once."""

from contextlib import ExitStack
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from abstool.cli.cite_options import style_names
from abstool.cli.options import OutputFile, Quiet
from abstool.cli.output import opened
from abstool.cli.report import Report
from abstool.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from abstool.citing.targets import Target
    from abstool.inputs.json import JsonObject
    from abstool.inputs.outcome import Outcome
    from abstool.item import Item
    from abstool.matching.duplicates import Repeat
    from abstool.record import Abstract

EXAMPLES = """\
abstool dedupe pubmed.ris embase.ris --output unique.ris
abstool dedupe new.ris --against library.ris --report prisma.json
abstool dedupe january.jsonl june.jsonl | abstool cite
"""

# The format of an export for each form of input; those that abstool does not write become RIS,
# which keeps most of their fields.
_FORMATS = {"": "csljson", "bibtex": "bibtex", "csv": "csv"}
_FALLBACK = "ris"


class Compared(NamedTuple):
    """An entry as it was read, and what it is compared by."""

    content: "Abstract | JsonObject"
    item: "Item"
    form: str  # of references; "" for JSON
    is_record: bool


def dedupe(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SOURCE",
            help="Records, references or saved pages. [default: standard input]",
            show_default=False,
        ),
    ] = None,
    *,
    against: Annotated[
        str,
        typer.Option(
            metavar="LIBRARY",
            help="Also leave out what is in LIBRARY, which is not printed.",
            show_default=False,
        ),
    ] = "",
    report_file: Annotated[
        str,
        typer.Option(
            "--report",
            metavar="FILE",
            help="Write the sources, duplicates and counts to FILE as JSON, for PRISMA.",
            show_default=False,
        ),
    ] = "",
    style: Annotated[
        str | None,
        typer.Option(
            "--style",
            "-s",
            metavar="STYLE",
            help="Format or citation style. [default: JSON Lines for records, or else the format"
            " of the first source]",
            autocompletion=style_names,
            show_default=False,
        ),
    ] = None,
    output: OutputFile = "-",
    quiet: Quiet = False,
) -> int:
    """Print each work once, and say which entries repeat one.

    Two entries are one work if they have the same DOI, PubMed ID, or URL with the same title, or
    the same title, year and first author. The first one is kept. Titles that differ in a number, a
    Greek letter or an abbreviation are different works, and so are abstracts with different
    numbers.
    """
    from abstool.cli.network import page_fetcher
    from abstool.inputs.sources import STDIN, check_stdin, read_source

    names = sources or [STDIN]
    library = [against] if against else []
    if report_file == output == "-":
        raise UsageError("--report", "cannot be standard output as well", "use a file")
    target = _resolved(style) if style else None
    report = Report(quiet=quiet)
    check_stdin([*library, *names], report.note)
    with ExitStack() as stack:
        out = stack.enter_context(opened(output))
        log = stack.enter_context(opened(report_file)) if report_file else None
        fetch = stack.enter_context(page_fetcher([*library, *names]))
        works = _Works(report)
        for name in library:
            works.add_library(name, read_source(name, fetch))
        for name in names:
            works.add(name, read_source(name, fetch))
        if not works.entries:
            return report.exit_code
        target = target or _resolved(works.format)
        out.write(_written(works.unique, target, report))
        if log:
            log.write_json(works.to_dict(), indent=2)
        works.note_counts()
    return report.exit_code


def _resolved(style: str) -> "Target[Any]":
    from abstool.citing.targets import resolve
    from abstool.styles.options import Options

    return resolve(style, Options())


class _Works:
    """The entries read, without those that repeat an earlier one."""

    def __init__(self, report: Report) -> None:
        from abstool.matching.duplicates import Duplicates

        self._report = report
        self._found = Duplicates()
        self._subjects: list[str] = []  # by position
        self._library: list[dict[str, object]] = []
        self._sources: list[dict[str, object]] = []
        self._duplicates: list[dict[str, str]] = []
        self._kept: list[tuple[str, Compared]] = []
        self._form: str | None = None  # of the first source with references
        self.entries = 0

    @property
    def unique(self) -> "list[tuple[str, Abstract | JsonObject]]":
        """The entries to print, with their subjects."""
        return [(subject, compared.content) for subject, compared in self._kept]

    @property
    def format(self) -> str:
        """The name of the format that suits the sources."""
        if self._form is None:
            return "jsonl"
        return _FORMATS.get(self._form, _FALLBACK)

    def add_library(self, name: str, outcomes: "Iterable[Outcome[Abstract | JsonObject]]") -> None:
        """Add entries that are not printed."""
        count = sum(1 for _ in self._read(outcomes))
        self._library.append({"name": name, "entries": count})

    def add(self, name: str, outcomes: "Iterable[Outcome[Abstract | JsonObject]]") -> None:
        """Add the entries of a source."""
        count = 0
        for subject, compared, repeat in self._read(outcomes):
            count += 1
            if self._form is None and not compared.is_record:
                self._form = compared.form
            if repeat is None:
                self._kept.append((subject, compared))
                continue
            first = self._subjects[repeat.kept]
            self._report.note(f"{subject}: skipped, repeats {first} ({repeat.reason})")
            self._duplicates.append({"kept": first, "dropped": subject, "reason": repeat.reason})
        self.entries += count
        self._sources.append({"name": name, "entries": count})

    def _read(
        self, outcomes: "Iterable[Outcome[Abstract | JsonObject]]"
    ) -> "Iterator[tuple[str, Compared, Repeat | None]]":
        for subject, compared in self._report.results(map(_compared, outcomes)):
            self._report.success()
            self._subjects.append(subject)
            yield subject, compared, self._found.add(compared.item)

    def to_dict(self) -> dict[str, object]:
        """Return the counts and the duplicates as JSON data."""
        data: dict[str, object] = {"sources": self._sources}
        if self._library:
            data["against"] = self._library
        counts = {
            "entries": self.entries,
            "duplicates": len(self._duplicates),
            "unique": len(self._kept),
        }
        return {**data, "duplicates": self._duplicates, "counts": counts}

    def note_counts(self) -> None:
        """Print the counts, and how many entries may be wrong."""
        if count := self._found.contradicted:
            self._report.note(
                f"entries with the DOI or PubMed ID of another, but a different title or number:"
                f" {count:,}; they were kept"
            )
        self._report.note(
            f"{self.entries:,} entries, {len(self._duplicates):,} duplicates,"
            f" {len(self._kept):,} unique"
        )


def _compared(outcome: "Outcome[Abstract | JsonObject]") -> "Outcome[Compared]":
    from abstool.mapping import is_record, item_of

    def compared(content: "Abstract | JsonObject", subject: str) -> Compared:
        item = item_of(content, subject=subject)
        return Compared(content, item, outcome.form, is_record(content))

    return outcome.then(compared)


def _written(
    entries: "list[tuple[str, Abstract | JsonObject]]", target: "Target[Any]", report: Report
) -> bytes:
    """Return a file with the entries; report those that the target cannot write."""
    from abstool.inputs.outcome import Outcome

    outcomes: Iterator[Outcome[Abstract | JsonObject]] = (
        Outcome(subject, content) for subject, content in entries
    )
    prepare: Callable[[Abstract | JsonObject, str], Abstract | Item] = target.prepare
    ready = (outcome.then(prepare) for outcome in outcomes)
    prepared = list(report.results(ready))
    subjects = [subject for subject, _ in prepared]
    contents = [content for _, content in prepared]
    return target.write(contents, lambda index, error: report.failure(subjects[index], error))
