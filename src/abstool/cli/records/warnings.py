"""Print the warnings in records: those that matter for what is printed, and few lines for many."""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING

from abstool.errors import UsageError

if TYPE_CHECKING:
    from abstool.cli.report import Report

ALL, SUMMARY = "all", "summary"
_FEW = 3  # records, whose warnings are printed one by one


class RecordWarnings:
    """The warnings in the records that were read; each counts, whether it is printed or not."""

    def __init__(self, report: Report, which: str, printed: Container[str]) -> None:
        """Start without warnings.

        ``which`` is ``all`` or ``summary``; ``printed`` are the parts of records that the output
        has, which the warnings of a summary are about. Raises UsageError.
        """
        if which not in (ALL, SUMMARY):
            raise UsageError(which, "unknown", f"use {ALL} or {SUMMARY}", argument="warnings")
        self._report = report
        self._which = which
        self._printed = printed
        self._records = 0
        self._found: list[tuple[str, str]] = []

    def add(self, subject: str, warnings: object) -> None:
        """Add the warnings of a record; those that are not text are left out."""
        self._records += 1
        for warning in warnings if isinstance(warnings, list) else ():
            self._report.warnings += 1
            text = str(warning)
            if self._which == ALL or self._is_printed(text):
                self._found.append((subject, text))

    def _is_printed(self, warning: str) -> bool:
        """Return whether a warning is about a part of the record that the output has."""
        from abstool.record import concerns

        return concerns.concern_of(warning) in self._printed

    def print(self) -> None:
        """Print the warnings, one line each or, for many records, one line per wording."""
        from abstool.record import concerns

        found, self._found = self._found, []
        if self._which == ALL or self._records <= _FEW:
            for subject, text in found:
                self._report.note(f"{subject}: warning: {text}")
            return
        by_wording: dict[str, list[tuple[str, str]]] = {}
        for subject, text in found:
            by_wording.setdefault(concerns.wording_of(text), []).append((subject, text))
        for wording, same in by_wording.items():
            subject, text = same[0]
            if len(same) == 1:
                self._report.note(f"{subject}: warning: {text}")
            else:
                self._report.note(f"warning in {len(same):,} records: {wording}")
        if any(len(same) > 1 for same in by_wording.values()):
            self._report.note("to see each warning, use --warnings all")
