"""Run the queries of the ``search`` command, and print what they find."""

import glob
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from abstool.cli.options.library import library_path
from abstool.cli.options.search import HitsForm
from abstool.cli.output import Output
from abstool.cli.report import Report
from abstool.errors import UnreadableInput, UsageError, printable, reason_of
from abstool.text import count_of, escaped_controls

if TYPE_CHECKING:
    from abstool.library import LibraryFile
    from abstool.library.filters import Filters
    from abstool.searching import Search, Searched, StrategyLine

_LARGEST_STRATEGY = 1_000_000  # bytes
_MIN_WIDTH, _MAX_WIDTH = 40, 100  # columns


def query_of(text: str, *, is_exact: bool) -> "list[StrategyLine]":
    """Return the query on the command line, as a strategy of one line."""
    from abstool.searching import SearchQuery, StrategyLine

    return [StrategyLine(1, text, SearchQuery.read(text, is_exact=is_exact))]


def strategy_in(name: str, *, is_exact: bool) -> "list[StrategyLine]":
    """Return the lines of the strategy in a file. Raises UnreadableInput."""
    from abstool.encoding import to_utf8
    from abstool.searching import read_strategy

    try:
        with open(name, "rb") as file:  # noqa: PTH123 - a Path refuses some names
            data = file.read(_LARGEST_STRATEGY + 1)
    except (OSError, ValueError) as error:  # ValueError: a null character in the name
        problem = f"cannot be read ({reason_of(error)})"
        raise UnreadableInput(name or '""', problem, "check the name") from None
    if len(data) > _LARGEST_STRATEGY:
        raise UnreadableInput(name, "larger than 1 MB", "check that it is a strategy")
    return read_strategy(to_utf8(data, subject=name).decode(), name, is_exact=is_exact)


def check_sources(names: list[str], query: str) -> None:
    """Raise UsageError for words of a query without quotes, where files are expected."""
    words = [name for name in names if not _can_be_source(name)]
    if not words:
        return
    name = words[0]
    if name.startswith("-"):
        raise UsageError(name, "no such file", "put options before --, which ends them")
    quoted = "'" + " ".join([query, *words]).replace("'", "'\\''") + "'"
    raise UsageError(
        name or '""',
        "no such file",
        f"if it belongs to the query, put the whole query in quotes: {quoted}",
    )


def _can_be_source(name: str) -> bool:
    from abstool.inputs.addresses import is_address
    from abstool.inputs.sources import STDIN

    return name == STDIN or is_address(name) or os.path.lexists(name) or glob.has_magic(name)


@dataclass
class SearchRun:
    """What is searched for, and how the hits are printed."""

    lines: "list[StrategyLine]"
    filters: "Filters"
    form: HitsForm
    is_exact: bool
    is_strategy: bool
    counts: dict[str, int] = field(default_factory=dict)  # records by source

    @contextmanager
    def library(
        self, names: list[str], path: str | None, report: Report
    ) -> "Iterator[LibraryFile | None]":
        """Yield the library to search, or one of the sources; None if nothing could be read."""
        from abstool.library import reading, scratch
        from abstool.searching.hits import indexes_needed

        if not names:
            file = library_path(path)
            with reading(file, "search") as found:
                self.counts[str(file)] = found.count()
                yield found
            return
        from abstool.cli.records.reading import records_in

        needed = indexes_needed([line.query for line in self.lines], is_exact=self.is_exact)
        with scratch(needed, "search") as found:
            outcomes = found.add(records_in(names, report, self.counts))
            if repeated := outcomes.same + outcomes.changed:
                repeats = count_of(repeated, "record repeats", "records repeat")
                report.note(f"{repeats} another one; each is searched once")
            yield found if outcomes.new or report.exit_code == 0 else None

    def print(
        self, library: "LibraryFile", out: Output, report: Report, *, is_styled: bool
    ) -> None:
        """Run the queries, and print what they found."""
        from abstool.searching import Search

        search = Search(library, self.filters, is_exact=self.is_exact)
        found = [search.run(line.query, line.number) for line in self.lines]
        report.success()
        last = found[-1]
        limit = 0 if self.form.kind == "--count" else self.form.limit
        positions = search.positions(last, self.form.sort, limit)
        if self.form.kind == "--count":
            out.write(f"{last.count}\n")
        elif self.form.kind == "--lines":
            for one in positions:
                out.write(escaped_controls(library.record(one)) + b"\n")
        elif self.form.kind == "--urls":
            self._print_urls(search, positions, out, report)
        elif self.form.kind == "--json":
            out.write_json(self._report(search, found, positions, library.count()), indent=2)
        elif self.is_strategy:
            out.write(
                "".join(_counted(line, one) for line, one in zip(self.lines, found, strict=True))
            )
        else:
            self._print_list(search, positions, out, is_styled=is_styled)
        self._note(library, last, len(positions), report)

    def _print_urls(
        self, search: "Search", positions: list[int], out: Output, report: Report
    ) -> None:
        urls = search.urls(positions)
        out.write("".join(f"{url}\n" for url in urls if url))
        if missing := urls.count(""):
            report.note(f"{missing:,} of the hits have no URL")

    def _print_list(
        self, search: "Search", positions: list[int], out: Output, *, is_styled: bool
    ) -> None:
        from abstool.cli.records.hits import listing

        columns = shutil.get_terminal_size((_MAX_WIDTH, 24)).columns
        width = min(max(columns, _MIN_WIDTH), _MAX_WIDTH)
        hits = search.hits(positions, [line.query for line in self.lines])
        for text in listing(hits, width=width, styled=is_styled):
            out.write(text)

    def _report(
        self, search: "Search", found: "list[Searched]", positions: list[int], searched: int
    ) -> object:
        from abstool.searching.report import QueryCount, search_report

        queries: list[QueryCount] = []
        for line, one in zip(self.lines, found, strict=True):
            query: QueryCount = {
                "number": line.number,
                "query": line.text,
                "read_as": str(line.query),
                "hits": one.count,
            }
            if line.query.notes:
                query["notes"] = list(line.query.notes)
            queries.append(query)
        hits = search.hits(positions, [line.query for line in self.lines])
        return search_report(
            self.counts,
            searched,
            self.filters,
            queries,
            hits,
            is_exact=self.is_exact,
            sort=self.form.sort,
        )

    def _note(self, library: "LibraryFile", last: "Searched", shown: int, report: Report) -> None:
        """Say how the query was read, and how many abstracts it found."""
        for line in self.lines:
            where = f"line {line.number}: " if self.is_strategy else ""
            for note in line.query.notes:
                report.note(f"{where}{note}")
        if not last.query.steps and not self.filters:
            report.note("the query has no word to search for")
        forms = (
            "words as typed"
            if self.is_exact
            else "words in all their forms (--exact: only as typed)"
        )
        more = ""
        if self.form.kind in ("", "--json") and not self.is_strategy and shown < last.count:
            more = f", the first {shown:,} shown (--limit)"
        report.note(f"searched for {last.query}: {forms}" if last.query.steps else forms)
        report.note(f"{last.count:,} of {count_of(library.count(), 'abstract')}{more}")


def _counted(line: "StrategyLine", found: "Searched") -> str:
    """Return the line of a strategy with its hits, as in the tables of databases."""
    return f"{line.number}\t{found.count}\t{printable(line.text, 2000)}\n"
