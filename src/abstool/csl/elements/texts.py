"""The elements ``cs:text``, ``cs:number`` and ``cs:label``."""

from __future__ import annotations

import re
from collections.abc import Callable

from abstool.csl.elements.base import Element
from abstool.csl.elements.context import Context
from abstool.csl.text import casing, marks, numbers
from abstool.csl.text.inline import marked

_NUMBERS = frozenset(
    "chapter-number collection-number edition issue number number-of-pages number-of-volumes "
    "volume".split()
)
_PAGES = ("page", "locator")
_IDENTIFIERS = ("URL", "DOI", "PMID", "PMCID")  # they are links
_START_OF_ADDRESS = re.compile(r"https?://\S*$")


class TextElement(Element):
    """The text of a variable, macro, term or value."""

    def prepare(self) -> None:
        """Choose the source of the text; the first of these attributes counts."""
        sources = {"macro": self._macro, "term": self._term, "value": self._value}
        source = next((name for name in sources if name in self.options), "")
        self.counts = source != "macro"
        self._name = "" if source else self.needed("variable")
        self._content: Callable[[Context], str] = (
            sources[source] if source else _MADE.get(self._name, self._variable)
        )
        self._short = f"{self._name}-short" if self.options.get("form") == "short" else ""
        self._is_page, self._is_number = self._name in _PAGES, self._name in _NUMBERS
        # Words of the style are in its language, whatever the item's is.
        self._is_of_style = bool({"term", "value"} & self.options.keys())
        self._written = marked(self.options.get("value", ""), typographic=True)
        self._is_locator = self._name == "locator"
        self._affixes = len(self.prefix) + len(self.suffix)
        self._quoted = self.options.get("quotes") == "true"
        self._is_link = self._name in _IDENTIFIERS
        self._start = ""  # of the address, if the style prints it: https://doi.org/
        if self._is_link:
            self.is_plain = False
            if found := _START_OF_ADDRESS.search(self.prefix):
                self.prefix, self._start = self.prefix[: found.start()], found[0]

    def output(self, context: Context) -> str:
        """Return the text in its case, formatting and quotation marks."""
        text = self._content(context)
        if self._is_locator and context.request.tagged:
            text = marks.tagged(text, marks.LOCATOR)
        if self.is_plain or not text:
            return text
        text = text if self._is_link else self.stripped(text)
        text = self.formatted(self.cased(text, None if self._is_of_style else context))
        if self._quoted:
            text = marks.enclosed(marks.unquoted(text), marks.QUOTE)
        if self._is_link:
            text = marks.enclosed(self._start + text, marks.LINK)
        return self.affixed(text)

    def _macro(self, context: Context) -> str:
        context.count_macro(self._affixes)
        return self.called(self.options["macro"]).output(context)

    def _term(self, context: Context) -> str:
        form, plural = self.options.get("form", "long"), self.options.get("plural") == "true"
        term = self.language.term(self.options["term"], form, plural=plural)
        if context.request.capitalize and term and not (context.started or context.printed):
            term = casing.recase(term, "capitalize-first", self.language.tag.lower())
        context.started = context.started or bool(term)
        return term

    def _value(self, context: Context) -> str:
        context.started = True
        return self._written

    def _variable(self, context: Context) -> str:
        context.called += 1
        value = context.value(self._short) if self._short else None
        value = context.value(self._name) if value is None else value
        if not isinstance(value, str):
            return ""
        context.found += 1
        if self._is_page:
            return self.ranged(value, rule=self.definitions.options.get("page-range-format"))
        if self._is_number and numbers.is_numeric(value):
            return self.ranged(value, rule=None)
        return value


def _citation_number(context: Context) -> str:
    """Return the number of the item in the list."""
    context.called += 1
    context.found += bool(context.request.number)
    context.started = True
    number = str(context.request.number or "")
    return marks.tagged(number, marks.NUMBER) if context.request.tagged else number


def _year_suffix(context: Context) -> str:
    """Return the letter that tells works of one year apart."""
    context.year_suffix_printed = True
    suffix = context.request.more.year_suffix
    context.found += bool(suffix)
    return marks.tagged(suffix, marks.SUFFIX) if context.request.tagged else suffix


def _citation_label(context: Context) -> str:
    """Return the item's label: its own, or the one that the document made."""
    context.called += 1
    value = context.value("citation-label")
    label = value if isinstance(value, str) else context.request.label
    context.found += bool(label)
    return label + context.request.more.year_suffix if label else ""


_MADE = {  # variables that no item needs to have
    "citation-number": _citation_number,
    "year-suffix": _year_suffix,
    "citation-label": _citation_label,
}


class NumberElement(Element):
    """A number in one of CSL's forms."""

    def output(self, context: Context) -> str:
        """Return the number as digits, ordinal or Roman numeral."""
        variable = self.needed("variable")
        if variable == "citation-number":
            return self.dressed(_citation_number(context), context)
        context.called += 1
        value = context.value(variable)
        if not isinstance(value, str):
            return ""
        context.found += 1
        rule = self.definitions.options.get("page-range-format") if variable in _PAGES else None
        if variable in _PAGES or numbers.is_numeric(value) or numbers.is_roman_range(value):
            value = self.ranged(value, rule=rule)
        form = self.options.get("form", "numeric")
        text = numbers.in_form(value, form, self.language, gender_of=variable)
        return self.dressed(self.stripped(text), context)


class LabelElement(Element):
    """The term for a number or a role: p., vol., eds."""

    def output(self, context: Context) -> str:
        """Return the term for a variable that is present and not suppressed."""
        variable = self.needed("variable")
        value = context.variables[variable]
        if value is None or variable in context.suppressed:
            return ""
        if variable == "locator":
            variable = context.request.cite.label
        plural = numbers.is_plural(variable, str(value), self.language)
        return self.worded(variable, plural=plural)

    def worded(self, term: str, *, plural: bool) -> str:
        """Return a term in the singular or plural, in the label's form."""
        plural = {"always": True, "never": False}.get(self.options.get("plural", ""), plural)
        text = self.language.term(term, self.options.get("form", "long"), plural=plural)
        return self.dressed(self.stripped(text), None)
