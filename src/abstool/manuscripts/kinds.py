"""Detect the kind of a manuscript from its content, and read it."""

from __future__ import annotations

import re
from importlib import import_module

from abstool.encoding import to_utf8
from abstool.errors import UnreadableInput
from abstool.inputs import references
from abstool.inputs.json import is_json
from abstool.inputs.references import unread
from abstool.manuscripts import data as data_files
from abstool.manuscripts import markdown, tex
from abstool.manuscripts import text as plain_text
from abstool.manuscripts.assembly import assembled
from abstool.manuscripts.document import ManuscriptText
from abstool.manuscripts.manuscript import Manuscript

LARGEST = 200_000_000  # bytes of a file; a Word file with many pictures has 100 MB
MOST = 20_000  # references, which take a minute or two to check
_TEXT = 20_000_000  # bytes of a text
_SAVE = "save it as .docx"
_OLD = (
    (b"\xd0\xcf\x11\xe0", "this is an old or encrypted Office document", f"{_SAVE}, unencrypted"),
    (b"{\\rtf", "this is an RTF document, which abstool cannot read", _SAVE),
    (b"\xff\xd8\xff", "this is a picture", "copy the references as text"),
    (b"\x89PNG", "this is a picture", "copy the references as text"),
)
_MARKUP = re.compile(rb"(?:\s|\xef\xbb\xbf)*<(?!https?:)[!?A-Za-z]")
_NOTHING = "check that the file has a list of references"


def read(data: bytes, subject: str) -> Manuscript:
    """Return the references of a manuscript. Raises UnreadableInput if there are none."""
    if len(data) > LARGEST:
        raise _too_large(subject, LARGEST)
    for signature, problem, next_step in _OLD:
        if data.startswith(signature):
            raise UnreadableInput(subject, problem, next_step)
    if form := references.binary_form_of(data):
        manuscript = data_files.read(data, form, subject)
    else:
        found = _document(data, subject)
        manuscript = found if isinstance(found, Manuscript) else assembled(found)
    if not manuscript.references:
        raise UnreadableInput(subject, "no references found", _NOTHING)
    if len(manuscript.references) > MOST:
        raise UnreadableInput(subject, f"more than {MOST:,} references", "split the file")
    return manuscript


def _document(data: bytes, subject: str) -> ManuscriptText | Manuscript:
    if data.startswith(b"PK"):
        return _packed(data, subject)
    if b"%PDF-" in data[:1024]:
        pdf: ManuscriptText = import_module("abstool.manuscripts.pdf").read(data, subject)
        return pdf
    if len(data) > _TEXT:
        raise _too_large(subject, _TEXT)
    return _textual(to_utf8(data, subject=subject), subject)


def _packed(data: bytes, subject: str) -> ManuscriptText:
    from abstool.manuscripts import docx, odt  # noqa: PLC0415 - texts do not need lxml
    from abstool.manuscripts.package import Package  # noqa: PLC0415 - as above

    package = Package(data, subject)
    if docx.DOCUMENT in package.names:
        return docx.read(package)
    kind = package.read("mimetype") or b""
    if b"opendocument.text" in kind and "content.xml" in package.names:
        return odt.read(package)
    problem, next_step = unread.problem_of(data, subject) or (
        "this is a ZIP archive, not a manuscript",
        "unpack it first",
    )
    raise UnreadableInput(subject, problem, next_step)


def _textual(text: bytes, subject: str) -> ManuscriptText | Manuscript:
    if is_json(text):
        return data_files.read_csl(text, subject)
    is_tex = tex.is_tex(text)
    if not is_tex and (form := references.form_of(text)):
        cited = markdown.cited(text.decode()) if form == "pandoc_yaml" else ()
        head = markdown.front_matter(text) if form == "pandoc_yaml" else text
        return data_files.read(head, form, subject, cited)
    if _MARKUP.match(text):
        html: ManuscriptText = import_module("abstool.manuscripts.html").read(text, subject)
        return html
    decoded = text.decode()
    if is_tex:
        return tex.read(decoded, subject)
    if markdown.is_markdown(decoded):
        return markdown.read(decoded, subject)
    return plain_text.read(decoded, subject)


def _too_large(subject: str, most: int) -> UnreadableInput:
    problem = f"larger than {most / 1e6:g} MB"
    return UnreadableInput(subject, problem, "keep only the text and the references")
