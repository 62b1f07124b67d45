"""What all reports of a check say, and the words in which they say it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from abstool.checking.verdict import Finding, Verdict
from abstool.manuscripts.manuscript import Manuscript
from abstool.manuscripts.reference import Reference
from abstool.text import count_of

# In the order of a summary.
STATUSES = {
    "agrees": "agree",
    "differs": "differ",
    "unsure": "unsure",
    "not-checked": "not checked",
    "other": "to other works",
}
_WORDS = {
    "author-missing": "an author is missing",
    "author-misspelled": "an author is misspelled",
    "author-order": "the authors are in another order",
    "author-extra": "not an author of the abstract",
    "authors-cut-without-et-al": "the authors end without “et al.”",
    "title-differs": "the title differs",
    "year": "another year",
    "journal": "another journal",
    "volume": "another volume",
    "supplement": "another supplement",
    "number-missing": "the abstract number is missing",
    "number-wrong": "another abstract number",
    "address-missing": "the URL is missing",
    "address-dead": "the URL leads nowhere",
    "address-not-canonical": "the URL is not quite that of the abstract",
    "address-elsewhere": "the URL is that of another abstract",
    "access-date-missing": "the access date is missing",
    "label-missing": "the word “abstract” is missing",
    "changed": "the page of the abstract has changed",
    "duplicate-reference": "this abstract is cited before",
}
NOT_CHECKED = "Abstracts without a record; this does not mean that they are wrong"


@dataclass(frozen=True, slots=True)
class CheckedManuscript:
    """A manuscript and the verdicts about its references.

    Attributes:
        subject: the name of its file.
        data: the bytes of its file.
        manuscript: what was read from them.
        verdicts: one for each reference, in order; none before they are checked.
    """

    subject: str
    data: bytes
    manuscript: Manuscript
    verdicts: tuple[Verdict, ...] = ()

    def having(self, *statuses: str) -> list[Verdict]:
        """Return the verdicts that have one of these statuses."""
        return [one for one in self.verdicts if one.status in statuses]

    def pairs(self) -> Iterator[tuple[Reference, Verdict]]:
        """Yield each reference with its verdict."""
        return zip(self.manuscript.references, self.verdicts, strict=True)

    @property
    def counts(self) -> dict[str, int]:
        """The number of references of each status."""
        found = dict.fromkeys(STATUSES, 0)
        for one in self.verdicts:
            found[one.status] = found.get(one.status, 0) + 1
        return found


@dataclass(frozen=True, slots=True)
class Copied:
    """The content of a file, and what the user should know about it."""

    content: bytes
    notes: tuple[str, ...] = ()


def summary(checked: CheckedManuscript) -> str:
    """Return how many references have which status, in one line."""
    numbers = ", ".join(
        f"{count:,} {STATUSES.get(status, status)}" for status, count in checked.counts.items()
    )
    return f"{count_of(len(checked.verdicts), 'reference')}: {numbers}"


def severities(checked: CheckedManuscript) -> str:
    """Return how many findings there are of each severity, in words; ``""`` if there are none."""
    found = [one.severity for verdict in checked.verdicts for one in verdict.findings]
    kinds = [f"{found.count(kind):,} {kind}" for kind in ("major", "minor") if kind in found]
    return f"{count_of(len(found), 'finding')}: {', '.join(kinds)}" if found else ""


def pairing(manuscript: Manuscript) -> Iterator[str]:
    """Yield a line about references that are only in the text, or only in the list."""
    if manuscript.unlisted:
        yield f"cited but not listed: {', '.join(manuscript.unlisted)}"
    if manuscript.uncited:
        yield f"listed but not cited: {', '.join(manuscript.uncited)}"


def words_of(finding: Finding) -> str:
    """Return what a finding says, in words."""
    is_title = finding.code == "title-differs"
    return (
        _WORDS.get(finding.code, finding.code) if finding.printed or is_title else _missing(finding)
    )


def _missing(finding: Finding) -> str:
    """Return the words for a part that the reference lacks."""
    parts = ("year", "journal", "volume", "supplement")
    if finding.code in parts:
        return f"the {finding.code} is missing"
    return _WORDS.get(finding.code, finding.code)


def heading_of(verdict: Verdict) -> str:
    """Return what a verdict says of its reference, without the reference's key."""
    if verdict.status == "unsure":
        return "could be one of these abstracts"
    abstract = f"abstract {verdict.number}" if verdict.number else "the abstract"
    return f"{verdict.status} from {abstract}" if verdict.findings else verdict.status


def keys_of(verdicts: Sequence[Verdict]) -> str:
    """Return the keys of references in a list."""
    return ", ".join(one.reference for one in verdicts)
