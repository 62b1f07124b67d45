"""A CSL style, and the documents that it prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from abstool.csl import stylesheet
from abstool.csl.document import Document
from abstool.csl.source import source_of
from abstool.csl.stylesheet import Stylesheet
from abstool.errors import require


class Style:
    """A style in a language.

    Attributes:
        name: the style's name in messages.
        templates: the URLs of the styles that this one was made from.
    """

    def __init__(self, sheet: Stylesheet) -> None:
        """Keep the content of the style; ``Style.read`` returns a style."""
        self._sheet = sheet
        self.name = sheet.name
        self.templates = sheet.templates

    @classmethod
    def read(
        cls,
        source: Path | str | bytes,
        locale: str = "",
        *,
        name: str = "",
        typographic: bool = True,
    ) -> Style:
        """Read a style.

        Args:
            source: the file of an independent style, or its XML. A ``str`` is XML if it begins
                with ``<``, else the path of a file.
            locale: the language to print in, such as ``de-DE``. By default, the style's own.
            name: the style's name in messages. By default, the name of the file.
            typographic: curl the straight quotation marks and apostrophes of items, and write
                suffixes like initials ("Jr" beside "RR"); else both are printed as typed.

        Raises:
            StyleError: the file is not a CSL style, or the language is unknown.
        """
        require("source", source, (Path, str, bytes), "a path or XML")
        if isinstance(source, str):
            source = source_of(source)
        return cls(stylesheet.read(source, locale, name, typographic=typographic))

    def document(
        self,
        items: Sequence[Mapping[str, object]],
        clusters: Sequence[Mapping[str, object]] | None = None,
        *,
        printed: Sequence[Mapping[str, object]] | None = None,
        sort: bool = True,
        number: bool = True,
        first: int = 1,
    ) -> Document:
        """Return a document with the citations and the bibliography of items.

        Args:
            items: CSL-JSON items.
            clusters: the citations of the document, in its order, as citeproc-js takes them:
                ``{"citationItems": [{"id": "roe2020", "locator": "3"}]}``. A cite can also have
                ``label``, ``prefix``, ``suffix``, ``suppress-author`` and ``author-only``, a
                cluster ``{"properties": {"noteIndex": 1}}`` for a footnote. A cite of an unknown
                id is left out. By default, each item is cited once, in the order of the items.
            printed: the same items as worded for the bibliography, if that differs from the wording
                used to cite and to sort them.
            sort: sort the bibliography in the style's order.
            number: print the numbers of the bibliography, if the style has them.
            first: the number of the first item.
        """
        return Document(
            self._sheet, items, clusters, printed=printed, sort=sort, number=number, first=first
        )

    @property
    def compares_items(self) -> bool:
        """Whether an entry of the bibliography can depend on the other items, but for its order."""
        return self._sheet.compares_items

    def prints(self, variable: str, item: Mapping[str, object]) -> bool:
        """Return whether the entry of an item prints one of its variables."""
        return self._sheet.prints(variable, self._sheet.variables(item))
