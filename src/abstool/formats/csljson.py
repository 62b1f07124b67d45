"""Write CSL-JSON for Zotero, pandoc and others."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

import msgspec

from abstool.item import Item
from abstool.text import between, escaped_controls

_encode = json.JSONEncoder(ensure_ascii=False).encode


def render(item: Item) -> str:
    """Return an item as an indented JSON object; ``json.dumps`` would be slow to indent it."""
    text = _encode(item)
    try:
        data: bytes = msgspec.json.format(text.encode(), indent=2)
    except UnicodeEncodeError:  # a lone surrogate
        return json.dumps(json.loads(text), ensure_ascii=False, indent=2)
    return escaped_controls(data).decode()


def document(entries: Iterable[str]) -> Iterator[str]:
    """Yield the pieces of one JSON array, which every reader of CSL-JSON accepts."""
    yield "["
    yield from between(entries, ",\n")
    yield "]\n"
