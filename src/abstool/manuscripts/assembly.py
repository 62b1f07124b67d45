"""Put together the references of a document, the data of its fields and its citations."""

from __future__ import annotations

from collections.abc import Sequence

from abstool.item import Item
from abstool.manuscripts import lists, markers
from abstool.manuscripts.document import ManuscriptText, Passage
from abstool.manuscripts.links import addresses_in, unique
from abstool.manuscripts.manuscript import Manuscript
from abstool.manuscripts.pairing import paired
from abstool.manuscripts.reference import Reference


def assembled(document: ManuscriptText) -> Manuscript:
    """Return the manuscript of a document."""
    found = lists.find(document)
    items = paired([passage.text for passage in found.references], document.items)
    references = tuple(
        _reference(passage, position, items.get(position - 1))
        for position, passage in enumerate(found.references, 1)
    )
    notes = [*document.notes, *found.notes]
    if not references:
        references = tuple(of_items(document.items))
    elif missing := len(document.items) - len(items):
        works = "1 work" if missing == 1 else f"{missing} works"
        notes.append(f"{works} in citation fields matched no reference of the list")
    uncited, unlisted = _compared(document, found, references)
    return Manuscript(references, uncited, unlisted, tuple(notes), document.form)


def of_items(items: Sequence[Item]) -> list[Reference]:
    """Return the references of data without a printed text."""
    return [item_reference(item, position) for position, item in enumerate(items, 1)]


def item_reference(item: Item, position: int, place: int | None = None) -> Reference:
    """Return the reference of an item; its key is that of the item, or its position.

    ``place`` is the line on which the entry begins.
    """
    addresses = unique(str(item.get(name) or "") for name in ("URL", "DOI"))
    return Reference(str(item.get("id") or position), "", addresses, item, place)


def _reference(passage: Passage, position: int, item: Item | None) -> Reference:
    texts = (passage.text, *passage.alternatives)
    return Reference(
        passage.key or passage.number or str(position),
        passage.text,
        unique([*(one for text in texts for one in addresses_in(text)), *passage.addresses]),
        item,
        passage.place,
        passage.alternatives,
    )


def _compared(
    document: ManuscriptText, found: lists.Found, references: Sequence[Reference]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    keys = [reference.key for reference in references]
    if document.cited and any(passage.key for passage in found.references):
        return markers.compare_keys(document.cited, keys)
    is_numbered = bool(found.references) and all(passage.number for passage in found.references)
    if found.lists == 1 and is_numbered:
        return markers.compare(found.text, keys)
    return (), ()
