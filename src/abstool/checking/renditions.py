"""Print a record in the style that is nearest to a printed reference.

Styles are compared by what stands between the parts, not by the parts, which may be wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from msgspec.structs import replace
from rapidfuzz.distance import Indel

from abstool.checking.anatomy import Parts, taken_apart
from abstool.checking.printed import DATE, JOURNAL, LABEL, NUMBER, SUPPLEMENT, URL, VOLUME, YEAR
from abstool.citing.targets import StyleTarget, resolve
from abstool.errors import UsageError
from abstool.item import Item, ItemDate
from abstool.mapping import to_item
from abstool.record import Abstract
from abstool.styles.options import Options

STYLES = (
    "ama",
    "ama-11",
    "ama-10",
    "vancouver",
    "apa",
    "american-medical-association",
    "nature",
    "the-lancet",
)
_SOME_DAY: ItemDate = {"date-parts": [[2000, 1, 1]]}
_OPTIONAL = (DATE, NUMBER, LABEL, URL, YEAR, VOLUME, SUPPLEMENT, JOURNAL)
_LACKING, _ADDED = 1.5, 4.0  # in letters
# What is left of a part's place when the part is gone.
_EMPTIED = (
    (re.compile(r"\(\s*(?:suppl(?:ement)?\.?)?\s*\)|\[\s*\]", re.IGNORECASE), ""),
    (re.compile(r"(?<!\s)\s++(?=[.,;:)\]])"), ""),
    (re.compile(r"[,;:]+(?=[.,;:])"), ""),
    (re.compile(r"\.(?:\s*\.)+"), "."),
    (re.compile(r"(?<![,;:\s])[,;:\s]+$"), ""),
    (re.compile(r"(?:Available from:?|Retrieved from:?)\s*$", re.IGNORECASE), ""),
)


@dataclass(frozen=True, slots=True)
class Rendition:
    """A record in a style: with an access date, to compare with, and its parts."""

    style: str
    text: str
    parts: Parts


@lru_cache(maxsize=32)
def _target(style: str) -> StyleTarget:
    target = resolve(style, Options())
    if not isinstance(target, StyleTarget):
        raise UsageError(
            style, "this is an export format", "use a citation style", argument="style"
        )
    return target


def render(record: Abstract, style: str, accessed: ItemDate | None) -> str:
    """Return a record in a style, with this access date or none."""
    return _rendered(_item(record, accessed), style)


def _item(record: Abstract, accessed: ItemDate | None) -> Item:
    item: Item = to_item(record)
    item.pop("accessed", None)
    if accessed and "URL" in item:
        item["accessed"] = accessed
    return item


def _rendered(item: Item, style: str) -> str:
    return " ".join(_target(style).cite([item])[0].split())


def nearest(
    record: Abstract, printed: Parts, styles: Sequence[str] = STYLES, likely: str = ""
) -> Rendition:
    """Return the record in the style whose form is nearest to a printed reference.

    ``likely`` is the style that is tried first, such as that of the reference before, since all of
    a list are in one style: nothing is nearer than the same form.
    """
    item = _item(record, printed.accessed or _SOME_DAY)
    unnumbered = None
    if record.number and not printed.number and len(styles) > 1:
        unnumbered = replace(record, number="")  # a style may print something else instead
        other = _item(unnumbered, printed.accessed or _SOME_DAY)
    best, least = None, (0.0, 0)
    for place, style in sorted(enumerate(styles), key=lambda one: one[1] != likely):
        text = _rendered(item, style)
        parts = taken_apart(text, record)
        distance = _distance(printed.skeleton, parts.skeleton) if len(styles) > 1 else 0.0
        if unnumbered is not None and distance > 0:
            form = taken_apart(_rendered(other, style), unnumbered).skeleton
            distance = min(distance, 0.1 + _distance(printed.skeleton, form))
        if best is None or (distance, place) < least:
            best, least = Rendition(style, text, parts), (distance, place)
        if distance <= 0:
            break  # no other style is nearer
    if best is None:
        raise ValueError("no styles to choose from")
    return best


def _distance(printed: str, rendered: str) -> float:
    """Return how far a form is from that of a style, whatever parts the reference lacks."""
    lacking = [sign for sign in _OPTIONAL if sign in rendered and sign not in printed]
    added = sum(sign in printed and sign not in rendered for sign in _OPTIONAL)
    if LABEL in printed and LABEL not in rendered and NUMBER in lacking:
        added -= 1  # [abstract] is what is left of [abstract 1914]
    shown = _tidied(printed)
    forms = {_tidied(rendered)}
    for count in (len(lacking), len(lacking) - 1) if lacking else ():
        for chosen in combinations(lacking, count):
            form = rendered
            for sign in chosen:
                form = form.replace(sign, "")
            forms.add(_tidied(form))
            if NUMBER in chosen:  # [abstract 1914] becomes [abstract]
                relabelled = rendered.replace(NUMBER, LABEL)
                for sign in chosen:
                    relabelled = relabelled.replace(sign, "")
                forms.add(_tidied(relabelled))
    distance = min(Indel.distance(shown, form) for form in forms)
    # One part is easily forgotten; a list without several of them is in another style.
    return distance + (0.1 + _LACKING * (len(lacking) - 1) if lacking else 0) + _ADDED * added


def _tidied(skeleton: str) -> str:
    for pattern, replacement in _EMPTIED:
        skeleton = pattern.sub(replacement, skeleton)
    return " ".join(skeleton.split())
