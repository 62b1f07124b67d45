"""A CSL style, and the documents that it prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from abstool.csl.document import Document
from abstool.csl.stylesheet import Stylesheet


class Style(Stylesheet):
    """A style in a language; ``Style.read`` returns one."""

    def document(
        self,
        items: Sequence[Mapping[str, object]],
        clusters: Sequence[Mapping[str, object]] | None = None,
        *,
        printed: Sequence[Mapping[str, object]] | None = None,
        sort: bool = True,
        number: bool = True,
    ) -> Document:
        """Return a document with the citations and the bibliography of items.

        Args:
            items: CSL-JSON items.
            clusters: the citations of the document, in its order. By default, each item is cited
                once, in the order of the items.
            printed: the same items as worded for the bibliography, if that differs from the wording
                used to cite and to sort them.
            sort: sort the bibliography in the style's order.
            number: print the numbers of the bibliography, if the style has them.
        """
        return Document(self, items, clusters, printed=printed, sort=sort, number=number)
