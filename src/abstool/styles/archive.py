"""The styles of the CSL project, read by name from one archive.

``hatch_build.py`` makes the archive, a ZIP file, and its index, a table. A style is found in the
index by a search for its name and read at the place that its row gives. This takes a millisecond;
Python's zipfile would first read the directory of all 2,851 files.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from abstool.errors import UsageError

_ARCHIVE = Path(__file__).with_name("csl-styles.zip")
_INDEX = Path(__file__).with_name("csl-styles.tsv")


class Row(NamedTuple):
    """A row of the index.

    Attributes:
        name: the name of a style.
        kind: ``style``, ``dependent`` (a style with the rules of another) or ``renamed``.
        title: the title of the style.
        target: the name of the parent of a dependent style, or the new name.
        locale: the language of a dependent style, or nothing.
        offset: where the compressed rules of a style begin in the archive.
        size: how many bytes these are.
    """

    name: str
    kind: str
    title: str
    target: str
    locale: str
    offset: str
    size: str


def row(name: str) -> Row | None:
    """Return the row of a style or dependent style, which may be given by its former name."""
    found = _row(name)
    return _row(found.target) if found and found.kind == "renamed" else found


def rows() -> Iterator[Row]:
    """Yield all rows: the former names, then the styles, both in alphabetical order."""
    for line in _index().decode().splitlines()[1:]:
        yield Row(*line.split("\t"))


def rules(style: Row) -> bytes:
    """Return the XML of a style that is not dependent."""
    with _installed(_ARCHIVE).open("rb") as file:
        file.seek(int(style.offset))
        return zlib.decompress(file.read(int(style.size)), -zlib.MAX_WBITS)


def _row(name: str) -> Row | None:
    index = _index()
    start = index.find(f"\n{name}\t".encode("utf-8", "surrogatepass")) + 1
    return Row(*index[start : index.index(b"\n", start)].decode().split("\t")) if start else None


@cache
def _index() -> bytes:
    return _installed(_INDEX).read_bytes()


def _installed(path: Path) -> Path:
    if not path.is_file():
        raise UsageError("CSL styles", f"{path.name} is missing", "reinstall abstool")
    return path
