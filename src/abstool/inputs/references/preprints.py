"""Find the number of a preprint of arXiv in the fields where programs write it."""

from __future__ import annotations

import re

_ARXIV = re.compile(
    r"(?:arxiv(?:\s*+preprint)?(?:\s*+:)?\s*+){0,3}(?:https?://(?:www\.)?arxiv\.org/)?(?:(?:abs|pdf)/)?"
    r"(\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]+(?:\.[A-Z]{2})?/\d{7}(?:v\d+)?)(?:\.pdf)?",
    re.IGNORECASE,
)


def arxiv(text: str, *, whole: bool = True) -> str:
    """Return the number of a preprint of arXiv; ``whole`` if the text must have nothing else."""
    found = _ARXIV.fullmatch(text.strip()) if whole else _ARXIV.match(text)
    return f"arXiv:{found[1]}" if found else ""
