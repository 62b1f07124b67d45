"""Read an OpenDocument text: what it shows without tracked deletions, and Zotero's data."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count

from lxml import etree

from abstool.item import Item
from abstool.manuscripts import fields
from abstool.manuscripts.breaks import at_breaks
from abstool.manuscripts.document import ManuscriptText, Passage
from abstool.manuscripts.docx_parts import local
from abstool.manuscripts.links import unique
from abstool.manuscripts.markers import raised
from abstool.manuscripts.package import Package
from abstool.text import SUBSCRIPTS, SUPERSCRIPTS

# Deletions are kept in tracked-changes; an annotation is a comment.
_HIDDEN = frozenset("tracked-changes annotation sequence-decls forms note-citation".split())
_BREAKS = {"tab": " ", "line-break": "\n"}


def read(package: Package) -> ManuscriptText:
    """Return the passages of an OpenDocument text and the works in its marks."""
    walk = _TextWalk()
    for name in ("styles.xml", "content.xml"):
        if (root := package.part(name)) is not None:
            walk.scripts |= _scripts(root)
            if name == "content.xml":
                walk.read(root)
    return ManuscriptText(tuple(walk.passages), items=fields.unique_items(walk.items))


def _attribute(element: etree._Element, name: str) -> str:
    return next((str(text) for key, text in element.attrib.items() if local(key) == name), "")


def _scripts(root: etree._Element) -> dict[str, str]:
    """Return the styles of text that raise or lower it."""
    found = {}
    for element in root.iter():
        if local(element.tag) == "text-properties" and (parent := element.getparent()) is not None:
            position = _attribute(element, "text-position").split(" ")[0]
            if position and not position.startswith("0"):
                lowered = position.startswith(("sub", "-"))
                found[_attribute(parent, "name")] = "sub" if lowered else "super"
    return found


@dataclass(slots=True)
class _Begun:
    """A paragraph that has begun."""

    place: int
    number: str = ""
    heading: bool = False
    note: bool = False
    listed: bool = False
    text: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    raised: list[str] = field(default_factory=list)


class _TextWalk:
    """One walk over the elements of the content."""

    def __init__(self) -> None:
        self.passages: list[Passage] = []
        self.items: list[Item] = []
        self.scripts: dict[str, str] = {}
        self._open: list[_Begun] = []
        self._spans: list[str] = []
        self._lists: list[int] = []
        self._number = ""  # of the list item whose first paragraph is next
        self._notes = 0
        self._sections: list[bool] = []
        self._places = count()

    def read(self, root: etree._Element) -> None:
        """Read all that an element shows."""
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            name = local(element.tag)
            if event == "start":
                if name in _HIDDEN:
                    walk.skip_subtree()
                else:
                    self._start(element, name)
                    self._text(element.text)
            else:
                if name not in _HIDDEN:
                    self._end(name)
                self._text(element.tail)

    def _text(self, text: str | None) -> None:
        if not text or not self._open:
            return
        paragraph = self._open[-1]
        script = next((one for one in reversed(self._spans) if one), "")
        text = text.replace("\n", " ")
        if script == "super" and (marker := raised("".join(paragraph.text[-3:]), text)):
            paragraph.raised.append(marker)
        signs = {"super": SUPERSCRIPTS, "sub": SUBSCRIPTS}.get(script, {})
        fits = bool(signs) and set(text) <= signs.keys()
        paragraph.text.append("".join(signs[sign] for sign in text) if fits else text)

    def _start(self, element: etree._Element, name: str) -> None:
        if name in ("p", "h"):
            place = next(self._places)
            listed = any(self._sections)
            self._open.append(_Begun(place, self._number, name == "h", self._notes > 0, listed))
            self._number = ""
        elif name == "span":
            self._spans.append(self.scripts.get(_attribute(element, "style-name"), ""))
        elif name == "a" and self._open and not _attribute(element, "href").startswith("#"):
            self._open[-1].addresses.append(_attribute(element, "href"))
        elif name == "list":
            self._lists.append(0)
        elif name == "list-item" and self._lists:
            start = _attribute(element, "start-value")
            self._lists[-1] = (
                int(start) if start.isdigit() and len(start) < 9 else (self._lists[-1] + 1)
            )
            self._number = str(self._lists[-1]) if len(self._lists) == 1 else ""
        elif name == "note":
            self._notes += 1
        elif name in ("section", "bibliography", "index-body"):
            title = _attribute(element, "name")
            self._sections.append(name == "bibliography" or fields.is_bibliography(title))
        elif name in ("reference-mark-start", "bookmark-start", "reference-mark"):
            self.items += fields.items_in(_attribute(element, "name"))
        elif name == "s" and self._open:
            self._open[-1].text.append(" ")
        elif name in _BREAKS and self._open:
            self._open[-1].text.append(_BREAKS[name])

    def _end(self, name: str) -> None:
        if name in ("p", "h") and self._open:
            done = self._open.pop()
            passage = Passage(
                "".join(done.text),
                done.place,
                done.number,
                addresses=unique(done.addresses),
                heading=done.heading,
                listed=done.listed,
                note=done.note,
                raised=tuple(done.raised),
            )
            self.passages += at_breaks(passage)
        elif name == "span" and self._spans:
            self._spans.pop()
        elif name == "list" and self._lists:
            self._lists.pop()
        elif name == "note":
            self._notes -= 1
        elif name in ("section", "bibliography", "index-body") and self._sections:
            self._sections.pop()
