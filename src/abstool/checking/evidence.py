"""Decide whether what a reference prints speaks for a record, or rather for one that is not known.

Abstracts of one meeting have titles that differ in a word, and authors show the same work at
several meetings under one title. So a record is often near that is not the one that is cited.
"""

from __future__ import annotations

from collections.abc import Iterable

from abstool.address import identity
from abstool.checking.anatomy import Parts
from abstool.checking.library import Library
from abstool.checking.verdict import Finding
from abstool.record import Abstract
from abstool.record.numbering import bare_number, year_of


def is_for(
    record: Abstract,
    printed: Parts,
    urls: Iterable[str],
    findings: Iterable[Finding],
    library: Library,
) -> bool:
    """Return whether more speaks for a record than against it.

    A URL or a number proves as much as a title, which one wrong letter makes that of another
    abstract. The issue proves little, since it has thousands of abstracts; another issue proves
    that this is another one.
    """
    wrong = {finding.code: finding for finding in findings}
    at_url = {position for url in urls for position in library.at(url)}
    has_url = bool(record.url) and any(
        library.features(position).url == identity(record.url) for position in at_url
    )
    has_number = bool(record.number) and bare_number(printed.number) == bare_number(record.number)
    if has_url and has_number:
        return True
    title = wrong.get("title-differs")
    is_titled = title is None or title.severity == "minor"
    issue = _issue(record, printed, wrong)
    # The URL of an abstract that is known is a mistake; that of another one may be the right one.
    elsewhere = (1 if at_url else 2) if "address-elsewhere" in wrong else 0
    reasons = 2 * has_url + 2 * has_number + 2 * is_titled + (issue > 0)
    doubts = elsewhere + ("number-wrong" in wrong) + 2 * (not is_titled) + 2 * (issue < 0)
    return reasons > doubts


def _issue(record: Abstract, printed: Parts, wrong: dict[str, Finding]) -> int:
    """Return 1 if a reference has the issue or meeting of a record, -1 if another one, or else 0.

    A part that is wrong while the others are right is a mistake and does not count.
    """
    parts = [wrong[code] for code in ("journal", "year", "volume") if code in wrong]
    differing = [one.code for one in parts if one.printed]
    volume = record.publication.volume if record.publication else ""
    has_volume = bool(volume) and printed.volume == volume
    has_year = printed.year == str(year_of(record))
    if len(differing) > 1 or printed.is_of_other_meeting:
        return -1
    if differing:
        return 0 if has_volume or (has_year and differing == ["volume"]) else -1
    return int(has_year)
