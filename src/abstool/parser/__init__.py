"""The parser: a page's text in, its record out. A pure function of what it is given.

``layout`` divides the page by its printed labels (``labels``); ``authors``, ``names``,
``session``, ``citation`` and ``disclosures`` read one part each; this module puts the record
together and weighs what the parts say of each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from urllib.parse import urlsplit

from abstool import page as pages
from abstool.errors import NotAnAbstract, UnreadableInput
from abstool.page import Block, Page, one_line
from abstool.parser import (
    authors,
    body,
    citation,
    disclosures,
    keywords,
    names,
    session,
    trials,
)
from abstool.parser.authors import AuthorLine, Byline
from abstool.parser.citation import PrintedCitation
from abstool.parser.labels import Kind
from abstool.parser.layout import Layout, divide
from abstool.parser.listing import parse_listing
from abstool.parser.names import Evidence
from abstool.parser.roster import Listed, Roster
from abstool.record import Abstract, Affiliation, Author, Disclosure, Publication
from abstool.sites import host_of, journal_of

__all__ = ["parse", "parse_listing", "parse_utf8"]

_UNSURE_KEYWORDS = (
    "The keywords are kept as one text: without links the page does not show which commas separate "
    "keywords and which belong to one."
)


def parse(
    data: bytes | str, url: str | None = None, *, charset: str = "", subject: str = ""
) -> Abstract:
    """Return the record of one abstract page, HTML or plain text, told apart by content.

    ``url`` is the address the page came from, used where the page does not print its own;
    ``charset`` what the server said; ``subject`` names the page in errors. Raises NotAnAbstract
    where the page shows no abstract, UnreadableInput where the data are no page or are cut off.
    """
    subject = subject or url or "page"
    return _parsed(pages.read(data, charset=charset, subject=subject), url or "", subject)


def parse_utf8(text: bytes, url: str, *, subject: str) -> Abstract:
    """Return the record of a page whose text is UTF-8 already; see ``parse``."""
    return _parsed(pages.read_utf8(text), url, subject)


def _parsed(page: Page, url: str, subject: str) -> Abstract:
    layout = divide(page)
    printed = citation.read(layout.citation, layout.title)
    _refuse(page, layout, printed, subject)
    return _record(page, layout, printed, url)


def _refuse(page: Page, layout: Layout, printed: PrintedCitation, subject: str) -> None:
    """Raise what a page deserves that gives no trustworthy record."""
    if page.cut_off and not printed.year:
        raise UnreadableInput(subject, "the page is cut off before its end", "save it again")
    if layout.is_abstract and (layout.title or printed.title):
        return
    if layout.listed:
        raise NotAnAbstract(
            subject, f"a list of {layout.listed} abstracts", "give the address of one abstract"
        )
    shown = f" ({page.title})" if page.title else ""
    missing = "title" if layout.is_abstract else "abstract"
    raise NotAnAbstract(subject, f"the page shows no {missing}{shown}", "check the address")


def _record(page: Page, layout: Layout, printed: PrintedCitation, url: str) -> Abstract:
    record = Abstract(title=layout.title or printed.title)
    record.url, record.site = _address(page.canonical, printed.url or layout.address, url)
    record.number = _number(layout.fields.get(Kind.NUMBER, ""))
    record.meeting = layout.fields.get(Kind.MEETING, "")
    record.first_published, _ = session.iso_date(layout.fields.get(Kind.PUBLISHED, ""))
    record.keywords, warnings = _keywords(layout)
    record.warnings += warnings
    record.session, warnings = session.read(layout.session)
    record.warnings += warnings
    record.warnings += [f"The session block carries a notice: {text}" for text in layout.notices]
    content = body.read(layout.body, record.url)
    record.sections, record.tables = content.sections, content.tables
    record.figures, notices = content.figures, content.warnings
    record.warnings += notices
    record.trials = trials.find("\n".join(_searched(record)))
    record.publication = _publication(printed)
    record.printed_citation = printed.text if printed.year or printed.authors else ""
    _add_authors(record, layout, printed)
    _compare_titles(record, layout, printed)
    if not record.url:
        record.warnings.append("The page does not show its own address.")
    if not record.sections and not notices:
        record.warnings.append("The page shows no text of the abstract.")
    return record


def _searched(record: Abstract) -> Iterable[str]:
    """Yield the texts that may name a trial registration."""
    yield record.title
    yield from (section.text for section in record.sections)
    for table in record.tables:
        yield from (table.caption, *table.header, *(cell for row in table.rows for cell in row))
    yield from (figure.caption for figure in record.figures)


def _address(canonical: str, printed: str, fetched: str) -> tuple[str, str]:
    """Return the abstract's own address, with its final slash, and its site."""
    for address in (canonical, printed, fetched):
        try:
            parts = urlsplit(address)
        except ValueError:
            continue
        if parts.scheme not in ("http", "https") or not parts.hostname:
            continue
        if address == canonical and parts.path.strip("/") == "" and not parts.query:
            continue  # a theme that calls every page of the site by the site's address
        if not (parts.query or parts.path.endswith("/")):
            parts = parts._replace(path=parts.path + "/")
        return parts._replace(fragment="").geturl(), host_of(address)
    return "", ""


def _number(printed: str) -> str:
    match = re.match(r"[A-Za-z]{0,4}[-\s]?\d+[A-Za-z]?", printed)
    return match[0] if match else printed.split(" ", maxsplit=1)[0]


def _keywords(layout: Layout) -> tuple[list[str], list[str]]:
    """Return the keywords: exact from links; from text split at commas, with a warning."""
    linked = [word for block in layout.keyword_blocks for word in _linked_words(block)]
    printed = layout.fields.get(Kind.KEYWORDS, "")
    if linked:
        return linked, []
    if not printed:
        return [], []
    if not re.search(r",|\sand\s", printed):
        return [printed], []
    if separated := keywords.split(printed):
        return separated, []
    return [printed], [_UNSURE_KEYWORDS]


def _linked_words(block: Block) -> list[str]:
    links = groupby((run for run in block.runs if run.href), key=lambda run: run.href)
    words = (one_line("".join(run.text for run in runs)) for _, runs in links)
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
        record.warnings.append(f"The page's citation prints another title: {printed.title!r}.")


# --- authors: the author line, weighed against the citation and the disclosures -------------------


def _add_authors(record: Abstract, layout: Layout, printed: PrintedCitation) -> None:
    line = authors.read(layout.author_blocks, _count(layout, printed))
    roster = Roster([byline.name for byline in line.authors])
    statements = disclosures.read(layout.disclosures, roster if line.authors else None)
    cited = Listed(printed.evidence, roster)
    told = Listed([statement.told for statement in statements], roster)
    record.warnings += line.warnings
    record.affiliations = [Affiliation(label=label, name=name) for label, name in line.affiliations]
    if line.authors:
        record.authors, warnings = _match(line, cited, told)
        record.warnings += warnings
        _compare_counts(record, line.authors, printed)
    else:
        record.authors = [_cited_author(name, e) for name, e in _cited(printed)]
        roster = Roster([f"{author.given} {author.family}" for author in record.authors])
        if record.authors:
            record.warnings.append(
                "The page shows no author line; the authors are those of its citation, with "
                "initials only."
            )
    if not record.authors:
        record.warnings.append("The page shows no authors.")
    record.disclosures = _disclosures(record, layout.disclosures, statements, roster)


def _count(layout: Layout, printed: PrintedCitation) -> int | None:
    """Return how many authors the citation or the disclosures name, None if neither does."""
    return len(printed.authors) or len(disclosures.read(layout.disclosures, None)) or None


def _disclosures(
    record: Abstract, text: str, statements: list[disclosures.Statement], roster: Roster
) -> list[Disclosure]:
    """Match each statement to its author: the lists are in one order, though one may lack some."""
    if not statements:
        whole = one_line(text)
        if whole:
            record.warnings.append("The disclosures could not be split by author.")
        return [Disclosure(text=whole)] if whole else []
    result, unmatched, following = [], [], 0
    for statement in statements:
        place = roster.place(statement.told, following) if statement.told else None
        author = ""
        if place is not None:
            author, following = record.authors[place].name, place + 1
        else:
            unmatched.append(statement.name)
        result.append(disclosures.disclosure(statement, author))
    if unmatched and record.affiliations:
        record.warnings.append(f"No author was found for the disclosure of {', '.join(unmatched)}.")
    return result


def _cited(printed: PrintedCitation) -> Iterable[tuple[str, Evidence | None]]:
    return zip(printed.authors, printed.evidence, strict=True)


def _cited_author(name: str, evidence: Evidence | None) -> Author:
    if evidence is None:
        return Author(name=name, literal=name)
    return Author(
        name=name,
        family=evidence.family,
        given=" ".join(evidence.initials),
        suffix=evidence.suffix,
    )


def _match(line: AuthorLine, cited: Listed, told: Listed) -> tuple[list[Author], list[str]]:
    """Return the authors, each name split by the evidence that fits it, else by the rules."""
    affiliations = dict(line.affiliations)
    result: list[Author] = []
    guessed: list[str] = []
    unconfirmed: list[str] = []
    contradicted: list[str] = []
    for place, byline in enumerate(line.authors):
        labels = list(byline.labels)
        if byline.group:
            result.append(Author(name=byline.name, literal=byline.name, affiliations=labels))
            continue
        name, told_name = cited.split(place), told.split(place)
        if name and told_name and not names.same(name.family, told_name.family):
            contradicted.append(byline.name)
        name = name or told_name
        if name is None:
            places = " ".join(affiliations.get(label, "") for label in labels)
            name = names.guess(byline.name, places)
            if cited:
                unconfirmed.append(byline.name)
            elif not name.sure:
                guessed.append(byline.name)
        result.append(
            Author(
                name=byline.name,
                family=name.family,
                given=name.given,
                suffix=name.suffix,
                affiliations=labels,
            )
        )
    warnings = [
        (guessed, "The family name is a guess for {}."),
        (unconfirmed, "The page's citation does not confirm where the family name begins in {}."),
        (contradicted, "The citation and the disclosures disagree on the family name of {}."),
    ]
    return result, [text.format(", ".join(found)) for found, text in warnings if found]


def _compare_counts(record: Abstract, bylines: list[Byline], printed: PrintedCitation) -> None:
    people = sum(not byline.group for byline in bylines)
    cited = len(printed.authors)
    if cited and cited not in (people, len(bylines)):
        record.warnings.append(
            f"The page's citation names {cited} authors, the author line {len(bylines)}."
        )
