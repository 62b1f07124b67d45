"""Inputs as users name them: files and folders, ``-`` for standard input, or a web address.

Out come pages, read as ``Abstract``, or what may be cited: abstracts, and the JSON objects of
records and CSL-JSON items. Pages, archives of pages and JSON are told apart by content, never by
name.
"""

from __future__ import annotations

import re
import sys
from contextlib import ExitStack, closing
from functools import partial
from itertools import chain, islice, starmap
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from abstool.encoding import decode
from abstool.errors import AbstoolError, NotAnAbstract, UnreadableInput, UsageError
from abstool.inputs import archives
from abstool.inputs.archives import SavedPage
from abstool.inputs.files import File, find
from abstool.inputs.json import (
    Citable,
    is_json,
    is_sound_at_a_glance,
    read_json,
    read_sound,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

    from abstool.record import Abstract

__all__ = [
    "STDIN",
    "Citable",
    "Parsed",
    "check_stdin",
    "is_address",
    "is_json",
    "read_citables",
    "read_json",
    "read_pages",
]

STDIN = "-"
_FEW = 20  # pages that are parsed here sooner than a process starts
_IN_FLIGHT = 100_000_000  # bytes of pages that wait for a process


class Parsed(NamedTuple):
    """What came of a saved page: its record, what was ``made`` of it, or an error.

    The content is None where the page shows no abstract, and nobody said that it does: it was
    ``collected`` from a folder, an archive or by a pattern.
    """

    subject: str
    content: Any
    collected: bool = True

    def __str__(self) -> str:
        """Return the place, as messages name it."""
        return self.subject


def is_address(name: str) -> bool:
    """Tell whether the name of an input is a web address."""
    return name.lower().startswith(("http://", "https://"))


def check_stdin(names: list[str], note: Callable[[str], None]) -> None:
    """Refuse to read standard input twice; note it if a person is expected to type.

    Raises UsageError.
    """
    if names.count(STDIN) > 1:
        raise UsageError(STDIN, "standard input can be read only once", "give - once")
    if STDIN in names and sys.stdin is not None and sys.stdin.isatty():
        note("reading from the terminal; end with Ctrl-D, or name a file (see --help)")


def read_pages(
    names: Iterable[str],
    jobs: int = 1,
    made: Callable[[Abstract, bool], Any] | None = None,
) -> Generator[Parsed]:
    """Parse the saved pages of files, folders, patterns and archives, in order.

    ``jobs`` is the number of processes, 0 for one per CPU. ``made`` makes of a record, told whether
    its page was collected, what is wanted of it, in the process that parsed it; it has to pickle.
    Raises nothing: an error takes the place of what could not be read. Close the generator to end
    its processes at once.
    """
    parse = partial(parse_page, made=made)
    pages = chain.from_iterable(map(_saved_pages, names))
    yield from map(parse, pages if jobs == 1 else islice(pages, _FEW))
    if (following := next(pages, None)) is None:
        return
    from abstool.parallel import in_order  # noqa: PLC0415 - most runs need no processes

    many = chain([following], pages)
    with closing(
        in_order(parse, many, jobs=jobs, lost=_lost, size=_size, memory=_IN_FLIGHT)
    ) as parsed:
        yield from parsed


def read_citables(name: str, fetch: Callable[[str], Abstract]) -> Iterator[Citable]:
    """Read what can be cited from an address (by ``fetch``), from pages, or from JSON.

    Raises nothing: an error takes the place of what could not be read.
    """
    try:
        if is_address(name):
            yield Citable(name, fetch(name))
            return
        for page in _saved_pages(name, whole=True):
            if isinstance(page, SavedPage) and not page.collected:
                if is_sound_at_a_glance(page.data):
                    yield from read_sound(page.data, page.subject)
                    continue
                text = _text(page)
                if is_json(text):
                    yield from read_json(text, page.subject)
                    continue
                from abstool.inputs import references  # noqa: PLC0415 - most inputs are none

                if references.form_of(text):
                    yield from starmap(Citable, references.read(text, page.subject))
                    continue
            parsed = parse_page(page)
            if parsed.content is not None:
                yield Citable(parsed.subject, parsed.content)
    except Exception as error:  # noqa: BLE001 - a bug, too, shall not hide other inputs
        yield Citable(name, error)


def _saved_pages(name: str, *, whole: bool = False) -> Iterator[SavedPage | AbstoolError]:
    """Yield the pages a name stands for, unread."""
    if is_address(name):
        yield UnreadableInput(name, "it is an address, not a file", "use 'abstool fetch'")
        return
    try:
        for file in [File(name)] if name == STDIN else find(name):
            yield from _pages_of(file, whole=whole)
    except UnreadableInput as error:
        yield error


def _pages_of(file: File, *, whole: bool) -> Iterator[SavedPage | AbstoolError]:
    with ExitStack() as stack:
        if file.name != STDIN:
            subject = file.name or '""'
            stream: IO[bytes]
            try:
                stream = stack.enter_context(Path(file.name).open("rb"))
            except (OSError, ValueError) as error:  # ValueError: a null character in the name
                reason = getattr(error, "strerror", None) or str(error)
                yield UnreadableInput(subject, f"cannot be read ({reason})", _advice(file.name))
                return
        elif sys.stdin is not None:
            subject, stream = "standard input", sys.stdin.buffer
        else:
            yield UnreadableInput("standard input", "it is closed", "name a file")
            return
        yield from archives.pages(stream, subject, collected=file.collected, whole=whole)


def _advice(name: str) -> str:
    """Return what may have been meant by the name of a file that cannot be read."""
    if re.match(r"(?:www\.)?[\w-]+\.(?:org|com|net)(?:/|$)", name):
        return "a web address begins with https://"
    return "check the name; - is standard input"


# --- one page, a pure function of its bytes ------------------------------------------------------


def parse_page(
    page: SavedPage | AbstoolError, made: Callable[[Abstract, bool], Any] | None = None
) -> Parsed:
    """Parse a saved page, and make of its record what ``made`` makes; an error stays what it is.

    Raises nothing.
    """
    if isinstance(page, AbstoolError):
        return Parsed(page.subject, page)
    content: Any
    try:
        content = _abstract(page)
        if content is not None and made:
            content = made(content, page.collected)
    except Exception as error:  # noqa: BLE001 - a bug, too, shall not hide other inputs
        content = error
    return Parsed(page.subject, content, collected=page.collected)


def _abstract(page: SavedPage) -> Abstract | None:
    """Return the abstract that a page shows; None if it shows none and nobody said it does."""
    try:
        if archives.is_mhtml(page.data):
            page = archives.main_part(page)
        text = _text(page)
    except UnreadableInput:
        if page.collected:
            return None
        raise
    if is_json(text):
        if page.collected:
            return None
        raise UnreadableInput(
            page.subject, "it is JSON, not a page", "use 'abstool cite' for records"
        )
    if len(page.data) > archives.LIMIT:
        problem = f"it is larger than {archives.LIMIT / 1e6:g} MB"
        raise UnreadableInput(page.subject, problem, "see whether it is a page at all")
    try:
        record = _parse(text, page)
    except (NotAnAbstract, UnreadableInput) as error:
        # Many pages of the web lack their end tag; only an abstract that does is worth a word.
        cut_off = isinstance(error, UnreadableInput)
        if page.collected and not (cut_off and _is_abstract(f"{text}</html>", page)):
            return None
        raise
    record.accessed = page.accessed
    return record


def _text(page: SavedPage) -> str:
    if not page.data.strip():
        advice = "see whether the step before it failed"
        raise UnreadableInput(page.subject, "it is empty", advice)
    return decode(page.data, charset=page.charset, subject=page.subject)


def _parse(text: str, page: SavedPage) -> Abstract:
    from abstool.parser import parse  # noqa: PLC0415 - citing JSON needs no parser of pages

    return parse(text, page.url, subject=page.subject)


def _is_abstract(text: str, page: SavedPage) -> bool:
    try:
        _parse(text, page)
    except (NotAnAbstract, UnreadableInput):
        return False
    return True


def _lost(page: SavedPage | AbstoolError) -> Parsed:
    """Return the outcome of a page at which the process that read it died."""
    problem, advice = "the process reading it died", "see whether memory is short; try --jobs 1"
    return Parsed(page.subject, UnreadableInput(page.subject, problem, advice))


def _size(page: SavedPage | AbstoolError) -> int:
    return len(page.data) if isinstance(page, SavedPage) else 0
