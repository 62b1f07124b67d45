"""Read the numbers of BibTeX's fields: pages, ISSN and ISBN."""

from __future__ import annotations

import re
from collections.abc import Mapping

from abstool.inputs.references.entry import split_supplement, with_supplement
from abstool.inputs.references.numbers import known, pages, unlabelled, without_volume
from abstool.inputs.references.serials import first_isbn, first_issn

# The kinds of entries whose number is that of an issue.
SERIAL = frozenset("article periodical suppperiodical misc unpublished".split())
# The types whose number is their own, even beside that of a series.
OWN_NUMBER = frozenset(
    "document legislation patent report software standard thesis webpage".split()
)
# Those that people also take for an abstract in a journal, whose number is that of an issue, too.
_PAPERS = frozenset({"conference", "inproceedings"})
_STANDARD_NUMBER = re.compile(r"[\dxX][\dxX‐-― -]*[\dxX]")
_SEVERAL = re.compile(r"[,;]|\s+and\s+|\s*/\s*|(?<=\d{3}[\dxX])\s+(?=\d{4}-)|\s\(|\n")
_BOTH = re.compile(r"(\d+)\s*\(([^()]+)\)")
_INTERNAL = re.compile(r"1\s*[-–—]+\s*\d+")  # the pages of one article
_NO_PAGES = re.compile(r"\W*+(?:n/?a|na|null|none)?\W*+(?:n/?a|na|null|none)?\W*+", re.IGNORECASE)
# How many pages a work has, or that they are not known yet.
_NOT_PAGES = re.compile(
    r"(?:[ivxlc]{1,9}(?:, ?| ?\+ ?))?\d{1,5}(?: ?[Pp]ages?| ?pp\.?| p\.?|p\.)"
    r"|(?i:to (?:appear|be published)|forthcoming|accepted(?: for publication)?)\.?"
)
_USUAL = re.compile(r"([1-9][0-9]{0,8})[-–]([1-9][0-9]{0,8})")  # the others take longer
_SAME_ENDS = re.compile(r"(\S{1,99}?)\s*-\s*\1")


def is_of_issue(kind: str, fields: Mapping[str, str]) -> bool:
    """Return whether the number of an entry is that of an issue, such as ``suppl 9``."""
    if kind in SERIAL:
        return True
    is_in_journal = kind in _PAPERS and not {"journal", "journaltitle"}.isdisjoint(fields)
    is_issue = is_in_journal and {"booktitle", "series"}.isdisjoint(fields)
    return is_issue or bool(split_supplement(fields.get("number", "").replace("~", " "))[1])


def volume_and_issue(volume: str, issue: str) -> dict[str, str]:
    """Return volume and issue without labels: ``Vol. 12``, ``12(3)`` and ``12 Suppl 3``."""
    volume = unlabelled(volume)
    issue = unlabelled(without_volume(issue, volume))
    if volume.isdecimal() and (not issue or issue.isdecimal()):  # most are
        return {"volume": volume, "issue": issue}
    if not issue and (both := _BOTH.fullmatch(volume)):
        volume, issue = both[1], both[2]
    elif not issue:
        volume, issue = split_supplement(volume)
    return {"volume": volume, "issue": issue}


def with_parts(issue: str, part: str, supplement: str) -> str:
    """Return an issue with its part and supplement, unless it has them: ``3 pt 2 suppl 1``."""
    if part and f"pt {part}" not in issue:
        issue = f"{issue} pt {part}".strip()
    return issue if "supp" in issue.casefold() else with_supplement(issue, supplement)


def page(text: str) -> str:
    """Return pages without labels, a repeated end or words for none, and no number of pages."""
    if text.isdecimal() or not text:
        return text if text.strip("0") else ""
    if (usual := _USUAL.fullmatch(text)) and usual[1] != usual[2]:
        return f"{usual[1]}-{usual[2]}"
    if _NOT_PAGES.fullmatch(text):
        return ""
    printed = pages(text)
    if _NO_PAGES.fullmatch(printed):
        printed = ""
    if same := _SAME_ENDS.fullmatch(printed):
        printed = same[1]
    begun = printed.removesuffix("+")
    if begun.endswith(("-", "–", "—")):  # the last page is not known
        printed = begun.rstrip("-–—").rstrip()
    return re.sub(r"^pp?\.\s*", "", printed)


def is_internal(printed: str) -> bool:
    """Return whether pages are those of an article that is numbered: 1 to 10."""
    return _INTERNAL.fullmatch(printed) is not None


def standard_numbers(issn: str, isbn: str) -> dict[str, str]:
    """Return ISSN and ISBN; one in the field of the other is read as what it is, as in RIS."""
    if not (issn and first_isbn(issn)) and not (isbn and first_issn(isbn)):
        return {"ISSN": _standard_number(known(issn)), "ISBN": _standard_number(known(isbn))}
    return {
        "ISSN": first_issn(issn) or first_issn(isbn),
        "ISBN": first_isbn(isbn) or first_isbn(issn),
    }


def _standard_number(text: str) -> str:
    """Return the first of several ISSNs or ISBNs."""
    return _SEVERAL.split(text)[0].strip() if _STANDARD_NUMBER.match(text) else text
