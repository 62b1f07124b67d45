"""Copy a Word file with the findings as comments on the paragraphs of their references.

What comments need is inserted into the XML as text, so that everything else stays as it is, byte
for byte: the fields of Zotero, EndNote and Mendeley, tracked changes, pictures and macros.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from posixpath import join, normpath
from typing import NamedTuple

from abstool.checking.reports.archive import replaced
from abstool.checking.reports.checked import (
    CheckedManuscript,
    Copied,
    heading_of,
    words_of,
)
from abstool.checking.reports.marks import MarkedPieces, sides
from abstool.checking.reports.paragraphs import Paragraph, paragraphs, root_of
from abstool.checking.reports.splices import spliced
from abstool.checking.reports.targets import CONTENT_TYPES
from abstool.checking.reports.text import corrected_lines
from abstool.checking.verdict import Finding, Verdict
from abstool.errors import UnreadableInput
from abstool.manuscripts.docx import DOCUMENT
from abstool.manuscripts.package import Package
from abstool.text import count_of, tidy

_AUTHOR, _INITIALS = "abstool", "abs"
_RELATIONS = "word/_rels/document.xml.rels"
_COMMENTS = "word/comments{}.xml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT_W = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ENCODING = re.compile(
    rb"\A(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding=[\"'](?!utf-8|us-ascii)", re.IGNORECASE
)
_ID = re.compile(
    rb"<(?:\w+:)?comment(?:RangeStart|RangeEnd|Reference)?\s[^<>]*?\bid=[\"'](\d{1,8})"
)
_MARK = '<w:b/><w:color w:val="A40E26"/><w:u w:val="single"/>'


class _Comment(NamedTuple):
    """A comment, and the paragraph that it is on."""

    number: int
    verdict: Verdict
    paragraph: Paragraph


def copied(checked: CheckedManuscript) -> Copied:
    """Return a copy of the Word file with a comment for each reference that differs or is unsure.

    Raises UnreadableInput if its XML cannot be changed.
    """
    package = Package(checked.data, checked.subject)
    document = _xml(package, DOCUMENT)
    found, missing = _comments(checked, package, document)
    notes = []
    if missing:
        notes.append(f"{count_of(missing, 'finding')} without a paragraph for the comment")
    if not found:
        return Copied(checked.data, tuple(notes))
    namespace = found[0].paragraph.namespace
    changed = _parts(package, _elements(found, namespace), is_strict=namespace != _W)
    is_declared = f'xmlns:w="{namespace}"'.encode() in root_of(document, checked.subject).tag
    declaration = "" if is_declared else f' xmlns:w="{namespace}"'
    changed[DOCUMENT] = spliced(document, _anchors(found, declaration))
    if any(name.startswith("_xmlsignatures/") for name in package.names):
        notes.append("the digital signature of the document does not hold for the copy")
    return Copied(replaced(checked.data, changed, checked.subject), tuple(notes))


def _comments(
    checked: CheckedManuscript, package: Package, document: bytes
) -> tuple[list[_Comment], int]:
    """Return the comments, and how many references have no paragraph to comment on."""
    places = paragraphs(document, checked.subject)
    number = 1 + max((int(one) for one in _ids(package, document)), default=-1)
    found: list[_Comment] = []
    missing = 0
    for reference, verdict in checked.pairs():
        if verdict.status not in ("differs", "unsure"):
            continue
        place = places.get(reference.place) if isinstance(reference.place, int) else None
        if place is None:
            missing += max(len(verdict.findings), 1)
        else:
            found.append(_Comment(number + len(found), verdict, place))
    return found, missing


def _ids(package: Package, document: bytes) -> Iterator[bytes]:
    """Yield the numbers of comments that are taken."""
    yield from _ID.findall(document)
    if part := _comments_part(package):
        yield from _ID.findall(package.read(part) or b"")


def _xml(package: Package, name: str, otherwise: bytes = b"") -> bytes:
    """Return the text of a part that can be changed."""
    text = package.read(name)
    if text is None:
        return otherwise
    package.part(name)  # raises UnreadableInput if it is damaged or declares entities
    if _ENCODING.match(text) or text[:2] in (b"\xff\xfe", b"\xfe\xff"):
        problem = f"{name} is not in UTF-8"
        raise UnreadableInput(package.subject, problem, "open it in Word and save it again")
    return text


# --- what the document gets -----------------------------------------------------------------------


def _anchors(found: Iterable[_Comment], declaration: str) -> Iterator[tuple[int, int, bytes]]:
    """Yield what marks the paragraphs that the comments are on."""
    for number, _, paragraph in found:
        start = f'<w:commentRangeStart{declaration} w:id="{number}"/>'
        end = (
            f'<w:commentRangeEnd{declaration} w:id="{number}"/>'
            f'<w:r{declaration}><w:commentReference w:id="{number}"/></w:r>'
        )
        yield paragraph.start, paragraph.start, start.encode()
        yield paragraph.end, paragraph.end, end.encode()


def _parts(package: Package, comments: bytes, *, is_strict: bool) -> dict[str, bytes]:
    """Return the parts beside the document that change or are new."""
    if part := _comments_part(package):
        return {part: _appended(_xml(package, part), comments, package.subject)}
    names = [_COMMENTS.format(number or "") for number in range(len(package.names) + 1)]
    part = next(name for name in names if name not in package.names)
    override = (
        f'<Override xmlns="{_PACKAGE}/content-types" PartName="/{part}" ContentType="{_TYPE}"/>'
    )
    relations = _xml(
        package, _RELATIONS, _HEAD + f'<Relationships xmlns="{_PACKAGE}/relationships"/>'.encode()
    )
    numbers = range(1, relations.count(b"<") + 2)
    identifier = next(f"rIdAbs{n}" for n in numbers if f'"rIdAbs{n}"'.encode() not in relations)
    relation = (
        f'<Relationship xmlns="{_PACKAGE}/relationships" Id="{identifier}"'
        f' Type="{_STRICT if is_strict else _OFFICE}" Target="{part.removeprefix("word/")}"/>'
    )
    namespace = _STRICT_W if is_strict else _W
    types = _xml(package, CONTENT_TYPES, _HEAD + b"<Types/>")
    return {
        part: _HEAD + f'<w:comments xmlns:w="{namespace}">'.encode() + comments + b"</w:comments>",
        CONTENT_TYPES: _appended(types, override.encode(), package.subject),
        _RELATIONS: _appended(relations, relation.encode(), package.subject),
    }


def _comments_part(package: Package) -> str:
    """Return the name of the part with the comments of the document, ``""`` if it has none."""
    relations = package.part(_RELATIONS)
    for one in relations if relations is not None else ():
        if (one.get("Type") or "").endswith("/comments") and one.get("TargetMode") != "External":
            name = normpath(join("/word", one.get("Target") or "")).lstrip("/")
            if name in package.names:
                return name
    return ""


def _appended(xml: bytes, new: bytes, subject: str) -> bytes:
    """Return XML with elements added at the end of its root."""
    root = root_of(xml, subject)
    if root.is_empty:
        name = root.tag[1:].split(maxsplit=1)[0].rstrip(b"/>")
        opened = root.tag.rstrip(b"/> \t\r\n") + b">"
        return spliced(xml, [(root.start, root.end, opened + new + b"</" + name + b">")])
    return spliced(xml, [(root.end, root.end, new)])


# --- what the comments say ------------------------------------------------------------------------


def _elements(found: Sequence[_Comment], namespace: str) -> bytes:
    """Return the elements of the comments."""
    return "".join(
        f'<w:comment xmlns:w="{namespace}" w:id="{number}" w:author="{_AUTHOR}"'
        f' w:initials="{_INITIALS}">{"".join(_content(verdict))}</w:comment>'
        for number, verdict, _ in found
    ).encode("utf-8", "replace")


def _content(verdict: Verdict) -> Iterator[str]:
    # A paragraph can have several references, or a number of a footnote only.
    yield _paragraph(_run(f"{verdict.reference}: {heading_of(verdict)}", "<w:b/>"))
    if verdict.url:
        yield _paragraph(_run(verdict.url))
    for title, url in verdict.candidates:
        yield _paragraph(_run(f"{title} {url}".strip()))
    for finding in verdict.findings:
        yield _paragraph(*_of_finding(finding))
    if verdict.corrected:
        yield _paragraph(_run("Corrected:", "<w:b/>"))
        yield from (_paragraph(_run(line)) for line in corrected_lines(verdict))


def _of_finding(finding: Finding) -> Iterator[str]:
    words = words_of(finding)
    yield _run(f"{words[:1].upper()}{words[1:]} ({finding.severity}, {finding.code})")
    printed, record = sides(finding)
    for label, pieces in ((": printed ", printed), ("; record ", record)):
        if pieces:
            yield _run(label if printed else ": record ")
            yield from _marked(pieces)


def _marked(pieces: MarkedPieces) -> Iterator[str]:
    yield _run("“")
    yield from (_run(one.text, _MARK if one.differs else "") for one in pieces)
    yield _run("”")


def _run(text: str, properties: str = "") -> str:
    """Return a run of text; spaces at its ends are kept."""
    lead = " " * (len(text) - len(text.lstrip(" ")))
    tail = " " * (len(text) - len(text.rstrip(" "))) if text.strip(" ") else ""
    clean = escape(f"{lead}{tidy(text)}{tail}", quote=False)
    formatted = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{formatted}<w:t xml:space="preserve">{clean}</w:t></w:r>'


def _paragraph(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"
