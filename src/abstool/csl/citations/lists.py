"""Bibliographies: the entries of a list of items."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from abstool.csl.citations.positions import arranged
from abstool.csl.elements.base import Element
from abstool.csl.elements.context import Context
from abstool.csl.elements.names import NamesElement
from abstool.csl.failures import for_each
from abstool.csl.style import Style
from abstool.csl.text import marks


def bibliography(
    style: Style,
    items: Sequence[Mapping[str, object]],
    *,
    sort: bool = False,
    number: bool = False,
    printed: Sequence[Mapping[str, object]] | None = None,
    form: Callable[[str], str] = str,
) -> list[str]:
    """Return the entries of a list.

    Args:
        style: a style.
        items: CSL-JSON items.
        sort: sort the list in the style's order and, if the style asks for it, replace repeated
            authors.
        number: print the number of each entry, if the style numbers entries.
        printed: the same items as worded for their entries, if that differs from the wording used
            for sorting.
        form: the form of an entry: a function of ``output``. By default, marked text.

    Raises:
        ItemErrors: the style fails on some of the items or prints nothing for them.
    """
    shown = items if printed is None else printed
    positions = arranged(style, items, sort=sort)
    by_index = {one.index: one for one in positions}

    def entry(index: int) -> str:
        one = by_index[index]
        variables = style.variables(shown[index])
        return style.entry(variables, one.number if number else 0, one.year_suffix)

    entries = for_each(entry, by_index)
    substitute = style.bibliography.options.get("subsequent-author-substitute")
    names = _first_names(style, style.bibliography.layout, set())
    if sort and substitute is not None and names is not None:
        authors = for_each(lambda index: _authors(style, names, items[index]), by_index)
        entries = _without_repeated_authors(entries, authors, substitute)
    made = dict(zip(by_index, entries, strict=True))
    return for_each(lambda index: form(made[index]), by_index)


def _without_repeated_authors(
    entries: Sequence[str], authors: Sequence[str], substitute: str
) -> list[str]:
    """Return entries, with the style's substitute for authors repeated from the entry before."""
    shown: list[str] = []
    before = ""
    for entry, author in zip(entries, authors, strict=True):
        repeated = author and author == before and entry.startswith(author)
        shown.append(substitute + entry[len(author) :] if repeated else entry)
        before = author
    return shown


def _authors(style: Style, names: NamesElement, item: Mapping[str, object]) -> str:
    """Return the names as they are printed in the entry of an item."""
    variables = style.variables(item)
    with style.guarded(variables):
        text = names.output(Context(variables, style.bibliography.settings))
    return marks.quoted(text, style.definitions.language.quotes)


def _first_names(style: Style, element: Element, seen: set[str]) -> NamesElement | None:
    """Return the first ``cs:names`` in an element, directly or through a macro."""
    for child in element.descendants():
        if isinstance(child, NamesElement):
            return child
        if child.tag != "text" or not (macro := child.options.get("macro")) or macro in seen:
            continue
        seen.add(macro)
        found = style.definitions.macros.get(macro)
        if found and (names := _first_names(style, found, seen)):
            return names
    return None
