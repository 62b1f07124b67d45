"""Read JSON records and items: an object, an array, JSON Lines, or a sequence of objects.

Valid JSON is decoded by msgspec, which is fast. What msgspec refuses is read again by Python's
decoder, which reports the position of an error, and which also accepts unpaired surrogates and
separators between objects.
"""

from __future__ import annotations

import json
import math
import os
import re
import stat
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

import msgspec

from abstool.errors import AbstoolError, UnreadableInput
from abstool.inputs.outcome import Outcome
from abstool.record import Abstract

JsonObject = dict[str, object]

# The spaces of Unicode and the byte order mark, in UTF-8. None is given back, since a pattern that
# may give millions of them back takes gigabytes.
_SPACES = (
    rb"(?:[\s\x1c-\x1f]++|\xc2[\x85\xa0]|\xe1\x9a\x80|\xe2\x80[\x80-\x8a\xa8\xa9\xaf]"
    rb"|\xe2\x81\x9f|\xe3\x80\x80|\xef\xbb\xbf)*+"
)
# The beginning of JSON with records. A page may begin with "[2470] Title" or "{Title}". What most
# files begin with is quick to see, so that the pattern is compiled only for the others.
_OBJECT = (b'{"', b'[{"')
_OBJECTS = rb"""%b(?:\{%b(?:["'}]|\Z)|\[%b(?:[\[{\]"]|\Z))""" % (_SPACES, _SPACES, _SPACES)
_LONG = 20_000_000  # bytes, from which on a file is read line by line
_LONGEST_LINE = 10_000_000
_ANY_VALUE = re.compile(rb'[ \t\n\r]*[-"\[{0-9tfnNI]')
_LINE_OF_OBJECT = re.compile(r"^(?=\{)", re.MULTILINE)
# Joined files contain byte order marks; RFC 7464 separates records by U+001E.
_NO_SPACE = re.compile(r"[^\s\ufeff\x1e]")

_EXPECTED = "use JSON objects as 'abstool parse' prints them, or CSL-JSON items"
_KINDS = {
    bool: "a boolean",
    float: "a number",
    int: "a number",
    list: "a nested array",
    str: "a string",
    type(None): "null",
}


def is_json(text: bytes) -> bool:
    """Return whether a text in UTF-8 is JSON, valid or broken, and not a page."""
    if text.startswith(_OBJECT) or re.match(_OBJECTS, text):
        return True
    if not _ANY_VALUE.match(text):
        return False
    try:
        json.loads(text.decode())
    except (ValueError, RecursionError):
        return False
    return True


def read_json(text: bytes, subject: str) -> Iterator[Outcome[Abstract | JsonObject]]:
    """Read the objects of a JSON text in UTF-8.

    Subjects count the objects: ``subject, record 3``. After a broken object, reading resumes at the
    next line that begins with one, so that a broken line loses only one record. Raises
    UnreadableInput if there are no values.

    An array is decoded at once, anything else line by line. From the first line that msgspec
    refuses, ``read_json_text`` reads the rest.
    """
    number = start = 0
    while start < len(text):
        end = 0 if text.startswith(b"[") else text.find(b"\n", start) + 1
        piece = text[start : end or len(text)]
        if not piece.isspace():
            try:
                value = _record(piece) or msgspec.json.decode(piece)
            except (msgspec.DecodeError, RecursionError):
                line = text.count(b"\n", 0, start) + 1
                yield from read_json_text(text[start:].decode(), subject, number=number, line=line)
                return
            for item in value if isinstance(value, list) else [value]:
                number += 1
                yield _outcome(item, f"{subject}, record {number}")
        start += len(piece)
    if not number:
        raise UnreadableInput(subject, "no records found", _EXPECTED)


def read_long_file(name: str) -> Iterator[Outcome[Abstract | JsonObject]] | None:
    """Return the outcomes of a long file of records, read line by line; None for any other file.

    Only for a file that begins as abstool prints records: it then needs little memory.
    """
    try:
        file = Path(name).open("rb")  # noqa: SIM115 - the generator closes it
    except (OSError, ValueError):  # ValueError: a null character in the name
        return None
    with ExitStack() as stack:
        stack.enter_context(file)
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode) or status.st_size < _LONG:
            return None
        line = file.readline(_LONGEST_LINE)
        if not line.endswith(b"\n") or _record(line) is None:
            return None
        file.seek(0)
        return _long_file(stack.pop_all(), file, name)
    return None


def _long_file(
    stack: ExitStack, file: BinaryIO, name: str
) -> Iterator[Outcome[Abstract | JsonObject]]:
    """Yield the records on the lines of a file, and all after a line of another form at once."""
    with stack:
        start = 0
        for number, line in enumerate(file, 1):
            record = _record(line)
            if record is None:
                file.seek(start)
                rest = file.read().decode("utf-8", "replace")
                if rest.strip():
                    yield from read_json_text(rest, name, number=number - 1, line=number)
                return
            start += len(line)
            yield Outcome(f"{name}, record {number}", record)


def _record(text: bytes) -> Abstract | None:
    """Return the record, if the text begins as abstool prints one and contains nothing else."""
    return Abstract.from_json(text) if text.startswith(b'{"schema":') else None


def read_json_text(
    text: str, subject: str, *, number: int = 0, line: int = 1
) -> Iterator[Outcome[Abstract | JsonObject]]:
    """Read the objects of a JSON text that may be broken; see ``read_json``.

    ``number`` is how many objects came before this text, ``line`` the line that it starts on.
    """
    for value in _values(text, subject, line):
        for item in value if isinstance(value, list) else [value]:
            number += 1
            yield _outcome(item, f"{subject}, record {number}")
    if not number:
        raise UnreadableInput(subject, "no records found", _EXPECTED)


def _outcome(item: object, subject: str) -> Outcome[Abstract | JsonObject]:
    if isinstance(item, dict | Abstract):
        return Outcome(subject, item)
    if isinstance(item, AbstoolError):
        return Outcome(subject, error=item)
    problem = f"expected a record but found {_KINDS[type(item)]}"
    return Outcome(subject, error=UnreadableInput(subject, problem, _EXPECTED))


def _values(text: str, subject: str, line: int) -> Iterator[object]:
    """Yield one JSON value after the other, and an UnreadableInput for each broken one."""
    end = 0
    try:
        for value, end in _decoded(text):  # noqa: B007 - the end of the last good value
            yield value
    except (ValueError, RecursionError):
        start = _skip_space(text, end)
    else:
        return
    line, column = line + text.count("\n", 0, start), start - text.rfind("\n", 0, start)
    rest = text[start:]
    for chunk in [rest] if rest.startswith("[") else _LINE_OF_OBJECT.split(rest):
        try:
            for value, _ in _decoded(chunk):
                yield value
        except (ValueError, RecursionError) as error:
            yield _broken(error, subject, line, column)
        line, column = line + chunk.count("\n"), 1


def _decoded(text: str) -> Iterator[tuple[object, int]]:
    """Yield each JSON value and the index of its end."""
    decoder = json.JSONDecoder(parse_constant=_refused, parse_float=_finite)
    index = _skip_space(text, 0)
    while index < len(text):
        value, end = decoder.raw_decode(text, index)
        yield value, end
        index = _skip_space(text, end)


def _skip_space(text: str, index: int) -> int:
    found = _NO_SPACE.search(text, index)
    return found.start() if found else len(text)


def _broken(error: Exception, subject: str, line: int, column: int) -> UnreadableInput:
    """Return the error for a broken value in a text that starts at a line and column."""
    next_step = "fix the file or create it again"
    if isinstance(error, json.JSONDecodeError):
        problem = error.msg
        column = error.colno + (column - 1 if error.lineno == 1 else 0)
        line += error.lineno - 1
        if not error.doc[error.pos :].strip():
            next_step = "the file may be cut off"
    elif isinstance(error, RecursionError):
        problem = "nested too deeply"
    else:
        problem = str(error).partition(":")[0]
    location = f"{subject}, line {line}, column {column}"
    return UnreadableInput(location, f"not valid JSON ({problem})", next_step)


def _refused(constant: str) -> None:
    raise ValueError(f"{constant} is not allowed")


def _finite(number: str) -> float:
    if math.isinf(value := float(number)):
        raise ValueError(f"{number} is too large a number")
    return value
