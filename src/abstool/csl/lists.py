"""What depends on the other entries of a list: order, numbers, letters after years, citations.

In: a renderer and items. Out: entries as text with marks, or the citation of all items in a text.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cmp_to_key, partial
from itertools import pairwise
from typing import Any, NamedTuple, TypeVar

from abstool.csl import Renderer, marks
from abstool.csl.dates import sort_key
from abstool.csl.now import Now
from abstool.csl.reference import Date, Entry
from abstool.item import Item

_LETTERS = str.maketrans("øđłðħıŋ", "odldhin") | {
    ord("ß"): "ss", ord("æ"): "ae", ord("œ"): "oe", ord("þ"): "th"
}  # fmt: skip


Value = TypeVar("Value")
Result = TypeVar("Result")


class ItemErrors(Exception):  # noqa: N818 - several errors, not one
    """Some items cannot be printed: ``errors`` holds each of them with its error."""

    def __init__(self, errors: list[tuple[Item, Exception]]) -> None:
        """Take the items, which are told apart by identity, and their errors."""
        super().__init__(errors)
        self.errors = errors


def each(
    function: Callable[[Value], Result], values: Iterable[Value], items: Sequence[Item]
) -> list[Result]:
    """Return the result for each value; raise ItemErrors with the items of those that fail."""
    results: list[Result] = []
    errors: list[tuple[Item, Exception]] = []
    for value, item in zip(values, items, strict=True):
        try:
            results.append(function(value))
        except Exception as error:  # noqa: BLE001 - a bug costs one item, too
            errors.append((item, error))
    if errors:
        raise ItemErrors(errors)
    return results


class Placed(NamedTuple):
    """An item in its place in the list."""

    item: dict[str, Any]
    number: int
    year_suffix: str = ""


def placed(renderer: Renderer, items: list[dict[str, Any]], *, sort: bool) -> list[Placed]:
    """Return the items numbered in their order, or sorted as the style says.

    Items that a style's citations in the text cannot tell apart get a letter after the year, where
    the style has such letters.
    """
    element = renderer.area.child("sort") if sort else None
    order, suffixes = list(range(len(items))), [""] * len(items)
    if element is not None or _has_year_suffixes(renderer):

        def looked_at(place: int) -> tuple[list[str], str]:
            entry = renderer.variables(renderer.adapted(items[place]))
            keys = [] if element is None else _keys(renderer, entry, element, place)
            return keys, _short(renderer, entry) if _has_year_suffixes(renderer) else ""

        found = each(looked_at, order, items)
        if element is not None:
            order = _sorted([keys for keys, _ in found], element)
        suffixes = _year_suffixes(
            renderer, [items[place] for place in order], [found[place][1] for place in order]
        )
    return [
        Placed(items[place], number, suffix)
        for number, (place, suffix) in enumerate(zip(order, suffixes, strict=True), 1)
    ]


def bibliography(
    renderer: Renderer,
    items: list[dict[str, Any]],
    *,
    sort: bool,
    number: bool,
    label: bool,
    form: Callable[[str], str] = str,
) -> list[str]:
    """Return the entries of a list; repeated authors are replaced in sorted lists only.

    ``form`` converts each entry, which is text with marks. Raises ItemErrors if some of the items
    cannot be printed.
    """
    places = placed(renderer, items, sort=sort)
    ordered = [one.item for one in places]

    def rendered(one: Placed) -> str:
        shown = one.number if number else 0
        return renderer.render(one.item, shown, label=label, year_suffix=one.year_suffix)

    entries = each(rendered, places, ordered)
    substitute = renderer.area.options.get("subsequent-author-substitute")
    if sort and substitute is not None:
        entries = _without_repeated_authors(renderer, places, entries, substitute)
    return each(form, entries, ordered)


def in_text(renderer: Renderer, items: list[dict[str, Any]]) -> str:
    """Return the one in-text citation of all items: ``1–3,5``.

    Raises ItemErrors if some of the items cannot be cited.
    """
    area = renderer.root.citation
    places = placed(renderer, items, sort=False)
    if (element := area.child("sort")) is not None:

        def keys_of(place: int) -> list[str]:
            entry = renderer.variables(renderer.adapted(items[place]))
            return _keys(renderer, entry, element, place, area)

        keys = each(keys_of, range(len(items)), items)
        places = [places[place] for place in _sorted(keys, element)]
    texts = each(partial(_cite, renderer, area), places, [one.item for one in places])
    if area.options.get("collapse") == "citation-number":
        texts = _numbers(places, texts)
    elif area.options.get("collapse", "").startswith("year"):
        texts = _years(renderer, area, places, texts)
    layout = area.layout
    delimiter = layout.options.get("delimiter", "")
    text = layout.chain([text for text in texts if text], delimiter)
    whole = layout.formatted(layout.affixed(text))
    return marks.quoted(str(whole), renderer.root.language.quotes)


def _cite(renderer: Renderer, area: Any, one: Placed) -> str:
    """Return one item as the citation in a text prints it, without the citation's brackets."""
    adapted = renderer.adapted(one.item)
    now = renderer.now(adapted, area, number=one.number, year_suffix=one.year_suffix)
    return str(area.layout.chain(area.layout.outputs(now), ""))


def _numbers(places: list[Placed], texts: list[str]) -> list[str]:
    """Return the ``texts`` of numbers, with a range for three or more in a row."""
    runs: list[list[str]] = []
    before = 0
    for one, text in zip(places, texts, strict=True):
        if runs and one.number == before + 1:
            runs[-1].append(text)
        else:
            runs.append([text])
        before = one.number
    shown = []
    for run in runs:
        shown += [f"{run[0]}–{run[-1]}"] if len(run) > 2 else run
    return shown


def _years(renderer: Renderer, area: Any, places: list[Placed], texts: list[str]) -> list[str]:
    """Print the names of works by the same authors, one after the other, only once."""
    shown = texts[:1]
    for (before, text), one in zip(pairwise(texts), places[1:], strict=True):
        adapted = renderer.adapted(one.item)
        now = renderer.now(adapted, area, number=one.number, year_suffix=one.year_suffix)
        year = str(now.item["issued"].begin[0]) if _has_year(now) else ""
        head, separator, tail = text.rpartition(year) if year else ("", "", "")
        if separator and head.strip() and before.startswith(head):
            shown[-1] = shown[-1] + (area.options.get("cite-group-delimiter") or ", ")
            shown[-1] += separator + tail
        else:
            shown.append(text)
    return shown


def _has_year(now: Now) -> bool:
    date = now.item["issued"]
    return isinstance(date, Date) and bool(date.begin)


def _has_year_suffixes(renderer: Renderer) -> bool:
    area = renderer.root.citation
    return area is not None and area.options.get("disambiguate-add-year-suffix") == "true"


def _year_suffixes(renderer: Renderer, items: list[dict[str, Any]], cited: list[str]) -> list[str]:
    """Return a letter for each item that is ``cited`` as another one is, else nothing."""
    suffixes = [""] * len(items)
    if not _has_year_suffixes(renderer):
        return suffixes
    adds_names = renderer.root.citation.options.get("disambiguate-add-names") == "true"
    groups = defaultdict(list)
    for place, text in enumerate(cited):
        groups[text].append(place)
    for group in groups.values():
        if len(group) > 1 and adds_names:
            apart = defaultdict(list)
            for place in group:
                entry = renderer.variables(renderer.adapted(items[place]))
                apart[_short(renderer, entry, names=99)].append(place)
            clashes = [places for places in apart.values() if len(places) > 1]
        else:
            clashes = [group] if len(group) > 1 else []
        for places in clashes:
            for letter, place in enumerate(places):
                suffixes[place] = _letters(letter)
    return suffixes


def _short(renderer: Renderer, entry: Entry, names: int = 0) -> str:
    """Return an entry as a text cites it, without the citation's brackets."""
    area = renderer.root.citation
    now = Now(entry, area)
    if names:
        now.name_options = {"et-al-use-first": str(names)}
    return str(area.layout.chain(area.layout.outputs(now), ""))


def _letters(number: int) -> str:
    """Return a, b … z, aa, ab and so on."""
    first = _letters(number // 26 - 1) if number > 25 else ""
    return first + chr(ord("a") + number % 26)


def _without_repeated_authors(
    renderer: Renderer, places: list[Placed], entries: list[str], substitute: str
) -> list[str]:
    """Replace the authors of an entry that are those of the entry before it."""
    shown: list[str] = []

    def authors_of(one: Placed) -> str:
        return marks.quoted(_authors(renderer, one), renderer.root.language.quotes)

    authors = each(authors_of, places, [one.item for one in places])
    before = ""
    for entry, author in zip(entries, authors, strict=True):
        repeated = author and author == before and entry.startswith(author)
        shown.append(substitute + entry[len(author) :] if repeated else entry)
        before = author
    return shown


def _authors(renderer: Renderer, one: Placed) -> str:
    """Return the first names that the entry of an item prints."""
    for names in _names_of(renderer.area.layout, renderer.root, set()):
        adapted = renderer.adapted(one.item)
        if text := names.output(renderer.now(adapted)):
            return str(text)
    return ""


def _names_of(element: Any, root: Any, seen: set[str]) -> list[Any]:
    found = []
    for child in element.below():
        if child.tag == "names":
            found.append(child)
        elif child.tag == "text" and (macro := child.options.get("macro")) and macro not in seen:
            seen.add(macro)
            found += _names_of(root.macros[macro], root, seen)
        if found:
            break
    return found


def _keys(
    renderer: Renderer, entry: Entry, element: Any, place: int, area: Any = None
) -> list[str]:
    """Return what a style's keys say of an entry, as texts that sort."""
    return [_value(renderer, entry, key, area, place) for key in _keys_of(element)]


def _keys_of(element: Any) -> list[Any]:
    return [child for child in element.children if child.tag == "key"]


def _sorted(values: list[list[str]], element: Any) -> list[int]:
    """Return the places of the entries in the order of a style's keys; absent values come last."""
    falling = [key.options.get("sort") == "descending" for key in _keys_of(element)]

    def compare(one: int, other: int) -> int:
        for left, right, reverse in zip(values[one], values[other], falling, strict=True):
            if left == right:
                continue
            if not left or not right:
                return 1 if not left else -1
            return (1 if left > right else -1) * (-1 if reverse else 1)
        return one - other

    return sorted(range(len(values)), key=cmp_to_key(compare))


def _value(renderer: Renderer, entry: Entry, key: Any, area: Any, place: int) -> str:
    """Return what a key says of an entry, as a text that sorts."""
    now = Now(entry, area if area is not None else renderer.area)
    now.sorting = True
    now.name_options = {"name-as-sort-order": "all"}
    for option in ("min", "use-first", "use-last"):
        if (value := key.options.get(f"names-{option}")) is not None:
            now.name_options[f"et-al-{option}"] = value
    if macro := key.options.get("macro"):
        return collated(str(renderer.root.macros[macro].output(now)))
    variable = key.options.get("variable")
    if variable == "citation-number":
        return f"{place:09}"
    value = entry[variable]
    if isinstance(value, Date):
        return sort_key(value)
    if isinstance(value, list):
        names = (
            " ".join(filter(None, (one.get("family") or one.get("literal"), one.get("given"))))
            for one in value
        )
        return collated("; ".join(names))
    return collated(str(value)) if value is not None else ""


def collated(text: str) -> str:
    """Return text as dictionaries sort it: without accents, capitals and marks; numbers by value.

    Ø sorts as o, ß as ss; this is the order of most European languages, not of all.
    """
    plain = marks.bare(text).casefold().translate(_LETTERS)
    letters = (
        sign for sign in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(sign)
    )
    words = re.sub(r"[^\w\s]+", "", "".join(letters))
    return re.sub(r"\d+", lambda number: number[0].zfill(12), " ".join(words.split()))
