"""Find where the paragraphs of a Word document begin and end in its XML."""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.parsers import expat

from abstool.errors import UnreadableInput

_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_TAG = re.compile(rb"<(?:[^\"'<>]|\"[^\"]*\"|'[^']*')*>")
_DAMAGED = "open it in a word processor and save it again"


class Paragraph(NamedTuple):
    """The content of a paragraph: from behind its properties to its end, in bytes."""

    start: int
    end: int
    namespace: str


class Root(NamedTuple):
    """The start tag of a root element, and where it begins; ``end`` is where its end tag does.

    The root is empty if it consists of one tag, which ends at ``end``.
    """

    tag: bytes
    start: int
    end: int
    is_empty: bool


def paragraphs(xml: bytes, subject: str) -> dict[int, Paragraph]:
    """Return the paragraphs that can have comments, by their position among all paragraphs.

    A paragraph in another one, such as that of a text box, cannot: the outer one stands for it.
    """
    walk = _Paragraphs(xml)
    _parse(walk.parser, xml, subject)
    return {place: walk.found[outer] for place, outer in walk.outer.items() if outer in walk.found}


def root_of(xml: bytes, subject: str) -> Root:
    """Return where the root element of XML is."""
    found: dict[str, int] = {}
    depth = 0

    def start(*_: object) -> None:
        nonlocal depth
        if not depth:
            found["start"] = parser.CurrentByteIndex
        depth += 1

    def end(*_: object) -> None:
        nonlocal depth
        depth -= 1
        found["end"] = parser.CurrentByteIndex

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    _parse(parser, xml, subject)
    tag = _tag(xml, found["start"])
    return Root(tag, found["start"], found["end"], tag.endswith(b"/>"))


def _parse(parser: expat.XMLParserType, xml: bytes, subject: str) -> None:
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        problem = f"this document is damaged ({error})"
        raise UnreadableInput(subject, problem, _DAMAGED) from None


def _tag(xml: bytes, start: int) -> bytes:
    found = _TAG.match(xml, start)
    return found[0] if found else b""


class _Paragraphs:
    """One walk over a document."""

    def __init__(self, xml: bytes) -> None:
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.found: dict[int, Paragraph] = {}  # by number of the outer paragraph
        self.outer: dict[int, int] = {}  # that of each paragraph
        self._xml = xml
        self._depth = 0
        self._opened = 0  # the depth of the outer paragraph that has begun, or 0
        self._begin = 0  # of its content
        self._namespace = ""
        self._count = 0
        self._current = 0
        self._is_first = False  # whether the next element is its first
        self._properties = 0  # the depth of its properties

    def _start(self, name: str, _: object) -> None:
        self._depth += 1
        namespace, _, local = name.rpartition("}")
        at = self.parser.CurrentByteIndex
        if self._is_first and local == "pPr":
            tag = _tag(self._xml, at)
            if tag.endswith(b"/>"):
                self._begin = at + len(tag)
            else:
                self._properties = self._depth
        self._is_first = False
        if local != "p":
            return
        if not self._opened and namespace in _WORD:
            tag = _tag(self._xml, at)
            if not tag.endswith(b"/>"):
                self._opened, self._begin = self._depth, at + len(tag)
                self._namespace, self._current = namespace, self._count
                self._is_first = True
        if self._opened:
            self.outer[self._count] = self._current
        self._count += 1

    def _end(self, _: str) -> None:
        at = self.parser.CurrentByteIndex
        if self._properties == self._depth:
            self._properties = 0
            self._begin = at + len(_tag(self._xml, at))
        if self._opened == self._depth:
            self._opened = 0
            self.found[self._current] = Paragraph(self._begin, at, self._namespace)
        self._depth -= 1
