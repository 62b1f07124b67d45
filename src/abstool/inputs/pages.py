"""Parse one saved page, a pure function of its bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from abstool.encoding import to_utf8
from abstool.errors import AbstoolError, NotAnAbstract, UnreadableInput
from abstool.inputs import archives
from abstool.inputs.archives import SavedPage
from abstool.inputs.json import is_json
from abstool.inputs.outcome import Outcome
from abstool.inputs.sheets import RowOfSheet, parse_row
from abstool.record.given import NOTHING, Given

if TYPE_CHECKING:
    from abstool.record import Abstract


def parse_page(
    page: SavedPage | RowOfSheet | AbstoolError, given: Given = NOTHING
) -> Outcome[Abstract]:
    """Parse a saved page or a row of a sheet, with what the user gives.

    An error stays as it is. Raises nothing.
    """
    if isinstance(page, RowOfSheet):
        return parse_row(page).then(lambda record, _: given.filled(record))
    if isinstance(page, AbstoolError):
        return Outcome(page.subject, error=page)
    saved = Outcome(page.subject, page, collected=page.collected).then(_main_part)
    saved = saved._replace(address=saved.value.url if saved.value else "")
    return saved.then(lambda page, subject: _abstract(page, subject, given))


def _main_part(page: SavedPage, _: str) -> SavedPage | None:
    """Return the page itself, unpacked if it is MHTML; None as for ``_abstract``."""
    if not archives.is_mhtml(page.data):
        return page
    try:
        return archives.main_part(page)
    except UnreadableInput:
        if page.collected:
            return None
        raise


def _abstract(page: SavedPage, subject: str, given: Given) -> Abstract | None:
    """Return the abstract on a page, or None for a collected page without one."""
    try:
        text = text_of(page)
        _check_not_json(text, subject)
    except UnreadableInput:
        if page.collected:
            return None
        raise
    return record_in(text, page, given)


def record_in(text: bytes, page: SavedPage, given: Given = NOTHING) -> Abstract | None:
    """Return the abstract in the text of a page; None for a collected page without one."""
    if len(page.data) > archives.LIMIT:
        problem = f"larger than {archives.LIMIT / 1e6:g} MB"
        raise UnreadableInput(page.subject, problem, "check whether this is a page")
    try:
        record = _parse(text, page, given.title)
    except (NotAnAbstract, UnreadableInput) as error:
        # Many web pages lack their end tag, which is an error only if the page is an abstract.
        is_cut_off = isinstance(error, UnreadableInput)
        if page.collected and not (
            is_cut_off and _is_abstract(text + b"</html>", page, given.title)
        ):
            return None
        raise _of_table(page, error) or error from None
    record.accessed = page.accessed or record.accessed
    return given.filled(record)


def _of_table(page: SavedPage, error: AbstoolError) -> NotAnAbstract | None:
    """Return a better error for a table in which no abstract was found."""
    if not isinstance(error, NotAnAbstract) or text_of(page).lstrip().startswith(b"<"):
        return None
    from abstool.inputs.tables import other_table  # noqa: PLC0415 - only for errors

    return other_table(page)


def _check_not_json(text: bytes, subject: str) -> None:
    if is_json(text):
        raise UnreadableInput(subject, "this is JSON, not a page", "use 'abstool cite' for records")


def text_of(page: SavedPage) -> bytes:
    """Return the text of a page as UTF-8."""
    return to_utf8(page.data, charset=page.charset, subject=page.subject)


def _parse(text: bytes, page: SavedPage, title: str) -> Abstract:
    from abstool.parser import parse_utf8  # noqa: PLC0415 - citing JSON does not need the parser

    return parse_utf8(text, page.url, subject=page.subject, title=title)


def _is_abstract(text: bytes, page: SavedPage, title: str) -> bool:
    """Return whether a page with an end tag is an abstract, or too large to tell."""
    try:
        _parse(text, page, title)
    except (NotAnAbstract, UnreadableInput) as error:
        return isinstance(error, UnreadableInput)
    return True
