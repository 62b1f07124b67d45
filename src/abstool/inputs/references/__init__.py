"""Read lists of references as CSL-JSON items; the content decides which form they have."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from itertools import islice

from abstool.address import host_of
from abstool.errors import UnreadableInput
from abstool.inputs.outcome import Outcome
from abstool.inputs.references.fields import Entry, InvalidEntryError, Reading
from abstool.inputs.references.forms import BINARY, FORMS, binary_form_of, form_of
from abstool.inputs.references.normal import (
    LOST,
    lost_characters,
    normalized,
    only_identifiers,
)
from abstool.inputs.references.retractions import retraction
from abstool.item import Item
from abstool.sites import journal_of, site_of

__all__ = ["binary_form_of", "form_of", "read"]

_Task = Callable[[], Outcome[Reading]]
_Tasks = Callable[[], Iterator[_Task]]
_LONG = 500_000  # bytes, for which a process pays
_MEANWHILE = 300  # entries, which are read and cited while a process starts


def read(
    data: bytes,
    form: str,
    subject: str,
    doubts: tuple[str, ...] = (),
    *,
    with_abstracts: bool = True,
    apart: bool = False,
) -> Iterator[Outcome[Item]]:
    """Yield the item of each entry, or its error, so that a broken entry does not stop the others.

    Data are text in UTF-8, or those of a binary form. Subjects name the line: ``subject, line 3``.
    ``form`` is what ``form_of`` or ``binary_form_of`` returns; ``doubts`` are warnings about the
    whole file, given with its first item. Without abstracts, those that take long to read are left
    out. ``apart`` lets a process of its own read the entries of a long file while this one works on
    those that it yields. Raises UnreadableInput if there are no entries.
    """
    tasks = partial(_tasks, data, form, subject, with_abstracts=with_abstracts)
    said: set[str] = set()  # the warnings that are given once per file
    has_any = False
    apart = apart and FORMS[form].separate and len(data) > _LONG
    for found in _apart(tasks) if apart else _readings(tasks):
        has_any = True
        outcome = _outcome(found, said, form)
        if doubts and outcome.value is not None:
            outcome = outcome._replace(warnings=(*doubts, *outcome.warnings))
            doubts = ()
        yield outcome
    if not has_any:
        problem = f"this is {FORMS[form].title} without entries"
        raise UnreadableInput(subject, problem, "check the file")


def _tasks(data: bytes, form: str, subject: str, *, with_abstracts: bool) -> Iterator[_Task]:
    """Yield what reads each entry; last the error that ends a file, if there is one."""
    row = FORMS[form]
    content = data if form in BINARY else _with_line_ends(data.decode())
    entries: Iterator[Entry] = import_module(f"{__name__}.{row.module}").entries(content)
    may_lack_characters = isinstance(content, bytes) or LOST in content  # few files do
    read_entry = partial(
        _read, with_abstracts=with_abstracts, may_lack_characters=may_lack_characters
    )
    try:
        for number, entry in entries:
            yield partial(Outcome(f"{subject}, {row.unit} {number}", entry).then, read_entry)
    except InvalidEntryError as error:
        yield partial(
            Outcome, subject, error=UnreadableInput(subject, str(error), "check the file")
        )


def _readings(tasks: _Tasks, start: int = 0) -> Iterator[Outcome[Reading]]:
    """Yield the readings of the entries from the one with index ``start`` on."""
    return (task() for task in islice(tasks(), start, None))


def _apart(tasks: _Tasks) -> Iterator[Outcome[Reading]]:
    """Yield the readings of all entries; another process does all but the first ones."""
    from abstool.inputs.ahead import computed_ahead  # noqa: PLC0415 - few files are so long

    with computed_ahead(partial(_readings, tasks), _MEANWHILE) as others:
        first = [*islice(tasks(), _MEANWHILE)]
        yield from (task() for task in first)
        if len(first) == _MEANWHILE:
            yield from others


def _with_line_ends(text: str) -> str:
    """Return a text in which no line ends with CR alone."""
    if "\r" not in text or text.count("\r") == text.count("\r\n"):
        return text
    return re.sub(r"\r(?!\n)", "\n", text)


def _outcome(found: Outcome[Reading], said: set[str], form: str) -> Outcome[Item]:
    """Return the item of an entry with its warnings; of those to give once, only the new ones."""
    if (reading := found.value) is None:
        return Outcome(found.subject, error=found.error, form=form)
    warnings = reading.warnings
    if new := [text for text in dict.fromkeys(reading.once) if text not in said]:
        said.update(new)
        warnings = (*warnings, *new)
    return Outcome(found.subject, reading.item, warnings=warnings, form=form)


def _read(
    entry: Callable[[], Reading], subject: str, *, with_abstracts: bool, may_lack_characters: bool
) -> Reading:
    next_step = "fix the entry or remove it"
    try:
        reading = entry()
        if with_abstracts and reading.abstract:
            reading = _with_abstract(reading, *reading.abstract())
    except InvalidEntryError as error:
        raise UnreadableInput(subject, str(error), next_step) from None
    except RecursionError:
        raise UnreadableInput(subject, "nested too deeply", next_step) from None
    lost = lost_characters(reading.item) if may_lack_characters else ()
    item = _completed(normalized(reading.item))
    warnings = (*retraction(item), *reading.warnings, *lost, *only_identifiers(item))
    return Reading(item, tuple(dict.fromkeys(warnings)), reading.once)


def _with_abstract(reading: Reading, text: str, once: tuple[str, ...]) -> Reading:
    if text:
        reading.item["abstract"] = text
    return reading._replace(once=(*reading.once, *once))


def _completed(item: Item) -> Item:
    """Add what the table of sites has on the item's journal and URL."""
    if journal := journal_of(item.get("container-title", "")):
        item["container-title"] = journal.name
        item.setdefault("container-title-short", journal.abbreviation)
    if item.get("genre") == "abstract" and (site := site_of(host_of(item.get("URL", "")))):
        item.setdefault("custom", {}).setdefault("society", site.society)
    return item
