"""Read lists of URLs and DOIs, written by a person or another tool.

A line is a URL, a DOI, or a JSON object with a ``url`` as ``abstool list`` and ``abstool fetch``
print it. Empty lines and lines that begin with ``#`` are skipped.
"""

from __future__ import annotations

import codecs
import io
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from functools import partial
from itertools import chain
from pathlib import Path
from typing import IO

from abstool.address import doi_in, is_url, requestable, without_credentials
from abstool.encoding import encoding_shown
from abstool.errors import AbstoolError, FetchError, UnreadableInput, reason_of

_HEAD = 1 << 16  # bytes that are enough to recognize a list
_SHOWING = 4  # bytes that show an encoding; a blank line has fewer
_LONGEST = 10_000_000  # bytes of a line: a record with a URL has up to 100,000


def lines_of(file: IO[bytes], subject: str) -> Iterator[bytes]:
    """Yield the lines of a file, which may end with CR; those of UTF-16 and UTF-32 in UTF-8.

    Raises UnreadableInput if one is too long to be held.
    """
    lines = iter(partial(file.readline, _LONGEST), b"")
    for line in _in_utf8(lines):
        if len(line) >= _LONGEST:
            raise UnreadableInput(subject, "it has a line of more than 10 MB", "check the file")
        yield from line.splitlines()


def _in_utf8(lines: Iterator[bytes]) -> Iterator[bytes]:
    """Yield lines as they are, or in UTF-8 if the first show that they are UTF-16 or UTF-32."""
    first: list[bytes] = []
    while sum(map(len, first)) < _SHOWING and (line := next(lines, b"")):
        first.append(line)
    encoding = encoding_shown(b"".join(first))
    if encoding in ("", "utf-8-sig"):
        yield from chain(first, lines)
        return
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    begun = io.StringIO()  # the bytes of a line may end within the character that ends it
    for line in chain(first, lines):
        *ends, rest = decoder.decode(line).split("\n")
        for end in ends:
            yield _recoded(f"{begun.getvalue()}{end}\n")
            begun = io.StringIO()
        begun.write(rest)
        if begun.tell() >= _LONGEST:
            break
    yield _recoded(begun.getvalue())


def _recoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _entries(lines: Iterable[bytes]) -> Iterator[tuple[int, str]]:
    """Yield the lines that are neither empty nor comments, with their numbers from 1."""
    for number, line in enumerate(lines, start=1):
        text = line.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace").strip()
        if text and not text.startswith("#"):
            yield number, text


def read_addresses(lines: Iterable[bytes], subject: str) -> Iterator[str | AbstoolError]:
    """Yield the URL or DOI of each line, or an error for a line without a usable one."""
    for number, text in _entries(lines):
        address = _url_of(text) if text.startswith("{") else text
        place = f"{subject}, line {number}"
        if doi_in(address):
            yield address
        elif not _may_be_url(address):
            yield UnreadableInput(
                place,
                "no URL found",
                "put one URL on each line, or a DOI, or use JSON Lines with a url key",
            )
        else:
            try:
                requestable(address, f"{place}: {without_credentials(address)}")
            except FetchError as error:
                yield error
            else:
                yield address


def read_list(path: str) -> Iterator[str | AbstoolError]:
    """Yield the URLs and DOIs in a file, or the errors of its lines, or that of the file."""
    with ExitStack() as stack:
        try:
            file = stack.enter_context(Path(path).open("rb"))
            yield from read_addresses(lines_of(file, path), path)
        except UnreadableInput as error:
            yield error
        except (OSError, ValueError) as error:  # ValueError: a null character in the name
            reason = reason_of(error)
            yield UnreadableInput(path or '""', f"cannot be read ({reason})", "check the name")


def is_address(name: str) -> bool:
    """Return whether the name of an input is a URL or a DOI, and not that of a file."""
    return is_url(name) or bool(doi_in(name) and not os.path.lexists(name))


def is_list(text: bytes) -> bool:
    """Return whether a text is a list of URLs or DOIs: its first line and half of the others."""
    # Most texts are none, as their first line shows; so the others are split off when needed.
    lines = chain.from_iterable(map(bytes.splitlines, _in_utf8(iter(io.BytesIO(text[:_HEAD])))))
    listed = (_is_listed(entry) for _, entry in _entries(lines))
    if not next(listed, False):
        return False
    others = list(listed)
    return 2 * sum(others) >= len(others)


def _is_listed(entry: str) -> bool:
    return bool(doi_in(entry)) or (is_url(entry) and _is_word(entry))


def is_list_file(path: str) -> bool:
    """Return whether a regular file is a list of URLs or DOIs; read only its beginning."""
    if not os.path.isfile(path):  # noqa: PTH113 - a Path refuses some names
        return False
    try:
        with Path(path).open("rb") as file:
            return is_list(file.read(_HEAD))
    except OSError:
        return False


def _may_be_url(text: str) -> bool:
    return _is_word(text) and any(sign in text for sign in ".:/")


def _is_word(text: str) -> bool:
    return bool(text) and not any(character.isspace() for character in text)


def _url_of(text: str) -> str:
    try:
        url = json.loads(text).get("url")
    except (ValueError, RecursionError, AttributeError):
        return ""
    return url if isinstance(url, str) else ""
