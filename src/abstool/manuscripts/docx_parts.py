"""What a Word file keeps beside its text: link targets, numbering and styles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from abstool.manuscripts.package import Package

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT_W = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_LEVELS = 9
_DEPTH = 20  # styles that a style may be based on


def local(name: object) -> str:
    """Return the name of an element or attribute without its namespace; ``""`` for a comment."""
    return name.rpartition("}")[2] if isinstance(name, str) else ""


def value(element: etree._Element | None, name: str = "val") -> str:
    """Return an attribute of an element of Word, in either of its namespaces."""
    if element is None:
        return ""
    return element.get(f"{_W}{name}") or element.get(f"{_STRICT_W}{name}") or ""


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """Return the first descendant of an element along a path of local names, or None."""
    for name in path:
        if element is None:
            return None
        element = next((one for one in element if local(one.tag) == name), None)
    return element


def targets(package: Package, part: str) -> dict[str, str]:
    """Return the addresses of the hyperlinks in a part, by the ids of their relationships."""
    folder, _, name = part.rpartition("/")
    root = package.part(f"{folder}/_rels/{name}.rels")
    return {
        one.get("Id") or "": one.get("Target") or ""
        for one in (root if root is not None else ())
        if (one.get("Type") or "").endswith("/hyperlink") and one.get("TargetMode") == "External"
    }


class Level(NamedTuple):
    """A level of a numbered list: the first number, and whether it prints decimal digits."""

    start: int = 1
    decimal: bool = True


class Numbering:
    """The numbers that Word computes for the paragraphs of lists."""

    def __init__(self, package: Package) -> None:
        """Read the definitions of lists and the styles that use them."""
        self._levels: dict[tuple[str, int], Level] = {}
        self._lists: dict[str, str] = {}
        self._restarts: dict[tuple[str, int], int] = {}
        self._counts: dict[tuple[str, int], int] = {}
        self._started: set[tuple[str, int]] = set()
        self._styles: dict[str, tuple[str, str]] = {}
        self._bases: dict[str, str] = {}
        self._headings: set[str] = set()
        self._define(package.part("word/numbering.xml"))
        self._style(package.part("word/styles.xml"))

    def _define(self, root: etree._Element | None) -> None:
        for element in root if root is not None else ():
            if local(element.tag) == "abstractNum":
                self._abstract(element, value(element, "abstractNumId"))
            elif local(element.tag) == "num":
                number = value(element, "numId")
                self._lists[number] = value(child(element, "abstractNumId"))
                for override in _children(element, "lvlOverride"):
                    start = value(child(override, "startOverride"))
                    if start.isdigit() and len(start) < 9:
                        level = _level(value(override, "ilvl"))
                        self._restarts[number, level] = int(start)

    def _abstract(self, element: etree._Element, name: str) -> None:
        for level in _children(element, "lvl"):
            start = value(child(level, "start"))
            self._levels[name, _level(value(level, "ilvl"))] = Level(
                int(start) if start.isdigit() and len(start) < 9 else 1,
                value(child(level, "numFmt")) in ("decimal", "decimalZero", ""),
            )

    def _style(self, root: etree._Element | None) -> None:
        for element in _children(root, "style"):
            name = value(element, "styleId")
            properties = child(element, "pPr")
            self._styles[name] = _listed(properties)
            self._bases[name] = value(child(element, "basedOn"))
            title = value(child(element, "name")).lower()
            if title.startswith("heading ") or child(properties, "outlineLvl") is not None:
                self._headings.add(name)

    def is_heading(self, properties: etree._Element | None) -> bool:
        """Return whether the properties of a paragraph are those of a heading."""
        style = value(child(properties, "pStyle"))
        for _ in range(_DEPTH):
            if style in self._headings:
                return True
            style = self._bases.get(style, "")
        return child(properties, "outlineLvl") is not None

    def number(self, properties: etree._Element | None) -> str:
        """Return the number that Word prints before the next paragraph, or ``""``."""
        number, level_text = _listed(properties)
        style = value(child(properties, "pStyle"))
        for _ in range(_DEPTH):
            if number or not style:
                break
            number, level_text = self._styles.get(style, ("", ""))
            style = self._bases.get(style, "")
        if not number or number == "0" or number not in self._lists:
            return ""
        level = _level(level_text)
        name = self._lists[number]
        kind = self._levels.get((name, level), Level())
        if (number, level) in self._restarts and (number, level) not in self._started:
            self._counts[name, level] = self._restarts[number, level] - 1
        self._started.add((number, level))
        count = self._counts.get((name, level), kind.start - 1) + 1
        self._counts[name, level] = count
        for deeper in range(level + 1, _LEVELS):
            self._counts.pop((name, deeper), None)
        return str(count) if kind.decimal and level == 0 else ""


def _children(element: etree._Element | None, name: str) -> Iterator[etree._Element]:
    yield from (one for one in (element if element is not None else ()) if local(one.tag) == name)


def _listed(properties: etree._Element | None) -> tuple[str, str]:
    numbering = child(properties, "numPr")
    return value(child(numbering, "numId")), value(child(numbering, "ilvl"))


def _level(text: str) -> int:
    return int(text) if text.isdigit() and len(text) < 3 else 0
