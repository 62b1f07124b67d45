"""Find the files that a file name, folder or pattern stands for.

Folders are searched recursively in the order of sorted names, without hidden files and folders and
without links to folders. Patterns are those of Python's ``glob``, including ``**``, for shells that
do not expand them and for patterns in quotes.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from abstool.errors import UnreadableInput


class File(NamedTuple):
    """A file to read; ``collected`` if it was found in a folder or by a pattern."""

    name: str
    collected: bool = False


def find(name: str) -> Iterator[File]:
    """Yield the files that a name stands for: itself, unless it is a folder or a pattern.

    Raises UnreadableInput if a folder cannot be read, or if there are no files.
    """
    if os.path.isdir(name):  # noqa: PTH112 - a Path refuses some names
        yield from _collected(_files_in(name), name, "the folder has no files")
    elif glob.has_magic(name) and not os.path.lexists(name):
        yield from _collected(_matching(name), name, "no matching files")
    else:
        yield File(name)


def _collected(names: Iterator[str], subject: str, problem: str) -> Iterator[File]:
    """Yield the files, or raise UnreadableInput if there are none."""
    name = None
    for name in names:
        yield File(name, collected=True)
    if name is None:
        raise UnreadableInput(subject, problem, "check the name")


def _files_in(folder: str) -> Iterator[str]:
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        raise UnreadableInput(
            folder, f"cannot be read ({error.strerror})", "check its permissions"
        ) from None
    for entry in entries:
        path = entry.path.removeprefix(f".{os.sep}") if folder == "." else entry.path
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _files_in(path)
        elif entry.is_file():
            yield path


def _matching(pattern: str) -> Iterator[str]:
    """Yield the matching files, and those in matching folders unless ``**`` finds them anyway.

    ``**`` does not follow links to folders, since they may form a cycle.
    """
    parts = Path(pattern).parts
    first = next(index for index, part in enumerate(parts) if glob.has_magic(part))
    base, rest = Path(*parts[:first]), "/".join(parts[first:])
    if parts[-1] == "**":
        rest += "/*"
    try:
        found = sorted(set(base.glob(rest)))
    except ValueError as error:  # **.html
        raise UnreadableInput(
            pattern, f"invalid pattern ({error})", "write it like **/*.html"
        ) from None
    for path in found:
        if any(part.startswith(".") for part in path.relative_to(base).parts):
            continue
        if path.is_file():
            yield str(path)
        elif path.is_dir() and "**" not in parts:
            yield from _files_in(str(path))
