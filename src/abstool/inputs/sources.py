"""Read the inputs that users name: files, folders, patterns, ``-`` for standard input, and URLs.

``read_pages`` reads pages only; ``read_source`` also reads records, items and reference lists. Both
detect what a file contains from its content, not its name.
"""

from __future__ import annotations

import re
import sys
from contextlib import ExitStack, closing
from dataclasses import replace
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Never, TypeVar

from abstool.errors import AbstoolError, UnreadableInput, UsageError
from abstool.inputs import archives
from abstool.inputs.archives import SavedPage
from abstool.inputs.contents import contents
from abstool.inputs.files import File, find
from abstool.inputs.outcome import Outcome
from abstool.inputs.pages import parse_page
from abstool.inputs.sheets import RowOfSheet, SheetOptions, may_be_sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

    from abstool.inputs.json import JsonObject
    from abstool.record import Abstract

Result = TypeVar("Result")

STDIN = "-"
_STDIN_NAME = "standard input"  # in messages
_Page = SavedPage | RowOfSheet | AbstoolError
_SHEETS = SheetOptions()
_FEW = 20  # pages, which are parsed in less time than a process needs to start
_IN_FLIGHT = 100_000_000  # bytes of pages that wait for a process


def is_url(name: str) -> bool:
    """Return whether the name of an input is a URL."""
    return name.lower().startswith(("http://", "https://"))


def check_stdin(names: list[str], note: Callable[[str], None]) -> None:
    """Check that standard input is read only once, and note if it is a terminal.

    Raises UsageError.
    """
    if names.count(STDIN) > 1:
        raise UsageError(STDIN, "standard input can be read only once", "use - once")
    if STDIN in names and sys.stdin is not None and sys.stdin.isatty():
        note("reading from the terminal; press Ctrl-D to end the input")


def open_stdin() -> IO[bytes]:
    """Return standard input. Raises UnreadableInput if it is closed."""
    if sys.stdin is None:
        raise UnreadableInput(_STDIN_NAME, "it is closed", "name the inputs as arguments")
    return sys.stdin.buffer


def stdin_lines() -> Iterator[bytes]:
    """Yield the lines of standard input. Raises UnreadableInput if it cannot be read."""
    try:
        yield from open_stdin()
    except OSError as error:
        problem = f"cannot be read ({error.strerror})"
        raise UnreadableInput(_STDIN_NAME, problem, "name the inputs as arguments") from None


def read_pages(names: Iterable[str], jobs: int = 1) -> Generator[Outcome[Abstract]]:
    """Parse the saved pages in files, folders, patterns, archives and sheets, in order.

    ``jobs`` is the number of processes, 0 for one per CPU. Raises nothing: each outcome has an
    abstract, an error, or neither for a page without an abstract that the user did not name. Close
    the generator to end the processes at once.
    """
    return convert_pages(names, _unchanged, jobs)


def convert_pages(
    names: Iterable[str],
    convert: Callable[[Abstract, bool], Result],
    jobs: int = 1,
    sheets: SheetOptions = _SHEETS,
) -> Generator[Outcome[Result]]:
    """Parse saved pages as ``read_pages`` does, and convert each abstract in the same process.

    ``convert`` takes the abstract and whether its page was collected; it and its result must be
    picklable.
    """
    parse: Callable[[_Page], Outcome[Result]] = partial(_converted_page, convert=convert)
    options = replace(sheets, only_pages=True)
    saved = chain.from_iterable(map(_saved_pages, names))
    pages = chain.from_iterable(_expanded(page, options) for page in saved)
    yield from map(parse, pages if jobs == 1 else islice(pages, _FEW))
    if (following := next(pages, None)) is None:
        return
    from abstool.parallel import map_in_order  # noqa: PLC0415 - most runs need no processes

    rest = chain([following], pages)
    with closing(
        map_in_order(parse, rest, jobs=jobs, on_failure=_failed, size=_size, memory=_IN_FLIGHT)
    ) as outcomes:
        yield from outcomes


def read_source(
    name: str,
    fetch: Callable[[str], Abstract],
    *,
    with_abstracts: bool = True,
    sheets: SheetOptions = _SHEETS,
) -> Iterator[Outcome[Abstract | JsonObject]]:
    """Read what can be cited from a URL (with ``fetch``), from pages, JSON or references.

    Without abstracts, those of references that take long to read are left out.
    A folder, a pattern or an archive without anything to cite is an error. Raises nothing: each
    outcome has a value, an error, or neither; see ``read_pages``.
    """
    try:
        if is_url(name):
            yield Outcome(name, fetch(name), address=name)
            return
        has_any = False
        saved = _saved_pages(name, whole=True)
        for page in chain.from_iterable(_expanded(page, sheets) for page in saved):
            for outcome in contents(page, with_abstracts=with_abstracts):
                has_any = has_any or outcome.value is not None or outcome.error is not None
                yield outcome
        if not has_any:
            yield Outcome(name, error=_nothing_in(name))
    except Exception as error:  # noqa: BLE001 - a bug must not hide the other inputs
        yield Outcome(name, error=error)


def sheet_columns(name: str, sheets: SheetOptions) -> Iterator[Outcome[list[tuple[str, ...]]]]:
    """Yield the sheets of a file: for each column its sheet, its name and what is read from it."""
    options = replace(sheets, only_pages=True)
    for page in _saved_pages(name):
        if isinstance(page, AbstoolError):
            yield Outcome(page.subject, error=page)
        else:
            yield Outcome(page.subject, page).then(lambda page, _: _columns(page, options))


def _columns(page: SavedPage, options: SheetOptions) -> list[tuple[str, ...]]:
    from abstool.inputs.tables import mappings  # noqa: PLC0415 - most inputs are pages

    return [
        (f"{page.subject}, {sheet}" if sheet else page.subject, column, role or "extra")
        for sheet, columns in mappings(page, options)
        for column, role in zip(columns.names, columns.roles, strict=True)
        if column
    ]


def _nothing_in(name: str) -> UnreadableInput:
    """Return the error for a folder, a pattern or an archive without anything to cite."""
    from abstool.inputs.references import unread  # noqa: PLC0415 - only for errors

    problem = "no references, records or abstracts found"
    problem, next_step = unread.of_name(name) or (problem, "check the name and the files")
    return UnreadableInput(name, problem, next_step)


def _saved_pages(name: str, *, whole: bool = False) -> Iterator[SavedPage | AbstoolError]:
    """Yield the pages that a name stands for, not parsed yet."""
    if is_url(name):
        yield UnreadableInput(name, "this is a URL, not a file", "use 'abstool fetch'")
        return
    try:
        for file in [File(name)] if name == STDIN else find(name):
            if isinstance(file, UnreadableInput):
                yield file
            else:
                yield from _pages_of(file, whole=whole)
    except UnreadableInput as error:
        yield error


def _expanded(page: SavedPage | AbstoolError, options: SheetOptions) -> Iterator[_Page]:
    """Yield the rows of a sheet of abstracts; anything else as it is."""
    if isinstance(page, AbstoolError) or not may_be_sheet(page.data, options):
        yield page
        return
    from abstool.inputs.tables import rows_of  # noqa: PLC0415 - most inputs are pages

    yield from rows_of(page, options)


def _pages_of(file: File, *, whole: bool) -> Iterator[SavedPage | AbstoolError]:
    with ExitStack() as stack:
        if file.name == STDIN:
            subject, stream = _STDIN_NAME, open_stdin()
        else:
            subject = file.name or '""'
            if not file.name:
                yield UnreadableInput(subject, "cannot be read (the name is empty)", _next_step(""))
                return
            try:
                stream = stack.enter_context(Path(file.name).open("rb"))
            except (OSError, ValueError) as error:  # ValueError: a null character in the name
                reason = getattr(error, "strerror", None) or str(error)
                yield UnreadableInput(subject, f"cannot be read ({reason})", _next_step(file.name))
                return
        try:
            yield from archives.pages(stream, subject, collected=file.collected, whole=whole)
        except OSError as error:  # not of the file: those are errors of the outcomes
            problem = f"cannot be copied to the temporary folder ({error.strerror})"
            yield UnreadableInput(subject, problem, "check TMPDIR and the space on its disk")


def _next_step(name: str) -> str:
    """Return advice about the name of a file that cannot be read."""
    if re.match(r"(?:www\.)?[\w-]+\.(?:org|com|net)(?:/|$)", name):
        return "a URL begins with https://"
    return "check the name; - is standard input"


def _converted_page(page: _Page, convert: Callable[[Abstract, bool], Result]) -> Outcome[Result]:
    parsed = parse_page(page)
    return parsed.then(lambda abstract, _: convert(abstract, parsed.collected))


def _unchanged(abstract: Abstract, collected: bool) -> Abstract:
    del collected
    return abstract


def _failed(page: _Page, reason: str) -> Outcome[Never]:
    """Return the outcome of a page whose process crashed or took too long."""
    problem = f"the process that parsed it {reason}"
    next_step = "check the available memory, or use fewer processes"
    return Outcome(page.subject, error=UnreadableInput(page.subject, problem, next_step))


def _size(page: _Page) -> int:
    if isinstance(page, RowOfSheet):
        return page.size
    return len(page.data) if isinstance(page, SavedPage) else 0
