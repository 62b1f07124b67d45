"""Find the institution in an affiliation, as it is printed there."""

from __future__ import annotations

import re

from abstool.text import tidy

# Words of the names of institutions, the most telling first; a department has none of them.
_TELLING = (
    r"universit|universid|univers[iea]|\buniv\b",
    r"hospital|hôpital|hopital|klinik|clinic|ospedale|infirmary|charit[eé]|\bchu\b|\bnhs\b",
    r"institut|college|school of|\bcent(?:er|re)\b|health system|healthcare|foundation|academy",
    r"\binc\b|\bllc\b|\bltd\b|\bgmbh\b|\bs\.?a\.?\b|pharma|biotech|therapeutics|company",
)
_PATTERNS = [re.compile(pattern, re.IGNORECASE) for pattern in _TELLING]
# Parts that belong to the part before them: the form of a company, and the campus of a university.
_LEGAL_FORM = re.compile(r"(?:inc|llc|ltd|gmbh|corp|co|llp|plc|s\.?a|ag|kk)", re.IGNORECASE)
_OF_CAMPUSES = re.compile(r"University of (?:California|Texas|Wisconsin)$")


def institution_of(affiliation: str) -> str:
    """Return the part of an affiliation that names the institution, else the first part."""
    parts: list[str] = []
    for piece in affiliation.split(","):
        part = tidy(piece).strip(" .")
        if parts and (_LEGAL_FORM.fullmatch(part) or _OF_CAMPUSES.search(parts[-1])):
            parts[-1] += f", {part}"
        elif part:
            parts.append(part)
    for pattern in _PATTERNS:
        if found := next((part for part in parts if pattern.search(part)), ""):
            return found
    return parts[0] if parts else ""
