"""Reading a style: its file, its languages' files, and what every element asks for again and again.

In: a ``.csl`` file. Out: its root element, made of citeproc-py's classes (0.11.1), each with the
class of mends of its name before it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from citeproc import LANGUAGE_NAMES, LOCALES_PATH, PRIMARY_DIALECTS, model
from lxml import etree

from abstool.errors import UsageError
from abstool.formatters.csl import conditions, elements, names
from abstool.formatters.csl.dates import DateMends, DatePartMends
from abstool.formatters.csl.language import Language

_CSL = "http://purl.org/net/xbiblio/csl"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class StyleMends:
    """The root: reads its locales with the classes of this package."""

    def set_language(self: Any, language: str) -> None:
        """Collect the locales in CSL's order: the style's own, then the files."""
        main = language.split("-", maxsplit=1)[0]
        inside = {locale.get(_LANG): locale for locale in self.iterfind(f"{{{_CSL}}}locale")}
        self.locales = [inside[name] for name in (language, main, None) if name in inside]
        files = dict.fromkeys(
            name
            for name in (language, PRIMARY_DIALECTS.get(main), "en-US")
            if name in LANGUAGE_NAMES
        )
        for name in files:
            path = Path(LOCALES_PATH) / f"locales-{name}.xml"
            self.locales.append(etree.parse(path, _PARSER).getroot())
        self.language = Language(language, self.locales)


_MENDS: dict[str, type] = {
    "style": StyleMends,
    "layout": elements.LayoutMends,
    "group": elements.GroupMends,
    "macro": elements.MacroMends,
    "choose": conditions.ChooseMends,
    "if": conditions.IfMends,
    "else-if": conditions.IfMends,
    "else": conditions.ElseMends,
    "substitute": elements.SubstituteMends,
    "names": names.NamesMends,
    "name": names.NameMends,
    "name-part": names.NamePartMends,
    "et-al": names.EtAlMends,
    "text": elements.TextMends,
    "number": elements.NumberMends,
    "label": elements.LabelMends,
    "date": DateMends,
    "date-part": DatePartMends,
}


def _parser() -> etree.XMLParser:
    lookup = etree.ElementNamespaceClassLookup()
    classes = lookup.get_namespace(_CSL)
    base = model.CitationStylesElement
    classes[None] = type("Element", (elements.Mends, base), {})
    for cls in base.__subclasses__():
        tag = cls.__name__.replace("_", "-").lower()
        if cls.__module__ == model.__name__:
            own = (_MENDS[tag],) if tag in _MENDS else ()
            bases = (*own, cls) if tag in ("locale", "term") else (*own, elements.Mends, cls)
            classes[tag] = type(cls.__name__, bases, {})
    parser = etree.XMLParser(remove_comments=True, no_network=True, resolve_entities=False)
    parser.set_element_class_lookup(lookup)
    return parser


_PARSER = _parser()


def read(path: Path, locale: str = "") -> Any:
    """Return a style's root element, ready to print in a language (else the style's own).

    Raises UsageError for a file that is no CSL style.
    """
    advice = "check the file, or name a style that 'abstool styles' lists"
    try:
        root: Any = etree.parse(path, _PARSER).getroot()
    except (etree.XMLSyntaxError, OSError) as error:
        raise UsageError(str(path), f"not a CSL style: {error}", advice) from None
    if root.tag != f"{{{_CSL}}}style" or (root.bibliography is None and root.citation is None):
        raise UsageError(str(path), "not a CSL style", advice)
    if (
        locale
        and locale.split("-", maxsplit=1)[0] not in PRIMARY_DIALECTS
        and locale not in LANGUAGE_NAMES
    ):
        raise UsageError(f"--locale {locale}", "not a language known", "write it like de-DE")
    language = locale or root.get("default-locale", "en-US")
    root.set_language(language)
    root.language.style_tag = language
    for people in [*root.iter(f"{{{_CSL}}}names")]:
        if people.find(f"{{{_CSL}}}name") is None and _stands_for(people) is people:
            people.insert(0, _PARSER.makeelement(f"{{{_CSL}}}name"))
    # lxml forgets what was stored on elements that nobody holds
    root.alive = [*root.iter(), *(part for locale in root.locales for part in locale.iter())]
    for element in root.alive:
        if isinstance(element.tag, str) and hasattr(type(element), "chain"):
            _prepare(element, root)
    root.macros = {}
    for macro in root.iterfind(f"{{{_CSL}}}macro"):
        root.macros.setdefault(macro.get("name"), macro)
    for area in (root.bibliography, root.citation):
        if area is not None:
            area.prints_year_suffix = _reaches_year_suffix(area, root, set())
    return root


def _stands_for(people: Any) -> Any:
    """Return the names that names stand in for, whose form they take unless they have their own."""
    substitute = next(people.iterancestors(f"{{{_CSL}}}substitute"), None)
    return people if substitute is None else substitute.getparent()


def _prepare(element: Any, root: Any) -> None:
    """Store on an element what its attributes and children say: looking them up costs time."""
    element.root = root
    element.options = dict(element.attrib)
    element.children = list(element)
    element.formatting = elements.formatting_of(element.options)
    tag = etree.QName(element).localname
    by_tag = {etree.QName(child).localname: child for child in reversed(element.children)}
    if tag == "names":
        element.form = _stands_for(element)
        element.name_element = by_tag.get("name")
        element.label_element = by_tag.get("label")
        element.substitute = by_tag.get("substitute")
        order = [etree.QName(child).localname for child in element.children]
        element.label_before = order[:1] == ["label"]
        element.et_al = by_tag.get("et-al")
    elif tag == "name":
        element.name_parts = {part.get("name"): part for part in element.children}
    elif tag == "date":
        element.parts = element.children
    elif tag in ("if", "else-if"):
        element.tests = [
            (conditions.TESTS[name], value.split())
            for name, value in element.options.items()
            if name in conditions.TESTS
        ]


def _reaches_year_suffix(element: Any, root: Any, seen: set[str]) -> bool:
    """Tell whether an area says itself where a year's suffix goes."""
    for text in element.iter(f"{{{_CSL}}}text"):
        if text.get("variable") == "year-suffix":
            return True
        name = text.get("macro")
        if name and name not in seen and name in root.macros:
            seen.add(name)
            if _reaches_year_suffix(root.macros[name], root, seen):
                return True
    return False
