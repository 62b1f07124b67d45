"""JSON as users have it: one object, an array, JSON Lines, or objects one after the other.

A text goes in; its objects come out, each with its place, and an error where one is broken. Sound
JSON is decoded by msgspec. What it refuses is read again by Python's decoder, which tells what is
wrong and where, and takes what msgspec does not: halves of surrogate pairs, signs between objects.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from abstool.encoding import is_plain_utf8
from abstool.errors import AbstoolError, UnreadableInput
from abstool.record import Abstract

# What JSON of records begins with. A page may begin with "[2470] Title" or "{Title}".
_JSON_START = re.compile(r"""[\s\ufeff]*(?:\{\s*(?:["'}]|\Z)|\[\s*(?:[\[{\]"]|\Z))""")
_SOUND_START = re.compile(rb"\{\"|\[\s*\{")
_LINE_OF_OBJECT = re.compile(r"^(?=\{)", re.MULTILINE)
_NO_SPACE = re.compile(r"[^\s\ufeff\x1e]")  # marks of joined files; RFC 7464 separates by \x1e


class Citable(NamedTuple):
    """What an input holds at one place, or why that cannot be read."""

    subject: str
    content: Abstract | dict[str, Any] | Exception

    def __str__(self) -> str:
        """Return the place, as messages name it."""
        return self.subject


def is_json(text: str) -> bool:
    """Tell JSON, broken or not, from a page."""
    if _JSON_START.match(text):
        return True
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def is_sound_at_a_glance(data: bytes) -> bool:
    """Tell whether a file is UTF-8 and begins as ``read_sound`` wants it."""
    return bool(_SOUND_START.match(data)) and is_plain_utf8(data)


def read_sound(data: bytes, subject: str) -> Iterator[Citable]:
    """Read what ``is_sound_at_a_glance`` as ``read_json`` does, and quickly while it is sound.

    An array is taken whole, all else line by line; from the first line on that msgspec refuses,
    the rest goes the careful way.
    """
    number = start = 0
    while start < len(data):
        end = 0 if data.startswith(b"[") else data.find(b"\n", start) + 1
        piece = data[start : end or len(data)]
        if not piece.isspace():
            try:
                value = _record(piece) or msgspec.json.decode(piece)
            except (msgspec.DecodeError, RecursionError):
                line = data.count(b"\n", 0, start) + 1
                yield from read_json(data[start:].decode(), subject, number=number, line=line)
                return
            for item in value if isinstance(value, list) else [value]:
                number += 1
                yield _citable(item, f"{subject}, record {number}")
        start += len(piece)
    if not number:
        raise UnreadableInput(subject, "it holds no record", _EXPECTED)


def _record(data: bytes) -> Abstract | None:
    """Return the record, if the data begin as abstool prints one and are no other."""
    return Abstract.from_json(data) if data.startswith(b'{"schema":') else None


def read_json(text: str, subject: str, *, number: int = 0, line: int = 1) -> Iterator[Citable]:
    """Read the objects of a JSON text.

    It may be one object, an array, JSON Lines, or objects one after the other. Positions count
    objects: ``subject, record 3``. After a broken object reading goes on at the next line that
    begins with one, so that a damaged line costs one record. ``number`` objects may have come
    before, and the text may begin at a later ``line``.
    """
    for value in _values(text, subject, line):
        for item in value if isinstance(value, list) else [value]:
            number += 1
            yield _citable(item, f"{subject}, record {number}")
    if not number:
        raise UnreadableInput(subject, "it holds no record", _EXPECTED)


def _citable(item: Any, place: str) -> Citable:
    if isinstance(item, dict | Abstract | AbstoolError):
        return Citable(place, item)
    problem = f"{_KINDS[type(item)]} is no record"
    return Citable(place, UnreadableInput(place, problem, _EXPECTED))


_EXPECTED = "give JSON objects as 'abstool parse' prints them, or CSL-JSON items"
_KINDS = {
    bool: "true or false",
    float: "a number",
    int: "a number",
    list: "a list in a list",
    str: "a text",
    type(None): "null",
}


def _values(text: str, subject: str, line: int) -> Iterator[Any]:
    """Decode one JSON value after the other; a broken one is given as an UnreadableInput."""
    end = 0
    try:
        for value, end in _decoded(text):  # noqa: B007 - where the last good one ends
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
