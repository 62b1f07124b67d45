"""Read the hyperlinks and the merged cells of a sheet, which openpyxl skips when it streams."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from html import unescape
from posixpath import basename, dirname

from abstool.inputs.archives.zipped import ZIP_ERRORS
from abstool.inputs.references.tables.cells import column_of

_RELATION = re.compile(rb"<Relationship\b[^<>]*>")
_LINK = re.compile(rb"<(?:\w+:)?hyperlink\b[^<>]*>")
_MERGED = re.compile(
    rb"<(?:\w+:)?mergeCell\b[^<>]{0,200}?\bref=[\"'](?P<left>[A-Z]{1,3})(?P<first>\d{1,7})"
    rb":(?P<right>[A-Z]{1,3})(?P<last>\d{1,7})[\"'][^<>]{0,200}>"
)
_ATTRIBUTE = re.compile(rb"""(?<![\w:])([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_BLOCK = 1 << 20
_LONGEST = 10_000  # bytes of an element


def links_of(archive: zipfile.ZipFile, name: str) -> dict[str, str]:
    """Return the targets of the hyperlinks in the sheet ``name``, by cell (``B7``)."""
    relations = f"{dirname(name)}/_rels/{basename(name)}.rels"
    try:
        targets = {
            one.get("Id", ""): one.get("Target", "")
            for one in map(_attributes, _RELATION.findall(archive.read(relations)))
            if one.get("Type", "").endswith("/hyperlink")
        }
        return _cells(archive, name, targets) if targets else {}
    except (KeyError, *ZIP_ERRORS):  # most sheets have no relations
        return {}


def merged_columns(
    archive: zipfile.ZipFile, name: str, width: int
) -> dict[int, list[tuple[int, int]]]:
    """Return the merged cells of several rows: by column, up to ``width``, first and last row."""
    found: dict[int, list[tuple[int, int]]] = {}
    try:
        for match in _matches(archive, name, _MERGED):
            first, last = int(match["first"]), int(match["last"])
            column = column_of(match["left"].decode())
            if match["left"] == match["right"] and 0 < first < last and column <= width:
                found.setdefault(column, []).append((first, last))
    except (KeyError, *ZIP_ERRORS):
        return {}
    return found


def _cells(archive: zipfile.ZipFile, name: str, targets: dict[str, str]) -> dict[str, str]:
    links: dict[str, str] = {}
    for match in _matches(archive, name, _LINK):
        found = _attributes(match[0])
        target = targets.get(found.get("r:id", ""), "")
        links.setdefault(found.get("ref", ""), target)
    return links


def _matches(
    archive: zipfile.ZipFile, name: str, pattern: re.Pattern[bytes]
) -> Iterator[re.Match[bytes]]:
    """Yield the elements of a part that match a pattern."""
    before = b""
    with archive.open(name) as stream:
        while data := stream.read(_BLOCK):
            piece = before + data
            yield from pattern.finditer(piece)
            start = piece.rfind(b"<")
            before = piece[start:] if start >= 0 and len(piece) - start < _LONGEST else b""


def _attributes(element: bytes) -> dict[str, str]:
    return {
        name.decode(): unescape((double or single).decode(errors="replace"))
        for name, double, single in _ATTRIBUTE.findall(element)
    }
