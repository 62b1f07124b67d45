"""Split the disclosure statement by author.

Disclosures: G. Murayama: Cell Exosome, 5; K. Tada: None; N. Tamura: AbbVie/Abbott, 6.
Disclosure: A. Name, None; B. Name, Company, 2; C. Name, Company, 5, Other, 2.
"""

from __future__ import annotations

import re

from abstool.parser.names import Evidence
from abstool.record import Disclosure

_SUFFIX = r"(?:,\s*(?:Jr|Sr|II|III|IV)\b\.?)?"
_PERSON = rf"(?:[^\W\d_]\.?[\s-]?){{1,4}}\s?[^\d:;,]{{2,50}}?{_SUFFIX}"
_ENTRY = re.compile(rf"(?P<name>{_PERSON})\s*(?::|,)\s*(?P<text>.+)$", re.DOTALL)
_INITIALS = re.compile(r"((?:[^\W\d_]\.[\s-]?|[^\W\d_](?=\s))+)\s*(.+)$")


def read(text: str) -> list[Disclosure]:
    """Return one disclosure an author where every entry names one, else the statement whole."""
    text = text.strip()
    if not text:
        return []
    entries = [entry.strip() for entry in text.rstrip(" .;").split(";") if entry.strip()]
    matches = [_ENTRY.match(entry) for entry in entries]
    if not all(match and _INITIALS.match(match["name"]) for match in matches):
        return [Disclosure(text=text)]
    return [
        Disclosure(name=match["name"].strip(), text=match["text"].strip())
        for match in matches
        if match
    ]


def evidence(name: str) -> Evidence | None:
    """Return what a disclosure's ``N. Tamura`` or ``M. T. Hannani, Jr.`` tells of a name."""
    person = re.sub(rf"{_SUFFIX}$", "", name.strip())
    match = _INITIALS.match(person)
    return Evidence(match[2].strip(), re.sub(r"[\W_]", "", match[1])) if match else None
