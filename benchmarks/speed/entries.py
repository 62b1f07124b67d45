"""Count the entries in a tool's output, so that a tool that fails does not count as fast."""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

COUNTS: dict[str, Callable[[str], int]] = {
    "any": lambda text: bool(text.strip()),
    "nothing": lambda text: not text,
    "lines": lambda text: sum(bool(line.strip()) for line in text.split("\n")),
    "list items": lambda text: text.count("<li"),
    "bibtex": lambda text: len(
        re.findall(r"^@(?!comment|string|preamble)", text, re.IGNORECASE | re.MULTILINE)
    ),
    "ris": lambda text: len(re.findall(r"(?m)^TY  - ", text)),
    "csv": lambda text: sum(1 for _ in csv.reader(text.splitlines(keepends=True))) - 1,
    "json": lambda text: len(json.loads(text)),
}


class BadOutputError(Exception):
    """A tool wrote nothing, or the wrong number of entries."""


def check(path: Path, how: str, expected: int) -> None:
    """Raise BadOutputError unless the file has the expected number of entries."""
    csv.field_size_limit(sys.maxsize)
    text = path.read_bytes().decode("utf-8")
    found = COUNTS[how](text)
    if found != (1 if how in {"any", "nothing"} else expected):
        raise BadOutputError(f"expected {expected} entries ({how}) but found {found}")
