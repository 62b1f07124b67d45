"""One reference of a manuscript, as it is printed."""

from __future__ import annotations

from dataclasses import dataclass

from abstool.item import Item


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference of a manuscript.

    Attributes:
        key: its number in the list, its BibTeX key, or its position.
        text: the reference on one line, without its number; ``""`` if the file holds data only.
        addresses: the URLs and DOIs in the text, and those of its hyperlinks.
        item: the data, if the file holds them.
        place: where a writer finds it, such as the index of a paragraph in a Word file.
        alternatives: the text with the hyphens at line ends joined in other ways.
    """

    key: str
    text: str = ""
    addresses: tuple[str, ...] = ()
    item: Item | None = None
    place: object = None
    alternatives: tuple[str, ...] = ()
