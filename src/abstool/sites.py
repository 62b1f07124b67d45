"""The abstract sites that share one platform: one row a society.

A page is recognised by what it shows, never by its host, so a row is not needed to parse a page.
It adds what a page does not print: the society's name and, for a journal abbreviation read in the
printed citation, the journal's full name and ISSN. Sources: the journals' own pages and the
National Library of Medicine's abbreviations; see ``docs/sites.md``.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Journal:
    """A journal that publishes a meeting's abstracts; ``abbreviation`` is NLM's."""

    name: str
    abbreviation: str
    issn: str


@dataclass(frozen=True)
class Site:
    """One society's abstract site."""

    host: str
    name: str
    society: str
    journals: tuple[Journal, ...]


SITES = (
    Site(
        host="acrabstracts.org",
        name="ACR Meeting Abstracts",
        society="American College of Rheumatology",
        journals=(
            Journal("Arthritis & Rheumatology", "Arthritis Rheumatol", "2326-5205"),
            Journal("Arthritis & Rheumatism", "Arthritis Rheum", "1529-0131"),
        ),
    ),
)

_BY_HOST = {site.host: site for site in SITES}
_BY_JOURNAL = {
    journal.abbreviation.casefold(): journal for site in SITES for journal in site.journals
}


def host_of(url: str) -> str:
    """Return the host of an address, lower-case and without ``www.``; ``""`` if it has none."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def site_of(host: str) -> Site | None:
    """Return the row for a host as ``host_of`` gives it, or None for an unknown one."""
    return _BY_HOST.get(host)


def journal_of(abbreviation: str) -> Journal | None:
    """Return the journal with this printed abbreviation (full stops and case aside), or None."""
    return _BY_JOURNAL.get(abbreviation.replace(".", "").strip().casefold())
