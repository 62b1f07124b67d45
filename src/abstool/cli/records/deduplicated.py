"""What ``dedupe`` writes: the entries that are kept, and the format that suits their sources."""

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from abstool.cli.records.losses import note_losses
from abstool.cli.report import Report
from abstool.inputs.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable

    from abstool.citing.targets import Target
    from abstool.inputs.json import JsonObject
    from abstool.item import Item
    from abstool.mapping import RecordLike
    from abstool.record import Abstract

_OF_RECORDS = "jsonl"
# The format of an export, by form of input. Forms that abstool does not write become RIS, which
# has most of their fields.
_FORMATS = {"": "csljson", "bibtex": "bibtex", "csv": "csv"}


class ReadEntry(NamedTuple):
    """An entry as it was read, what it is compared by, and the format to write it in."""

    subject: str
    content: "RecordLike"
    item: "Item"
    format: str


def read_entry(outcome: "Outcome[Abstract | JsonObject]") -> "Outcome[ReadEntry]":
    """Return what was read as an entry, or its error."""
    from abstool.formats.shared.kept import is_biblatex
    from abstool.mapping import is_record, item_of

    def entry(content: "Abstract | JsonObject", subject: str) -> ReadEntry:
        item = item_of(content, subject=subject)
        suited = _FORMATS.get(outcome.form, "ris")
        if is_record(content):
            suited = _OF_RECORDS
        elif suited == "bibtex" and is_biblatex(item):
            suited = "biblatex"
        return ReadEntry(subject, content, item, suited)

    return outcome.then(entry)


def _suited_format(formats: list[set[str]]) -> str:
    """Return the format of the first source with references, or that of records."""
    found = next((names for one in formats if (names := one - {_OF_RECORDS})), {_OF_RECORDS})
    return "biblatex" if "biblatex" in found else min(found)


def first_target(style: str | None, output: str) -> "Target[Any] | None":
    """Return the target that is named or that of the file's ending; None if it is not known yet.

    Raises UsageError if they contradict each other, or one is not known.
    """
    from abstool.styles.endings import format_of

    chosen = style or format_of(output)
    return _resolved(chosen, output) if chosen else None


def suited_target(formats: list[set[str]], output: str) -> "Target[Any]":
    """Return the target for entries whose sources have these formats, unless one was named."""
    from abstool.styles.endings import format_of, formats_of

    suited, usual = _suited_format(formats), format_of(output)
    return _resolved(suited if suited in formats_of(output) or not usual else usual, output)


def _resolved(style: str, output: str) -> "Target[Any]":
    from abstool.citing.targets import resolve
    from abstool.styles.endings import check, form_of
    from abstool.styles.options import Options

    target = resolve(style, Options(to=form_of(output, style)))
    check(output, target.name, target.options.to)
    return target


def written(kept: list[ReadEntry], target: "Target[Any]", report: Report) -> bytes:
    """Return a file with the entries; report those that the target cannot write."""
    prepare: Callable[[RecordLike, str], Abstract | Item] = target.prepare
    outcomes: list[Outcome[ReadEntry]] = [Outcome(one.subject, one) for one in kept]

    def prepared(entry: ReadEntry, subject: str) -> "tuple[ReadEntry, Abstract | Item]":
        return entry, prepare(entry.content, subject)

    ready = list(report.results(outcome.then(prepared) for outcome in outcomes))
    contents = [content for _, (_, content) in ready]
    for _ in contents:
        report.success()
    references = (content for _, (entry, content) in ready if entry.format != _OF_RECORDS)
    note_losses(target.name, Counter(chain.from_iterable(map(target.lost, references))), report)
    return target.write(contents, lambda index, error: report.failure(ready[index][0], error))
