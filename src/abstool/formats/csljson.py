"""Write CSL-JSON for Zotero, pandoc and others."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from abstool.item import Item
from abstool.text import between


def render(items: Sequence[Item]) -> Iterator[str]:
    """Yield each item as an indented JSON object."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    return (_indented(encode(item)) for item in items)


def _indented(text: str) -> str:
    """Return JSON indented as by ``json.dumps``, which is slower."""
    try:
        return msgspec.json.format(text, indent=2)
    except UnicodeEncodeError:  # a lone surrogate
        return json.dumps(json.loads(text), ensure_ascii=False, indent=2)


def document(entries: Iterable[str]) -> Iterator[str]:
    """Yield the pieces of one JSON array, which every reader of CSL-JSON accepts."""
    yield "["
    yield from between(entries, ",\n")
    yield "]\n"
