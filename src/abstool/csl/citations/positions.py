"""The positions of cites in a document: first, subsequent, ibid, near the one before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from abstool.csl.citations.clusters import Cluster
from abstool.csl.citations.registry import Registered
from abstool.csl.elements.context import Cite

_NEAR = 5  # CSL's default of near-note-distance


def locate(clusters: Sequence[Cluster], distance: str | None) -> None:
    """Set the position of each cite; cites in the text and in notes are counted apart.

    Args:
        clusters: the clusters of a document, in its order.
        distance: the style's ``near-note-distance``.
    """
    near = int(distance) if distance and distance.isdecimal() and len(distance) < 10 else _NEAR
    _locate([cluster for cluster in clusters if not cluster.note], near)
    _locate([cluster for cluster in clusters if cluster.note], near)


def _locate(clusters: list[Cluster], near: int) -> None:
    first: dict[int, int] = {}  # by item: the note of its first cite
    last: dict[int, int] = {}  # by item: the note of its last cite
    in_note: Counter[int] = Counter()  # by note: its number of cites
    before: Cluster | None = None
    for cluster in clusters:
        if before is not None and cluster.note < before.note:  # another chapter
            first, last, in_note = {}, {}, Counter()
        in_note[cluster.note] += len(cluster.cites)
        for number, (item, cite) in enumerate(cluster.cites):
            key, note = item.index, cluster.note
            position, earlier = "first", None
            if key in last:
                earlier = _cite_before(cluster, number, before, in_note)
                position = _position(item, cite, earlier)
            first.setdefault(key, note)
            is_near = not note or note - last.get(key, note) <= near
            last[key] = note
            if not cite.is_placed:
                cluster.cites[number] = (
                    item,
                    cite._replace(
                        position=position,
                        near_note=position != "first" and is_near,
                        first_note=first[key] if first[key] != note else 0,
                    ),
                )
        if cluster.cites:
            before = cluster


def _cite_before(
    cluster: Cluster, number: int, before: Cluster | None, in_note: Counter[int]
) -> tuple[Registered, Cite] | None:
    """Return the cite just before one, if that is the only cite of its note or in the same one."""
    if number:
        return cluster.cites[number - 1]
    if before is None:
        return None
    if before.note == cluster.note:
        return before.cites[-1]
    alone = in_note[before.note] == 1
    return before.cites[0] if alone and before.note >= cluster.note - 1 else None


def _position(item: Registered, cite: Cite, earlier: tuple[Registered, Cite] | None) -> str:
    """Return the position of a cite of an item that has been cited before."""
    if earlier is None or earlier[0] is not item:
        return "subsequent"
    there, here = earlier[1], cite
    if there.locator and not here.locator:
        return "subsequent"
    same = there.locator == here.locator and (not here.locator or there.label == here.label)
    return "ibid" if same else "ibid-with-locator"
