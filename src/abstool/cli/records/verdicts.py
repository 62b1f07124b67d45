"""Write what ``check`` found: on the terminal, as JSON, or into a file of another form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.text import Text

from abstool.checking.reports import CheckedManuscript, target_of, written
from abstool.checking.reports.checked import pairing, summary
from abstool.checking.reports.targets import JSON
from abstool.checking.reports.text import Line, as_text, lines
from abstool.cli.output import Output, is_styled, terminal_width
from abstool.cli.records.display import console
from abstool.cli.report import Report
from abstool.errors import UsageError

__all__ = ["not_an_input", "target_of", "write"]

_WIDEST = 10_000  # columns; lines are broken before
_STYLES = {"": "", "heading": "bold", "label": "cyan", "differs": "bold underline red"}


def not_an_input(output: str, inputs: Sequence[str]) -> None:
    """Raise UsageError if the output would replace the manuscript or the records."""
    for name in inputs:
        try:
            is_same = output != "-" and Path(output).samefile(name)
        except (OSError, ValueError):  # one does not exist, or is not a file
            continue
        if is_same:
            problem = "this file is an input and would be replaced"
            raise UsageError(output, problem, "choose another file", argument="output")


def write(checked: CheckedManuscript, target: str, out: Output, report: Report) -> None:
    """Write what a check found, and notes about it to stderr."""
    for note in checked.manuscript.notes:
        report.note(note)
    if target == JSON:
        for one in checked.verdicts:
            out.write_json(one.to_dict())
    elif target == "text" and out.is_standard:
        styled = is_styled("-")
        shown = lines(checked, terminal_width())
        out.write(_styled(shown) if styled else "".join(f"{one}\n" for one in as_text(shown)))
    else:
        copied = written(checked, target)
        out.write(copied.content)
        for note in copied.notes:
            report.note(note)
    if target == JSON or not out.is_standard:  # the report itself begins with it
        for note in (*pairing(checked.manuscript), summary(checked)):
            report.note(note)
    if checked.verdicts:
        report.success()


def _styled(report: Iterable[Line]) -> str:
    """Return lines with the escape sequences of a terminal; the terminal breaks the long ones."""
    printer = console(_WIDEST, styled=True)
    with printer.capture() as capture:
        for line in report:
            text = Text.assemble(*((span.text, _STYLES[span.kind]) for span in line))
            printer.print(text, soft_wrap=True)
    return capture.get()
