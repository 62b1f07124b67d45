"""Read the hyperlinks of the cells of a sheet, which openpyxl skips when it streams."""

from __future__ import annotations

import io
import re
import zipfile
from html import unescape
from posixpath import basename, dirname

_RELATION = re.compile(rb"<Relationship\b[^<>]*>")
_LINK = re.compile(rb"<(?:\w+:)?hyperlink\b[^<>]*>")
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_BLOCK = 1 << 20
_LONGEST = 10_000  # bytes of an element


def links_of(data: bytes, path: str) -> dict[str, str]:
    """Return the targets of the hyperlinks in the sheet at ``path``, by cell (``B7``)."""
    name = path.removeprefix("/")
    relations = f"{dirname(name)}/_rels/{basename(name)}.rels"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            targets = {
                one.get("Id", ""): one.get("Target", "")
                for one in map(_attributes, _RELATION.findall(archive.read(relations)))
                if one.get("Type", "").endswith("/hyperlink")
            }
            return _cells(archive, name, targets) if targets else {}
    except (KeyError, OSError, ValueError, zipfile.BadZipFile):  # most sheets have no relations
        return {}


def _cells(archive: zipfile.ZipFile, name: str, targets: dict[str, str]) -> dict[str, str]:
    links: dict[str, str] = {}
    before = b""
    with archive.open(name) as stream:
        while data := stream.read(_BLOCK):
            piece = before + data
            for match in _LINK.finditer(piece):
                found = _attributes(match[0])
                target = targets.get(found.get("r:id", ""), "")
                links.setdefault(found.get("ref", ""), target)
            start = piece.rfind(b"<")
            before = piece[start:] if start >= 0 and len(piece) - start < _LONGEST else b""
    return links


def _attributes(element: bytes) -> dict[str, str]:
    return {
        name.decode(): unescape((double or single).decode(errors="replace"))
        for name, double, single in _ATTRIBUTE.findall(element)
    }
