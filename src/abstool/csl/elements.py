"""The elements of a style, made once when it is read; each turns an entry's item into text.

``output(now)``: in, the entry that is being made; out, the element's text in it, with marks. What
an element's attributes ask for is worked out when it is made and not for every item. Names, dates,
numbers and conditions have modules of their own; ``style`` puts all together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from abstool.csl import casing, marks, numbers
from abstool.csl.now import Now
from abstool.csl.reference import Date

if TYPE_CHECKING:
    from abstool.csl.style import Style

# Formatting attributes, and the mark that each of their values stands for.
_FORMATTING = {
    ("font-style", "italic"): marks.ITALIC,
    ("font-style", "oblique"): marks.ITALIC,
    ("font-weight", "bold"): marks.BOLD,
    ("font-variant", "small-caps"): marks.SMALL_CAPS,
    ("text-decoration", "underline"): marks.UNDERLINE,
    ("vertical-align", "sup"): marks.SUPERSCRIPT,
    ("vertical-align", "sub"): marks.SUBSCRIPT,
    ("font-style", "normal"): marks.NORMAL,
    ("font-weight", "normal"): marks.NORMAL,
}
_NUMBERS = frozenset(
    "chapter-number collection-number edition issue number number-of-pages number-of-volumes "
    "volume".split()
)
_NO_TEXTS = (list, Date)


class Element:
    """What all elements have, and how they put texts together."""

    transparent = False  # whether the children count as children of the element above

    def __init__(self, tag: str, options: dict[str, str], root: Style, parent: Any = None) -> None:
        """Take over an element's attributes; its children follow, then ``prepare``."""
        self.tag = tag
        self.options = options
        self.root = root
        self.parent = parent
        self.children: list[Any] = []
        self.delimiter = options.get("delimiter", "")
        self._inside = root.language.puts_stops_inside
        self._case = options.get("text-case")
        self._strips = options.get("strip-periods") == "true"
        self._formatting = [
            mark for (name, value), mark in _FORMATTING.items() if options.get(name) == value
        ]
        self._prefix, self._suffix = options.get("prefix", ""), options.get("suffix", "")
        self._display = "display" in options
        self._bare = not (
            {"quotes", "display"} & options.keys()
            or (self._case or self._strips or self._formatting or self._prefix or self._suffix)
        )

    def prepare(self) -> None:
        """Work out what the children say."""

    def child(self, tag: str) -> Any:
        """Return the first child of a tag, or None."""
        return next((child for child in self.children if child.tag == tag), None)

    def below(self) -> Iterator[Any]:
        """Yield all elements inside this one, in the order they stand in the file."""
        for child in self.children:
            yield child
            yield from child.below()

    def output(self, now: Now) -> str:
        """Return the texts of all children, one after the other."""
        return self.chain(self.outputs(now), "")

    def outputs(self, now: Now) -> list[str]:
        """Return the texts of the children that give any, and those inside conditions."""
        texts: list[str] = []
        for child in self.children:
            if child.transparent:
                texts += child.outputs(now)
            elif text := child.output(now):
                texts.append(text)
        return texts

    def chain(self, texts: Sequence[str], delimiter: str) -> str:
        """Put texts together with a delimiter between them, with no mark twice."""
        if len(texts) == 1:
            return texts[0]
        return marks.chain(texts, delimiter, inside=self._inside)

    def affixed(self, text: str) -> str:
        """Add prefix and suffix to what is there."""
        if not text:
            return ""
        if self._prefix:
            text = marks.concat(self._prefix, text, inside=self._inside)
        if self._suffix:
            text = marks.concat(text, self._suffix, inside=self._inside)
        return f" {text} " if self._display else text

    def formatted(self, text: str) -> str:
        """Put the text into the marks of its formatting."""
        for mark in self._formatting:
            text = marks.enclosed(text, mark)
        return text

    def cased(self, text: str, now: Now | None) -> str:
        """Change the case of the text; titles of English items only."""
        if self._case is None or not text:
            return text
        if self._case == "title":
            language = (now.item.language if now else "") or self.root.language.tag
            if not language.lower().startswith("en"):
                return text
        return casing.recase(text, self._case)

    def dressed(self, text: str, now: Now | None) -> str:
        """Return text in its case and formatting, with its affixes."""
        return self.affixed(self.formatted(self.cased(text, now)))

    def ranged(self, value: str, rule: str | None) -> str:
        """Return a number or pages, their ranges with the language's dash, by the style's rule."""
        return numbers.pages(value, rule, self.root.language.page_dash)

    def stripped(self, text: str) -> str:
        """Take the full stops out, where the style says so."""
        return text.replace(".", "") if self._strips else text


class Area(Element):
    """The bibliography, or the citation in a text."""

    layout: Any
    prints_year_suffix: bool

    def prepare(self) -> None:
        """Find the layout."""
        self.layout = self.child("layout")


class Layout(Element):
    """The part that prints one item."""

    def output(self, now: Now) -> str:
        """Return the item's text, the number in the list kept apart where the style does."""
        texts = self.outputs(now)
        if self.parent.options.get("second-field-align") and len(texts) > 1:
            texts[0] = f"{texts[0].rstrip()} "
        return self.formatted(self.affixed(self.chain(texts, "")))


class Group(Element):
    """Texts that stand or fall together."""

    def output(self, now: Now) -> str:
        """Return the texts with the delimiter between them; nothing if all variables are absent."""
        called, found = now.called, now.found
        now.called = now.found = 0
        texts = self.outputs(now)
        empty = now.called and not now.found
        now.called += called
        now.found = found if empty else found + bool(now.found or texts)
        if empty or not texts:
            return ""
        text = self.chain(texts, self.delimiter)
        return text if self._bare else self.affixed(self.formatted(text))


class Macro(Group):
    """A part of a style that has a name: a group without affixes."""


class Substitute(Element):
    """What stands in for missing names: printed there, and not again where it would stand."""

    def output(self, now: Now) -> str:
        """Return the first child's text, and suppress the variables it has read."""
        before = now.read
        try:
            for child in self.children:
                now.read = set()
                if text := child.output(now):
                    now.suppressed |= now.read
                    return str(text)
            return ""
        finally:
            now.read = before


class Text(Element):
    """Text of a variable, macro, term or value."""

    def prepare(self) -> None:
        """Choose where the text comes from."""
        self._content = next(
            (source for name, source in _SOURCES.items() if name in self.options), Text._variable
        )
        self._quoted = self.options.get("quotes") == "true"

    def output(self, now: Now) -> str:
        """Return the text in its case, formatting and quotation marks."""
        text = self._content(self, now)
        if self._bare or not text:
            return text
        text = self.formatted(self.cased(self.stripped(text), now))
        if self._quoted:
            text = marks.enclosed(text, marks.QUOTE)
        return self.affixed(text)

    def _macro(self, now: Now) -> str:
        text: str = self.root.macros[self.options["macro"]].output(now)
        return text

    def _term(self, _now: Now) -> str:
        form, plural = self.options.get("form", "long"), self.options.get("plural") == "true"
        return self.root.language.term(self.options["term"], form, plural=plural)

    def _value(self, _now: Now) -> str:
        return self.options["value"]

    def _variable(self, now: Now) -> str:
        variable = self.options["variable"]
        if variable == "citation-number":
            now.called += 1
            now.found += bool(now.number)
            return str(now.number) if now.number else ""
        if variable == "year-suffix":
            now.suffix_printed = True
            return now.year_suffix
        now.called += 1
        value = None
        if self.options.get("form") == "short":
            value = now.value(f"{variable}-short")
        value = now.value(variable) if value is None else value
        if value is None or isinstance(value, _NO_TEXTS):
            return ""
        now.found += 1
        if variable == "page":
            return self.ranged(value, rule=self.root.options.get("page-range-format"))
        if variable in _NUMBERS and numbers.is_numeric(value):
            return self.ranged(value, rule=None)
        return str(value)


# Where a text comes from, by the attribute that says so; the first of them counts.
_SOURCES = {"macro": Text._macro, "term": Text._term, "value": Text._value}  # noqa: SLF001


class Number(Element):
    """A number, in a form."""

    def output(self, now: Now) -> str:
        """Return the number as digits, ordinal or Roman numeral."""
        now.called += 1
        variable = self.options["variable"]
        value = now.value(variable)
        if value is None or isinstance(value, _NO_TEXTS):
            return ""
        now.found += 1
        text = numbers.in_form(str(value), self.options.get("form", "numeric"), self.root.language)
        if variable == "page":
            text = self.ranged(text, rule=self.root.options.get("page-range-format"))
        elif numbers.is_numeric(text):
            text = self.ranged(text, rule=None)
        return self.dressed(self.stripped(text), now)


class Label(Element):
    """The word before a number or after names: p., vol., eds."""

    def output(self, now: Now) -> str:
        """Return the word for a variable that is there."""
        variable = self.options["variable"]
        value = now.item[variable]
        if value is None or variable in now.suppressed:
            return ""
        return self.worded(now, variable, plural=numbers.is_plural(variable, str(value)))

    def worded(self, now: Now, term: str, *, plural: bool) -> str:
        """Return the word for one or several."""
        plural = {"always": True, "never": False}.get(self.options.get("plural", ""), plural)
        text = self.root.language.term(term, self.options.get("form", "long"), plural=plural)
        return self.dressed(self.stripped(text), now)
