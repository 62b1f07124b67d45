"""The content of a CSL style, read from a file or from XML: elements that render items."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from xml.etree import ElementTree as ET

from abstool.csl import locales
from abstool.csl.elements import conditions, dates, grouping, name_format, names, sorting, texts
from abstool.csl.elements.base import Definitions, Element
from abstool.csl.elements.context import (
    Context,
    FaultyElementError,
    LongEntryError,
    RunawayMacroError,
)
from abstool.csl.language import Language
from abstool.csl.source import CSL, NEXT_STEP, StyleError, content_of, parsed
from abstool.csl.variables import Variables
from abstool.errors import UsageError
from abstool.text import harmless

_CLASSES: dict[str, type[Element]] = {
    "bibliography": grouping.AreaElement,
    "citation": grouping.AreaElement,
    "layout": grouping.LayoutElement,
    "group": grouping.GroupElement,
    "macro": grouping.MacroElement,
    "substitute": grouping.SubstituteElement,
    "sort": sorting.SortElement,
    "key": sorting.KeyElement,
    "choose": conditions.ChooseElement,
    "if": conditions.IfElement,
    "else-if": conditions.IfElement,
    "else": conditions.BranchElement,
    "names": names.NamesElement,
    "name": name_format.NameElement,
    "et-al": name_format.EtAlElement,
    "text": texts.TextElement,
    "number": texts.NumberElement,
    "label": texts.LabelElement,
    "date": dates.DateElement,
    "date-part": dates.DatePartElement,
}


_REASONS: dict[type[Exception], str] = dict.fromkeys(
    (RecursionError, RunawayMacroError),
    "its elements are nested too deeply, or its macros call each other too often",
)
_REASONS[LongEntryError] = "the entry would be too long"


class Stylesheet:
    """The elements of a style in a language, ready to render any number of items.

    Attributes:
        name: the style's name in messages.
        templates: the URLs of the styles that this one was made from.
        bibliography: the area that renders entries of a list; the citation area if the style has
            none, as note styles do.
        citation: the area that renders citations in a text, or None.
        definitions: what the elements refer to: options, language, macros.
    """

    def __init__(self, tree: ET.Element, language: str, name: str, *, typographic: bool) -> None:
        """Create the elements; ``read`` returns a style."""
        self.name = name
        self._typographic = typographic
        links = tree.iterfind("{*}info/{*}link[@rel='template']")
        self.templates = [link.get("href", "") for link in links]
        self.definitions = Definitions(
            dict(tree.attrib),
            Language(language, locales.locales_of(tree, language)),
            typographic=typographic,
        )
        for form, date in self.definitions.language.dates.items():
            self.definitions.dates[form] = self._element(date)
        for macro in tree.iterfind(f"{CSL}macro"):
            if (macro_name := macro.get("name", "")) not in self.definitions.macros:
                self.definitions.macros[macro_name] = self._element(macro)
        self.citation = self._area(tree, "citation")
        bibliography = self._area(tree, "bibliography") or self.citation
        if bibliography is None:
            raise StyleError(name, "not a CSL style", NEXT_STEP)
        self.bibliography = bibliography
        self.has_bibliography = bibliography is not self.citation

    def variables(self, item: Mapping[str, object]) -> Variables:
        """Return the variables of a CSL-JSON item, as the elements read them."""
        return Variables(item, typographic=self._typographic)

    @cached_property
    def prints_labels(self) -> bool:
        """Whether citations or bibliography use the labels of items, such as Mus25."""
        areas = [one for one in (self.citation, self.bibliography) if one]
        return any(self.definitions.prints(one, "citation-label") for one in areas)

    def prints(self, variable: str, variables: Variables) -> bool:
        """Return whether the entry of an item prints one of its variables."""
        context = Context(variables, self.bibliography.settings)
        try:
            self.bibliography.layout.output(context)
        except Exception as error:  # noqa: BLE001 - a broken style can cause any exception
            raise self.failure(variables, error) from None
        return variable in context.printed

    def failure(self, variables: Variables, error: Exception) -> StyleError:
        """Return the error for an item on which an element fails."""
        problem = f"fails on {variables.title!r}: {_reason_of(error)}"
        return StyleError(f"style {self.name!r}", problem, "choose another style")

    def _area(self, tree: ET.Element, tag: str) -> grouping.AreaElement | None:
        if (node := tree.find(f"{CSL}{tag}")) is None:
            return None
        area = self._element(node)
        if not isinstance(area, grouping.AreaElement):
            return None
        area.settings.prints_year_suffix = any(
            one.tag == "text" and one.options.get("variable") in ("year-suffix", "citation-label")
            for one in self.definitions.used(area)
        )
        return area

    def _element(self, node: ET.Element, parent: Element | None = None) -> Element:
        """Create the element of an XML node with all its children."""
        tag = node.tag.rpartition("}")[2]
        element = _CLASSES.get(tag, Element)(tag, dict(node.attrib), self.definitions, parent)
        element.children = [
            self._element(child, element)
            for child in node
            if isinstance(child.tag, str)  # comments and instructions have a function as tag
        ]
        element.prepare()
        return element

    @property
    def compares_items(self) -> bool:
        """Whether items whose cites are alike print more in the bibliography, such as a letter."""
        area = self.citation
        return area is not None and (
            area.options.get("disambiguate-add-year-suffix") == "true" or self.tests_disambiguation
        )

    @cached_property
    def disambiguates(self) -> bool:
        """Whether the style makes the cites of different items differ in any way."""
        area = self.citation
        return area is not None and (
            self.tests_disambiguation
            or any(
                area.options.get(f"disambiguate-add-{name}") == "true"
                for name in ("names", "givenname", "year-suffix")
            )
        )

    @cached_property
    def tests_disambiguation(self) -> bool:
        """Whether the citation, or a macro that it uses, tests for ``disambiguate``."""
        area = self.citation
        return area is not None and any(
            "disambiguate" in element.options for element in self.definitions.used(area)
        )


def read(source: Path | bytes, locale: str, name: str, *, typographic: bool) -> Stylesheet:
    """Return the content of a style; see ``Style.read``."""
    if not name:
        name = "unnamed" if isinstance(source, bytes) else source.stem
    return _read(source, content_of(source), locale, name, typographic)


@lru_cache(maxsize=4)  # creating the elements takes as long as rendering 5 to 20 items
def _read(
    source: Path | bytes, content: bytes, locale: str, name: str, typographic: bool
) -> Stylesheet:
    subject = f"style {name!r}" if isinstance(source, bytes) else str(source)
    tree = parsed(source, content, subject)
    _clean(tree)
    areas = [tree.find(f"{CSL}{tag}") for tag in ("bibliography", "citation")]
    if tree.tag != f"{CSL}style" or areas == [None, None]:
        raise StyleError(subject, "not a CSL style", NEXT_STEP)
    if locale and not locales.is_known(locale):
        problem, next_step = f"{locale!r} is not a known language", "write it like de-DE"
        raise StyleError(problem=problem, next_step=next_step, argument="locale")
    language = locale or tree.get("default-locale", "en-US")
    try:
        return Stylesheet(tree, language, name, typographic=typographic)
    except UsageError:
        raise
    except Exception as error:  # noqa: BLE001 - as above
        raise StyleError(subject, f"not a CSL style: {_reason_of(error)}", NEXT_STEP) from None


def _reason_of(error: Exception) -> str:
    """Return why a style fails."""
    if isinstance(error, FaultyElementError):
        return str(error)
    return _REASONS.get(type(error)) or repr(error)


def _clean(tree: ET.Element) -> None:
    """Remove from all words of a style what could steer a terminal or pass for a mark."""
    for node in tree.iter():
        if isinstance(node.tag, str):
            if node.text and not node.text.isspace():
                node.text = harmless(node.text)
            for name, value in node.attrib.items():
                node.set(name, harmless(value))
