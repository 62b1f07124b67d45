"""Parse the page of an abstract into a record, without side effects.

``layout`` divides the page by its printed labels (``labels``); ``people``, ``session``,
``citation`` and others read one part each. This module assembles the record and compares the parts
with each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import groupby
from urllib.parse import urlsplit

from abstool import page as pages
from abstool.address import host_of
from abstool.errors import NotAnAbstract, UnreadableInput
from abstool.page import Block, Page, one_line
from abstool.parser import body, citation, keywords, session, trials
from abstool.parser.citation import PrintedCitation
from abstool.parser.labels import Kind
from abstool.parser.layout import Layout, divide
from abstool.parser.listing import parse_listing
from abstool.parser.people import authors, disclosures, names, two_surnames
from abstool.parser.people.author_index import AuthorIndex, EvidenceList
from abstool.parser.people.authors import AuthorLine, Byline
from abstool.parser.people.names import Evidence
from abstool.record import Abstract, Affiliation, Author, Disclosure, Publication
from abstool.sites import journal_of

__all__ = ["parse", "parse_listing", "parse_utf8"]

_UNSPLIT_KEYWORDS = (
    "The keywords were not split: without links it is unclear which commas separate keywords."
)


def parse(
    data: bytes | str, url: str | None = None, *, charset: str = "", subject: str = ""
) -> Abstract:
    """Return the record of an abstract page, HTML or plain text, detected from the content.

    ``url`` is where the page came from, used if the page does not print its own URL; ``charset``
    is the one the server declared; ``subject`` names the page in errors. Raises NotAnAbstract if
    the page has no abstract, UnreadableInput if ``data`` is not a page or is cut off.
    """
    subject = subject or url or "page"
    return _parsed(pages.read(data, charset=charset, subject=subject), url or "", subject)


def parse_utf8(text: bytes, url: str, *, subject: str) -> Abstract:
    """Return the record of a page whose text is UTF-8 already; see ``parse``."""
    return _parsed(pages.read_utf8(text, subject=subject), url, subject)


def _parsed(page: Page, url: str, subject: str) -> Abstract:
    layout = divide(page)
    printed = citation.read(layout.citation, layout.title)
    _check(page, layout, printed, subject)
    return _record(page, layout, printed, url or "")


def _check(page: Page, layout: Layout, printed: PrintedCitation, subject: str) -> None:
    """Raise an error if the page does not yield a trustworthy record."""
    if page.cut_off and not printed.year:
        raise UnreadableInput(subject, "the page is cut off", "save or fetch it again")
    if layout.is_abstract and (layout.title or printed.title):
        return
    if layout.listed:
        raise NotAnAbstract(
            subject, f"the page lists {layout.listed} abstracts", "use the page of one abstract"
        )
    title = f" (page title: {page.title})" if page.title else ""
    missing = "title" if layout.is_abstract else "abstract"
    raise NotAnAbstract(subject, f"no {missing} found{title}", "check the URL")


def _record(page: Page, layout: Layout, printed: PrintedCitation, url: str) -> Abstract:
    record = Abstract(title=layout.title or printed.title)
    record.url, record.site = _url_and_site(page.canonical, printed.url or layout.url, url)
    record.number = _number(layout.fields.get(Kind.NUMBER, ""))
    record.meeting = layout.fields.get(Kind.MEETING, "")
    record.first_published, _ = session.iso_date(layout.fields.get(Kind.PUBLISHED, ""))
    record.keywords, warnings = _keywords(layout)
    record.warnings += warnings
    record.session, warnings = session.read(layout.session)
    record.warnings += warnings
    record.warnings += [f"The session block contains a notice: {text}" for text in layout.notices]
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
        record.warnings.append("The page does not give its own URL.")
    if not record.sections and not notices:
        record.warnings.append("The page has no abstract text.")
    return record


def _searched(record: Abstract) -> Iterable[str]:
    """Yield the texts to search for trial registrations."""
    yield record.title
    yield from (section.text for section in record.sections)
    for table in record.tables:
        yield from (table.caption, *table.header, *(cell for row in table.rows for cell in row))
    yield from (figure.caption for figure in record.figures)


def _url_and_site(canonical: str, printed: str, fetched: str) -> tuple[str, str]:
    """Return the abstract's own URL, with a final slash, and its site."""
    for url in (canonical, printed, fetched):
        try:
            parts = urlsplit(url)
        except ValueError:
            continue
        if parts.scheme not in ("http", "https") or not parts.hostname:
            continue
        if url == canonical and parts.path.strip("/") == "" and not parts.query:
            continue  # a theme that declares the site's home page as canonical on every page
        if not (parts.query or parts.path.endswith("/")):
            parts = parts._replace(path=parts.path + "/")
        return parts._replace(fragment="").geturl(), host_of(url)
    return "", ""


def _number(printed: str) -> str:
    match = re.match(r"[A-Za-z]{0,4}[-\s]?\d+[A-Za-z]?", printed)
    return match[0] if match else printed.split(" ", maxsplit=1)[0]


def _keywords(layout: Layout) -> tuple[list[str], list[str]]:
    """Return the keywords, from links or from text if all are known, and warnings."""
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
    return [printed], [_UNSPLIT_KEYWORDS]


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
        record.warnings.append(f"The page's citation has a different title: {printed.title!r}.")


# --- authors: the author line, compared with the citation and the disclosures ---------------------


def _add_authors(record: Abstract, layout: Layout, printed: PrintedCitation) -> None:
    line = authors.read(layout.author_blocks, _count(layout, printed))
    author_index = AuthorIndex([byline.name for byline in line.authors])
    statements = disclosures.read(layout.disclosures, author_index if line.authors else None)
    cited = EvidenceList(printed.evidence, author_index)
    disclosed = EvidenceList([statement.evidence for statement in statements], author_index)
    record.warnings += line.warnings
    record.affiliations = [Affiliation(label=label, name=name) for label, name in line.affiliations]
    if line.authors:
        record.authors, warnings = _match(line, cited, disclosed)
        record.warnings += warnings
        _compare_counts(record, line.authors, printed)
    else:
        cited_names = zip(printed.authors, printed.evidence, strict=True)
        record.authors = [_cited_author(name, evidence) for name, evidence in cited_names]
        author_index = AuthorIndex([f"{author.given} {author.family}" for author in record.authors])
        if record.authors:
            record.warnings.append(
                "The page has no author line; the authors are from its citation, with initials "
                "only."
            )
    if not record.authors:
        record.warnings.append("No authors found on the page.")
    record.disclosures = _disclosures(record, layout.disclosures, statements, author_index)


def _count(layout: Layout, printed: PrintedCitation) -> int | None:
    """Return the number of authors in the citation or the disclosures, None if neither has any."""
    return len(printed.authors) or len(disclosures.read(layout.disclosures, None)) or None


def _disclosures(
    record: Abstract,
    text: str,
    statements: list[disclosures.Statement],
    author_index: AuthorIndex,
) -> list[Disclosure]:
    """Match each statement to its author.

    Statements and authors come in the same order, but either may leave somebody out.
    """
    if not statements:
        whole = one_line(text)
        if whole:
            record.warnings.append("The disclosures could not be split by author.")
        return [Disclosure(text=whole)] if whole else []
    result, unmatched, following = [], [], 0
    for statement in statements:
        evidence = statement.evidence
        index = author_index.find(evidence, following) if evidence else None
        author = ""
        if index is not None:
            author, following = record.authors[index].name, index + 1
        else:
            unmatched.append(statement.name)
        result.append(disclosures.disclosure(statement, author))
    if unmatched and record.affiliations:
        record.warnings.append(f"No author matches the disclosure by {', '.join(unmatched)}.")
    return result


def _cited_author(name: str, evidence: Evidence | None) -> Author:
    if evidence is None:
        return Author(name=name, literal=name)
    return Author(
        name=name,
        family=evidence.family,
        given=" ".join(evidence.initials),
        suffix=evidence.suffix,
    )


def _match(
    line: AuthorLine, cited: EvidenceList, disclosed: EvidenceList
) -> tuple[list[Author], list[str]]:
    """Return the authors and warnings; a name without matching evidence is split by the rules."""
    affiliations = dict(line.affiliations)
    # Many authors can share a long affiliation, so each is searched only once.
    place = cache(lambda label: two_surnames.place(affiliations.get(label, "")))
    result: list[Author] = []
    guessed: list[str] = []
    unconfirmed: list[str] = []
    contradicted: list[str] = []
    for index, byline in enumerate(line.authors):
        labels = list(byline.labels)
        if byline.group:
            result.append(Author(name=byline.name, literal=byline.name, affiliations=labels))
            continue
        name, disclosed_name = cited.split(index), disclosed.split(index)
        if name and disclosed_name and not names.same(name.family, disclosed_name.family):
            contradicted.append(byline.name)
        name = name or disclosed_name
        if name is None:
            name = names.guess(byline.name, " ".join(map(place, labels)))
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
        (guessed, "Guessed the family name of {}."),
        (unconfirmed, "The page's citation does not confirm the family name of {}."),
        (contradicted, "The citation and the disclosures disagree on the family name of {}."),
    ]
    return result, [text.format(", ".join(found)) for found, text in warnings if found]


def _compare_counts(record: Abstract, bylines: list[Byline], printed: PrintedCitation) -> None:
    people = sum(not byline.group for byline in bylines)
    cited = len(printed.authors)
    if cited and cited not in (people, len(bylines)):
        record.warnings.append(
            f"The page's citation lists {cited} authors, but the author line has {len(bylines)}."
        )
