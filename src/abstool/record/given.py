"""What the user gives for what a page lacks: single values, and a record of the same meeting."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from msgspec import structs

from abstool.errors import UnreadableInput, UsageError
from abstool.record import Abstract, Publication, Session
from abstool.record.absences import YEAR_OF_MEETING, absences
from abstool.sites import journal_of

_OWN = "number title doi pmid pages publisher meeting first_published url accessed keywords".split()
_PARTS: dict[str, tuple[str, ...]] = {
    "publication": Publication.__struct_fields__,
    "session": Session.__struct_fields__,
}
FIELDS = [
    *_OWN,
    *(
        f"{part}.{name}"
        for part, names in _PARTS.items()
        for name in names
        if name not in ("extra", "abstract_range")
    ),
]


def assigned(
    pairs: Iterable[str], fields: Sequence[str], argument: str, wrong: tuple[str, str]
) -> dict[str, str]:
    """Return the values that pairs such as ``volume=77`` assign to fields, which must be known.

    ``wrong`` is the problem and the next step for a pair of another form. Raises UsageError, which
    is about ``argument``.
    """
    values: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = (part.strip() for part in pair.partition("="))
        if not equals or not value:
            raise UsageError(pair, *wrong, argument=argument)
        if name not in fields:
            problem, next_step = f"no field {name!r}", f"use one of {', '.join(fields)}"
            raise UsageError(problem=problem, next_step=next_step, argument=argument)
        values[name] = value
    return values


@dataclass(frozen=True)
class Given:
    """Values by the names of their fields (``publication.volume``), and a record to take from.

    A value replaces what the page says, and the record's warnings say so. Meeting and publication
    of ``like`` fill only what a page does not say.
    """

    values: dict[str, str] = field(default_factory=dict)
    like: Abstract | None = None

    @classmethod
    def of(cls, pairs: Iterable[str], like: Abstract | None = None) -> Given:
        """Return what pairs such as ``publication.volume=77`` give.

        Raises UsageError if a pair has another form, its field is unknown or its value is invalid.
        """
        wrong = "not a field with a value", "write it like number=0848"
        given = cls(assigned(pairs, FIELDS, "set", wrong), like)
        given.filled(Abstract(title="title"))  # raises the error of an invalid value
        return given

    @property
    def title(self) -> str:
        """The title that is given, or ""."""
        return self.values.get("title", "")

    def filled(self, record: Abstract) -> Abstract:
        """Return a record with what is given. Raises UsageError if a value is invalid."""
        if not self.values and self.like is None:
            return record
        data = record.to_dict()
        if self.like is not None:
            other = self.like.to_dict()
            for name in ("meeting", "publication", "publisher"):
                if isinstance(other.get(name), dict):
                    data[name] = {**other[name], **data.get(name, {})}
                elif name in other:
                    data.setdefault(name, other[name])
        changed = [name for name, value in self.values.items() if _set(data, name, value)]
        try:
            filled = Abstract.from_dict(data)
        except UnreadableInput as error:
            next_step = "correct the value"
            raise UsageError(problem=error.problem, next_step=next_step, argument="set") from None
        filled.publication = _with_journal(filled.publication)
        missing = absences(record)
        if "publication.year" in self.values:
            missing.append(YEAR_OF_MEETING)
        filled.warnings = [one for one in filled.warnings if one not in missing]
        filled.warnings += absences(filled)
        filled.warnings += [
            f"The {name.replace('.', ' ')} was given by the user." for name in changed
        ]
        return filled


NOTHING = Given()


def _set(data: dict[str, object], name: str, value: str) -> bool:
    """Set a field in the data of a record; return whether this replaces another value."""
    part, _, inner = name.rpartition(".")
    target: dict[str, object] = data
    if part:
        found = data.setdefault(part, {})
        target = found if isinstance(found, dict) else data
    new = _value(name, value)
    replaced = inner in target and target[inner] != new
    target[inner] = new
    return replaced


def _value(name: str, value: str) -> object:
    """Return a value as the record has it: keywords as a list, a year as a number.

    Raises UsageError unless a year has four digits.
    """
    if name == "keywords":
        return [word for text in value.split(";") if (word := text.strip())]
    if name == "publication.year":
        if not re.fullmatch("[1-9][0-9]{3}", value):
            problem = f"{value!r} is not a year"
            raise UsageError(problem=problem, next_step="write it like 2025", argument="set")
        return int(value)
    return value


def _with_journal(publication: Publication | None) -> Publication | None:
    """Return a publication with what the table of sites has on its journal."""
    if publication is None:
        return None
    journal = journal_of(publication.abbreviation) or journal_of(publication.journal)
    if journal is None:
        return publication
    return structs.replace(
        publication,
        journal=publication.journal or journal.name,
        abbreviation=publication.abbreviation or journal.abbreviation,
        issn=publication.issn or journal.issn,
    )
