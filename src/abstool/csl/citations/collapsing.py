"""Citations in a text, with the collapsing of numbers and years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from abstool.csl.citations.positions import Position, arranged, sort_order
from abstool.csl.elements.context import Context
from abstool.csl.elements.grouping import AreaElement
from abstool.csl.failures import for_each
from abstool.csl.style import Style
from abstool.csl.text import marks
from abstool.csl.variables import DateSpan, Variables
from abstool.errors import UsageError


class _Cite:
    """One item in a citation."""

    def __init__(self, variables: Variables, position: Position) -> None:
        self.variables = variables
        self.index = position.index
        self.number = position.number
        self.year_suffix = position.year_suffix
        date = variables["issued"]
        self.year = str(date.begin[0]) if isinstance(date, DateSpan) and date.begin else ""
        self.text = ""


def in_text(style: Style, items: Sequence[Mapping[str, object]]) -> str:
    """Return the citation of all items together as marked text: ``1–3,5``.

    Raises UsageError if the style has no citations, ItemErrors if it fails on some of the items.
    """
    area = style.citation
    if area is None:
        problem = "has no in-text citations"
        raise UsageError(f"style {style.name!r}", problem, "choose another style")
    cites = [
        _Cite(style.variables(items[one.index]), one) for one in arranged(style, items, sort=False)
    ]
    order = sort_order(style, area, [cite.variables for cite in cites])
    cites = [cites[index] for index in order]
    by_index = {cite.index: cite for cite in cites}
    texts = for_each(lambda index: _rendered(style, area, by_index[index]), by_index)
    for cite, text in zip(cites, texts, strict=True):
        cite.text = text
    collapse = area.options.get("collapse", "")
    if collapse == "citation-number":
        texts = _with_number_ranges(cites)
    elif collapse.startswith("year"):
        texts = _with_years_grouped(cites, area.options.get("cite-group-delimiter") or ", ")
    else:
        texts = [cite.text for cite in cites]
    layout = area.layout
    whole = layout.chain([text for text in texts if text], layout.delimiter)
    return marks.quoted(layout.formatted(layout.affixed(whole)), style.definitions.language.quotes)


def _rendered(style: Style, area: AreaElement, cite: _Cite) -> str:
    context = Context(
        cite.variables, area.settings, number=cite.number, year_suffix=cite.year_suffix
    )
    with style.guarded(cite.variables):
        return area.layout.cite(context)


def _with_number_ranges(cites: list[_Cite]) -> list[str]:
    """Return the numbers of cites, with ranges for three or more in a row."""
    runs: list[list[_Cite]] = []
    for cite in cites:
        if runs and runs[-1][-1].number == cite.number - 1:
            runs[-1].append(cite)
        else:
            runs.append([cite])
    texts = []
    for run in runs:
        ends = [cite.text for cite in run]
        texts += [f"{ends[0]}–{ends[-1]}"] if len(ends) > 2 else ends
    return texts


def _with_years_grouped(cites: list[_Cite], delimiter: str) -> list[str]:
    """Return the texts of cites, with the years of works by the same authors after one name."""
    texts = [cite.text for cite in cites[:1]]
    for before, cite in pairwise(cites):
        year = cite.year
        head, separator, tail = cite.text.rpartition(year) if year else ("", "", "")
        if separator and head.strip() and before.text.startswith(head):
            texts[-1] += delimiter + separator + tail
        else:
            texts.append(cite.text)
    return texts
