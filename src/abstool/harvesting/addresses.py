"""Lists of addresses: lines go in, as a person or another tool wrote them; addresses come out.

A line is an address, or a JSON object with a ``url`` as ``abstool list`` and ``abstool fetch``
print it. Empty lines and those that begin with ``#`` count for nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from abstool.errors import UnreadableInput


def addresses(lines: Iterable[bytes], subject: str) -> Iterator[str | UnreadableInput]:
    """Yield the addresses of lines; an error takes the place of one that a line does not hold."""
    for number, line in enumerate(lines, start=1):
        text = line.decode("utf-8-sig", "replace").strip()
        if not text or text.startswith("#"):
            continue
        address = _url_of(text) if text.startswith("{") else text
        if address and not any(character.isspace() for character in address):
            yield address
        else:
            yield UnreadableInput(
                f"{subject}, line {number}",
                "it holds no address",
                "give one address a line, or JSON Lines with a url",
            )


def _url_of(text: str) -> str:
    try:
        url = json.loads(text).get("url")
    except (ValueError, RecursionError, AttributeError):
        return ""
    return url if isinstance(url, str) else ""
