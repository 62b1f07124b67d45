"""Find the URLs and DOIs that a reference prints."""

from __future__ import annotations

import re
from collections.abc import Iterable

from abstool.address import DOI_PREFIX

_ADDRESS = re.compile(
    r"""(?:https?://|www\.)[^\s<>"“”«»]{1,2000}"""
    r"""|(?<![\w@/.:-])(?:[a-z0-9-]{1,63}\.){1,5}(?:org|com|net|edu|gov|info|eu|int)/"""
    r"""[^\s<>"“”«»]{1,2000}"""
    rf"""|(?<![\w/.]){DOI_PREFIX}[^\s<>"“”«»]{{1,500}}""",
    re.IGNORECASE,
)
_ENDS = ".,;:!?'’‘*_"
_PAIRS = {")": "(", "]": "[", "}": "{"}


def addresses_in(text: str) -> tuple[str, ...]:
    """Return the URLs and DOIs in a text as printed, each once."""
    if "/" not in text and "www" not in text:
        return ()
    return unique(_trimmed(match[0]) for match in _ADDRESS.finditer(text))


def unique(addresses: Iterable[str]) -> tuple[str, ...]:
    """Return addresses in order, each once."""
    return tuple(dict.fromkeys(filter(None, addresses)))


def _trimmed(address: str) -> str:
    """Return an address without the punctuation of the sentence around it."""
    while address:
        last = address[-1]
        opening = _PAIRS.get(last)
        if last not in _ENDS and not (opening and address.count(opening) < address.count(last)):
            break
        address = address[:-1]
    return address
