"""Read a Word file: what it shows with all tracked changes accepted, and the data in its fields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from abstool.item import Item
from abstool.manuscripts import fields
from abstool.manuscripts.breaks import at_breaks
from abstool.manuscripts.document import ManuscriptText, Passage
from abstool.manuscripts.docx_parts import Numbering, child, local, targets, value
from abstool.manuscripts.links import unique
from abstool.manuscripts.markers import raised
from abstool.manuscripts.package import Package
from abstool.text import SUBSCRIPTS, SUPERSCRIPTS

DOCUMENT = "word/document.xml"
_NOTES = (("word/footnotes.xml", "footnote"), ("word/endnotes.xml", "endnote"))
# What is not shown: deletions, the second form of a drawing, and properties.
_HIDDEN = frozenset("del moveFrom Fallback rPr delText delInstrText sectPr tblPr instrText".split())
_DEPTH = 30  # fields in fields
_BREAKS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": " "}
_SCRIPTS = {"superscript": SUPERSCRIPTS, "subscript": SUBSCRIPTS}


def read(package: Package) -> ManuscriptText:
    """Return the passages of a Word file and the works in its fields."""
    numbering = Numbering(package)
    walk = _Walk(numbering)
    if (root := package.part(DOCUMENT)) is not None:
        walk.read(root, targets(package, DOCUMENT))
    passages = walk.passages
    for part, name in _NOTES:
        if (root := package.part(part)) is not None:
            passages += _notes(root, name, walk, targets(package, part))
    items = fields.unique_items([*walk.items, *_stored(package)])
    return ManuscriptText(tuple(passages), items=items, form="docx")


def _notes(
    root: etree._Element, name: str, main: _Walk, links: dict[str, str]
) -> Iterator[Passage]:
    """Yield the foot- or endnotes that the text refers to, with the paragraph that does."""
    by_id = {value(note, "id"): note for note in root if local(note.tag) == name}
    for number, (identifier, place) in enumerate(main.noted[name].items(), 1):
        if (note := by_id.get(identifier)) is None:
            continue
        walk = _Walk(main.numbering)
        walk.read(note, links)
        main.items += walk.items
        texts = [passage for passage in walk.passages if passage.text]
        for position, passage in enumerate(texts):
            first = str(number) if not position else ""
            yield passage._replace(place=place, note=True, number=first)


def _stored(package: Package) -> Iterator[Item]:
    """Yield the works that Zotero keeps in the properties of a document that uses bookmarks."""
    root = package.part("docProps/custom.xml")
    pieces: dict[str, dict[int, str]] = {}
    for one in root if root is not None else ():
        name, _, number = (one.get("name") or "").rpartition("_")
        if name.startswith("ZOTERO_BREF_") and number.isdigit() and len(number) < 6:
            pieces.setdefault(name, {})[int(number)] = "".join(map(str, one.itertext()))
    for parts in pieces.values():
        yield from fields.items_in("".join(parts[number] for number in sorted(parts)))


@dataclass(slots=True)
class _Field:
    """A field that has begun: its instruction so far, and whether its result has begun."""

    instruction: list[str] = field(default_factory=list)
    in_result: bool = False
    listed: bool = False


@dataclass(slots=True)
class _Open:
    """A paragraph that has begun."""

    place: int
    properties: etree._Element | None
    text: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    raised: list[str] = field(default_factory=list)
    listed: bool = False


class _Walk:
    """One walk over the elements of a part."""

    def __init__(self, numbering: Numbering) -> None:
        self.numbering = numbering
        self.passages: list[Passage] = []
        self.items: list[Item] = []
        self.noted: dict[str, dict[str, int]] = {"footnote": {}, "endnote": {}}
        self._fields: list[_Field] = []
        self._deeper = 0  # fields that are nested too deep to be read
        self._open: list[_Open] = []
        self._controls = 0  # content controls around that are a list of references
        self._carried: _Open | None = None  # a paragraph whose mark was deleted
        self._script = ""
        self._places = 0

    def read(self, root: etree._Element, links: dict[str, str]) -> None:
        """Read all that an element shows."""
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            name = local(element.tag)
            if event == "start":
                if self._is_hidden(element, name):
                    # A writer counts the hidden paragraphs too.
                    self._places += sum(local(one.tag) == "p" for one in element.iter())
                    self._hidden(element, name)
                    walk.skip_subtree()
                else:
                    self._start(element, name, links)
            elif not self._is_hidden(element, name):
                self._end(element, name)
        if self._carried:
            self._close(self._carried)

    def _is_hidden(self, element: etree._Element, name: str) -> bool:
        if name in _HIDDEN:
            return True
        if name == "r":
            vanish = child(element, "rPr", "vanish")
            return vanish is not None and value(vanish) not in ("0", "false")
        return name == "tr" and child(element, "trPr", "del") is not None

    def _hidden(self, element: etree._Element, name: str) -> None:
        """Read what a hidden element says of a field, since fields may begin in hidden runs."""
        if name == "instrText":
            if self._fields and not self._fields[-1].in_result:
                self._fields[-1].instruction.append(element.text or "")
        elif name == "r":
            for one in element:
                if local(one.tag) == "fldChar":
                    self._field(one)
                elif local(one.tag) == "instrText":
                    self._hidden(one, "instrText")

    def _start(self, element: etree._Element, name: str, links: dict[str, str]) -> None:
        if name == "p":
            self._paragraph(element)
        elif name == "r":
            self._script = value(child(element, "rPr", "vertAlign"))
        elif name == "fldChar":
            self._field(element)
        elif name == "fldSimple":
            self._instructed(value(element, "instr"))
        elif name == "sdt":
            self._controls += self._control(element)
        elif name == "hyperlink" and self._open:
            self._open[-1].addresses += [
                links[one]
                for key, one in element.attrib.items()
                if local(key) == "id" and isinstance(one, str) and one in links
            ]
        elif name in ("footnoteReference", "endnoteReference") and self._open:
            kind = name.removesuffix("Reference")
            self.noted[kind].setdefault(value(element, "id"), self._open[-1].place)
        elif self._open and self._is_shown():
            self._text(_BREAKS.get(name) or ((element.text or "") if name == "t" else ""))

    def _end(self, element: etree._Element, name: str) -> None:
        if name == "sdt":
            self._controls -= _is_list(element)
        elif name == "r":
            self._script = ""
        elif name == "p" and self._open:
            done = self._open.pop()
            mark = child(element, "pPr", "rPr")
            if child(mark, "del") is not None or child(mark, "moveFrom") is not None:
                self._carried = done if "".join(done.text).strip() else None
            else:
                self._close(done)

    def _paragraph(self, element: etree._Element) -> None:
        opened = _Open(self._places, child(element, "pPr"))
        if self._carried and not self._open:
            # Joined paragraphs have the properties of the last.
            self._carried.properties = opened.properties
            opened, self._carried = self._carried, None
        self._open.append(opened)
        self._open[-1].listed |= self._is_listed()
        self._places += 1

    def _is_listed(self) -> bool:
        return self._controls > 0 or any(one.in_result and one.listed for one in self._fields)

    def _is_shown(self) -> bool:
        return all(one.in_result for one in self._fields)

    def _text(self, text: str) -> None:
        paragraph = self._open[-1]
        paragraph.listed |= self._is_listed()
        if self._script == "superscript" and text.strip():
            before = "".join(paragraph.text[-3:])
            if marker := raised(before, text):
                paragraph.raised.append(marker)
        signs = _SCRIPTS.get(self._script, {})
        if text and set(text) <= signs.keys():
            text = "".join(signs[sign] for sign in text)
        paragraph.text.append(text)

    def _field(self, element: etree._Element) -> None:
        kind = value(element, "fldCharType")
        if kind == "begin" and len(self._fields) >= _DEPTH:
            self._deeper += 1
        elif kind == "end" and self._deeper:
            self._deeper -= 1
        elif self._deeper:
            return
        elif kind == "begin":
            self._fields.append(_Field())
            if (data := child(element, "fldData")) is not None:
                self.items += fields.items_in_data(data.text or "")
        elif kind == "separate" and self._fields:
            current = self._fields[-1]
            current.in_result = True
            current.listed = self._instructed("".join(current.instruction))
        elif kind == "end" and self._fields:
            current = self._fields.pop()
            if not current.in_result:
                self._instructed("".join(current.instruction))

    def _instructed(self, instruction: str) -> bool:
        """Keep what an instruction holds, and return whether its result is a bibliography."""
        self.items += fields.items_in(instruction)
        if self._open and (link := fields.link_of(instruction)):
            self._open[-1].addresses.append(link)
        return fields.is_bibliography(instruction)

    def _control(self, element: etree._Element) -> bool:
        self.items += fields.items_in_tag(value(child(element, "sdtPr", "tag")))
        return _is_list(element)

    def _close(self, done: _Open) -> None:
        text = "".join(done.text)
        number = self.numbering.number(done.properties)  # empty paragraphs count too
        if not text.strip():
            return
        passage = Passage(
            text,
            done.place,
            number,
            addresses=unique(done.addresses),
            heading=self.numbering.is_heading(done.properties),
            listed=done.listed,
            raised=tuple(done.raised),
        )
        self.passages += at_breaks(passage)


def _is_list(element: etree._Element) -> bool:
    """Return whether a content control is a list of references, of Mendeley or of Word."""
    tag = value(child(element, "sdtPr", "tag"))
    gallery = value(child(element, "sdtPr", "docPartObj", "docPartGallery"))
    return (
        tag.startswith("MENDELEY_BIBLIOGRAPHY")
        or gallery == "Bibliographies"
        or (child(element, "sdtPr", "bibliography") is not None)
    )
