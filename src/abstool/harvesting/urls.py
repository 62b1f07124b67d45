"""Read lists of URLs, written by a person or another tool.

A line is a URL, or a JSON object with a ``url`` as ``abstool list`` and ``abstool fetch`` print
it. Empty lines and lines that begin with ``#`` are skipped.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from abstool.errors import UnreadableInput


def read_urls(lines: Iterable[bytes], subject: str) -> Iterator[str | UnreadableInput]:
    """Yield the URL of each line, or an error for a line that has none."""
    for number, line in enumerate(lines, start=1):
        text = line.decode("utf-8-sig", "replace").strip()
        if not text or text.startswith("#"):
            continue
        url = _url_of(text) if text.startswith("{") else text
        if url and not any(character.isspace() for character in url):
            yield url
        else:
            yield UnreadableInput(
                f"{subject}, line {number}",
                "no URL found",
                "put one URL on each line, or use JSON Lines with a url key",
            )


def _url_of(text: str) -> str:
    try:
        url = json.loads(text).get("url")
    except (ValueError, RecursionError, AttributeError):
        return ""
    return url if isinstance(url, str) else ""
