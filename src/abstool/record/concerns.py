"""What the warnings in a record are about, by their wording."""

from __future__ import annotations

AFFILIATIONS, DISCLOSURES, KEYWORDS = "affiliations", "disclosures", "keywords"
SESSION, TEXT, CITATION = "session", "text", "citation"

EVERYTHING = frozenset({AFFILIATIONS, DISCLOSURES, KEYWORDS, SESSION, TEXT, CITATION})

# The part of a record that a warning is about; "…" stands for what differs from page to page.
# Warnings of other wordings count as ones about what every citation prints.
WORDINGS = {
    "Authors refer to affiliation …, which is not on the page.": AFFILIATIONS,
    "No author refers to affiliation ….": AFFILIATIONS,
    "… has no affiliation marker.": AFFILIATIONS,
    "… have no affiliation marker.": AFFILIATIONS,
    "The affiliation has no marker; guessed that it begins with ….": AFFILIATIONS,
    "The page does not link its … affiliations to authors.": AFFILIATIONS,
    "The disclosures could not be split by author.": DISCLOSURES,
    "No author matches the disclosure by ….": DISCLOSURES,
    'The keywords were split at commas and "and", but these may be part of a keyword.': KEYWORDS,
    "The session date could not be read: ….": SESSION,
    "The session date is printed as a …, but … was a ….": SESSION,
    "The session ends before it starts: ….": SESSION,
    "The session time has no date: ….": SESSION,
    "The session time could not be read: ….": SESSION,
    "The session block contains a notice: …": SESSION,
    "The page has a notice instead of the abstract: …": TEXT,
    "The page has no abstract text.": TEXT,
    "Guessed the family name of ….": CITATION,
    "The page's citation does not confirm the family name of ….": CITATION,
    "The citation and the disclosures disagree on the family name of ….": CITATION,
    "The page's citation lists … authors, but the author line has ….": CITATION,
    "The page's citation has a different title: ….": CITATION,
    "The page's metadata have a different …: ….": CITATION,
    "The page's metadata name … authors, but it prints ….": CITATION,
    "The page does not print …, whom its metadata name.": CITATION,
    "The title begins with what may be the number: ….": CITATION,
    "The page gives the URL …, but so does the page of another abstract.": CITATION,
}


def wording_of(warning: str) -> str:
    """Return a warning without what differs from page to page, or itself if it is not known."""
    return next((one for one in WORDINGS if _fits(warning, one)), warning)


def concern_of(warning: str) -> str:
    """Return which part of a record a warning is about."""
    return WORDINGS.get(wording_of(warning), CITATION)


def _fits(warning: str, wording: str) -> bool:
    """Return whether a warning has a wording; in linear time, as its text is that of a page."""
    first, *rest = wording.split("…")
    if not rest:
        return warning == first
    if not (warning.startswith(first) and warning.endswith(rest[-1])):
        return False
    place, end = len(first), len(warning) - len(rest[-1])
    for part in rest[:-1]:
        found = warning.find(part, place, end)
        if found < 0:
            return False
        place = found + len(part)
    return place <= end
