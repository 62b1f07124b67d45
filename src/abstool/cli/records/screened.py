"""Join decisions to the records that were screened, for the ``decisions`` command."""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import TYPE_CHECKING

from abstool.errors import UnreadableInput, printable
from abstool.text import count_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from abstool.cli.report import Report
    from abstool.inputs.json import JsonObject
    from abstool.inputs.outcome import Outcome as Reading
    from abstool.record import Abstract
    from abstool.screening import Decision
    from abstool.screening.labels import Question


def _read_only(
    found: Iterator[Reading[Abstract | JsonObject]],
) -> Iterator[Reading[Abstract | JsonObject]]:
    """Yield outcomes without their warnings, which are about citations."""
    return (outcome._replace(warnings=()) for outcome in found)


def extra_of(entry: Abstract | JsonObject) -> JsonObject:
    """Return what a record holds besides its own fields, or the JSON of a reference."""
    return entry if isinstance(entry, dict) else entry.extra


def decided_in(name: str, report: Report) -> list[list[Decision]]:
    """Return the decisions about each record in a file, once for one that is there again.

    Raises UnreadableInput if it has none.
    """
    from abstool.cli.records.reading import entries_in
    from abstool.screening import decisions_in

    found: dict[str, list[Decision]] = {}
    repeated = 0
    for entry in entries_in([name], report):
        data = entry if isinstance(entry, dict) else entry.to_dict()
        key = json.dumps(data, sort_keys=True)
        repeated += key in found
        found[key] = decisions_in(extra_of(entry))
    records = list(found.values())
    if repeated:
        repeats = count_of(repeated, "record repeats", "records repeat")
        report.warn(f"{name}: warning: {repeats} another one; each is counted once")
    if not any(records):
        problem, next_step = "no decisions found", "add them with 'abstool decisions'"
        raise UnreadableInput(name, problem, next_step)
    return records


class Screened:
    """The records and references that were screened, with the decisions about each."""

    def __init__(self, records: list[Abstract | JsonObject], report: Report) -> None:
        from abstool.mapping import item_of
        from abstool.screening import ScreenedRecords, decisions_in

        self.records = records
        self.not_joined = 0  # entries of files, whose decisions are about no record
        self._report = report
        self._index = ScreenedRecords(map(item_of, records))
        self._decisions: list[dict[tuple[str, str], Decision]] = [
            {(one.stage, one.reviewer): one for one in decisions_in(extra_of(record))}
            for record in records
        ]

    def decisions_of(self, index: int) -> list[Decision]:
        """Return the decisions about a record."""
        return list(self._decisions[index].values())

    def read(self, name: str, question: Question) -> None:
        """Read a file, join its decisions to the records, and report what cannot be joined."""
        from abstool.cli.options.network import outcomes_of
        from abstool.inputs.options import ReadOptions

        options = ReadOptions(plain_tables=True)
        joined = unseen = 0
        before = self.not_joined
        with outcomes_of(
            [name], None, options, self._report, shown=not self._report.is_quiet
        ) as found:
            for subject, content in self._report.results(_read_only(found)):
                count = self._join(subject, content, question, PurePath(name).stem)
                joined += count > 0
                unseen += count == 0
        if unseen and not joined:
            columns = ", ".join(repr(printable(one, 60)) for one in question.columns)
            where = f" in {columns}; check --column" if columns else "; name its column (--column)"
            self._report.warn(f"{name}: warning: no decision was found{where}")
        elif unseen:
            self._report.note(f"{name}: entries without a decision: {unseen:,}")
        if missed := self.not_joined - before:
            self._report.note(
                f"{name}: not joined: {missed:,} of {count_of(joined, 'entry', 'entries')} with a"
                " decision (--records takes several files, of records or references)"
            )

    def _join(
        self, subject: str, content: Abstract | JsonObject, question: Question, file: str
    ) -> int:
        """Join the decisions in an entry to its record; return how many there are."""
        from abstool.mapping import item_of
        from abstool.screening import labels_of

        data = content if isinstance(content, dict) else content.to_dict()
        labels = labels_of(data, subject, question)
        for word in labels.unknown:
            self._report.warn(f"{subject}: warning: {printable(word, 60)!r} is not a decision")
        if not labels.decisions:
            return 0
        places = self._index.find(item_of(content, subject=subject))
        if len(places) != 1:
            title = printable(str(data.get("title") or ""), 60)
            problem = f"{len(places)} records have this title" if places else "it has no record"
            self._report.warn(f"{subject}: warning: not joined, {problem}: {title}")
            self.not_joined += 1
            return len(labels.decisions)
        for one in labels.decisions:
            self._add(places[0], one, file)
        return len(labels.decisions)

    def _add(self, index: int, decision: Decision, file: str) -> None:
        from dataclasses import replace

        decision = replace(decision, reviewer=decision.reviewer or file)
        key = (decision.stage, decision.reviewer)
        former = self._decisions[index].get(key)
        if former and former.decision != decision.decision:
            self._report.warn(
                f"{decision.source}: warning: {decision.reviewer} decided"
                f" {former.decision!r} before ({former.source}); the later decision is kept"
            )
        self._decisions[index][key] = decision
