"""What the ending of a file's name says about its format."""

from __future__ import annotations

from pathlib import PurePath

from abstool.errors import UsageError
from abstool.styles.catalog import StyleFile, find, formats

# The formats of files with an ending, the usual one first.
_FORMATS = {
    ".bib": ("bibtex", "biblatex"),
    ".csv": ("csv",),
    ".json": ("csljson",),
    ".jsonl": ("jsonl",),
    ".ndjson": ("jsonl",),
    ".parquet": ("parquet",),
    ".ris": ("ris",),
    ".xlsx": ("xlsx",),
}
# The forms of citations in a style.
_FORMS = {
    ".docx": "docx",
    ".htm": "html",
    ".html": "html",
    ".md": "markdown",
    ".rtf": "rtf",
    ".txt": "text",
}
_DEFAULT_FORM = "text"
# Programs would not open citations under these endings, and abstool does not write such files.
_NEVER = frozenset(
    ".bbl .ciw .doc .docm .dotx .enl .enlx .enw .epub .gz .isi .nbib .ods .odt .pages"
    " .pdf .rdf .tex .tsv .xls .xlsm .xml .yaml .yml .zip".split()
)
# Which of the files that abstool writes come nearest to them.
_INSTEAD = {".bbl": ".bib", ".tex": ".bib", ".tsv": ".csv or .xlsx", ".pdf": ".docx or .html"}
_INSTEAD |= dict.fromkeys((".doc", ".docm", ".dotx", ".odt", ".pages"), ".docx or .rtf")
_INSTEAD |= dict.fromkeys((".ods", ".xls", ".xlsm"), ".xlsx or .csv")
_INSTEAD |= dict.fromkeys((".yaml", ".yml"), ".json or .bib")
_INSTEAD |= dict.fromkeys(
    (".ciw", ".enl", ".enlx", ".enw", ".isi", ".nbib", ".rdf", ".xml"),
    ".ris, which reference managers read",
)


def format_of(path: str) -> str:
    """Return the export format that files with this ending have; ``""`` if it is not known."""
    return next(iter(formats_of(path)), "")


def formats_of(path: str) -> tuple[str, ...]:
    """Return all export formats that files with this ending can have, the usual one first."""
    return _FORMATS.get(_ending(path), ())


def is_written(path: str) -> bool:
    """Return whether abstool writes files with this ending; one that it does not know is text."""
    return _ending(path) not in _NEVER


def text_form_of(path: str) -> str:
    """Return the form of text in a file with this ending; plain text if it is not known."""
    return _FORMS.get(_ending(path), _DEFAULT_FORM)


def form_of(path: str, style: str) -> str:
    """Return the form of citations in a file with this ending, the default one for a format."""
    form = text_form_of(path)
    is_default = form == _DEFAULT_FORM
    return form if is_default or isinstance(find(style), StyleFile) else _DEFAULT_FORM


def check(path: str, name: str, form: str) -> None:
    """Raise UsageError if the ending is that of another format than a target's.

    ``name`` is that of the style or format, ``form`` that of its citations. An unknown ending fits
    every format, and so do the endings of texts, but not those of other kinds of files.
    """
    ending = _ending(path)
    if not is_written(path):
        instead = _INSTEAD.get(ending, "an ending such as .docx, .html, .txt or .ris")
        next_step = f"use {instead}"
        raise UsageError(path, f"{ending} files cannot be written", next_step, argument="output")
    wanted = _FORMATS.get(ending, ())
    if ending == ".docx":
        wanted = (name,) if form == "docx" else ("Word",)
    if wanted and name not in wanted:
        problem = f"files with the ending {ending} are {' or '.join(wanted)}, not {name}"
        next_step = "change the style or the ending"
        if ending == ".docx" and name in formats():
            next_step = "choose a citation style, such as vancouver, or another ending"
        raise UsageError(path, problem, next_step, argument="output")


def _ending(path: str) -> str:
    return PurePath(path).suffix.lower()
