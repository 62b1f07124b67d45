"""citeproc-py's elements (0.11.1), with their defects mended by subclassing.

In: a style's file. Out: its root element, made of the classes below. A class named ``…Mends``
goes in front of the class of the same name in ``citeproc.model``; one rule a method, each
with a test of its name. Nothing in citeproc itself is changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from citeproc import LANGUAGE_NAMES, LOCALES_PATH, PRIMARY_DIALECTS, model
from citeproc.source import VariableError
from lxml import etree

from abstool.errors import UsageError
from abstool.formatters.csl import casing
from abstool.formatters.csl.initials import initials

_CSL = "http://purl.org/net/xbiblio/csl"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# Marks that make a following mark superfluous: "Who?" + "." is "Who?".
_ABSORBED = {"?": ".:", "!": ".:", ":": ".", ";": ".:", ".": "", ",": "", " ": ""}
_FORMS = {"symbol": "short", "verb-short": "verb", "short": None, "verb": None}


class Mends:
    """What every element does otherwise than citeproc-py: how texts are put together."""

    def xpath_search(self: Any, expression: str) -> Any:
        """Search once: a style does not change once it is read."""
        found = self.__dict__.setdefault("found", {})
        if expression not in found:
            found[expression] = super().xpath_search(expression)  # type: ignore[misc]
        return found[expression]

    def concat(self: Any, left: Any, right: Any) -> str:
        """Put two texts together, never with two spaces or two marks between them.

        A full stop or comma after a quotation goes inside it, where the style's language says so.
        """
        before, after = str(left), str(right)
        if not before or not after:
            return before + after
        last, first = before[-1], after[0]
        if last in _ABSORBED and (last == first or first in _ABSORBED[last]):
            return before + after[1:]
        if first in ".," and last in self.get_root().closing_quotes:
            inside = before[:-1]
            stop = "" if inside[-1:] in (".", ",", "?", "!") else first
            return f"{inside}{stop}{last}{after[1:]}"
        return before + after

    def chain(self, texts: Iterable[Any], delimiter: str) -> str:
        """Put texts together with a delimiter between them."""
        result = ""
        for number, text in enumerate(texts):
            result = self.concat(self.concat(result, delimiter) if number else "", text)
        return result

    def wrap(self: Any, text: Any) -> str | None:
        """Add prefix and suffix."""
        if text is None:
            return None
        wrapped = self.concat(self.get("prefix", ""), text)
        return str(self.concat(wrapped, self.get("suffix", "")))

    def join(self: Any, texts: Iterable[Any], default_delimiter: str = "") -> str:
        """Join the texts that are there with the element's delimiter."""
        there = [text for text in texts if text is not None and str(text)]
        return str(self.chain(there, self.get("delimiter", default_delimiter)))

    def render_children(self: Any, item: Any, delimiter: str = "", **options: Any) -> str | None:
        """Render all children and join what they give."""
        return self.chain(self._rendered(item, delimiter, options), delimiter) or None

    def _rendered(self: Any, item: Any, delimiter: str, options: dict[str, Any]) -> Iterator[str]:
        for child in self.iterchildren():
            passed = {"delimiter": delimiter} if isinstance(child, model.Choose) else {}
            try:
                text = child.render(item, **passed, **options)
            except VariableError:
                continue
            if text:
                yield text

    def case(self: Any, text: Any, language: str | None = None) -> Any:
        """Change the case of plain strings too (67 styles crashed); titles of English only."""
        case = self.get("text-case")
        if text is None or case is None or (case == "title" and language != "en"):
            return text
        return casing.recase(str(text), case)

    def get_term(self: Any, name: str, form: str | None = None, **options: Any) -> Any:
        """Return a term, in the next longer form where the asked one is missing."""
        term = super().get_term(name, form, **options)  # type: ignore[misc]
        while term is None and form:
            form = _FORMS.get(form)
            term = super().get_term(name, form, **options)  # type: ignore[misc]
        return term


class StyleMends:
    """The root: reads its locales with the classes of this module."""

    def set_locale_list(self: Any, language: str) -> None:
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
        for locale in self.locales:
            locale.style = self
        inner = self.get_locale_option("punctuation-in-quote") == "true"
        quotes = (self.get_single_term(name) for name in ("close-quote", "close-inner-quote"))
        closing_quotes = "".join(map(str, quotes)) if inner else ""
        for root in (self, *self.locales):
            root.closing_quotes = closing_quotes


class LayoutMends:
    """The part that prints one item."""

    def entry(self: Any, item: Any) -> str:
        """Return the item's text."""
        self.repressed: dict[str, Any] = {}
        self.suppressed: set[str] = set()
        self.read: set[str] = set()
        self.getparent().cites = []
        return str(self.format(self.wrap(self.render_children(item))) or "")


class SubstituteMends:
    """What stands in for missing names: printed there, and not again where it would stand."""

    def render(self: Any, item: Any, context: Any = None, **options: Any) -> str | None:
        """Return the first child's text, and suppress the variables it has read."""
        layout = (context if context is not None else self).get_layout()
        before, layout.read = layout.read, set()
        try:
            for child in self.iterchildren():
                layout.read.clear()
                if text := self._text_of(child, item, context, options):
                    layout.suppressed |= layout.read
                    return str(text)
            return None
        finally:
            layout.read |= before

    def _text_of(self: Any, child: Any, item: Any, context: Any, options: Any) -> str | None:
        if isinstance(child, model.Names) and child.name is None:
            options = options | {"names_context": self.getparent()}
        try:
            text: str | None = child.render(item, context=context, **options)
        except VariableError:
            return None
        return text


class NamesMends:
    """Names of one or more roles."""

    def process(
        self: Any, item: Any, names_context: Any = None, context: Any = None, **options: Any
    ) -> Any:
        """Print no names that a substitute has printed."""
        layout = (context if context is not None else self).get_layout()
        roles = set(self.get("variable").split())
        if roles & layout.suppressed:
            return None
        text = super().process(item, names_context, context, **options)  # type: ignore[misc]
        layout.read |= roles
        return text


class NameMends:
    """The form of a single name."""

    def join(self: Any, texts: Iterable[Any], default_delimiter: str = "") -> str:
        """Keep empty texts: an empty last one puts the delimiter before "and"."""
        return str(self.chain(texts, self.get("delimiter", default_delimiter)))

    def initialize(self: Any, given: str, mark: str, context: Any) -> str:
        """Make initials by CSL's rules, ``initialize="false"`` among them."""
        hyphen = self.get_option("initialize-with-hyphen", context)
        return initials(given, mark, hyphen=hyphen, keep_names=self.get("initialize") == "false")


class NamePartMends:
    """The form of a given or family name."""

    def format_part(self: Any, given: str | None, family: str | None) -> Any:
        """Leave alone what is absent (a group has no given name, and none is printed)."""
        if (given if self.get("name") == "given" else family) is None:
            return given, family
        return super().format_part(given, family)  # type: ignore[misc]


class TextMends:
    """Text of a variable, macro, term or value."""

    def _variable(self: Any, item: Any, context: Any) -> Any:
        """Leave out the number in the list, and what a substitute has printed."""
        layout, variable = context.get_layout(), self.get("variable")
        if variable == "citation-number" or variable in layout.suppressed:
            return None
        text = super()._variable(item, context)  # type: ignore[misc]
        layout.read.add(variable)
        return text

    def _format_last_page(self: Any, first: str, last: str) -> str:
        """Complete an abbreviated last page (``123-9``) where the style has a rule for ranges."""
        has_rule = self.get_root().get_option("page-range-format")
        if has_rule and first.isdigit() and last.isdigit() and len(last) < len(first):
            last = first[: -len(last)] + last
        shortened: str = super()._format_last_page(first, last)  # type: ignore[misc]
        return shortened


class LabelMends:
    """The word before a number: p., vol."""

    def process(
        self: Any, item: Any, variable: str | None = None, *args: Any, **options: Any
    ) -> Any:
        """Print no label of an absent variable."""
        if (variable or self.get("variable")).replace("-", "_") not in item.reference:
            return None
        return super().process(item, variable, *args, **options)  # type: ignore[misc]

    def _is_plural(self: Any, item: Any) -> bool:
        """Count as plural "number of" something above one, and lists and ranges."""
        value = str(item.reference.get(self.get("variable").replace("-", "_"), ""))
        if self.get("variable").startswith("number-of"):
            return value.isdigit() and int(value) > 1
        return self.RE_MULTIPLE_NUMBERS.search(value) is not None


class DateMends:
    """A date, in a form of the style or of the language."""

    def render_single_date(
        self: Any, date: Any, show_parts: Any = None, context: Any = None
    ) -> Any:
        """Join the parts of a language's date with its own delimiter: ``2026 Jan 5``."""
        context = self if context is None else context
        parts = self.parts(date, show_parts, context if context is not self else None)
        localized = self.is_locale_date() and self.get("delimiter") is None
        return (context if localized else self).join(parts) if parts else None


class DatePartMends:
    """A day, month or year."""

    def render(self: Any, *args: Any, **options: Any) -> Any:
        """Forget the attributes of one date before the next one is printed."""
        attributes = dict(self.attrib)
        try:
            return super().render(*args, **options)  # type: ignore[misc]
        finally:
            self.attrib.clear()
            self.attrib.update(attributes)


_MENDS = {
    "style": StyleMends,
    "layout": LayoutMends,
    "substitute": SubstituteMends,
    "names": NamesMends,
    "name": NameMends,
    "name-part": NamePartMends,
    "text": TextMends,
    "label": LabelMends,
    "date": DateMends,
    "date-part": DatePartMends,
}


def _parser() -> etree.XMLParser:
    lookup = etree.ElementNamespaceClassLookup()
    classes = lookup.get_namespace(_CSL)
    base = model.CitationStylesElement
    classes[None] = type("Element", (Mends, base), {})
    for cls in base.__subclasses__():
        tag = cls.__name__.replace("_", "-").lower()
        if cls.__module__ == model.__name__:
            own = (_MENDS[tag],) if tag in _MENDS else ()
            bases = (*own, cls) if tag == "locale" else (*own, Mends, cls)
            classes[tag] = type(cls.__name__, bases, {})
    parser = etree.XMLParser(remove_comments=True, no_network=True, resolve_entities=False)
    parser.set_element_class_lookup(lookup)
    return parser


_PARSER = _parser()


def read(path: Path, formatter: Any, locale: str = "") -> Any:
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
    _complete(root)
    root.formatter = formatter
    root.set_locale_list(locale or root.get("default-locale", "en-US"))
    return root


def _complete(root: Any) -> None:
    """Write out what citeproc-py does not supply: names without a form, and disambiguation."""
    for names in root.iter(f"{{{_CSL}}}names"):
        substituting = names.getparent().tag == f"{{{_CSL}}}substitute"
        if names.name is None and not substituting:
            names.insert(0, _PARSER.makeelement(f"{{{_CSL}}}name"))
    for test in root.iter(f"{{{_CSL}}}if", f"{{{_CSL}}}else-if"):
        if test.get("disambiguate") == "true":  # entries are printed one by one
            test.set("type", "ambiguous")
