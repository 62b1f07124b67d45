"""The files that hold references but cannot be read, and what to export instead."""

from __future__ import annotations

import re
from pathlib import PurePath

_EXPORT = "export the references as RIS or BibTeX"
_DOCUMENT = f"{_EXPORT}, or look for errors in the document with 'abstool check'"
_TABLE = "save the table as .xlsx or CSV"
_FROM_LIBRARY = "search it with 'abstool search', or write it out with 'abstool library export'"
_ZIP = b"PK\x03\x04"
_HEAD = 20_000  # bytes in which a kind shows itself

_BINARY = (
    (re.compile(rb"%PDF"), "a PDF document", _DOCUMENT),
    (re.compile(rb"\{\\rtf"), "an RTF document", _EXPORT),
    # SQLite's application_id, which abstool.library.schema sets
    (re.compile(rb"SQLite format 3\x00.{52}abst", re.DOTALL), "abstool's library", _FROM_LIBRARY),
    (re.compile(rb"SQLite format 3\x00"), "the database of a reference manager", _EXPORT),
    (re.compile(rb"PK\x03\x04.{26}mimetype.{0,40}spreadsheet", re.DOTALL), "an ODS table", _TABLE),
)
_MARKUP = (
    (re.compile(rb"<rdf:RDF[^>]*zotero\.org"), "Zotero RDF", _EXPORT),
    (re.compile(rb"<rdf:RDF[^>]*purl\.org/net/biblio"), "a bibliography in RDF", _EXPORT),
    (re.compile(rb"<(?:\w+:)?mods(?:Collection)?[\s>]"), "MODS", _EXPORT),
    (re.compile(rb"<PubmedArticleSet"), "PubMed's XML", 'save the results as "PubMed" (.nbib)'),
    (re.compile(rb"<(?:\w+:)?collection[^>]*MARC21"), "MARC", _EXPORT),
    (re.compile(rb"<CitaviExchangeData"), "Citavi's XML", _EXPORT),
    (re.compile(rb"<REFERENCE_TYPE>"), "the XML of EndNote 7", _EXPORT),
    (re.compile(rb"<b:Sources"), "Word's list of sources", _EXPORT),
)
_SAVE_AS_RIS = "export the results as RIS"
_TEXT = (
    (re.compile(rb"^cff-version:", re.MULTILINE), "CITATION.cff", "export it as BibTeX"),
    (re.compile(rb"^Record #\d+ of \d+\s", re.MULTILINE), "Cochrane's text", _SAVE_AS_RIS),
    (re.compile(rb"^RECORD \d+\s+TITLE\s", re.MULTILINE), "Embase's text", _SAVE_AS_RIS),
    (
        re.compile(rb"^_{20,99}\s+Document \d+ of \d+\s", re.MULTILINE),
        "ProQuest's text",
        _SAVE_AS_RIS,
    ),
    (
        re.compile(
            rb"\A(?:\xef\xbb\xbf)?\s{0,9}1[.:] .{3,300}?\b(?:19|20)\d\d\b(?s:.{20,9000}?)^PMID: \d",
            re.MULTILINE,
        ),
        "PubMed's text",
        'save the results as "PubMed" (.nbib)',
    ),
)
_NAMES = {
    ".enl": ("an EndNote library", _EXPORT),
    ".enlx": ("a packed EndNote library", _EXPORT),
    ".ctv6": ("a Citavi project", _EXPORT),
    ".doc": ("a Word document", _EXPORT),
    ".xls": ("an old Excel workbook", _TABLE),
}
# Files of which no page is expected, although none of their forms was recognized.
_EXPECTED = {
    ".bib": "BibTeX",
    ".ciw": "Web of Science's format",
    ".csv": "a table of references",
    ".enw": "EndNote's tagged format",
    ".isi": "Web of Science's format",
    ".nbib": "PubMed's format",
    ".ris": "RIS",
    ".tsv": "a table of references",
    ".xlsx": "a table of references",
}
COLUMNS = "check that the first row names the columns: title, authors, year, journal …"


def problem_of(data: bytes, name: str) -> tuple[str, str] | None:
    """Return what a file is and what to do, if it cannot be read but may have references."""
    head = data[:_HEAD]
    for pattern, title, advice in _BINARY:
        if pattern.match(head):
            return f"this is {title}, not a list of references", advice
    if named := of_name(name):
        return named
    if head.startswith(_ZIP):
        is_word = b"word/document.xml" in data
        title = "a Word document" if is_word else "an Office document"
        advice = _DOCUMENT if is_word else _EXPORT
        return f"this is {title}, not a list of references", advice
    for pattern, title, advice in (*_MARKUP, *_TEXT):
        if pattern.search(head):
            return f"this is {title}, which abstool cannot read", advice
    return None


def of_name(name: str) -> tuple[str, str] | None:
    """Return what the ending of a name says of a file that cannot be read, and what to do."""
    title, advice = _NAMES.get(PurePath(name).suffix.lower(), ("", ""))
    return (f"this is {title}, which abstool cannot read", advice) if title else None


def expected_of(name: str) -> tuple[str, str] | None:
    """Return what is wrong with a file whose name promises references, if it has none."""
    ending = PurePath(name).suffix.lower()
    if ending not in _EXPECTED:
        return None
    advice = COLUMNS if is_table(name) else "check the file or export it again"
    return f"no references found (expected {_EXPECTED[ending]})", advice


def is_table(name: str) -> bool:
    """Return whether the name of a file promises a table."""
    return PurePath(name).suffix.lower() in (".csv", ".tsv", ".xlsx")
