"""Make the record of a page that prints the labels of an abstract."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from urllib.parse import urlsplit

from abstool.address import host_of
from abstool.page import Block, Page, one_line
from abstool.parser import body, keywords, session, trials
from abstool.parser.citation import PrintedCitation
from abstool.parser.labels import Kind
from abstool.parser.layout import BodyPart, Layout
from abstool.parser.people import names
from abstool.parser.people.credit import add_authors
from abstool.record import Abstract, Publication
from abstool.record.absences import YEAR_OF_MEETING, absences
from abstool.sites import journal_of

_KEYWORDS = 'The keywords were split at commas and "and", but these may be part of a keyword.'


def record_of(page: Page, layout: Layout, printed: PrintedCitation, url: str) -> Abstract:
    """Return the record of a page; ``url`` is where it came from."""
    record = without_authors(page, layout, printed, url)
    add_authors(record, layout.author_blocks, layout.disclosures, printed.authors, printed.evidence)
    _compare_titles(record, layout, printed)
    record.warnings += absences(record)
    return record


def without_authors(page: Page, layout: Layout, printed: PrintedCitation, url: str) -> Abstract:
    """Return a record without its authors and disclosures, and without saying what it lacks."""
    record = Abstract(title=layout.title or printed.title)
    record.url, record.site = url_and_site(page.canonical, printed.url or layout.url, url)
    record.number = _number(layout.fields.get(Kind.NUMBER, ""))
    record.meeting = layout.fields.get(Kind.MEETING, "")
    record.first_published, _ = session.iso_date(layout.fields.get(Kind.PUBLISHED, ""))
    record.keywords, warnings = _keywords(layout)
    record.warnings += warnings
    record.session, warnings = session.read(layout.session)
    record.warnings += warnings
    record.warnings += [f"The session block contains a notice: {text}" for text in layout.notices]
    add_body(record, layout.body)
    record.publication = _publication(printed)
    record.printed_citation = printed.text if printed.year or printed.authors else ""
    return record


def add_body(record: Abstract, parts: list[BodyPart]) -> None:
    """Add the body to a record, and the trials in it."""
    content = body.read(parts, record.url)
    record.sections, record.tables = content.sections, content.tables
    record.figures = content.figures
    record.warnings += content.warnings
    record.trials = trials.find("\n".join(_searched(record)))


def _searched(record: Abstract) -> Iterable[str]:
    """Yield the texts to search for trial registrations."""
    yield record.title
    yield from (section.text for section in record.sections)
    for table in record.tables:
        yield from (table.caption, *table.header, *(cell for row in table.rows for cell in row))
    yield from (figure.caption for figure in record.figures)


def url_and_site(
    canonical: str, printed: str, fetched: str, *, final_slash: bool = True
) -> tuple[str, str]:
    """Return the abstract's own URL, with a final slash if the site has them, and its site."""
    for url in (canonical, printed, fetched):
        try:
            parts = urlsplit(url)
        except ValueError:
            continue
        if parts.scheme not in ("http", "https") or not parts.hostname:
            continue
        if url == canonical and parts.path.strip("/") == "" and not parts.query:
            continue  # a theme that declares the site's home page as canonical on every page
        if final_slash and not (parts.query or parts.path.endswith("/")):
            parts = parts._replace(path=parts.path + "/")
        return parts._replace(fragment="").geturl(), host_of(url)
    return "", ""


def add_year(record: Abstract) -> None:
    """Add the year in the meeting's name to a record without one, with a warning.

    Two different years, also that of the session, give none.
    """
    publication = record.publication or Publication()
    years = set(_YEAR.findall(record.meeting))
    if record.session and record.session.date:
        years.add(record.session.date[:4])
    if publication.year or len(years) != 1 or not _YEAR.search(record.meeting):
        return
    publication.year = int(years.pop())
    record.publication = publication
    record.warnings.append(YEAR_OF_MEETING)


_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def _number(printed: str) -> str:
    match = re.match(r"[A-Za-z]{0,4}[-\s]?\d+[A-Za-z]?", printed)
    return match[0] if match else printed.split(" ", maxsplit=1)[0]


def _keywords(layout: Layout) -> tuple[list[str], list[str]]:
    """Return the keywords, from links or from text, and warnings."""
    linked = [word for block in layout.keyword_blocks for word in _linked_words(block)]
    printed = layout.fields.get(Kind.KEYWORDS, "")
    if linked:
        return linked, []
    if not printed:
        return [], []
    words, known = keywords.split(printed)
    return words, [_KEYWORDS] if len(words) > 1 and not known else []


def _linked_words(block: Block) -> list[str]:
    links = groupby(block.runs, key=lambda run: run.href)
    words = (one_line("".join(run.text for run in runs)) for href, runs in links if href)
    return [word for word in words if word]


def _publication(printed: PrintedCitation) -> Publication | None:
    journal = journal_of(printed.journal)
    publication = Publication(
        journal=journal.name if journal else "",
        abbreviation=journal.abbreviation if journal else printed.journal,
        issn=journal.issn if journal else "",
        year=printed.year,
        volume=printed.volume,
        supplement=printed.supplement,
    )
    return publication if publication.to_dict() else None


def _compare_titles(record: Abstract, layout: Layout, printed: PrintedCitation) -> None:
    if layout.title and printed.title and names.key(layout.title) != names.key(printed.title):
        record.warnings.append(f"The page's citation has a different title: {printed.title!r}.")
