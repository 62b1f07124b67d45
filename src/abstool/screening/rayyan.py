"""Read the notes in which Rayyan exports decisions.

RAYYAN-INCLUSION: {"Ana"=>"Included", "Ben"=>"Excluded"} | RAYYAN-LABELS: tea,milk
| RAYYAN-EXCLUSION-REASONS: wrong population,wrong outcome | USER-NOTES: {"Ana"=>["see table"]}
"""

from __future__ import annotations

import html
import re
from typing import NamedTuple

# Each part ends at a bar, at the next part, or at the end of the text.
_PARTS = re.compile(
    r"\b(RAYYAN-INCLUSION|RAYYAN-LABELS|RAYYAN-EXCLUSION-REASONS|USER-NOTES):\s*"
    r"(.*?)(?=\s*\|?\s*\b(?:RAYYAN-[A-Z-]+|USER-NOTES):|\Z)",
    re.DOTALL,
)
_PAIR = re.compile(r'"([^"]*)"\s*=>\s*"([^"]*)"')
_NOTES = re.compile(r'"([^"]*)"\s*=>\s*\[([^\]]*)\]')
_TEXT = re.compile(r'"([^"]*)"')


class Notes(NamedTuple):
    """What a note of Rayyan says: the word of each reviewer, labels, reasons and notes."""

    words: dict[str, str]
    labels: tuple[str, ...]
    reasons: tuple[str, ...]
    notes: dict[str, str]


def read(text: str) -> Notes | None:
    """Return what Rayyan wrote into a text; None if it is not from Rayyan."""
    if "RAYYAN-" not in text:
        return None
    text = html.unescape(text).replace('\\"', '"')
    parts = {name: value.strip(" |;") for name, value in _PARTS.findall(text)}
    notes = {
        reviewer: "; ".join(_TEXT.findall(listed))
        for reviewer, listed in _NOTES.findall(parts.get("USER-NOTES", ""))
    }
    return Notes(
        dict(_PAIR.findall(parts.get("RAYYAN-INCLUSION", ""))),
        _listed(parts.get("RAYYAN-LABELS", "")),
        _listed(parts.get("RAYYAN-EXCLUSION-REASONS", "")),
        notes,
    )


def _listed(text: str) -> tuple[str, ...]:
    return tuple(word for part in text.split(",") if (word := part.strip()))
