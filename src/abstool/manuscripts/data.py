"""Read a file of references: BibTeX, RIS, CSL-JSON and every other form that ``inputs`` reads."""

from __future__ import annotations

import re
from collections.abc import Iterable

from abstool.errors import UnreadableInput
from abstool.inputs import references
from abstool.inputs.json import read_json
from abstool.inputs.outcome import Outcome
from abstool.inputs.references import csl_json
from abstool.item import Item, clean
from abstool.manuscripts.assembly import item_reference
from abstool.manuscripts.manuscript import Manuscript
from abstool.manuscripts.markers import compare_keys

_LINE = re.compile(r", (?:line|row) (\d{1,9})$")
_SHOWN = 20  # notes about single entries; more would hide the rest


def read(data: bytes, form: str, subject: str, cited: Iterable[str] = ()) -> Manuscript:
    """Return the references in data of a form; ``cited`` are the keys that a text cites.

    An entry that cannot be read is left out with a note.
    """
    found = references.read(data, form, subject, with_abstracts=False)
    return _manuscript(found, subject, cited, form)


def read_csl(text: bytes, subject: str) -> Manuscript:
    """Return the references in CSL-JSON."""
    return _manuscript(_items(text, subject), subject, (), "csljson")


def _items(text: bytes, subject: str) -> Iterable[Outcome[Item]]:
    for outcome in read_json(text, subject):
        found = outcome.value
        if found is None:
            yield Outcome(outcome.subject, error=outcome.error)
        elif not isinstance(found, dict) or "schema" in found:
            problem = "this is a record of abstool, not a reference"
            yield Outcome(
                outcome.subject,
                error=UnreadableInput(outcome.subject, problem, "give the manuscript"),
            )
        else:
            for adapted in csl_json.adapted_all(outcome.subject, found):
                yield adapted.then(_item)


def _item(data: dict[str, object], subject: str) -> Item:
    if not csl_json.is_item(data) and "title" not in data:
        raise UnreadableInput(subject, "this is not a reference", "export the references again")
    return clean(data)


def _manuscript(
    outcomes: Iterable[Outcome[Item]], subject: str, cited: Iterable[str], form: str
) -> Manuscript:
    found: list[tuple[Item, int | None]] = []
    errors: list[str] = []
    first: UnreadableInput | None = None
    for outcome in outcomes:
        if outcome.value is not None:
            line = _LINE.search(outcome.subject)
            found.append((outcome.value, int(line[1]) if line else None))
        elif isinstance(outcome.error, UnreadableInput):
            errors.append(str(outcome.error))
            first = first or outcome.error
        elif outcome.error is not None:
            errors.append(f"{outcome.subject}: this entry cannot be read")
    if not found:
        if first is not None:
            raise first
        raise UnreadableInput(subject, "no references found", "check the file")
    notes = errors[:_SHOWN]
    if len(errors) > _SHOWN:
        notes.append(f"{subject}: {len(errors) - _SHOWN} more entries cannot be read")
    listed = tuple(
        item_reference(item, position, place) for position, (item, place) in enumerate(found, 1)
    )
    uncited, unlisted = compare_keys(cited, [reference.key for reference in listed])
    return Manuscript(listed, uncited, unlisted, tuple(notes), form)
