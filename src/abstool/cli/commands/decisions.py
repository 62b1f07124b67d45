"""The ``decisions`` command: join what reviewers decided to the records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from abstool.cli.options import OutputFile, Quiet, Strict, completing
from abstool.cli.output import opened
from abstool.cli.report import Report
from abstool.errors import UsageError, printable
from abstool.text import count_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from abstool.cli.records.screened import Screened
    from abstool.inputs.json import JsonObject
    from abstool.record import Abstract
    from abstool.screening import Agreement, Decision
    from abstool.screening.labels import Question

EXAMPLES = """\
abstool decisions rayyan.csv --records meeting.jsonl --output decided.jsonl
abstool decisions asreview.csv --records meeting.jsonl --only included
abstool decisions read.csv --stage full-text --records decided.jsonl
"""

Files = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE",
        help="Exports of Rayyan, ASReview, or any table or reference file with a column of"
        " decisions.",
    ),
]
RecordFiles = Annotated[
    list[str],
    typer.Option(
        "--records",
        metavar="RECORDS",
        help="The records that were screened, in the order of the export, and references of other"
        " databases (RIS or other files). Can be repeated.",
        show_default=False,
    ),
]
StageName = Annotated[
    str,
    typer.Option(
        "--stage",
        metavar="STAGE",
        help="Stage of the review: screening (titles and abstracts) or full-text.",
        autocompletion=completing("screening", "full-text"),
    ),
]
Reviewer = Annotated[
    str,
    typer.Option(
        metavar="NAME",
        help="Who decided. [default: as in the file, or the file's name]",
        show_default=False,
    ),
]
Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        metavar="COLUMN",
        help="The column with decisions. Can be repeated, with one column per reviewer.",
        show_default=False,
    ),
]
All = Annotated[
    str,
    typer.Option(
        "--all",
        metavar="DECISION",
        help="The decision about all entries, for a file with only the included or excluded ones.",
        autocompletion=completing("included", "excluded", "maybe", "not-retrieved"),
        show_default=False,
    ),
]
Only = Annotated[
    str,
    typer.Option(
        "--only",
        metavar="OUTCOME",
        help="Print only the records with this outcome: included, excluded, maybe, not-retrieved,"
        " conflict or undecided.",
        autocompletion=completing(
            "included", "excluded", "maybe", "not-retrieved", "conflict", "undecided"
        ),
        show_default=False,
    ),
]
ReportFile = Annotated[
    str,
    typer.Option(
        "--report",
        metavar="REPORT",
        help="Write outcomes, agreement and conflicts to REPORT as JSON.",
        show_default=False,
    ),
]

_UNDECIDED = "undecided"


def decisions(
    files: Files,
    *,
    records: RecordFiles,
    stage: StageName = "screening",
    reviewer: Reviewer = "",
    column: Columns = None,
    all_: All = "",
    only: Only = "",
    report_file: ReportFile = "",
    output: OutputFile = "-",
    quiet: Quiet = False,
    strict: Strict = False,
) -> int:
    """Add the decisions of reviewers to records, and print the records.

    An entry of FILE is joined to its record or reference by the identifier of abstool's exports,
    else by URL or DOI, by meeting and number, by title and year, or by number. Records that have
    decisions already keep them, so a second run can add another file or the next stage.
    """
    from abstool.cli.records.reading import entries_in
    from abstool.cli.records.screened import Screened
    from abstool.screening import agreements, outcome_of

    if report_file == output == "-":
        raise UsageError("--report", "standard output has the records", "use a file")
    question = _question(stage, reviewer, column or [], all_)
    _check_outcome(only)
    report = Report(quiet=quiet, strict=strict)
    with opened(output) as out:
        screened = Screened(list(entries_in(records, report)), report)
        for name in files:
            screened.read(name, question)
        found = [screened.decisions_of(index) for index in range(len(screened.records))]
        outcomes = [outcome_of(one, question.stage) or _UNDECIDED for one in found]
        for record, its, outcome in zip(screened.records, found, outcomes, strict=True):
            if only in ("", outcome):
                out.write_json(_with(record, its, outcome))
            report.success()
    compared = agreements(found)
    if report_file:
        with opened(report_file) as log:
            log.write_json(_facts(question.stage, outcomes, compared, screened, found), indent=2)
    _note(outcomes, compared, report)
    return report.exit_code


def _question(stage: str, reviewer: str, columns: list[str], verdict: str) -> Question:
    from abstool.screening.decision import STAGES, VERDICTS
    from abstool.screening.labels import Question

    if stage not in STAGES:
        raise UsageError(stage, "unknown", f"use {' or '.join(STAGES)}", argument="stage")
    if verdict and verdict not in VERDICTS:
        raise UsageError(verdict, "unknown", f"use {', '.join(VERDICTS)}", argument="all")
    if verdict and columns:
        raise UsageError("--all", "cannot be combined with --column", "use only one")
    return Question(stage, reviewer, tuple(columns), verdict or None)


def _check_outcome(only: str) -> None:
    from abstool.screening.decision import VERDICTS

    known = (*VERDICTS, "conflict", _UNDECIDED)
    if only and only not in known:
        raise UsageError(only, "unknown", f"use {', '.join(known)}", argument="only")


def _with(
    record: Abstract | JsonObject, decisions: list[Decision], outcome: str
) -> dict[str, object]:
    data = _data_of(record)
    data.pop("decision", None)
    data.pop("decisions", None)
    if not decisions:
        return data
    decision = {} if outcome == _UNDECIDED else {"decision": outcome}
    return {**data, **decision, "decisions": [one.to_dict() for one in decisions]}


def _data_of(record: Abstract | JsonObject) -> dict[str, object]:
    return dict(record) if isinstance(record, dict) else record.to_dict()


def _facts(
    stage: str,
    outcomes: list[str],
    compared: list[Agreement],
    screened: Screened,
    decisions: list[list[Decision]],
) -> dict[str, object]:
    """Return the report as JSON data."""
    return {
        "stage": stage,
        "records": len(screened.records),
        "outcomes": _counts(outcomes),
        "not_joined": screened.not_joined,
        "agreement": [one.to_dict() for one in compared],
        "conflicts": list(_conflicts(outcomes, screened.records, decisions, stage)),
    }


def _conflicts(
    outcomes: list[str],
    records: list[Abstract | JsonObject],
    decisions: list[list[Decision]],
    stage: str,
) -> Iterator[Mapping[str, object]]:
    for outcome, record, its in zip(outcomes, records, decisions, strict=True):
        if outcome == "conflict":
            named = {one.reviewer: one.decision for one in its if one.stage == stage}
            data = _data_of(record)
            yield {
                "url": data.get("url") or data.get("URL") or "",
                "number": data.get("number") or "",
                "title": data.get("title") or "",
                "decisions": named,
            }


def _counts(outcomes: list[str]) -> dict[str, int]:
    from abstool.screening.decision import VERDICTS

    counts = dict.fromkeys((*VERDICTS, "conflict", _UNDECIDED), 0)
    for outcome in outcomes:
        counts[outcome] += 1
    return counts


def _note(outcomes: list[str], compared: list[Agreement], report: Report) -> None:
    for one in compared:
        kappa = "" if one.kappa is None else f", Cohen's kappa {one.kappa:.2f}"
        first, second = one.reviewers
        report.note(
            f"{one.stage}: {printable(first, 40)} and {printable(second, 40)} agree on"
            f" {one.agreed:,} of {count_of(one.both, 'record')}{kappa}"
        )
    counts = {name: number for name, number in _counts(outcomes).items() if number}
    whole = ", ".join(f"{number:,} {name}" for name, number in counts.items())
    report.note(f"{count_of(len(outcomes), 'record')}: {whole}" if whole else "no records")
