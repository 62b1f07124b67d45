"""citeproc-py's elements (0.11.1), with their defects mended by subclassing.

A class named ``…Mends`` goes in front of the class of the same name in ``citeproc.model`` and gives
it ``output(now)``: in, the entry that is being made; out, the element's text in it, with marks.
Nothing in citeproc itself is changed. Names, dates, numbers and conditions have modules of their
own; ``style`` puts all together.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from abstool.formatters.csl import casing, marks, numbers
from abstool.formatters.csl.now import Now
from abstool.formatters.csl.reference import Date

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


class Mends:
    """What every element does otherwise than citeproc-py: how texts are put together."""

    transparent = False  # whether the children count as children of the element above

    def output(self: Any, now: Now) -> str:
        """Return the texts of all children, one after the other."""
        return str(self.chain(self.outputs(now), ""))

    def outputs(self: Any, now: Now) -> list[str]:
        """Return the texts of the children that give any, and those inside conditions."""
        texts: list[str] = []
        for child in self.children:
            if child.transparent:
                texts += child.outputs(now)
            elif text := child.output(now):
                texts.append(text)
        return texts

    def chain(self: Any, texts: Iterable[str], delimiter: str) -> str:
        """Put texts together with a delimiter between them, with no mark twice."""
        return marks.chain(texts, delimiter, inside=self.root.language.puts_stops_inside)

    def affixed(self: Any, text: str, options: Any = None) -> str:
        """Add prefix and suffix to what is there."""
        if not text:
            return ""
        options = self.options if options is None else options
        inside = self.root.language.puts_stops_inside
        if "prefix" in options:
            text = marks.concat(options["prefix"], text, inside=inside)
        if "suffix" in options:
            text = marks.concat(text, options["suffix"], inside=inside)
        if "display" in options:
            text = f" {text} "
        return text

    def fitting(self: Any, glue: str, text: str) -> str:
        """Return glue and text, with one space between them."""
        return marks.concat(glue, text, inside=self.root.language.puts_stops_inside)

    def formatted(self: Any, text: str, options: Any = None) -> str:
        """Put the text into the marks of its formatting."""
        if not text:
            return ""
        if options is None or options is self.options:
            found = self.formatting
        else:
            found = formatting_of(options)
        for mark in found:
            text = marks.enclosed(text, mark)
        return text

    def cased(self: Any, text: str, now: Now | None, options: Any = None) -> str:
        """Change the case of the text; titles of English items only."""
        case = (self.options if options is None else options).get("text-case")
        if not text or case is None:
            return text
        if case == "title":
            language = (now.item.language if now else "") or self.root.language.style_tag
            if not language.lower().startswith("en"):
                return text
        return casing.recase(text, case)

    def ranged(self: Any, value: str, rule: str | None) -> str:
        """Return a number or pages, their ranges with the language's dash, by the style's rule."""
        return numbers.pages(value, rule, self.root.language.term("page-range-delimiter") or "–")

    def stripped(self: Any, text: str, options: Any = None) -> str:
        """Take the full stops out, where the style says so."""
        strips = (self.options if options is None else options).get("strip-periods") == "true"
        return text.replace(".", "") if strips else text


def formatting_of(options: Any) -> tuple[str, ...]:
    """Return the opening marks of the formatting that attributes ask for."""
    return tuple(mark for (name, value), mark in _FORMATTING.items() if options.get(name) == value)


class LayoutMends:
    """The part that prints one item."""

    def output(self: Any, now: Now) -> str:
        """Return the item's text, the number in the list kept apart where the style does."""
        texts = self.outputs(now)
        if self.getparent().options.get("second-field-align") and len(texts) > 1:
            texts[0] = f"{texts[0].rstrip()} "
        return str(self.formatted(self.affixed(self.chain(texts, ""))))


class GroupMends:
    """Texts that stand or fall together."""

    def output(self: Any, now: Now) -> str:
        """Return the texts with the delimiter between them; nothing if all variables are absent."""
        text = self.chain(self.unless_empty(now), self.options.get("delimiter", ""))
        return str(self.affixed(self.formatted(text)))

    def unless_empty(self: Any, now: Now) -> list[str]:
        """Return the children's texts, if a variable was found or none was asked for."""
        called, found = now.called, now.found
        now.called = now.found = 0
        texts: list[str] = self.outputs(now)
        empty = now.called and not now.found
        now.called += called
        now.found = found if empty else found + bool(now.found or texts)
        return [] if empty else texts


class MacroMends(GroupMends):
    """A part of a style that has a name: a group without affixes."""


class SubstituteMends:
    """What stands in for missing names: printed there, and not again where it would stand."""

    def output(self: Any, now: Now) -> str:
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


class TextMends:
    """Text of a variable, macro, term or value."""

    def output(self: Any, now: Now) -> str:
        """Return the text in its case, formatting and quotation marks."""
        text = self.stripped(self._content(now))
        if not text:
            return ""
        text = self.formatted(self.cased(text, now))
        if self.options.get("quotes") == "true":
            text = marks.enclosed(text, marks.QUOTE)
        return str(self.affixed(text))

    def _content(self: Any, now: Now) -> str:
        options = self.options
        if "macro" in options:
            return str(self.root.macros[options["macro"]].output(now))
        if "term" in options:
            form, plural = options.get("form", "long"), options.get("plural") == "true"
            return str(self.root.language.term(options["term"], form, plural=plural))
        if "value" in options:
            return str(options["value"])
        return str(self._variable(now, options["variable"]))

    def _variable(self: Any, now: Now, variable: str) -> str:
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
        if value is None or isinstance(value, list | Date):
            return ""
        now.found += 1
        if variable == "page":
            return str(self.ranged(value, rule=self.root.options.get("page-range-format")))
        if variable in _NUMBERS and numbers.is_numeric(value):
            return str(self.ranged(value, rule=None))
        return str(value)


class NumberMends:
    """A number, in a form."""

    def output(self: Any, now: Now) -> str:
        """Return the number as digits, ordinal or Roman numeral."""
        now.called += 1
        variable = self.options["variable"]
        value = now.value(variable)
        if value is None or isinstance(value, list | Date):
            return ""
        now.found += 1
        text = numbers.in_form(str(value), self.options.get("form", "numeric"), self.root.language)
        if variable == "page":
            text = self.ranged(text, rule=self.root.options.get("page-range-format"))
        elif numbers.is_numeric(text):
            text = self.ranged(text, rule=None)
        return str(self.affixed(self.formatted(self.cased(self.stripped(text), now))))


class LabelMends:
    """The word before a number or after names: p., vol., eds."""

    def output(self: Any, now: Now) -> str:
        """Return the word for a variable that is there."""
        variable = self.options["variable"]
        if variable not in now.item or variable in now.suppressed:
            return ""
        value = str(now.item[variable])
        return str(self.worded(now, variable, plural=numbers.is_plural(variable, value)))

    def worded(self: Any, now: Now, term: str, *, plural: bool) -> str:
        """Return the word for one or several."""
        plural = {"always": True, "never": False}.get(self.options.get("plural", ""), plural)
        form = self.options.get("form", "long")
        text = self.root.language.term(term, form, plural=plural)
        return str(self.affixed(self.formatted(self.cased(self.stripped(text), now))))
