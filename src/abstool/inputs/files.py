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

from abstool.encoding import to_utf8
from abstool.errors import AbstoolError, UnreadableInput, UsageError, printable, reason_of

LARGEST_LIST = 100_000_000  # bytes of a file that an option names; NLM's list has 13 million


class File(NamedTuple):
    """A file to read; ``collected`` if it was found in a folder or by a pattern.

    Such a file ``is_readable`` unless it is a pipe, a device or a link that leads to no file.
    """

    name: str
    collected: bool = False
    is_readable: bool = True


def find(name: str) -> Iterator[File | UnreadableInput]:
    """Yield the files that a name stands for: itself, unless it is a folder or a pattern.

    A folder that cannot be read is yielded as an error, and the search continues. Raises
    UnreadableInput if there are no files.
    """
    if os.path.isdir(name):  # noqa: PTH112 - a Path refuses some names
        yield from _collected(_files_in(name), name, "the folder has no files")
    elif glob.has_magic(name) and not os.path.lexists(name):
        yield from _collected(_matching(name), name, "no matching files")
    else:
        yield File(name)


def _collected(
    names: Iterator[str | UnreadableInput], subject: str, problem: str
) -> Iterator[File | UnreadableInput]:
    """Yield the files and errors, or raise UnreadableInput if there are none."""
    name = None
    for name in names:
        if isinstance(name, UnreadableInput):
            yield name
        else:
            # isfile raises no error for links that form a loop.
            is_file = os.path.isfile(name)  # noqa: PTH113
            yield File(name, collected=True, is_readable=is_file)
    if name is None:
        raise UnreadableInput(subject, problem, "check the name")


def _files_in(folder: str) -> Iterator[str | UnreadableInput]:
    waiting = [(folder, True)]  # a stack and no recursion: folders may be nested deeply
    while waiting:
        path, is_folder = waiting.pop()
        if not is_folder:
            yield path
            continue
        try:
            with os.scandir(path) as found:
                entries = sorted(found, key=lambda entry: entry.name, reverse=True)
        except OSError as error:
            problem = f"cannot be read ({error.strerror})"
            yield UnreadableInput(path, problem, "check its permissions")
            continue
        for entry in entries:
            name = entry.path.removeprefix(f".{os.sep}") if path == "." else entry.path
            is_folder = entry.is_dir(follow_symlinks=False)
            is_hidden = entry.name.startswith(".")
            if not is_hidden and (is_folder or not _leads_to_folder(entry)):
                waiting.append((name, is_folder))


def _leads_to_folder(entry: os.DirEntry[str]) -> bool:
    # isdir, because is_dir of an entry raises an error for links that form a loop.
    return entry.is_symlink() and os.path.isdir(entry.path)  # noqa: PTH112


def _matching(pattern: str) -> Iterator[str | UnreadableInput]:
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
        if not path.is_dir():
            yield str(path)
        elif "**" not in parts:
            yield from _files_in(str(path))


def named_text(path: str, argument: str) -> str:
    """Return the text of a file that an option names, whatever its encoding.

    Raises UsageError about the option's ``argument``.
    """
    subject = printable(path) or '""'
    try:
        with Path(path).expanduser().open("rb") as file:
            data = file.read(LARGEST_LIST + 1)
    except (OSError, ValueError, RuntimeError) as error:  # a null character; an unknown user
        problem = f"cannot be read ({reason_of(error)})"
        raise UsageError(subject, problem, "check the name", argument=argument) from None
    if len(data) > LARGEST_LIST:
        problem = f"larger than {LARGEST_LIST / 1e6:g} MB"
        raise UsageError(subject, problem, "check the name", argument=argument)
    try:
        return to_utf8(data, subject=path).decode()
    except AbstoolError as error:
        raise UsageError(subject, error.problem, error.next_step, argument=argument) from None
