"""Citations in CSL styles, in the languages that citeproc-py has files for.

In: a style's file, then CSL-JSON items. Out: entries as text with marks (``marks``), from which
``output`` makes plain text and other forms. ``style`` makes ``elements`` of a file; what an item
needs first is in ``mapping`` and ``reference``; order, numbers and what depends on other entries
of the list, in ``lists``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from abstool.csl import marks, reference, style
from abstool.csl.now import Now
from abstool.errors import UsageError
from abstool.item import Item
from abstool.styles import wording as mapping
from abstool.text import tidy


class Renderer:
    """A style that was read, ready to render items."""

    def __init__(self, name: str, root: style.Style, family: mapping.Family) -> None:
        """Keep the style; ``load`` makes renderers."""
        self.name = name
        self.root = root
        self.area = root.bibliography if root.bibliography is not None else root.citation
        self._family = family
        self.prints_genre: dict[tuple[str, ...], bool] = {}  # by the kind of item

    def adapted(self, item: Item, *, label: bool = True) -> Item:
        """Return the item in the wording of the style's family."""
        return mapping.adapt(item, self._family, label=label)

    def variables(self, adapted: Item) -> reference.Entry:
        """Return what the elements read of an adapted item."""
        return reference.Entry(adapted, curly=self._family != "own")

    def now(self, adapted: Item, area: Any = None, **options: Any) -> Now:
        """Return the state of an entry that is to be made of an adapted item."""
        return Now(self.variables(adapted), self.area if area is None else area, **options)

    def render(
        self, item: Item, number: int = 0, *, label: bool = True, year_suffix: str = ""
    ) -> str:
        """Return an item's entry as marked text; raise UsageError if the style fails on it.

        Args:
            item: a CSL-JSON item.
            number: its number in the list, or 0 for an entry without one.
            label: whether to say that it is an abstract; styles that do not print a genre say so
                after the title.
            year_suffix: a letter after the year, that tells it from another.
        """
        adapted = self.adapted(item, label=label)
        if not mapping.is_labelled(adapted):
            return self.entry(adapted, number, year_suffix)
        kind = (str(item.get("type")), *sorted(adapted))
        if kind not in self.prints_genre:
            now = self.now(adapted)
            self._output(now, item)
            self.prints_genre[kind] = "genre" in now.printed
        if not self.prints_genre[kind]:
            adapted = mapping.labelled(adapted)
        return self.entry(adapted, number, year_suffix)

    def entry(self, adapted: Item, number: int = 0, year_suffix: str = "") -> str:
        """Return the entry of an adapted item as it is."""
        text = self._output(self.now(adapted, number=number, year_suffix=year_suffix), adapted)
        if not marks.bare(text).strip():
            problem = f"prints nothing for {tidy(adapted.get('title', 'an item'))!r}"
            raise UsageError(f"style {self.name!r}", problem, "choose another style")
        return marks.quoted(text, self.root.language.quotes)

    def _output(self, now: Now, item: Item) -> str:
        try:
            return str(now.area.layout.output(now))
        except Exception as error:  # noqa: BLE001 - a broken style shows as any exception
            problem = f"fails on {tidy(item.get('title', 'an item'))!r}: {error!r}"
            raise UsageError(f"style {self.name!r}", problem, "choose another style") from None


def load(path: Path, name: str, *, own: bool = False, locale: str = "") -> Renderer:
    """Read a style; raise UsageError for a file that is no CSL style.

    Args:
        path: an independent style's file.
        name: what the user called it, for messages and for the family of its conventions.
        own: whether it is one of abstool's own styles.
        locale: the language to print in, ``de-DE``; without one, the style's own.
    """
    root = style.read(path, locale)
    return Renderer(name, root, "own" if own else mapping.family_of(name, root.templates))
