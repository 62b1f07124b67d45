"""Decide what two records are to each other, and say why."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from abstool.encores.features import Presentation, exchanged
from abstool.errors import not_installed
from abstool.matching.titles import is_same
from abstool.record import Abstract
from abstool.text import tidy

Kind = Literal["encore", "sibling", "repeat"]

_ENOUGH = 0.55  # the score of one work; docs/how-to/encores.md has what it was measured on
_SURE = 0.85  # that of two abstracts of one meeting with different numbers
ENOUGH_AUTHORS = 0.5  # the share of the shorter list of authors that must be the same
_TEXT, _NUMBERS = 0.25, 0.5  # one of these shares must be reached, if both have texts
_FEW_NUMBERS = 6  # fewer shared ones prove little, unless the titles and the authors are the same
_SAME_GROUP, _SAME_TITLE, _SOME_TEXT = 0.8, 0.85, 0.1


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that are one work, or nearly.

    An ``encore`` is the same work presented again, a ``sibling`` a like work with another number,
    drug, disease or design in its title, a ``repeat`` one record given twice. ``score`` is from 0
    to 1.
    """

    first: Abstract
    second: Abstract
    kind: Kind
    score: float
    reasons: tuple[str, ...]

    def to_dict(self) -> dict[str, object]:
        """Return the pair as JSON data."""
        return {
            "first": _named(self.first),
            "second": _named(self.second),
            "kind": self.kind,
            "score": round(self.score, 3),
            "reasons": list(self.reasons),
        }


def judged(one: Presentation, other: Presentation) -> Pair | None:
    """Return what two records are to each other; None if they are different works.

    Raises UsageError if the library that compares titles is not installed.
    """
    if reason := _repetition(one, other):
        return Pair(one.record, other.record, "repeat", 1.0, (reason,))
    authors = _share(one.families, other.families)
    text = _share(one.shingles, other.shingles)
    numbers = _share(one.numbers, other.numbers)
    title = _likeness(" ".join(one.title.words), " ".join(other.title.words))
    has_texts = bool(one.shingles and other.shingles)
    is_close = authors >= _SAME_GROUP and title >= _SAME_TITLE and text >= _SOME_TEXT
    if authors < ENOUGH_AUTHORS:
        return None
    if has_texts and not is_close and not _have_one_text(one, other, text, numbers):
        return None
    if has_texts:
        score = 0.3 * authors + 0.2 * title + 0.5 * max(text, numbers)
    else:
        score = 0.5 * authors + 0.5 * title
    shared_trials = one.trials & other.trials
    if one.trials and other.trials and not shared_trials:
        return None
    swapped = exchanged(one.title, other.title)
    needed = _SURE if _are_of_one_meeting(one, other) or not has_texts else _ENOUGH
    if score < (_ENOUGH if swapped else needed):
        return None
    reasons = [
        _of("authors", one.families, other.families),
        _of("numbers of the text", one.numbers, other.numbers),
        f"{text:.0%} of the shorter text is in the other" if has_texts else "no text to compare",
        f"the titles are {title:.0%} alike",
        *(f"both name the trial {trial}" for trial in sorted(shared_trials)),
    ]
    if swapped:
        reasons.append(f"the titles differ in {swapped[0]!r} and {swapped[1]!r}")
    kind: Kind = "sibling" if swapped else "encore"
    return Pair(one.record, other.record, kind, min(score, 1.0), tuple(filter(None, reasons)))


def _repetition(one: Presentation, other: Presentation) -> str:
    """Return why two records are one record given twice, or ``""``."""
    if not is_same(one.title, other.title):
        return ""
    if one.url and one.url == other.url:
        return "the same URL and title"
    if all(one.place) and one.place == other.place:
        return "the same meeting, number and title"
    return ""


def _have_one_text(one: Presentation, other: Presentation, text: float, numbers: float) -> bool:
    shared = len(one.numbers & other.numbers)
    return text >= _TEXT or (numbers >= _NUMBERS and shared >= _FEW_NUMBERS)


def _are_of_one_meeting(one: Presentation, other: Presentation) -> bool:
    (meeting, number), (its_meeting, its_number) = one.place, other.place
    return bool(meeting) and meeting == its_meeting and number != its_number


def _share(one: Collection[object], other: Collection[object]) -> float:
    """Return the share of the smaller set that is in the other one."""
    small, large = sorted((set(one), set(other)), key=len)
    return len(small & large) / len(small) if small else 0.0


def _likeness(one: str, other: str) -> float:
    try:
        from rapidfuzz import fuzz  # noqa: PLC0415 - an extra
    except ImportError:
        raise not_installed("encores", "rapidfuzz", "review") from None
    return fuzz.token_set_ratio(one, other) / 100 if one and other else 0.0


def _of(what: str, one: Collection[object], other: Collection[object]) -> str:
    fewer = min(len(one), len(other))
    return f"{len(set(one) & set(other))} of {fewer} {what} are the same" if fewer else ""


def _named(record: Abstract) -> dict[str, str]:
    return {
        "url": record.url,
        "number": record.number,
        "meeting": record.meeting,
        "title": tidy(record.title),
    }
