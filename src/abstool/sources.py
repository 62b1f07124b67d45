"""Inputs as users name them: a file, ``-`` for standard input, or a web address.

Out come pages, read as ``Abstract``, or what may be cited: abstracts, and the JSON objects of
records and CSL-JSON items. Pages and JSON are told apart by content, never by name.
"""

from __future__ import annotations

import json
import math
import re
import sys
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from abstool.encoding import decode
from abstool.errors import AbstoolError, UnreadableInput, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from abstool.crawler import Crawler
    from abstool.record import Abstract

STDIN = "-"

# What JSON of records begins with. A page may begin with "[2470] Title" or "{Title}".
_JSON_START = re.compile(r"""[\s\ufeff]*(?:\{\s*(?:["'}]|\Z)|\[\s*(?:[\[{\]"]|\Z))""")
_LINE_OF_OBJECT = re.compile(r"^(?=\{)", re.MULTILINE)
_NO_SPACE = re.compile(r"[^\s\ufeff\x1e]")  # marks of joined files; RFC 7464 separates by \x1e


class Citable(NamedTuple):
    """What an input holds at one place, or why that cannot be read."""

    subject: str
    content: Abstract | dict[str, Any] | Exception

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


@contextmanager
def fetching(
    names: Sequence[str] = (), **options: Any
) -> Iterator[Callable[[str], Abstract]]:
    """Give the function that fetches an address, one of ``names``; ``options`` are a Crawler's.

    The network code is imported, and its one session opened, at the first address.
    """
    many = STDIN in names or sum(map(is_address, names)) > 1
    with ExitStack() as stack:

        @cache
        def crawler() -> Crawler:
            from abstool.crawler import Crawler  # noqa: PLC0415 - see above

            return stack.enter_context(Crawler(many=many, **options))

        def fetch(address: str) -> Abstract:
            from abstool.crawler import fetch as fetch_by  # noqa: PLC0415

            return fetch_by(address, crawler())

        yield fetch


def read_page(name: str) -> Abstract:
    """Read a saved page. Raises UnreadableInput or NotAnAbstract."""
    if is_address(name):
        raise UnreadableInput(name, "it is an address, not a file", "use 'abstool fetch'")
    subject, data = _read(name)
    text = decode(data, subject=subject)
    if is_json(text):
        raise UnreadableInput(subject, "it is JSON, not a page", "use 'abstool cite' for records")
    return _parse(text, subject)


def read_citables(name: str, fetch: Callable[[str], Abstract]) -> Iterator[Citable]:
    """Read what can be cited from an address (by ``fetch``), a page, or JSON.

    Raises nothing: an error takes the place of what could not be read.
    """
    try:
        if is_address(name):
            yield Citable(name, fetch(name))
            return
        subject, data = _read(name)
        text = decode(data, subject=subject)
        if is_json(text):
            yield from read_json(text, subject)
        else:
            yield Citable(subject, _parse(text, subject))
    except Exception as error:  # noqa: BLE001 - a bug, too, shall not hide other inputs
        yield Citable(name, error)


def _parse(text: str, subject: str) -> Abstract:
    from abstool.parser import parse  # noqa: PLC0415 - citing JSON needs no parser of pages

    return parse(text, subject=subject)


def is_json(text: str) -> bool:
    """Tell JSON, broken or not, from a page."""
    if _JSON_START.match(text):
        return True
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def read_json(text: str, subject: str) -> Iterator[Citable]:
    """Read the objects of a JSON text.

    It may be one object, an array, JSON Lines, or objects one after the other. Positions count
    objects: ``subject, record 3``. After a broken object reading goes on at the next line that
    begins with one, so that a damaged line costs one record.
    """
    number = 0
    for content in _values(text, subject):
        for item in content if isinstance(content, list) else [content]:
            number += 1
            place = f"{subject}, record {number}"
            if isinstance(item, dict | AbstoolError):
                yield Citable(place, item)
            else:
                kind = _KINDS[type(item)]
                yield Citable(place, UnreadableInput(place, f"{kind} is no record", _EXPECTED))
    if not number:
        raise UnreadableInput(subject, "it holds no record", _EXPECTED)


_EXPECTED = "give JSON objects as 'abstool parse' prints them, or CSL-JSON items"
_KINDS = {
    bool: "true or false",
    float: "a number",
    int: "a number",
    list: "a list in a list",
    str: "a text",
    type(None): "null",
}


def _values(text: str, subject: str) -> Iterator[Any]:
    """Decode one JSON value after the other; a broken one is given as an UnreadableInput."""
    end = 0
    try:
        for value, end in _decoded(text):  # noqa: B007 - where the last good one ends
            yield value
    except (ValueError, RecursionError):
        start = _skip_space(text, end)
    else:
        return
    line, column = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
    rest = text[start:]
    for chunk in [rest] if rest.startswith("[") else _LINE_OF_OBJECT.split(rest):
        try:
            for value, _ in _decoded(chunk):
                yield value
        except (ValueError, RecursionError) as error:
            yield _broken(error, subject, line, column)
        line, column = line + chunk.count("\n"), 1


def _decoded(text: str) -> Iterator[tuple[Any, int]]:
    """Yield each JSON value and the position of its end."""
    decoder = json.JSONDecoder(parse_constant=_refused, parse_float=_finite)
    position = _skip_space(text, 0)
    while position < len(text):
        value, end = decoder.raw_decode(text, position)
        yield value, end
        position = _skip_space(text, end)


def _skip_space(text: str, position: int) -> int:
    found = _NO_SPACE.search(text, position)
    return found.start() if found else len(text)


def _broken(error: Exception, subject: str, line: int, column: int) -> UnreadableInput:
    """Return what is wrong with the text that starts at a line and column."""
    advice = "mend it or make it anew"
    if isinstance(error, json.JSONDecodeError):
        problem = error.msg
        column = error.colno + (column - 1 if error.lineno == 1 else 0)
        line += error.lineno - 1
        if not error.doc[error.pos :].strip():
            advice = "it may be cut off"
    elif isinstance(error, RecursionError):
        problem = "nested too deeply"
    else:
        problem = str(error).partition(":")[0]
    place = f"{subject}, line {line}, column {column}"
    return UnreadableInput(place, f"not valid JSON ({problem})", advice)


def _refused(constant: str) -> None:
    raise ValueError(f"{constant} is not allowed")


def _finite(number: str) -> float:
    if math.isinf(value := float(number)):
        raise ValueError(f"{number} is too large a number")
    return value


def _read(name: str) -> tuple[str, bytes]:
    """Return an input's name for messages and its bytes."""
    subject = "standard input" if name == STDIN else name or '""'
    try:
        if name == STDIN:
            if sys.stdin is None:
                raise UnreadableInput(subject, "it is closed", "name a file")
            data = sys.stdin.buffer.read()
        else:
            data = Path(name).read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a null character in the name
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableInput(subject, f"cannot be read ({reason})", _advice(name)) from None
    if not data.strip():
        raise UnreadableInput(subject, "it is empty", "see whether the step before it failed")
    return subject, data


def _advice(name: str) -> str:
    """Return what may have been meant by the name of a file that cannot be read."""
    if re.match(r"(?:www\.)?[\w-]+\.(?:org|com|net)(?:/|$)", name):
        return "a web address begins with https://"
    if Path(name).is_dir():
        return "name the files in it"
    return "check the name; - is standard input"
