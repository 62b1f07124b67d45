"""Find the data of an item that an export format has no place for."""

from __future__ import annotations

from collections.abc import Iterator

from abstool.item import Item, custom_of

# Every format has these in its own way, or makes them from other variables.
_ALWAYS = frozenset({"id", "type", "custom", "journalAbbreviation", "categories"})


def fields_of(item: Item, form: str) -> dict[str, list[str]]:
    """Return the fields that a reader of this form of references kept in ``custom``.

    They are those that have no variable, by tag or name, with their values as in the file.
    """
    kept = custom_of(item).get("fields")
    if not isinstance(kept, dict) or (form and kept.get("format") != form):
        return {}
    values: object = kept.get("values")
    found = values.items() if isinstance(values, dict) else ()
    return {
        name: [text for text in texts if isinstance(text, str)]
        for name, texts in found
        if isinstance(name, str) and isinstance(texts, list)
    }


def unwritten(item: Item, variables: frozenset[str], form: str = "") -> Iterator[str]:
    """Yield the names of an item's data that a format does not write, each of them once.

    It writes ``variables``, and the fields that were kept from references of the form ``form``.
    """
    others = {name for name in item.keys() - variables - _ALWAYS if item.get(name)}
    yield from sorted(others)
    if "fields" not in custom_of(item):
        return
    if form and fields_of(item, form):
        return
    yield from (name for name in fields_of(item, "") if name not in others)
