"""Reading a style: its file, its languages' files, and the elements it is made of.

In: a ``.csl`` file, and the languages' files that citeproc-py brings. Out: the style, each of its
elements an object of the class of its tag, ready to print any number of items.
"""

from __future__ import annotations

import json
from contextlib import suppress
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from abstool.csl import conditions, dates, elements, names
from abstool.csl.elements import Element
from abstool.csl.language import Language
from abstool.errors import UsageError

_CSL = "{http://purl.org/net/xbiblio/csl}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_CLASSES: dict[str, type[Element]] = {
    "bibliography": elements.Area,
    "citation": elements.Area,
    "layout": elements.Layout,
    "group": elements.Group,
    "macro": elements.Macro,
    "choose": conditions.Choose,
    "if": conditions.If,
    "else-if": conditions.If,
    "else": conditions.Else,
    "substitute": elements.Substitute,
    "names": names.Names,
    "name": names.Name,
    "name-part": Element,
    "et-al": names.EtAl,
    "text": elements.Text,
    "number": elements.Number,
    "label": elements.Label,
    "date": dates.DateForm,
    "date-part": dates.DatePart,
}


class Style:
    """A style that was read."""

    def __init__(self, tree: Any, tag: str) -> None:
        """Make the elements of a style's file, to print in a language."""
        self.options: dict[str, str] = dict(tree.attrib)
        links = tree.iterfind("{*}info/{*}link[@rel='template']")
        self.templates = [link.get("href", "") for link in links]
        self.language = Language(tag, _locales(tree, tag))
        self.dates = {form: self._made(date) for form, date in self.language.dates.items()}
        self.macros: dict[str, Any] = {}
        for macro in tree.iterfind(f"{_CSL}macro"):
            if macro.get("name") not in self.macros:
                self.macros[macro.get("name")] = self._made(macro)
        self.bibliography = self._area(tree, "bibliography")
        self.citation = self._area(tree, "citation")

    def _area(self, tree: Any, tag: str) -> Any:
        """Return the bibliography or the citation, or None."""
        if (node := tree.find(f"{_CSL}{tag}")) is None:
            return None
        area = self._made(node)
        area.prints_year_suffix = self._reaches_year_suffix(area, set())
        return area

    def _made(self, node: Any, parent: Element | None = None) -> Any:
        """Return an element with all inside it."""
        tag = node.tag.rpartition("}")[2]
        element = _CLASSES.get(tag, Element)(tag, dict(node.attrib), self, parent)
        element.children = [
            self._made(child, element) for child in node if isinstance(child.tag, str)
        ]
        element.prepare()
        return element

    def _reaches_year_suffix(self, element: Element, seen: set[str]) -> bool:
        """Tell whether an area says itself where a year's suffix goes."""
        for text in element.below():
            if text.tag != "text":
                continue
            if text.options.get("variable") == "year-suffix":
                return True
            name = text.options.get("macro")
            if name and name not in seen and name in self.macros:
                seen.add(name)
                if self._reaches_year_suffix(self.macros[name], seen):
                    return True
        return False


def read(path: Path, locale: str = "") -> Style:
    """Return a style, ready to print in a language (else the style's own).

    Raises UsageError for a file that is no CSL style.
    """
    return _style(path, locale, _content(path))


@lru_cache(maxsize=4)  # a command asks for its style when it starts, and when it has read all
def _style(path: Path, locale: str, content: bytes) -> Style:
    tree = _tree(path, content)
    areas = [tree.find(f"{_CSL}{tag}") for tag in ("bibliography", "citation")]
    if tree.tag != f"{_CSL}style" or areas == [None, None]:
        raise UsageError(str(path), "not a CSL style", _ADVICE)
    dialects, languages = _languages()
    if locale and locale.split("-", maxsplit=1)[0] not in dialects and locale not in languages:
        raise UsageError(f"--locale {locale}", "not a language known", "write it like de-DE")
    return Style(tree, locale or tree.get("default-locale", "en-US"))


_ADVICE = "check the file, or name a style that 'abstool styles' lists"


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""  # lxml says why, in its turn


def _tree(path: Path, content: bytes) -> Any:
    """Return the root of an XML file.

    Python's own parser is loaded in a tenth of the time. What it cannot read lxml reads, or says
    what is wrong; and all with declarations, whose entities lxml leaves alone.
    """
    if b"<!DOCTYPE" not in content:
        with suppress(ET.ParseError, ValueError, LookupError):
            return ET.fromstring(content)  # noqa: S314 - see above
    from lxml import etree  # noqa: PLC0415 - loaded where it is needed

    parser = etree.XMLParser(remove_comments=True, no_network=True, resolve_entities=False)
    try:
        return etree.parse(path, parser).getroot()
    except (etree.XMLSyntaxError, OSError) as error:
        raise UsageError(str(path), f"not a CSL style: {error}", _ADVICE) from None


def _locales(tree: Any, language: str) -> list[Any]:
    """Return the locales in CSL's order: the style's own, then the files."""
    main = language.split("-", maxsplit=1)[0]
    inside = {locale.get(_LANG): locale for locale in tree.iterfind(f"{_CSL}locale")}
    locales = [inside[name] for name in (language, main, None) if name in inside]
    dialects, known = _languages()
    files = dict.fromkeys(name for name in (language, dialects.get(main), "en-US") if name in known)
    return locales + [_locale(name) for name in files]


@lru_cache(maxsize=4)
def _locale(name: str) -> Any:
    path = _folder() / f"locales-{name}.xml"
    return _tree(path, _content(path))


@cache
def _languages() -> tuple[dict[str, str], dict[str, Any]]:
    """Return the main dialect of each language, and the languages that have a file."""
    found = json.loads((_folder() / "locales.json").read_text("utf-8"))
    return found["primary-dialects"], found["language-names"]


@cache
def _folder() -> Path:
    """Return where citeproc-py keeps its locales, which is all that is used of it."""
    spec = find_spec("citeproc")
    if spec is None or not spec.submodule_search_locations:
        raise UsageError("citeproc-py", "not installed", "install abstool again")
    return Path(spec.submodule_search_locations[0]) / "data" / "locales"
