"""The table of the forms of references: how the text of each is recognized, and its title."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from abstool.inputs.references.tables import ROW_ABOVE

_WORD = rb"[\w\x80-\xff]+"
_MARK = rb"\xef\xbb\xbf"  # byte order mark
_START = rb"(?:^|\A%b)" % _MARK
_MARKUP = re.compile(rb"(?:\s|%b)*<[?!A-Za-z]" % _MARK)
_HEAD = 100_000  # bytes in which nearly all files have their first sign


class Form(NamedTuple):
    """One form of references.

    ``module`` is its module in this package. ``start`` returns the index of the first sign of this
    form in a text in UTF-8, or -1. ``unit`` is what messages count entries by. The entries of
    a ``separate`` form take longer to read than to find, so that another process may read them.
    """

    name: str
    title: str
    start: Callable[[bytes], int]
    module: str = ""
    unit: str = "line"
    markup: bool = False
    separate: bool = False


def _sign(pattern: bytes, flags: int = 0) -> Callable[[bytes], int]:
    """Return a function that returns the index at which a pattern is found, or -1."""
    sign = re.compile(pattern, re.MULTILINE | flags)

    def start(text: bytes) -> int:
        found = sign.search(text)
        return found.start() if found else -1

    return start


def _ris(text: bytes) -> int:
    """Return the index of the first entry; one without a type counts if the text has an ER line."""
    start = _TYPED(text)
    if start < 0 and _END.search(text):
        return _TAGGED(text)
    return start


def _yaml(text: bytes) -> int:
    """Return the index of the list of references, but not in CITATION.cff."""
    start = _REFERENCES(text)
    return start if start < 0 or not _CFF.search(text[:_HEAD]) else -1


def _table(text: bytes) -> int:
    head = _ABOVE_TABLE.sub(b"", text[:_HEAD], count=1)
    first = head.partition(b"\n")[0].lower()
    if b"ti" not in first or first.startswith(b"@") or not _DELIMITER.search(first):
        return -1
    from abstool.inputs.references.tables import delimited  # noqa: PLC0415 - few texts need it

    return delimited.start(text)


def _never(text: bytes) -> int:
    del text
    return -1


# Keys may have blanks, commas and brackets, and may be missing or on the next line.
_BIBTEX = (
    rb"^[ \t]*@[ \t]*(?:(?:comment|preamble|string)[ \t]*[{(]|%b[ \t]*[{(][^{}(),=\"\s]*,"
    rb"|%b\s*\{[^{}@\"]{0,300}?[\w-]\s*=\s*[{\"\w])"
)
_HYPHEN = rb"(?: {1,2}|\t)(?:-|\xe2\x80[\x93\x94])"  # or a dash
_TYPED = _sign(rb"^(?:[ \t]|%b)*(?:TY|ty)%b[ \t]*(?:%b|\r?$)" % (_MARK, _HYPHEN, _WORD))
_TAGGED = _sign(_START + rb"(?:[A-Z][A-Z0-9] {1,2}- [^\n]*\n){2}")
_DELIMITER = re.compile(rb"[,;\t]")
_ABOVE_TABLE = re.compile(
    rb"\A(?:%b)?(?:sep=.)?[\s,;]*(?:%b)?[\s,;]*" % (_MARK, ROW_ABOVE.encode())
)
_END = re.compile(rb"^ER {1,2}-", re.MULTILINE)
_NBIB = _sign(_START + rb"(?:PMID- ?[ \t]*(?:NBK)?\d|UI  - \d{4}|VN  - Ovid|OWN - ERIC\r?\nTI  - )")
_WOS = _sign(_START + rb"(?:PT [JSBPCK]\r?$(?=\s*\n[A-Z][A-Z0-9] )|FN [^\n]*\n\s*VR \d)")
_ENW = _sign(_START + rb"%(?:0[ \t]+\S|[A-Z@][ \t]+\S[^\n]*\n%\S[ \t])")
_REFWORKS = _sign(_START + rb"RT [A-Z][a-z][^\n]*\n(?:[A-Z][A-Z0-9]|vo)[ \t]")
_OVID = _sign(rb"^<\d+(?:\.\s*)?>[ \t\r]*\n[A-Z][A-Za-z-]*(?: [A-Za-z-]+)*[ \t\r]*\n[ \t]+\S")
_CFF = re.compile(rb"^cff-version:", re.MULTILINE)
_REFERENCES = _sign(rb"^references:[ \t]*(?:#[^\n]*)?\r?\n(?:[ \t\r]*\n)*[ ]*- ")
_ROWS = (
    Form(
        "bibtex", "BibTeX", _sign(_BIBTEX % (_WORD, _WORD), re.IGNORECASE), "bibtex", separate=True
    ),
    Form("nbib", "PubMed's format", _NBIB, "tagged.nbib", separate=True),
    Form("ris", "RIS", _ris, "ris", separate=True),
    Form("wos", "Web of Science's format", _WOS, "tagged.wos", separate=True),
    Form("enw", "EndNote's tagged format", _ENW, "tagged.enw", separate=True),
    Form("refworks", "RefWorks' tagged format", _REFWORKS, "tagged.refworks", separate=True),
    Form("ovid", "Ovid's text format", _OVID, "tagged.ovid", separate=True),
    Form("pandoc_yaml", "pandoc's YAML", _yaml, "pandoc_yaml", separate=True),
    Form("csv", "a table", _table, "tables.delimited", separate=True),
    Form("endnote_xml", "EndNote's XML", _sign(rb"<record>|<record\s"), "endnote_xml", markup=True),
)
_WORKBOOK = Form("xlsx", "a workbook", _never, "tables.xlsx", unit="row")
BINARY = frozenset({_WORKBOOK.name})
FORMS = {form.name: form for form in (*_ROWS, _WORKBOOK)}


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


def binary_form_of(data: bytes) -> str:
    """Return the name of the form of the references in a binary file, or ``""``."""
    is_workbook = data.startswith(b"PK\x03\x04") and b"xl/workbook.xml" in data
    return _WORKBOOK.name if is_workbook else ""
