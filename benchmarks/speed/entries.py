"""Count the entries of what a tool wrote, so that one which failed is not taken for a fast one.

In: a file, and how its entries are told apart. Out: their number, or BadOutputError.
"""

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
    """A tool wrote nothing, or not what it was asked for."""


def check(path: Path, how: str, expected: int) -> None:
    """Raise BadOutputError unless the file holds the expected number of entries."""
    csv.field_size_limit(sys.maxsize)
    text = path.read_bytes().decode("utf-8")
    found = COUNTS[how](text)
    if found != (1 if how in {"any", "nothing"} else expected):
        raise BadOutputError(f"{found} entries ({how}), not {expected}")
