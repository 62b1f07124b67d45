"""Names of files as users give them: a file, a folder, or a pattern in; files out, in order.

Folders are read through and through, each in the order of its sorted names, leaving out hidden
files and folders and links to folders. Patterns are those of Python's ``glob``, ``**`` included,
so that quoted ones work, and those of shells that leave them as they are.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from abstool.errors import UnreadableInput


class File(NamedTuple):
    """A file to read; ``collected`` if it was found in a folder or by a pattern, not named."""

    name: str
    collected: bool = False


def find(name: str) -> Iterator[File]:
    """Yield the files that a name stands for; a name of nothing stands for itself.

    Raises UnreadableInput where a folder cannot be read, or where there is no file at all.
    """
    if os.path.isdir(name):  # noqa: PTH112 - a name may hold what a Path refuses
        yield from _some(_files_in(name), name, "the folder holds no file")
    elif glob.has_magic(name) and not os.path.lexists(name):
        yield from _some(_matching(name), name, "no file has a name like this")
    else:
        yield File(name)


def _some(names: Iterator[str], subject: str, problem: str) -> Iterator[File]:
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
    """Yield the files that match; folders stand for what they hold, unless ``**`` finds that too.

    Links to folders are not followed by ``**``, as they might lead in a circle.
    """
    parts = Path(pattern).parts
    plain = next(place for place, part in enumerate(parts) if glob.has_magic(part))
    base, rest = Path(*parts[:plain]), "/".join(parts[plain:])
    if parts[-1] == "**":
        rest += "/*"
    try:
        found = sorted(set(base.glob(rest)))
    except ValueError as error:  # **.html
        raise UnreadableInput(pattern, f"no pattern: {error}", "write it like **/*.html") from None
    for path in found:
        if any(part.startswith(".") for part in path.relative_to(base).parts):
            continue
        if path.is_file():
            yield str(path)
        elif path.is_dir() and "**" not in parts:
            yield from _files_in(str(path))
