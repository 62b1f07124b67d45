"""The table of the forms of references: how the text of each is recognized, and its title."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

_WORD = rb"[\w\x80-\xff]+"
_MARK = rb"\xef\xbb\xbf"  # byte order mark
_MARKUP = re.compile(rb"(?:\s|%b)*<" % _MARK)


class Form(NamedTuple):
    """One form of references.

    ``name`` is its module in this package. ``start`` returns the index of the first sign of this
    form in a text in UTF-8, or -1. ``unit`` is what messages count entries by.
    """

    name: str
    title: str
    start: Callable[[bytes], int]
    unit: str = "line"


def _sign(pattern: bytes, flags: int = 0) -> Callable[[bytes], int]:
    """Return a function that returns the index at which a pattern is found, or -1."""
    sign = re.compile(pattern, re.MULTILINE | flags)

    def start(text: bytes) -> int:
        found = sign.search(text)
        return found.start() if found else -1

    return start


_ROWS = (
    Form(
        "bibtex",
        "BibTeX",
        _sign(
            rb"^[ \t]*@(?:(?:comment|preamble|string)[ \t]*[{(]|%b[ \t]*[{(][^{}(),=\"\s]*,)"
            % _WORD,
            re.IGNORECASE,
        ),
    ),
    Form("ris", "RIS", _sign(rb"^(?:[ \t]|%b)*TY {1,2}- ?%b" % (_MARK, _WORD))),
)
FORMS = {form.name: form for form in _ROWS}


def form_of(text: bytes) -> str:
    """Return the name of the form of the references in a text in UTF-8, or ``""``.

    If a text has the signs of several forms, the first sign counts.
    """
    if _MARKUP.match(text):  # a page, which may quote references
        return ""
    starts = {form.name: form.start(text) for form in _ROWS}
    found = {name: start for name, start in starts.items() if start >= 0}
    return min(found, key=found.__getitem__, default="")
