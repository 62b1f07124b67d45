"""Read lists of references as CSL-JSON items; the content decides which form they have."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module

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
from abstool.item import Item
from abstool.sites import journal_of, site_of

__all__ = ["binary_form_of", "form_of", "read"]


def read(
    data: bytes,
    form: str,
    subject: str,
    doubts: tuple[str, ...] = (),
    *,
    with_abstracts: bool = True,
) -> Iterator[Outcome[Item]]:
    """Yield the item of each entry, or its error, so that a broken entry does not stop the others.

    Data are text in UTF-8, or those of a binary form. Subjects name the line: ``subject, line 3``.
    ``form`` is what ``form_of`` or ``binary_form_of`` returns; ``doubts`` are warnings about the
    whole file, given with its first item. Without abstracts, those that take long to read are left
    out. Raises UnreadableInput if there are no entries.
    """
    row = FORMS[form]
    content = data if form in BINARY else _with_line_ends(data.decode())
    entries: Iterator[Entry] = import_module(f"{__name__}.{row.module}").entries(content)
    may_lack_characters = isinstance(content, bytes) or LOST in content  # few files do
    said: set[str] = set()  # the warnings that are given once per file
    number = None
    try:
        for number, entry in entries:
            if with_abstracts:
                entry = partial(_with_abstract, entry)  # noqa: PLW2901 - the same entry
            if may_lack_characters:
                entry = partial(_checked, entry)  # noqa: PLW2901 - the same entry
            outcome = _outcome(f"{subject}, {row.unit} {number}", entry, said, form)
            if doubts and outcome.value is not None:
                outcome = outcome._replace(warnings=(*doubts, *outcome.warnings))
                doubts = ()
            yield outcome
    except InvalidEntryError as error:
        yield Outcome(subject, error=UnreadableInput(subject, str(error), "check the file"))
        return
    if number is None:
        raise UnreadableInput(subject, f"this is {row.title} without entries", "check the file")


def _with_line_ends(text: str) -> str:
    """Return a text in which no line ends with CR alone."""
    if text.count("\r") == text.count("\r\n"):
        return text
    return re.sub(r"\r(?!\n)", "\n", text)


def _with_abstract(entry: Callable[[], Reading]) -> Reading:
    reading = entry()
    if reading.abstract is None:
        return reading
    text, once = reading.abstract()
    if text:
        reading.item["abstract"] = text
    return reading._replace(once=(*reading.once, *once))


def _checked(entry: Callable[[], Reading]) -> Reading:
    reading = entry()
    return reading._replace(warnings=(*reading.warnings, *lost_characters(reading.item)))


def _outcome(
    subject: str, entry: Callable[[], Reading], said: set[str], form: str
) -> Outcome[Item]:
    """Return the item of an entry with its warnings; of those to give once, only the new ones."""
    found = Outcome(subject, entry).then(_read)
    if (reading := found.value) is None:
        return Outcome(subject, error=found.error, form=form)
    warnings = reading.warnings
    if new := [text for text in dict.fromkeys(reading.once) if text not in said]:
        said.update(new)
        warnings = (*warnings, *new)
    return Outcome(subject, reading.item, warnings=warnings, form=form)


def _read(entry: Callable[[], Reading], subject: str) -> Reading:
    next_step = "fix the entry or remove it"
    try:
        reading = entry()
    except InvalidEntryError as error:
        raise UnreadableInput(subject, str(error), next_step) from None
    except RecursionError:
        raise UnreadableInput(subject, "nested too deeply", next_step) from None
    item = _completed(normalized(reading.item))
    if bare := only_identifiers(item):
        reading = reading._replace(warnings=(*reading.warnings, *bare))
    return reading._replace(item=item)


def _completed(item: Item) -> Item:
    """Add what the table of sites has on the item's journal and URL."""
    if journal := journal_of(item.get("container-title", "")):
        item["container-title"] = journal.name
        item.setdefault("container-title-short", journal.abbreviation)
    if item.get("genre") == "abstract" and (site := site_of(host_of(item.get("URL", "")))):
        item.setdefault("custom", {}).setdefault("society", site.society)
    return item
