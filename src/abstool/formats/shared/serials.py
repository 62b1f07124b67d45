"""Find each ISSN and ISBN in a text that may have several."""

from __future__ import annotations

import re

from abstool.formats.shared.kept import kept_of
from abstool.item import Item

_KIND = re.compile(r"\s*\([^()\d]*\)")  # (Print)
_DIGITS = re.compile(r"\d{3}")
_BETWEEN = re.compile(r"[,;\n]|\s(?:and|/)\s|(?<=[\dxX])\s+(?=\d{4}-\d{3}[\dxX]\b|97[89])")


def serial_numbers(text: str) -> list[str]:
    """Return the numbers in a text without the words for their kinds."""
    return [number for part in _BETWEEN.split(_KIND.sub("", text)) if (number := part.strip())]


def of_bibtex(item: Item) -> list[str]:
    """Return the numbers of an item that was read from BibTeX, if a field of it has several."""
    raw = kept_of(item).get("raw")
    texts = (raw.get(name) for name in ("issn", "isbn")) if isinstance(raw, dict) else ()
    found = [serial_numbers(text) for text in texts if isinstance(text, str)]
    several = (numbers for numbers in found if len(numbers) > 1)
    return [number for numbers in several for number in numbers if _DIGITS.search(number)]
