"""The elements that combine others: areas, layouts, groups, macros and substitutes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from abstool.csl.elements.base import Element
from abstool.csl.elements.conditions import ChooseElement
from abstool.csl.elements.context import AreaSettings, Context
from abstool.csl.elements.sorting import SortElement
from abstool.csl.text import marks


class AreaElement(Element):
    """``cs:bibliography`` or ``cs:citation``."""

    layout: LayoutElement
    sort: SortElement | None

    def prepare(self) -> None:
        """Find the layout and the sort keys."""
        self.settings = AreaSettings(self.tag, self.options)
        self.layout = self.first(LayoutElement) or LayoutElement(
            "layout", {}, self.definitions, self
        )
        self.sort = self.first(SortElement)


class LayoutElement(Element):
    """The format of one item."""

    def output(self, context: Context) -> str:
        """Return the entry of an item, its first field in the margin if the style aligns it."""
        texts = self.outputs(context)
        aligned = self.parent is not None and self.parent.options.get("second-field-align")
        if not aligned or len(texts) < 2:
            return self.formatted(self.affixed(self.chain(texts, "")))
        number, *rest = texts
        entry = self.formatted(self.affixed(self.chain(rest, "")))
        number = marks.enclosed(self.formatted(number), marks.BLOCKS["left-margin"])
        return number + marks.enclosed(entry, marks.BLOCKS["right-inline"])

    def cite(self, context: Context) -> str:
        """Return the item without the affixes that enclose a whole citation."""
        return self.chain(self.outputs(context), "")


class GroupElement(Element):
    """Elements that are dropped together if all the variables they call are empty."""

    counts = False

    def output(self, context: Context) -> str:
        """Return the texts joined with the delimiter, or "" if no variable has a value."""
        called, found = context.called, context.found
        context.called = context.found = 0
        texts = self.outputs(context)
        empty = context.called and not context.found
        context.called += called
        context.found = found if empty else found + bool(context.found or texts)
        if empty or not texts:
            return ""
        if len(texts) == 1 and self.is_plain:
            return texts[0]
        context.count(len(self.prefix + self.suffix) + len(self.delimiter) * (len(texts) - 1))
        text = self.chain(texts, self.delimiter)
        return text if self.is_plain else self.affixed(self.formatted(text))


class MacroElement(GroupElement):
    """A named part of a style, which is dropped like a group."""


class SubstituteElement(Element):
    """What replaces missing names; it is not printed again in its usual position."""

    def output(self, context: Context) -> str:
        """Return the first text that the children print, and suppress the variables it reads."""
        before, nested = context.read, context.in_substitute
        context.in_substitute = True
        try:
            for child in _alternatives(self.children, context):
                context.read = set()
                text = child.output(context)
                if text or context.names_hidden or "term" in child.options:
                    context.suppressed |= context.read
                    return text
            return ""
        finally:
            context.read, context.in_substitute = before, nested


def _alternatives(children: Sequence[Element], context: Context) -> Iterator[Element]:
    """Yield the elements of a substitute, of which one is printed; those of a choice are some."""
    for child in children:
        if not isinstance(child, ChooseElement):
            yield child
        elif (branch := child.chosen(context)) is not None:
            yield from _alternatives(branch.children, context)
