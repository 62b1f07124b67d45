"""The abstract sites that share one platform: one row a society.

A page is recognised by what it shows, never by its host, so a page of an unlisted society is parsed
as well. A row adds the words of its own that a site prints as labels, and what a page does not
print: the society's name and, for a journal abbreviation read in the printed citation, the
journal's full name and ISSN. Sources, and what of it was checked on real pages: ``docs/sites.md``.
"""

from __future__ import annotations

from typing import NamedTuple


class Journal(NamedTuple):
    """A journal that publishes a meeting's abstracts; ``abbreviation`` is NLM's."""

    name: str
    abbreviation: str
    issn: str


class Site(NamedTuple):
    """One society's abstract site.

    ``sections`` are the labels its bodies use, with plural and singular; ``session`` names the
    lines of its session block and the field of the record each gives, "" for none; ``ignored`` are
    lines of the head that the record has no place for.
    """

    host: str
    name: str
    society: str
    journals: tuple[Journal, ...]
    sections: tuple[str, ...]
    session: tuple[tuple[str, str], ...]
    ignored: tuple[str, ...] = ()


SITES = (
    Site(
        host="acrabstracts.org",
        name="ACR Meeting Abstracts",
        society="American College of Rheumatology",
        journals=(
            Journal("Arthritis & Rheumatology", "Arthritis Rheumatol", "2326-5205"),
            Journal("Arthritis & Rheumatism", "Arthritis Rheum", "1529-0131"),
        ),
        sections=(
            "Background/Purpose",
            "Background / Purpose",
            "Background and Purpose",
            "Method",
            "Methods",
            "Result",
            "Results",
            "Conclusion",
            "Conclusions",
            "Conclusion(s)",
            # Patient Perspectives
            "Intervention",
            "Maintenance",
            "Quality of Life",
            "Takeaway",
            "Takeaways",
        ),
        session=(
            ("Date", "date"),
            ("Title", "title"),
            ("Session Type", "type"),
            ("Session Time", "time"),
        ),
    ),
    Site(
        host="mdsabstracts.org",
        name="MDS Abstracts",
        society="International Parkinson and Movement Disorder Society",
        journals=(Journal("Movement Disorders", "Mov Disord", "1531-8257"),),
        sections=(
            "Objective",
            "Objectives",
            "Background",
            "Method",
            "Methods",
            "Results",
            "Conclusion",
            "Conclusions",
            "References",
        ),
        session=(
            ("Date", "date"),
            ("Session Title", "title"),
            ("Session Time", "time"),
            ("Location", ""),
        ),
        ignored=("Category",),
    ),
    Site(
        host="atcmeetingabstracts.com",
        name="ATC Abstracts",
        society="American Transplant Congress",
        journals=(Journal("American Journal of Transplantation", "Am J Transplant", "1600-6143"),),
        sections=("Purpose", "Methods", "Results", "Conclusion", "Conclusions"),
        session=(
            ("Date", "date"),
            ("Session Name", "title"),
            ("Session Type", "type"),
            ("Session Time", "time"),
            ("Session Date & Time", ""),
            ("Presentation Time", ""),
            ("Location", ""),
        ),
        ignored=("Topic",),
    ),
    Site(
        host="abstracts.isth.org",
        name="ISTH Congress Abstracts",
        society="International Society on Thrombosis and Haemostasis",
        journals=(
            Journal(
                "Research and Practice in Thrombosis and Haemostasis",
                "Res Pract Thromb Haemost",
                "2475-0379",
            ),
        ),
        sections=("Background", "Aims", "Aim", "Methods", "Results", "Conclusion", "Conclusions"),
        session=(("Session Title", "title"), ("Session Date", "date"), ("Session Time", "time")),
        ignored=("Theme",),
    ),
    Site(
        host="shmabstracts.org",
        name="SHM Abstracts",
        society="Society of Hospital Medicine",
        journals=(Journal("Journal of Hospital Medicine", "J Hosp Med", "1553-5606"),),
        sections=(
            "Background",
            "Purpose",
            "Description",
            "Methods",
            "Results",
            "Case Presentation",
            "Case Report",
            "Discussion",
            "Conclusion",
            "Conclusions",
            "References",
        ),
        session=(),
        ignored=("Category", "Categories"),
    ),
)

_HOSTS_OF_OLD = {"shmabstracts.com": "shmabstracts.org"}
_BY_HOST = {site.host: site for site in SITES}
_BY_JOURNAL = {
    spelling.casefold(): journal
    for site in SITES
    for journal in site.journals
    for spelling in (journal.abbreviation, journal.name)
}


def site_of(host: str) -> Site | None:
    """Return the row for a host as ``address.host_of`` returns it, or None for an unknown one."""
    return _BY_HOST.get(_HOSTS_OF_OLD.get(host, host))


def journal_of(printed: str) -> Journal | None:
    """Return the journal printed so, in short or in full (full stops and case aside), or None."""
    return _BY_JOURNAL.get(printed.replace(".", "").strip().casefold())
