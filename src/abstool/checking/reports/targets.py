"""What kind of file a check writes, as the ending of its name says."""

from __future__ import annotations

import re
from pathlib import PurePath

from abstool.checking.reports.checked import CheckedManuscript
from abstool.errors import UsageError
from abstool.manuscripts.manuscript import Manuscript
from abstool.manuscripts.package import Package
from abstool.styles import endings

REPORTS = frozenset({"text", "markdown", "html"})
JSON = "json"
# The forms that are copies of the manuscript, with the module that writes each.
COPIES = {"docx": "word", "bibtex": "bibtex", "ris": "ris"}
_NAMES = {"docx": "a Word file", "bibtex": "a BibTeX file", "ris": "an RIS file"}
_JSON_ENDINGS = frozenset({".json", ".jsonl", ".ndjson"})
_MACROS = ".docm"
CONTENT_TYPES = "[Content_Types].xml"
_CHOICES = "use .txt, .md, .html or .jsonl, or the ending of a .docx, .bib or .ris manuscript"
_BIBLATEX = re.compile(
    rb"^[ \t]*(?:journaltitle|date|shortjournal)\s*=", re.IGNORECASE | re.MULTILINE
)


def entry_format(manuscript: Manuscript, data: bytes) -> str:
    """Return the format of the entries of a reference file, ``""`` for other manuscripts."""
    if manuscript.form == "bibtex":
        return "biblatex" if _BIBLATEX.search(data) else "bibtex"
    return "ris" if manuscript.form == "ris" else ""


def target_of(output: str, checked: CheckedManuscript, *, as_json: bool = False) -> str:
    """Return the form of a file: one of ``REPORTS``, ``JSON`` or one of ``COPIES``.

    ``output`` is its path, ``-`` for standard output; the verdicts are not needed yet. Raises
    UsageError if this manuscript has no such form.
    """
    ending = PurePath(output).suffix.lower() if output != "-" else ""
    form = _form(ending)
    if as_json or form == JSON:
        if form not in (JSON, "text"):
            problem = f"files with the ending {ending} are not JSON"
            raise UsageError(output, problem, "use .jsonl", argument="output")
        if ending == ".json" and not as_json and checked.manuscript.form == "csljson":
            problem = "a check writes no corrected copy of CSL-JSON"
            raise UsageError(output, problem, "use .jsonl for JSON Lines", argument="output")
        return JSON
    if form in COPIES:
        _check_copy(output, form, checked)
    elif form not in REPORTS or (form == "text" and _is_of_manuscript(ending, checked.subject)):
        problem = f"a check cannot write files with the ending {ending}"
        raise UsageError(output, problem, _CHOICES, argument="output")
    return form


def _form(ending: str) -> str:
    name = f"file{ending}"
    if ending in _JSON_ENDINGS:
        return JSON
    if ending == _MACROS:
        return "docx"
    if not endings.is_written(name):
        return ""
    return endings.format_of(name) or endings.text_form_of(name)


def _is_of_manuscript(ending: str, subject: str) -> bool:
    """Return whether this is the ending of the manuscript, of which no copy can be made."""
    return ending not in ("", ".txt") and PurePath(subject).suffix.lower() == ending


def _check_copy(output: str, form: str, checked: CheckedManuscript) -> None:
    if checked.manuscript.form != form:
        problem = f"this would be a copy of the manuscript, which is not {_NAMES[form]}"
        raise UsageError(output, problem, "use .txt, .md or .html", argument="output")
    if form == "docx":
        types = Package(checked.data, checked.subject).read(CONTENT_TYPES) or b""
        wanted = _MACROS if b"macroEnabled" in types else ".docx"
        if PurePath(output).suffix.lower() != wanted:  # Word would not open it
            has = "has" if wanted == _MACROS else "has no"
            problem = f"a copy of the manuscript, which {has} macros, ends with {wanted}"
            raise UsageError(output, problem, "change the ending", argument="output")
