"""Join the wrapped lines of a reference; a hyphen at the end of a line may belong to the text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from abstool.address import DOI_PREFIX
from abstool.text import tidy

_LINES = 200  # more are not one reference
_HYPHEN = re.compile(r"(?<=[^\W_])[-‐\xad]$")
_IN_ADDRESS = re.compile(rf"(?:https?://|www\.|\b{DOI_PREFIX})\S*$", re.IGNORECASE)
_GOES_ON = re.compile(r"\S*[-/._=&?%]\S*|[a-z0-9]+(?:[.,;)]|$)")


def joined(lines: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Return lines as one text, and the other texts that they may stand for.

    In the first, a hyphen inside an address or before a capital or digit stays, and one between
    two lower-case letters goes. In the others, all stay, all go, or an address that reaches the end
    of a line continues in the next.
    """
    if len(lines) > _LINES:
        return tidy(" ".join(lines)), ()
    texts = dict.fromkeys(_text(lines, way) for way in ("likely", "kept", "dropped", "address"))
    first, *others = texts
    return first, tuple(others)


def _text(lines: Sequence[str], way: str) -> str:
    pieces: list[str] = []
    tail = ""  # the last word so far, since an address may be broken several times
    for line in map(str.strip, lines):
        if not line:
            continue
        if pieces:
            _join(pieces, tail, line, way)
        pieces.append(line)
        word = line.rpartition(" ")[2]
        tail = tail + word if word == line and pieces[-2:-1] != [" "] else word
        tail = tail[-500:]
    return tidy("".join(pieces))


def _join(pieces: list[str], tail: str, line: str, way: str) -> None:
    """Add to the pieces what is between them and the next line, and take a hyphen off."""
    in_address = bool(_IN_ADDRESS.search(tail))
    if _HYPHEN.search(pieces[-1]) and line[0].isalnum():
        is_word = pieces[-1][-2].islower() and line[0].islower() and not in_address
        soft = pieces[-1][-1] == "\xad"
        if way == "dropped" or soft or (is_word and way != "kept"):
            pieces[-1] = pieces[-1][:-1]
        return
    goes_on = in_address and (tail[-1] in "/_=&?%" or way == "address") and _GOES_ON.match(line)
    if not goes_on:
        pieces.append(" ")
