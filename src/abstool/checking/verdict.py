"""What the check of a reference finds, and its JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from abstool.text import tidy

Severity = Literal["major", "minor"]
Status = Literal["agrees", "differs", "unsure", "not-checked", "other"]

# The severity of each kind of finding. Those of authors are major for the first author only, and a
# title is minor if no word of it is wrong.
CODES: dict[str, Severity] = {
    "author-missing": "minor",
    "author-misspelled": "minor",
    "author-order": "minor",
    "author-extra": "minor",
    "authors-cut-without-et-al": "minor",
    "title-differs": "major",
    "year": "major",
    "journal": "major",
    "volume": "major",
    "supplement": "major",
    "number-missing": "major",
    "number-wrong": "major",
    "address-missing": "minor",
    "address-dead": "minor",
    "address-not-canonical": "minor",
    "address-elsewhere": "major",
    "access-date-missing": "minor",
    "label-missing": "minor",
    "changed": "minor",
    "duplicate-reference": "minor",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One error: what is printed, and what the record has."""

    code: str
    printed: str = ""
    record: str = ""
    is_first: bool = False  # of the first author

    @property
    def severity(self) -> Severity:
        """How grave it is."""
        if self.is_first:
            return "major"
        if self.code == "title-differs" and _letters(self.printed) == _letters(self.record):
            return "minor"
        return CODES[self.code]

    def to_dict(self) -> dict[str, str]:
        """Return the finding as JSON data."""
        return {
            "code": self.code,
            "severity": self.severity,
            "printed": tidy(self.printed),
            "record": tidy(self.record),
        }


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the check says of one reference.

    ``candidates`` are the titles and URLs of the records it may mean, if that is not sure.
    """

    reference: str
    text: str
    status: Status
    url: str = ""
    number: str = ""
    findings: tuple[Finding, ...] = ()
    corrected: str = ""
    candidates: tuple[tuple[str, str], ...] = ()

    def to_dict(self) -> dict[str, object]:
        """Return the verdict as JSON data."""
        data: dict[str, object] = {
            "reference": self.reference,
            "text": self.text,
            "status": self.status,
            "url": self.url,
            "number": self.number,
            "findings": [finding.to_dict() for finding in self.findings],
            "corrected": self.corrected,
        }
        if self.candidates:
            data["candidates"] = [{"title": title, "url": url} for title, url in self.candidates]
        return data
