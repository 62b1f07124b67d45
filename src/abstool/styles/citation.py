"""Render CSL-JSON items in a citation style, worded as abstool words them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from abstool.csl import Document, Style, StyleError
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
        self.style = Style.read(source, locale, name=name, typographic=not own)
        self._family = "own" if own else wording.family_of(name, self.style.templates)
        self._prints_genre: dict[tuple[str, ...], bool] = {}  # by the type and fields of an item

    def worded(self, item: Item, *, label: bool = True) -> dict[str, object]:
        """Return an item in the wording of the style's family."""
        return wording.adapt(item, self._family, label=label)

    def document(
        self,
        items: Sequence[Item],
        clusters: Sequence[Mapping[str, object]] | None = None,
        *,
        sort: bool = False,
        number: bool = False,
        label: bool = True,
        first: int = 1,
    ) -> Document:
        """Return a document that cites items; see ``csl.Style.document``.

        Args:
            items: CSL-JSON items.
            clusters: the citations. By default, each item is cited once, in order.
            sort: sort the bibliography in the style's order.
            number: print the number of each entry, if the style numbers entries.
            label: mark abstracts as such, after the title if the style prints no genre.
            first: the number of the first entry.
        """
        worded = [self.worded(item) for item in items]
        if label:
            printed = [self._labelled(item) for item in worded]
        else:
            printed = [self.worded(item, label=False) for item in items]
        return self.style.document(
            worded, clusters, printed=printed, sort=sort, number=number, first=first
        )

    def _labelled(self, item: dict[str, object]) -> dict[str, object]:
        """Return an abstract with the label in its title, if the style does not print a genre."""
        if not wording.is_labelled(item):
            return item
        kind = (str(item.get("type")), *sorted(item))
        if kind not in self._prints_genre:
            try:
                self._prints_genre[kind] = self.style.prints("genre", item)
            except StyleError:  # the document reports it
                return item
        return item if self._prints_genre[kind] else wording.labelled(item)
