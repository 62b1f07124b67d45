"""Detect what a file holds from its content, and read it: pages, records, items or references."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

from abstool.encoding import is_guessed, to_utf8
from abstool.errors import AbstoolError, NotAnAbstract, UnreadableInput, reason_of
from abstool.inputs import archives
from abstool.inputs.archives import SavedPage
from abstool.inputs.json import JsonObject, is_json, read_json
from abstool.inputs.options import DEFAULT, ReadOptions
from abstool.inputs.outcome import Outcome
from abstool.inputs.pages import parse_page, record_in, text_of
from abstool.inputs.sheets import RowOfSheet

if TYPE_CHECKING:
    from abstool.item import Item
    from abstool.record import Abstract

    Content = Outcome[Abstract | JsonObject]

_ENCODING = "the file is not UTF-8 and names no encoding; check letters with accents"


def contents(
    page: SavedPage | RowOfSheet | AbstoolError, options: ReadOptions = DEFAULT
) -> Iterator[Content]:
    """Yield the records, items and references in a file, or the record of a page.

    What ``options`` give is filled into the record of a page only.

    A collected file that has none of these yields an outcome without a value. Raises
    UnreadableInput for any other.
    """
    if not isinstance(page, SavedPage) or archives.is_mhtml(page.data):
        yield parse_page(page, options.given)
        return
    if options.plain_tables and (rows := _plain_rows(page)):
        yield from cast("list[Content]", rows)
        return
    try:
        yield from _read(page, options)
    except UnreadableInput as error:
        if not page.collected:
            raise
        # It is a file of references, so the user should know that they are missing.
        is_meant = isinstance(error, _BrokenReferencesError)
        yield Outcome(page.subject, error=error if is_meant else None, collected=True)


def record_in_file(path: str) -> Abstract:
    """Return the first record in a JSON file. Raises UnreadableInput if it has none."""
    from abstool.record import Abstract  # noqa: PLC0415 - few runs need it

    try:
        with Path(path).open("rb") as file:
            data = file.read(archives.LIMIT)
    except (OSError, ValueError) as error:  # ValueError: a null character in the name
        reason = reason_of(error)
        raise UnreadableInput(path, f"cannot be read ({reason})", "check the name") from None
    for outcome in read_json(to_utf8(data, subject=path), path):
        if isinstance(outcome.error, UnreadableInput):
            raise outcome.error
        value = outcome.value
        if isinstance(value, dict) and ("type" not in value or "schema" in value):
            value = Abstract.from_dict(value, path)
        if isinstance(value, Abstract):
            return value
    raise UnreadableInput(path, "no record found", "use a record as 'abstool parse' prints it")


class _BrokenReferencesError(UnreadableInput):
    """The references in a file cannot be read."""


def _plain_rows(page: SavedPage) -> list[Outcome[Item]]:
    """Return the rows of a table that neither references nor abstracts are read from."""
    from abstool.inputs import references  # noqa: PLC0415 - JSON does not need it
    from abstool.inputs.plain_tables import items_of  # noqa: PLC0415 - few commands need it

    try:
        form = references.form_of(text_of(page))
    except UnreadableInput:
        form = ""
    return [] if form else items_of(page)


def _read(page: SavedPage, options: ReadOptions) -> Iterator[Content]:
    try:
        text = text_of(page)
    except UnreadableInput as error:
        yield from _binary(page, error)
        return
    if is_json(text):
        yield from _items(page, text)
        return
    from abstool.inputs import references  # noqa: PLC0415 - JSON does not need it

    if form := references.form_of(text):
        doubts = (_ENCODING,) if text is not page.data and is_guessed(page.data) else ()
        yield from _references(page, text, form, doubts, options)
    else:
        _check_is_page(page, text)
        outcome = Outcome(page.subject, page, collected=page.collected, address=page.url)
        yield outcome.then(lambda page, _: record_in(text, page, options.given))


def _binary(page: SavedPage, error: UnreadableInput) -> Iterator[Content]:
    """Yield the references in a file that is not text; raise ``error`` or what it is for others."""
    from abstool.inputs import references  # noqa: PLC0415 - few files need it
    from abstool.inputs.references import unread  # noqa: PLC0415

    if form := references.binary_form_of(page.data):
        yield from _workbook(page, form)
    elif problem := unread.problem_of(page.data, page.subject):
        raise UnreadableInput(page.subject, *problem, page="reference/formats") from None
    else:
        raise error


def _workbook(page: SavedPage, form: str) -> Iterator[Content]:
    """Yield the references in a workbook, which may as well have other tables."""
    from abstool.inputs.references import unread  # noqa: PLC0415 - as above

    try:
        yield from _references(page, page.data, form)
    except _BrokenReferencesError as error:
        if not page.collected and (other := _other_table(page)):
            raise other from None
        raise UnreadableInput(page.subject, error.problem, unread.COLUMNS) from None


def _other_table(page: SavedPage) -> NotAnAbstract | None:
    from abstool.inputs.tables import other_table  # noqa: PLC0415 - only for errors

    return other_table(page)


def _check_is_page(page: SavedPage, text: bytes) -> None:
    """Raise UnreadableInput for a file of references, not a page, that cannot be read."""
    from abstool.inputs.references import unread  # noqa: PLC0415 - as above

    problem = unread.problem_of(text, page.subject)
    if unread.is_table(page.subject) and not page.collected and (other := _other_table(page)):
        raise other
    if problem or (not page.collected and (problem := unread.expected_of(page.subject))):
        raise UnreadableInput(page.subject, *problem, page="reference/formats")


def _references(
    page: SavedPage,
    data: bytes,
    form: str,
    doubts: tuple[str, ...] = (),
    options: ReadOptions = DEFAULT,
) -> Iterator[Content]:
    from abstool.inputs import references  # noqa: PLC0415 - as above

    _check_is_whole(page)
    try:
        found = references.read(
            data,
            form,
            page.subject,
            doubts,
            with_abstracts=options.with_abstracts,
            apart=options.apart,
        )
        # An item is a JSON object too, but to mypy a TypedDict is not a dict.
        yield from cast("Iterator[Content]", found)
    except UnreadableInput as error:
        raise _BrokenReferencesError(error.subject, error.problem, error.next_step) from None


def _check_is_whole(page: SavedPage) -> None:
    """Raise UnreadableInput for a file that was cut off, since it came from an archive."""
    if len(page.data) == archives.LIMIT + 1:
        problem = f"larger than {archives.LIMIT / 1e6:g} MB"
        raise _BrokenReferencesError(page.subject, problem, "unpack the archive first")


def _items(page: SavedPage, text: bytes) -> Iterator[Content]:
    """Yield records and items; of a collected file, only if it has any."""
    _check_is_whole(page)
    found = (one for outcome in read_json(text, page.subject) for one in _adapted(outcome))
    if not page.collected:
        yield from found
        return
    outcomes = list(found)
    if not any(_is_content(outcome.value) for outcome in outcomes):
        raise UnreadableInput(page.subject, "no records found")
    yield from outcomes


def _adapted(outcome: Content) -> Iterator[Content]:
    """Yield a record as it is, and each item of another program in CSL's form."""
    if not isinstance(outcome.value, dict) or "schema" in outcome.value:
        yield outcome
        return
    from abstool.inputs.references import csl_json  # noqa: PLC0415 - records do not need it

    yield from csl_json.adapted_all(outcome.subject, outcome.value)


def _is_content(value: Abstract | JsonObject | None) -> bool:
    if not isinstance(value, dict):
        return value is not None
    from abstool.inputs.references import csl_json  # noqa: PLC0415 - as above

    return csl_json.is_item(value)
