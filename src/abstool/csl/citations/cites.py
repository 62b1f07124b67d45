"""Render the cite of one item."""

from __future__ import annotations

from abstool.csl.citations.given_names import GivenNames
from abstool.csl.citations.registry import Registered
from abstool.csl.elements.context import Cite, Context, Disambiguation, Request
from abstool.csl.elements.grouping import AreaElement
from abstool.csl.stylesheet import Stylesheet

# The form by which items are compared: the shortest, as a later cite would print it.
COMPARED = Cite(position="subsequent", near_note=True)
_NOTHING: frozenset[str] = frozenset()


class Citer:
    """Renders the cites of a style."""

    def __init__(self, style: Stylesheet, area: AreaElement) -> None:
        """Keep the style and its ``cs:citation``."""
        self.style = style
        self.area = area
        self.options = area.options
        self.given_names: GivenNames | None = None  # in styles that compare all persons

    def compared(self, one: Registered, more: Disambiguation) -> tuple[str, Context]:
        """Return the text by which an item is compared with others, and what was printed for it."""
        request = Request(compared=True, cite=COMPARED, more=more, label=one.label)
        return self._rendered(one, request)

    def cite(
        self,
        one: Registered,
        cite: Cite,
        hidden: frozenset[str] = _NOTHING,
        *,
        capitalize: bool = False,
    ) -> str:
        """Return the cite of an item as tagged text, without its prefix and suffix."""
        request = Request(
            number=one.number,
            label=one.label,
            cite=cite,
            more=one.more,
            hidden=hidden,
            tagged=True,
            capitalize=capitalize,
        )
        return self._rendered(one, request)[0]

    def _rendered(self, one: Registered, request: Request) -> tuple[str, Context]:
        if self.given_names is not None:
            request.given_level = self.given_names.level
            request.initials_only = self.given_names.initials_only
        variables, cite = one.variables, request.cite
        if cite.locator or cite.first_note:
            own = {"locator": cite.locator, "first-reference-note-number": cite.first_note or ""}
            variables = variables.cited({name: str(value) for name, value in own.items() if value})
        context = Context(variables, self.area.settings, request)
        return self.area.layout.cite(context), context
