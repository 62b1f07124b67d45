"""The ``stats`` command: count records by session, country, author and the like."""

from __future__ import annotations

import csv
import io
import sys
from pathlib import PurePath
from typing import TYPE_CHECKING, Annotated

import typer

from abstool.cli.options import OutputFile, Quiet, completing
from abstool.cli.options.pages import RecordSources
from abstool.cli.output import opened
from abstool.cli.report import Report
from abstool.errors import UsageError
from abstool.text import count_of

if TYPE_CHECKING:
    from abstool.facets import FacetCount, FacetCounts

EXAMPLES = """\
abstool stats meeting.jsonl --by country
abstool stats meeting.jsonl --by keyword --limit 50 --csv
abstool stats meeting.jsonl --by day --output days.svg
"""

_TABLE, _JSON, _CSV, _SVG = "table", "json", "csv", "svg"
_FORMS = (_TABLE, _JSON, _CSV, _SVG)
_ENDINGS = {".json": _JSON, ".csv": _CSV, ".svg": _SVG, ".txt": _TABLE}
_SHOWN = 20  # rows of a table or picture
_BY = tuple("session type keyword day year meeting country institution trial author".split())

By = Annotated[
    str,
    typer.Option(
        metavar="PROPERTY",
        help=f"What to count by: {', '.join(_BY[:-1])} or {_BY[-1]}.",
        autocompletion=completing(*_BY),
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, with all values.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="Print CSV, with all values.")]
To = Annotated[
    str | None,
    typer.Option(
        metavar="FORM",
        help="Output form: table, json, csv or svg (a chart). [default: that of FILE's ending, or"
        " table]",
        autocompletion=completing(*_FORMS),
        show_default=False,
    ),
]
Limit = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        min=1,
        max=1_000_000,
        help=f"Print the first N values. [default: {_SHOWN} in a table or chart, or all]",
        show_default=False,
    ),
]


def stats(
    sources: RecordSources = None,
    *,
    by: By,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    to: To = None,
    limit: Limit = None,
    output: OutputFile = "-",
    quiet: Quiet = False,
) -> int:
    """Count records by a property.

    A record counts once for each of its values, so that an abstract from two countries counts for
    both. A country is known if the affiliation ends with its name, or with a state of the United
    States or a province of Canada; others are unknown.
    """
    from abstool.cli.records.reading import Distinct, records_in
    from abstool.facets import count
    from abstool.inputs.sources import STDIN

    form = _form(to, output, as_json=as_json, as_csv=as_csv)
    report = Report(quiet=quiet)
    records = Distinct(records_in(sources or [STDIN], report))
    counts = count(records, by)
    records.note(report)
    if not counts.records:
        return report.exit_code
    shown = counts.values[: limit or (_SHOWN if form in (_TABLE, _SVG) else None)]
    with opened(output) as out:
        if form == _JSON:
            out.write_json(counts._replace(values=shown).to_dict(), indent=2)
        elif form == _CSV:
            out.write(_csv(by, shown))
        elif form == _SVG:
            out.write(_svg(counts, shown))
        else:
            out.write(_table(shown, _columns(output)))
    report.success()
    report.note(_note(counts, shown))
    return report.exit_code


def _form(to: str | None, output: str, *, as_json: bool, as_csv: bool) -> str:
    named = [form for form, is_named in ((_JSON, as_json), (_CSV, as_csv)) if is_named]
    named += [to] if to is not None else []
    if to is not None and to not in _FORMS:
        raise UsageError(to, "unknown", f"use {', '.join(_FORMS)}", argument="to")
    if len(set(named)) > 1:
        raise UsageError("--json, --csv and --to", "cannot be combined", "use only one")
    ending = PurePath(output).suffix.lower()
    by_ending = _ENDINGS.get(ending, "")
    form = next(iter(named), by_ending) or _TABLE
    if by_ending and form != by_ending:
        problem = f"files with the ending {ending} are {by_ending}, not {form}"
        raise UsageError(output, problem, "change the form or the ending", argument="output")
    return form


def _csv(by: str, shown: tuple[FacetCount, ...]) -> str:
    from abstool.formats.csv import safe

    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow((by, "records"))
    writer.writerows((safe(value), number) for value, number in shown)
    return text.getvalue()


def _svg(counts: FacetCounts, shown: tuple[FacetCount, ...]) -> str:
    from abstool.charts.bars import render

    return render(shown, f"Abstracts by {counts.by}", f"{_note(counts, shown)}.")


def _table(shown: tuple[FacetCount, ...], width: int) -> str:
    """Return the values with their numbers and with bars, in lines of a width."""
    from rich.cells import cell_len, set_cell_size

    from abstool.errors import printable

    digits = max(len(f"{one.records:,}") for one in shown) if shown else 1
    names = [printable(one.value, 200) for one in shown]
    column = min(max(map(cell_len, names), default=0), max(width - digits - 12, 20), width // 2)
    room, most = width - column - digits - 4, max((one.records for one in shown), default=1)
    lines = []
    for name, (_, number) in zip(names, shown, strict=True):
        fits = cell_len(name) <= column
        label = set_cell_size(name, column) if fits else f"{set_cell_size(name, column - 1)}…"
        lines.append(f"{label}  {number:>{digits},}  {_bar(number / most, room)}".rstrip())
    return "".join(f"{line}\n" for line in lines)


def _bar(share: float, width: int) -> str:
    """Return a bar of blocks, whose last one is an eighth to a whole one."""
    eighths = max(round(share * width * 8), 1)
    full, rest = divmod(eighths, 8)
    return "█" * full + (" ▏▎▍▌▋▊▉"[rest] if rest else "")


def _columns(output: str) -> int:
    import shutil

    is_terminal = output == "-" and sys.stdout is not None and sys.stdout.isatty()
    return min(shutil.get_terminal_size().columns, 120) if is_terminal else 80


def _note(counts: FacetCounts, shown: tuple[FacetCount, ...]) -> str:
    """Return how many records were counted, how many have no value, and what is not shown."""
    parts = [count_of(counts.records, "record"), count_of(len(counts.values), "value")]
    if rest := len(counts.values) - len(shown):
        parts[1] += f" ({rest:,} not shown)"
    if counts.without:
        parts.append(f"{count_of(counts.without, 'record')} without a value")
    if counts.unknown:
        parts.append(f"{count_of(counts.unknown, 'affiliation')} without a known country")
    return ", ".join(parts)
