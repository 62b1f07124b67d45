"""Read the inputs that users name: files, folders, patterns, ``-`` for standard input, URLs, DOIs.

``read_pages`` reads pages only; ``read_source`` also reads records, items, reference lists and
lists of URLs and DOIs. Both detect what a file contains from its content, not its name.
"""

from __future__ import annotations

import io
import re
import sys
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple, Never, TypeVar

from abstool.address import doi_in, doi_within, is_url
from abstool.errors import AbstoolError, FetchError, UnreadableInput, UsageError, reason_of
from abstool.inputs import archives
from abstool.inputs.addresses import is_address, is_list, lines_of, read_addresses, read_list
from abstool.inputs.archives import SavedPage
from abstool.inputs.contents import contents
from abstool.inputs.files import File, find
from abstool.inputs.json import read_long_file
from abstool.inputs.options import DEFAULT, ReadOptions
from abstool.inputs.outcome import Outcome
from abstool.inputs.pages import parse_page
from abstool.inputs.sheets import RowOfSheet, SheetOptions, may_be_sheet
from abstool.interrupts import interruptible

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

    from abstool.inputs.json import JsonObject
    from abstool.record import Abstract

Result = TypeVar("Result")

STDIN = "-"
_STDIN_NAME = "standard input"  # in messages
_Page = SavedPage | RowOfSheet | AbstoolError
_FEW = 20  # pages, which are parsed in less time than a process needs to start
_IN_FLIGHT = 100_000_000  # bytes of pages that wait for a process


class Web(NamedTuple):
    """How what is not on this machine is retrieved: the page of a URL, and the data of a DOI.

    Without ``data_of``, which returns CSL-JSON, a DOI stands for the page that it leads to.
    """

    record_of: Callable[[str], Abstract]
    data_of: Callable[[str], bytes] | None = None


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
    return interruptible(sys.stdin.buffer)


def stdin_lines() -> Iterator[bytes]:
    """Yield the lines of standard input. Raises UnreadableInput if it cannot be read."""
    try:
        yield from lines_of(open_stdin(), _STDIN_NAME)
    except OSError as error:
        problem = f"cannot be read ({error.strerror})"
        raise UnreadableInput(_STDIN_NAME, problem, "name the inputs as arguments") from None


def read_pages(
    names: Iterable[str], jobs: int = 1, options: ReadOptions = DEFAULT
) -> Generator[Outcome[Abstract]]:
    """Parse the saved pages in files, folders, patterns, archives and sheets, in order.

    ``jobs`` is the number of processes, 0 for one per CPU. Raises nothing: each outcome has an
    abstract, an error, or neither for a page without an abstract that the user did not name. Close
    the generator to end the processes at once.
    """
    return convert_pages(names, _unchanged, jobs, options)


def convert_pages(
    names: Iterable[str],
    convert: Callable[[Abstract, bool], Result],
    jobs: int = 1,
    options: ReadOptions = DEFAULT,
) -> Generator[Outcome[Result]]:
    """Parse saved pages as ``read_pages`` does, and convert each abstract in the same process.

    ``convert`` takes the abstract and whether its page was collected; it and its result must be
    picklable.
    """
    parse: Callable[[_Page], Outcome[Result]] = partial(
        _converted_page, convert=convert, options=options
    )
    saved = chain.from_iterable(_saved_pages(name, host=options.host) for name in names)
    sheets = replace(options.sheets, only_pages=True)
    pages = chain.from_iterable(_expanded(page, sheets) for page in saved)
    yield from map(parse, pages if jobs == 1 else islice(pages, _FEW))
    if (following := next(pages, None)) is None:
        return
    from abstool.inputs.pool import map_in_order  # noqa: PLC0415 - few inputs have so many pages

    yield from map_in_order(
        parse,
        chain([following], pages),
        jobs=jobs,
        on_failure=_failed,
        size=_size,
        memory=_IN_FLIGHT,
    )


def read_sources(
    names: Iterable[str],
    lists: Iterable[str],
    web: Web,
    options: ReadOptions = DEFAULT,
) -> Iterator[Outcome[Abstract | JsonObject]]:
    """Read what can be cited from sources, and from files that list URLs and DOIs."""
    for name in names:
        yield from read_source(name, web, options)
    for name in lists:
        yield from read_listed(addresses_in(name), web)


def addresses_in(name: str) -> Iterator[str | AbstoolError]:
    """Yield the URLs and DOIs in a list or in standard input, or the errors of its lines."""
    if name != STDIN:
        yield from read_list(name)
        return
    try:
        yield from read_addresses(stdin_lines(), _STDIN_NAME)
    except UnreadableInput as error:
        yield error


def read_source(
    name: str, web: Web, options: ReadOptions = DEFAULT
) -> Iterator[Outcome[Abstract | JsonObject]]:
    """Read what can be cited from a URL or DOI (with ``web``), from pages, JSON or references.

    A folder, a pattern or an archive without anything to cite is an error. Raises nothing: each
    outcome has a value, an error, or neither; see ``read_pages``.
    """
    try:
        if is_address(name):
            yield from _retrieved(name, web)
            return
        if name != STDIN and (records := read_long_file(name)):
            yield from records
            return
        has_any = False
        for saved in _saved_pages(name, whole=True, host=options.host):
            if isinstance(saved, SavedPage) and not saved.collected and is_list(saved.data):
                lines = lines_of(io.BytesIO(saved.data), saved.subject)
                yield from read_listed(read_addresses(lines, saved.subject), web)
                return
            pages = _expanded(saved, options.sheets)
            for outcome in chain.from_iterable(contents(page, options) for page in pages):
                has_any = has_any or outcome.value is not None or outcome.error is not None
                yield outcome
        if not has_any:
            yield Outcome(name, error=_nothing_in(name))
    except Exception as error:  # noqa: BLE001 - a bug must not hide the other inputs
        yield Outcome(name, error=error)


def sheet_columns(name: str, sheets: SheetOptions) -> Iterator[Outcome[list[tuple[str, ...]]]]:
    """Yield the sheets of a file: for each column its sheet, its name and what is read from it."""
    for page in _saved_pages(name):
        if isinstance(page, AbstoolError):
            yield Outcome(page.subject, error=page)
        else:
            yield Outcome(page.subject, page).then(lambda page, _: _columns(page, sheets))


def _columns(page: SavedPage, options: SheetOptions) -> list[tuple[str, ...]]:
    from abstool.inputs.tables import mappings  # noqa: PLC0415 - most inputs are pages

    return [
        (f"{page.subject}, {sheet}" if sheet else page.subject, column, role or "extra")
        for sheet, columns in mappings(page, options)
        for column, role in zip(columns.names, columns.roles, strict=True)
        if column
    ]


def read_listed(
    addresses: Iterable[str | AbstoolError], web: Web
) -> Iterator[Outcome[Abstract | JsonObject]]:
    """Read what the URLs and DOIs of a list lead to; stop if a site refuses more requests.

    Text of another form counts as a URL without its scheme, never as the name of a file: the list
    may come from anyone. Raises nothing.
    """
    for address in addresses:
        if isinstance(address, AbstoolError):
            yield Outcome(address.subject, error=address)
            continue
        try:
            yield from _retrieved(address, web)
        except Exception as error:  # noqa: BLE001 - a bug must not hide the other addresses
            yield Outcome(address, error=error)
            if isinstance(error, UsageError) or (isinstance(error, FetchError) and error.stops_run):
                return


def _retrieved(address: str, web: Web) -> Iterator[Outcome[Abstract | JsonObject]]:
    """Yield what a URL or a DOI leads to. Raises FetchError."""
    if (doi := doi_in(address)) and web.data_of:
        for outcome in contents(SavedPage(address, web.data_of(doi))):
            yield _with_own_doi(outcome, doi)
    else:
        yield Outcome(address, web.record_of(address), address=address)


def _with_own_doi(
    outcome: Outcome[Abstract | JsonObject], doi: str
) -> Outcome[Abstract | JsonObject]:
    """Return the data of a DOI, with a warning if they say that they are those of another."""
    found = outcome.value.get("DOI") if isinstance(outcome.value, dict) else None
    if not isinstance(found, str) or doi_within(found).lower() in ("", doi.lower()):
        return outcome
    warning = f"doi.org sent the data of another DOI: {doi_within(found)}"
    return outcome._replace(warnings=(*outcome.warnings, warning))


def _nothing_in(name: str) -> UnreadableInput:
    """Return the error for a folder, a pattern or an archive without anything to cite."""
    from abstool.inputs.references import unread  # noqa: PLC0415 - only for errors

    problem = "no references, records or abstracts found"
    problem, next_step = unread.of_name(name) or (problem, "check the name and the files")
    return UnreadableInput(name, problem, next_step)


def _saved_pages(
    name: str, *, whole: bool = False, host: str = ""
) -> Iterator[SavedPage | AbstoolError]:
    """Yield the pages that a name stands for, not parsed yet."""
    if is_url(name):
        yield UnreadableInput(name, "this is a URL, not a file", "use 'abstool fetch'")
        return
    try:
        for file in [File(name)] if name == STDIN else find(name):
            if isinstance(file, UnreadableInput):
                yield file
            elif not file.is_readable:  # it is skipped like a file without anything in it
                yield SavedPage(file.name, b"", collected=True)
            else:
                yield from _pages_of(file, whole=whole, host=host)
    except UnreadableInput as error:
        yield error


def _expanded(page: SavedPage | AbstoolError, options: SheetOptions) -> Iterator[_Page]:
    """Yield the rows of a sheet of abstracts; anything else as it is."""
    if isinstance(page, AbstoolError) or not may_be_sheet(page.data, options):
        yield page
        return
    from abstool.inputs.tables import rows_of  # noqa: PLC0415 - most inputs are pages

    yield from rows_of(page, options)


def _pages_of(file: File, *, whole: bool, host: str) -> Iterator[SavedPage | AbstoolError]:
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
                reason = reason_of(error)
                yield UnreadableInput(subject, f"cannot be read ({reason})", _next_step(file.name))
                return
        try:
            yield from archives.pages(
                stream, subject, collected=file.collected, whole=whole, host=host
            )
        except OSError as error:  # not of the file: those are errors of the outcomes
            problem = f"cannot be copied to the temporary folder ({error.strerror})"
            yield UnreadableInput(subject, problem, "check TMPDIR and the space on its disk")


def _next_step(name: str) -> str:
    """Return advice about the name of a file that cannot be read."""
    if re.match(r"(?:www\.)?[\w-]+\.(?:org|com|net)(?:/|$)", name):
        return "a URL begins with https://"
    if re.fullmatch(r"(?i)pmid:?\s*\d+|\d{6,8}", name):
        return "PubMed IDs are not looked up; give the DOI, or save the work from PubMed as .nbib"
    if re.fullmatch(r"[^\W\d_][\w\s,:?’'-]*", name):  # words of a title
        return "give a URL, a DOI or the name of a file; titles are not looked up"
    return "check the name; - is standard input"


def _converted_page(
    page: _Page, convert: Callable[[Abstract, bool], Result], options: ReadOptions
) -> Outcome[Result]:
    parsed = parse_page(page, options.given)
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
