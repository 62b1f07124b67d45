"""Correct the entries of a reference file and check that nothing else has changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

from abstool.checking.reports.checked import CheckedManuscript, Copied
from abstool.checking.reports.corrections import correct
from abstool.checking.reports.entry import EditableEntry
from abstool.checking.reports.splices import Edit, SourceText, edited
from abstool.checking.verdict import Finding, Verdict
from abstool.manuscripts.reference import Reference
from abstool.text import count_of

Shape = Iterator[tuple[str, dict[str, str]]]


class _Corrected(NamedTuple):
    """An entry with its edits, and the findings that are corrected and that stay."""

    key: str
    entry: EditableEntry
    edits: list[Edit]
    findings: tuple[Finding, ...]
    left: list[Finding]


def corrected_copy(
    checked: CheckedManuscript,
    source: SourceText,
    entry_of: Callable[[Reference, Verdict], EditableEntry | None],
    shape: Callable[[str], Shape],
) -> Copied:
    """Return a copy with corrected entries, and a note about the findings that stay.

    ``shape`` yields what names each entry of a text, with its fields: an entry whose correction
    would change more than the fields it is about is left as it is.
    """
    found: list[_Corrected] = []
    left: list[Finding] = []
    for reference, verdict in checked.pairs():
        if verdict.status != "differs":
            continue
        entry = entry_of(reference, verdict)
        if entry is None:
            left += verdict.findings
            continue
        stay = correct(entry, verdict.findings)
        found.append(_Corrected(verdict.reference, entry, [*entry.edits()], verdict.findings, stay))
    before = [*shape(source.text)]
    if not _changes_only(found, source.text, before, shape):
        damaged = [one for one in found if not _changes_only([one], source.text, before, shape)]
        left += [finding for one in damaged for finding in one.findings]
        found = [one for one in found if one not in damaged]
    left += [finding for one in found for finding in one.left]
    edits = [edit for one in found for edit in one.edits]
    done = sum(len(one.findings) for one in checked.having("differs")) - len(left)
    keys = [one.key for one in found if one.edits]
    return Copied(source.with_edits(edits), tuple(_notes(done, keys, left)))


def _changes_only(
    found: list[_Corrected],
    text: str,
    before: list[tuple[str, dict[str, str]]],
    shape: Callable[[str], Shape],
) -> bool:
    """Return whether corrections change the fields that they are about, and nothing else."""
    after = [*shape(edited(text, (edit for one in found for edit in one.edits)))]
    if len(before) != len(after):
        return False
    changed = {one.entry.position: one.entry.changed for one in found}
    for position, ((name, old), (new_name, new)) in enumerate(zip(before, after, strict=True)):
        fields = {one for one in old.keys() | new.keys() if old.get(one) != new.get(one)}
        if name != new_name or not fields <= changed.get(position, set()):
            return False
    return True


def _notes(done: int, keys: list[str], left: list[Finding]) -> Iterator[str]:
    where = f" in {', '.join(keys)}" if keys else ""
    yield f"{count_of(done, 'finding')} corrected{where}"
    if left:
        counts = Counter(one.code for one in left).items()
        codes = ", ".join(f"{count:,} {code}" for code, count in counts)
        yield f"{count_of(len(left), 'finding')} not corrected: {codes}"
