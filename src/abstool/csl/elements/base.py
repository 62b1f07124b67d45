"""The base class of all elements of a style.

Elements are created once, when the style is read, and render any number of items. ``output``
returns the marked text of an element for the item of a context. What depends only on the attributes
of an element is computed on creation, not for each item.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeVar

from abstool.csl.elements.context import Context, FaultyElementError
from abstool.csl.language import Language
from abstool.csl.text import casing, marks, numbers
from abstool.text import harmless

E = TypeVar("E", bound="Element")

# Formatting attributes with the mark for each of their values.
_FORMATTING = {
    ("font-style", "italic"): marks.ITALIC,
    ("font-style", "oblique"): marks.ITALIC,
    ("font-weight", "bold"): marks.BOLD,
    ("font-variant", "small-caps"): marks.SMALL_CAPS,
    ("text-decoration", "underline"): marks.UNDERLINE,
    ("vertical-align", "sup"): marks.SUPERSCRIPT,
    ("vertical-align", "sub"): marks.SUBSCRIPT,
    ("font-style", "normal"): marks.UPRIGHT,
    ("font-weight", "normal"): marks.LIGHT,
}


def _typed(affix: str) -> str:
    """Return an affix with its character references, which some styles escape twice, resolved."""
    if "&#" not in affix:
        return affix
    from html import unescape  # noqa: PLC0415 - few styles need it

    return harmless(unescape(affix))


def _without_stops(text: str) -> str:
    """Return text without full stops, but with those of addresses and numbers: 2.0, tea.org."""
    return re.sub(r"\.(?!\d|[a-z]{2})", "", text) if "." in text else text


class Definitions:
    """What the elements of a style refer to: its options, language, macros and date formats."""

    def __init__(
        self, options: dict[str, str], language: Language, *, typographic: bool = True
    ) -> None:
        """Start without macros and dates, since creating them needs the definitions."""
        self.options = options
        self.language = language
        self.typographic = typographic
        self.macros: dict[str, Element] = {}
        self.dates: dict[str, Element] = {}  # the language's date formats, by form

    def used(self, element: Element) -> Iterator[Element]:
        """Yield an element, those inside it, and those of the macros that they use."""
        waiting, seen = [element], set[str]()
        while waiting:
            root = waiting.pop()
            for one in (root, *root.descendants()):
                yield one
                macro = one.options.get("macro")
                if macro and macro not in seen and macro in self.macros:
                    seen.add(macro)
                    waiting.append(self.macros[macro])

    def prints(self, element: Element, variable: str) -> bool:
        """Return whether an element, or a macro that it uses, has a variable."""
        return any(one.options.get("variable") == variable for one in self.used(element))


class Element:
    """An element of a style, with the methods by which elements join and format text."""

    counts = True  # whether the length of the text is counted; groups count their parts
    transparent = False  # whether the children count as children of the parent element

    def __init__(
        self,
        tag: str,
        options: dict[str, str],
        definitions: Definitions,
        parent: Element | None = None,
    ) -> None:
        """Read the attributes; the caller adds the children and then calls ``prepare``."""
        self.tag = tag
        self.options = options
        self.definitions = definitions
        self.language = definitions.language
        self.parent = parent
        self.children: list[Element] = []
        self.delimiter = _typed(options.get("delimiter", ""))
        self.prefix = _typed(options.get("prefix", ""))
        self.suffix = _typed(options.get("suffix", ""))
        self._inside = definitions.language.puts_stops_inside
        self._case = options.get("text-case")
        self._strips = options.get("strip-periods") == "true"
        self._formatting = [
            mark
            for (name, value), mark in _FORMATTING.items()
            if options.get(name) == value and self._inherited(name) != value
        ]
        self._display = marks.BLOCKS.get(options.get("display", ""), "")
        # Most elements add nothing to their text; knowing this in advance saves time.
        self.is_plain = not (
            {"quotes", "display"} & options.keys()
            or (self._case or self._strips or self._formatting or self.prefix or self.suffix)
        )

    def _inherited(self, name: str) -> str | None:
        """Return the value of a formatting attribute of the elements that this one is in."""
        above = self.parent
        while above is not None:
            if name in above.options:
                return above.options[name]
            above = above.parent
        return None

    def prepare(self) -> None:
        """Compute what depends on the children."""

    def needed(self, name: str) -> str:
        """Return an attribute. Raises FaultyElementError if the element does not have it."""
        try:
            return self.options[name]
        except KeyError:
            raise self.faulty(f"has no attribute {name!r}") from None

    def called(self, macro: str) -> Element:
        """Return a macro. Raises FaultyElementError if the style does not have it."""
        try:
            return self.definitions.macros[macro]
        except KeyError:
            problem = f"calls the macro {macro!r}, which the style does not have"
            raise self.faulty(problem) from None

    def faulty(self, problem: str) -> FaultyElementError:
        """Return an error that says what is wrong with the element, and where it is."""
        top = self
        while top.parent is not None:
            top = top.parent
        place = f"macro {top.options.get('name', '')!r}" if top.tag == "macro" else f"<{top.tag}>"
        where = "" if top is self else f" in {place}"
        return FaultyElementError(f"<{self.tag}>{where} {problem}")

    def first(self, kind: type[E]) -> E | None:
        """Return the first child of a class, or None."""
        return next((child for child in self.children if isinstance(child, kind)), None)

    def descendants(self) -> Iterator[Element]:
        """Yield all elements inside this one, in document order."""
        for child in self.children:
            yield child
            yield from child.descendants()

    def output(self, context: Context) -> str:
        """Return the texts of all children, joined."""
        return self.chain(self.outputs(context), "")

    def outputs(self, context: Context) -> list[str]:
        """Return the texts of the children that print something, including those of conditions."""
        texts: list[str] = []
        for child in self.children:
            if child.transparent:
                texts += child.outputs(context)
            elif text := child.output(context):
                texts.append(text)
                if child.counts:
                    context.count(len(text))
        return texts

    def chain(self, texts: Sequence[str], delimiter: str) -> str:
        """Join texts with a delimiter, without doubled punctuation."""
        if len(texts) == 1:
            return texts[0]
        return marks.chain(texts, delimiter, inside=self._inside)

    def affixed(self, text: str) -> str:
        """Return text with the prefix and suffix, or "" for empty text."""
        if not text:
            return ""
        if self.prefix:
            text = marks.concat(self.prefix, text, inside=self._inside)
        if self.suffix:
            text = marks.concat(text, self.suffix, inside=self._inside)
        return marks.enclosed(text, self._display) if self._display else text

    def formatted(self, text: str) -> str:
        """Return text inside the marks of the element's formatting."""
        for mark in self._formatting:
            text = marks.enclosed(text, mark)
        return text

    def cased(self, text: str, context: Context | None) -> str:
        """Return text in the element's case; title case applies only to English items."""
        if self._case is None or not text:
            return text
        language = (context.variables.language if context else "") or self.language.tag
        language = language.lower()
        if self._case == "title" and not language.startswith("en"):
            return text
        return casing.recase(text, self._case, language)

    def stripped(self, text: str) -> str:
        """Return text without full stops, if the element strips them; identifiers keep theirs."""
        return marks.outside_links(text, _without_stops) if self._strips else text

    def dressed(self, text: str, context: Context | None) -> str:
        """Return text in the element's case and formatting, with its affixes."""
        return self.affixed(self.formatted(self.cased(text, context)))

    def ranged(self, value: str, rule: str | None) -> str:
        """Return pages or numbers with their ranges in the format ``rule`` of the style."""
        return numbers.pages(value, rule, self.language)
