"""Read clusters: the citations of a document, each of one or more items."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from abstool.csl.citations.registry import Registered
from abstool.csl.elements.context import Cite
from abstool.text import tidy

# The numbers by which citeproc-js calls the positions.
_POSITIONS = ("first", "subsequent", "ibid", "ibid-with-locator")


@dataclass(eq=False, slots=True)
class Cluster:
    """A citation: items with what it says about each, in the order in which it gives them."""

    cites: list[tuple[Registered, Cite]] = field(default_factory=list)
    note: int = 0  # the number of the footnote, or 0 in the text
    unsorted: bool = False
    prefix: str = ""
    suffix: str = ""


def cluster_of(
    data: Mapping[str, object],
    find: Callable[[object], Registered | None],
) -> Cluster:
    """Return the cluster of JSON; ``find`` returns the item for an id, or None to skip the cite."""
    properties = data.get("properties")
    properties = properties if isinstance(properties, Mapping) else {}
    cluster = Cluster(
        note=_note(properties.get("noteIndex")),
        unsorted=bool(properties.get("unsorted")),
        prefix=tidy(properties.get("prefix") or ""),
        suffix=tidy(properties.get("suffix") or ""),
    )
    mode = properties.get("mode")
    listed = data.get("citationItems")
    for cite in listed if isinstance(listed, list) else []:
        if not isinstance(cite, Mapping) or (item := find(cite.get("id"))) is None:
            continue
        one = _cite(cite)
        if not cluster.cites and mode in ("author-only", "suppress-author"):
            only = mode == "author-only"
            one = one._replace(author_only=only, suppress_author=not only)
        cluster.cites.append((item, one))
    return cluster


def _note(value: object) -> int:
    text = str(value)
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _cite(data: Mapping[str, object]) -> Cite:
    position = data.get("position")
    if isinstance(position, int) and 0 <= position < len(_POSITIONS):
        position = _POSITIONS[position]
    placed = position in _POSITIONS
    label = str(data.get("label") or "page").replace("sub verbo", "sub-verbo")
    return Cite(
        locator=tidy(data.get("locator") or ""),
        label=label,
        prefix=_affix(data.get("prefix")),
        suffix=_affix(data.get("suffix")),
        suppress_author=bool(data.get("suppress-author")),
        author_only=bool(data.get("author-only")),
        position=str(position) if placed else "first",
        near_note=bool(data.get("near-note")),
        is_placed=placed,
    )


def _affix(value: object) -> str:
    """Return a prefix or suffix, with the spaces at its ends as a sign that they are wanted."""
    text = str(value or "")
    tidied = tidy(text)
    lead = " " if tidied and text[:1].isspace() else ""
    return f"{lead}{tidied}{' ' if tidied and text[-1:].isspace() else ''}"
