"""The table of the forms of references: how the text of each is recognized, and its title."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

_WORD = rb"[\w\x80-\xff]+"
_MARK = rb"\xef\xbb\xbf"  # byte order mark
_START = rb"(?:^|\A%b)" % _MARK
_MARKUP = re.compile(rb"(?:\s|%b)*<[?!A-Za-z]" % _MARK)
_HEAD = 100_000  # bytes in which nearly all files have their first sign


class Form(NamedTuple):
    """One form of references.

    ``module`` is its module in this package; a form without one cannot be read, and ``instead``
    says what to export. ``start`` returns the index of the first sign of this form in a text in
    UTF-8, or -1. ``unit`` is what messages count entries by.
    """

    name: str
    title: str
    start: Callable[[bytes], int]
    module: str = ""
    unit: str = "line"
    markup: bool = False
    instead: str = ""


def _sign(pattern: bytes, flags: int = 0) -> Callable[[bytes], int]:
    """Return a function that returns the index at which a pattern is found, or -1."""
    sign = re.compile(pattern, re.MULTILINE | flags)

    def start(text: bytes) -> int:
        found = sign.search(text)
        return found.start() if found else -1

    return start


_BIBTEX = rb"^[ \t]*@(?:(?:comment|preamble|string)[ \t]*[{(]|%b[ \t]*[{(][^{}(),=\"\s]*,)"
_ROWS = (
    Form("bibtex", "BibTeX", _sign(_BIBTEX % _WORD, re.IGNORECASE), "bibtex"),
    Form("ris", "RIS", _sign(rb"^(?:[ \t]|%b)*TY {1,2}- ?%b" % (_MARK, _WORD)), "ris"),
    Form(
        "nbib",
        "PubMed's format",
        _sign(_START + rb"(?:PMID- ?[ \t]*\d|UI  - \d{5})"),
        "tagged.nbib",
    ),
    Form(
        "wos",
        "Web of Science's format",
        _sign(_START + rb"(?:PT [JSBPCK]\r?$(?=\s*\n[A-Z][A-Z0-9] )|FN [^\n]*\n\s*VR \d)"),
        "tagged.wos",
    ),
    Form("enw", "EndNote's tagged format", _sign(_START + rb"%[0AT]\s+\S"), "tagged.enw"),
    Form(
        "refworks", "RefWorks' tagged format", _sign(_START + rb"RT [A-Z][a-z]"), "tagged.refworks"
    ),
    Form(
        "ovid",
        "Ovid's text format",
        _sign(rb"^<\d+(?:\.\s*)?>[ \t\r]*\n[A-Z][A-Za-z -]+[ \t\r]*\n[ \t]+\S"),
        "tagged.ovid",
    ),
    Form("endnote_xml", "EndNote's XML", _sign(rb"<record>|<record\s"), "endnote_xml", markup=True),
)
FORMS = {form.name: form for form in _ROWS}


def form_of(text: bytes) -> str:
    """Return the name of the form of the references in a text in UTF-8, or ``""``.

    If a text has the signs of several forms, the first sign counts. A page, which may quote
    references, has only the forms that are markup themselves.
    """
    markup = bool(_MARKUP.match(text))
    rows = [form for form in _ROWS if form.markup == markup]
    for part in (text[:_HEAD], text) if len(text) > _HEAD else (text,):
        starts = {form.name: form.start(part) for form in rows}
        found = {name: start for name, start in starts.items() if start >= 0}
        if found:
            return min(found, key=found.__getitem__)
    return ""
