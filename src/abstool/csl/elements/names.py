"""The names of one or more roles, with their labels, or what substitutes for them."""

from __future__ import annotations

from abstool.csl.elements.base import Element
from abstool.csl.elements.context import NAMES, Context
from abstool.csl.elements.grouping import SubstituteElement
from abstool.csl.elements.name_format import EtAlElement, NameElement
from abstool.csl.elements.texts import LabelElement
from abstool.csl.text import marks
from abstool.csl.variables import PersonName


class NamesElement(Element):
    """``cs:names``; inside a substitute, it takes the format of the names that it replaces."""

    def prepare(self) -> None:
        """Find the parts, and the element whose format applies."""
        above = self.parent
        while above is not None and not isinstance(above, SubstituteElement):
            above = above.parent
        replaced = None if above is None else above.parent
        self._format = replaced if isinstance(replaced, NamesElement) else self
        self._own_name = self.first(NameElement)
        if self._own_name is None and self._format is self:
            self._own_name = NameElement("name", {}, self.definitions, self)
            self._own_name.prepare()
            self.children.insert(0, self._own_name)
        self.label = self.first(LabelElement)
        self.label_precedes = bool(self.children) and self.children[0] is self.label
        self.et_al = self.first(EtAlElement)
        self._substitute = self.first(SubstituteElement)
        # The element whose formatting and affixes apply to all roles together.
        self._whole: Element = self
        if self._format is not self:
            options = {**self._format.options, **self.options}
            self._whole = Element("names", options, self.definitions)

    @property
    def name(self) -> NameElement:
        """The format of each name."""
        return self._format.name if self._own_name is None else self._own_name

    def output(self, context: Context) -> str:
        """Return the names of all roles, or the text of the substitute."""
        context.called += 1
        context.name_count = None
        is_first, before = not context.names_done, len(context.suppressed)
        if not (text := self._text(context)):
            return ""
        context.names_done = True
        # A text of the style, such as "Anon.", is nobody's name: it is not the same author again.
        is_author = len(context.suppressed) > before
        if is_first and is_author and context.request.repeated and not context.names_printed:
            context.names_printed = [(text,)]
            if context.request.repeated.names == [(text,)]:
                return context.request.repeated.substitute
        if not is_first or context.area.tag != "citation":
            return text
        if NAMES in context.request.hidden:
            context.names_hidden = True
            return ""
        already = not context.request.tagged or marks.NAMES in text
        return text if already else marks.tagged(text, marks.NAMES)

    def _text(self, context: Context) -> str:
        people = {
            role: names
            for role in self.needed("variable").split()
            if isinstance(names := context.value(role), list)
        }
        if not people:
            text = self._substitute.output(context) if self._substitute is not None else ""
            context.found += bool(text or context.names_hidden)
            return text
        if self._are_editor_translators(people):
            texts = [self._role(context, people["editor"], "editortranslator")]
        else:
            texts = [self._role(context, names, role) for role, names in people.items()]
        texts = [text for text in texts if text]
        if context.name_count is not None and texts:
            context.found += 1
            return str(context.name_count)
        if texts:
            context.found += 1
            if context.in_substitute:
                context.suppressed.update(people)
        delimiter = self.delimiter or context.area.options.get("names-delimiter")
        text = self.chain(texts, delimiter or self.definitions.options.get("names-delimiter", ""))
        return self._whole.affixed(self._whole.formatted(text))

    def _are_editor_translators(self, people: dict[str, list[PersonName]]) -> bool:
        """Return whether the editors are the translators and the language has one term for both."""
        return (
            people.keys() == {"editor", "translator"}
            and people["editor"] == people["translator"]
            and bool(self.language.term("editortranslator"))
        )

    def _role(self, context: Context, people: list[PersonName], term: str) -> str:
        """Return the names of a role with the label of its term."""
        text = self.name.people(context, people, self.et_al or self._format.et_al)
        labelled = self if self.children else self._format
        if text and labelled.label is not None and not context.sorting:
            label = labelled.label.worded(term, plural=len(people) > 1)
            pair = [label, text] if labelled.label_precedes else [text, label]
            text = self.chain(pair, "") if label else text
        return text
