"""Compare what a reference prints besides its authors with the record."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz import fuzz

from abstool.address import doi_within, host_of, identity, normalized
from abstool.checking.anatomy import Parts, has_token
from abstool.checking.library import Library
from abstool.checking.printed import is_of_site
from abstool.checking.verdict import Finding
from abstool.matching import spelling
from abstool.record import Abstract, Publication
from abstool.record.numbering import bare_number, year_of
from abstool.text import tidy

_NUMBER = re.compile(r"(?<=[-/=])\d+(?=[-/&]|$)")  # sites number the pages of one title
_SAME_PATH = 90  # percent, from which on a URL is a mistyped one


def title(record: Abstract, printed: Parts) -> Iterator[Finding]:
    """Yield the finding about the title."""
    wanted = tidy(record.title)
    if not spelling.is_spelled_alike(wanted, printed.title):
        left, right = spelling.differing(printed.title, wanted)
        yield Finding("title-differs", left, right)


def issue(record: Abstract, printed: Parts, style: Parts) -> Iterator[Finding]:
    """Yield the findings about journal, year, volume and supplement.

    What is missing counts only if the style prints it.
    """
    publication = record.publication or Publication()
    name = publication.abbreviation or publication.journal
    of_journal = not printed.is_of_meeting
    if of_journal and name and not printed.is_journal_right and (printed.journal or style.journal):
        yield Finding("journal", printed.journal, style.journal or name)
    year = str(year_of(record) or "")
    if year and printed.year != year and (printed.year or style.year):
        yield Finding("year", printed.year, year)
    for code, wanted, found, in_style in (
        ("volume", publication.volume, printed.volume, style.volume),
        ("supplement", publication.supplement, printed.supplement, style.supplement),
    ):
        differs = found.lstrip("0") != wanted.lstrip("0") and (found or in_style)
        if of_journal and wanted and differs:
            yield Finding(code, found, wanted)


def number(record: Abstract, printed: Parts, style: Parts) -> Iterator[Finding]:
    """Yield the findings about the number and the label."""
    wanted = record.number
    elsewhere = has_token(printed.skeleton, wanted)
    is_missing = False
    if wanted and printed.number and bare_number(printed.number) != bare_number(wanted):
        if not elsewhere:
            yield Finding("number-wrong", printed.number, wanted)
    elif wanted and not (printed.number or elsewhere or printed.is_of_meeting) and style.number:
        is_missing = True
        yield Finding("number-missing", "", wanted)
    is_labelled = printed.is_labelled or printed.is_of_meeting  # such as [poster presentation]
    if style.is_labelled and not is_labelled and not is_missing:
        yield Finding("label-missing", "", "abstract")


def address(
    record: Abstract, urls: list[str], printed: Parts, style: Parts, library: Library
) -> Iterator[Finding]:
    """Yield the findings about the URL and the access date."""
    wanted = record.url
    if not wanted:
        return
    of_site = [url for url in urls if is_of_site(url) or _host(url) == _host(wanted)]
    same = [url for url in of_site if _leads_to(url, wanted, library)]
    if same:
        if not any(_is_canonical(url, wanted) for url in same):
            yield Finding("address-not-canonical", same[0], wanted)
    elif of_site:
        is_known = any(library.at(url) for url in of_site)
        is_typo = not is_known and _is_mistyped(of_site[0], wanted)
        yield Finding(
            "address-not-canonical" if is_typo else "address-elsewhere", of_site[0], wanted
        )
    elif style.urls and not _has_doi(record, urls):
        yield Finding("address-missing", "", wanted)
    if style.has_access_date and not printed.has_access_date:
        yield Finding("access-date-missing")


def _is_mistyped(url: str, wanted: str) -> bool:
    """Return whether letters of a URL are wrong; a number makes it that of another page."""
    is_other = _NUMBER.findall(url) != _NUMBER.findall(wanted)
    return not is_other and fuzz.ratio(url.casefold(), wanted.casefold()) >= _SAME_PATH


def _leads_to(url: str, wanted: str, library: Library) -> bool:
    page = identity(wanted)
    return identity(url) == page or any(
        library.features(one).url == page for one in library.at(url)
    )


def _host(url: str) -> str:
    return host_of(identity(url))


def _has_doi(record: Abstract, urls: list[str]) -> bool:
    doi = record.doi.lower()
    return bool(doi) and any(doi in (url.lower(), doi_within(url).lower()) for url in urls)


def _is_canonical(url: str, wanted: str) -> bool:
    # A page that gave its URL with http has long moved to https.
    right = (normalized(wanted), normalized(wanted.replace("http://", "https://", 1)))
    return normalized(url) in right and "://" in url
