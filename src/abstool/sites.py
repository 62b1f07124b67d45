"""The table of abstract sites that share one platform, with one row per society.

A page is recognised by its content, never by its host, so pages of unlisted societies are parsed
too. A row adds the words that a site uses as labels, and facts that its pages do not print: the
society's name and, for the journal abbreviation in the printed citation, the journal's full name
and ISSN. ``docs/reference/sites.md`` lists the sources and what was checked on real pages.
"""

from __future__ import annotations

from typing import NamedTuple


class Journal(NamedTuple):
    """A journal that publishes the abstracts of meetings; ``abbreviation`` is NLM's."""

    name: str
    abbreviation: str
    issn: str


class Site(NamedTuple):
    """The abstract site of one society.

    ``sections`` are the labels in its abstracts, singular and plural. ``session`` maps the labels
    in its session block to fields of the record, "" for none. ``ignored`` are labels in the head
    that the record has no field for.
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

_FORMER_HOSTS = {"shmabstracts.com": "shmabstracts.org"}
_BY_HOST = {site.host: site for site in SITES}
_BY_JOURNAL = {
    spelling.casefold(): journal
    for site in SITES
    for journal in site.journals
    for spelling in (journal.abbreviation, journal.name)
}


def site_of(host: str) -> Site | None:
    """Return the row for a host (see ``host_of``), or None if it is unknown."""
    return _BY_HOST.get(_FORMER_HOSTS.get(host, host))


def journal_of(printed: str) -> Journal | None:
    """Return the journal with a printed name or abbreviation (in any case), or None."""
    return _BY_JOURNAL.get(printed.replace(".", "").strip().casefold())
