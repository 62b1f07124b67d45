"""Render CSL-JSON items in a citation style, worded as abstool words them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from abstool import csl
from abstool.item import Item
from abstool.styles import wording


class CitationStyle:
    """A citation style that words items as abstool does before CSL renders them."""

    def __init__(
        self, source: Path | bytes, name: str, *, own: bool = False, locale: str = ""
    ) -> None:
        """Read a style; raise UsageError if it is not a CSL style or the language is unknown.

        Args:
            source: the file of an independent style, or its XML.
            name: the name that the user gave, for messages and to find the style's family.
            own: whether it is one of abstool's own styles.
            locale: the language to print in, such as ``de-DE``. By default, the style's own.
        """
        self.style = csl.Style.read(source, locale, name=name, typographic=not own)
        self._family = "own" if own else wording.family_of(name, self.style.templates)
        self._prints_genre: dict[tuple[str, ...], bool] = {}  # by the type and fields of an item

    def worded(self, item: Item, *, label: bool = True) -> dict[str, object]:
        """Return an item in the wording of the style's family."""
        return wording.adapt(item, self._family, label=label)

    def bibliography(
        self,
        items: Sequence[Item],
        *,
        sort: bool = False,
        number: bool = False,
        label: bool = True,
        form: Callable[[str], str] = str,
    ) -> list[str]:
        """Return the entries of a list.

        Args:
            items: CSL-JSON items.
            sort: sort the list in the style's order.
            number: print the number of each entry, if the style numbers entries.
            label: mark abstracts as such, after the title if the style prints no genre.
            form: the form of an entry: a function of ``csl.output``. By default, marked text.

        Raises:
            ItemErrors: the style fails on some of the items or prints nothing for them.
        """
        worded = [self.worded(item) for item in items]
        if label:
            printed = csl.for_each(lambda index: self._labelled(worded[index]), range(len(items)))
        else:
            printed = [self.worded(item, label=False) for item in items]
        return csl.bibliography(
            self.style, worded, sort=sort, number=number, printed=printed, form=form
        )

    def in_text(self, items: Sequence[Item]) -> str:
        """Return the citation of all items together as marked text.

        Raises UsageError if the style has no citations, ItemErrors if it fails on some items.
        """
        return csl.in_text(self.style, [self.worded(item) for item in items])

    def _labelled(self, item: dict[str, object]) -> dict[str, object]:
        """Return an abstract with the label in its title, if the style does not print a genre."""
        if not wording.is_labelled(item):
            return item
        kind = (str(item.get("type")), *sorted(item))
        if kind not in self._prints_genre:
            variables = self.style.variables(item)
            self._prints_genre[kind] = self.style.prints("genre", variables)
        return item if self._prints_genre[kind] else wording.labelled(item)
