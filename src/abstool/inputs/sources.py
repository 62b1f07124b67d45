"""Read the inputs that users name: files, folders, patterns, ``-`` for standard input, and URLs.

``read_pages`` reads pages only; ``read_source`` also reads records, items and reference lists. Both
detect what a file contains from its content, not its name.
"""

from __future__ import annotations

import re
import sys
from contextlib import ExitStack, closing
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Never, TypeVar, cast

from abstool.encoding import to_utf8
from abstool.errors import AbstoolError, NotAnAbstract, UnreadableInput, UsageError
from abstool.inputs import archives
from abstool.inputs.archives import SavedPage
from abstool.inputs.files import File, find
from abstool.inputs.json import JsonObject, is_json, read_json
from abstool.inputs.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

    from abstool.record import Abstract

Result = TypeVar("Result")

STDIN = "-"
_STDIN_NAME = "standard input"  # in messages
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
    """Parse the saved pages in files, folders, patterns and archives, in order.

    ``jobs`` is the number of processes, 0 for one per CPU. Raises nothing: each outcome has an
    abstract, an error, or neither for a page without an abstract that the user did not name. Close
    the generator to end the processes at once.
    """
    return convert_pages(names, _unchanged, jobs)


def convert_pages(
    names: Iterable[str], convert: Callable[[Abstract, bool], Result], jobs: int = 1
) -> Generator[Outcome[Result]]:
    """Parse saved pages as ``read_pages`` does, and convert each abstract in the same process.

    ``convert`` takes the abstract and whether its page was collected; it and its result must be
    picklable.
    """
    parse: Callable[[SavedPage | AbstoolError], Outcome[Result]] = partial(
        _converted_page, convert=convert
    )
    pages = chain.from_iterable(map(_saved_pages, names))
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
    name: str, fetch: Callable[[str], Abstract]
) -> Iterator[Outcome[Abstract | JsonObject]]:
    """Read what can be cited from a URL (with ``fetch``), from pages, JSON, BibTeX or RIS.

    Raises nothing: each outcome has a value, an error, or neither; see ``read_pages``.
    """
    try:
        if is_url(name):
            yield Outcome(name, fetch(name), address=name)
            return
        for page in _saved_pages(name, whole=True):
            yield from _contents(page)
    except Exception as error:  # noqa: BLE001 - a bug must not hide the other inputs
        yield Outcome(name, error=error)


def _contents(page: SavedPage | AbstoolError) -> Iterator[Outcome[Abstract | JsonObject]]:
    """Yield the records and items in a file, or the record of a page."""
    if isinstance(page, AbstoolError) or page.collected or archives.is_mhtml(page.data):
        yield parse_page(page)
        return
    text = _text(page)
    if is_json(text):
        yield from read_json(text, page.subject)
        return
    from abstool.inputs import references  # noqa: PLC0415 - JSON does not need it

    if form := references.form_of(text):
        # An item is a JSON object too, but to mypy a TypedDict is not a dict.
        read = references.read(text, form, page.subject)
        yield from cast("Iterator[Outcome[Abstract | JsonObject]]", read)
    else:
        outcome = Outcome(page.subject, page, address=page.url)
        yield outcome.then(lambda page, _: _record(text, page))


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


# --- one page, a pure function of its bytes ------------------------------------------------------


def parse_page(page: SavedPage | AbstoolError) -> Outcome[Abstract]:
    """Parse a saved page; an error stays as it is. Raises nothing."""
    if isinstance(page, AbstoolError):
        return Outcome(page.subject, error=page)
    saved = Outcome(page.subject, page, collected=page.collected).then(_main_part)
    return saved._replace(address=saved.value.url if saved.value else "").then(_abstract)


def _converted_page(
    page: SavedPage | AbstoolError, convert: Callable[[Abstract, bool], Result]
) -> Outcome[Result]:
    parsed = parse_page(page)
    return parsed.then(lambda abstract, _: convert(abstract, parsed.collected))


def _unchanged(abstract: Abstract, collected: bool) -> Abstract:
    del collected
    return abstract


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


def _abstract(page: SavedPage, subject: str) -> Abstract | None:
    """Return the abstract on a page, or None for a collected page without one."""
    try:
        text = _text(page)
        _check_not_json(text, subject)
    except UnreadableInput:
        if page.collected:
            return None
        raise
    return _record(text, page)


def _record(text: bytes, page: SavedPage) -> Abstract | None:
    """Return the abstract in the text of a page; None as for ``_abstract``."""
    if len(page.data) > archives.LIMIT:
        problem = f"larger than {archives.LIMIT / 1e6:g} MB"
        raise UnreadableInput(page.subject, problem, "check whether this is a page")
    try:
        record = _parse(text, page)
    except (NotAnAbstract, UnreadableInput) as error:
        # Many web pages lack their end tag, which is an error only if the page is an abstract.
        is_cut_off = isinstance(error, UnreadableInput)
        if page.collected and not (is_cut_off and _is_abstract(text + b"</html>", page)):
            return None
        raise
    record.accessed = page.accessed or record.accessed
    return record


def _check_not_json(text: bytes, subject: str) -> None:
    if is_json(text):
        raise UnreadableInput(subject, "this is JSON, not a page", "use 'abstool cite' for records")


def _text(page: SavedPage) -> bytes:
    """Return the text of a page as UTF-8."""
    return to_utf8(page.data, charset=page.charset, subject=page.subject)


def _parse(text: bytes, page: SavedPage) -> Abstract:
    from abstool.parser import parse_utf8  # noqa: PLC0415 - citing JSON does not need the parser

    return parse_utf8(text, page.url, subject=page.subject)


def _is_abstract(text: bytes, page: SavedPage) -> bool:
    """Return whether a page with an end tag is an abstract, or too large to tell."""
    try:
        _parse(text, page)
    except (NotAnAbstract, UnreadableInput) as error:
        return isinstance(error, UnreadableInput)
    return True


def _failed(page: SavedPage | AbstoolError, reason: str) -> Outcome[Never]:
    """Return the outcome of a page whose process crashed or took too long."""
    problem = f"the process that parsed it {reason}"
    next_step = "check the available memory, or use fewer processes"
    return Outcome(page.subject, error=UnreadableInput(page.subject, problem, next_step))


def _size(page: SavedPage | AbstoolError) -> int:
    return len(page.data) if isinstance(page, SavedPage) else 0
