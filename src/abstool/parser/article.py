"""Make or complete the record of a page by what it says to machines.

On a publisher's page the metadata say what is printed where: the title is the heading that they
name, and the authors are theirs. What the page prints is compared with them, and a difference is a
warning. On a page with the labels of an abstract they fill what is not printed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from msgspec import structs

from abstool.page import Block, Page
from abstool.parser.assembly import add_body, url_and_site
from abstool.parser.labels import Kind, label_of
from abstool.parser.layout import BodyPart, divide_body
from abstool.parser.metadata import Statement
from abstool.parser.people import credit, names
from abstool.record import Abstract, Publication
from abstool.record.absences import absences
from abstool.sites import journal_of

_NO_MEETING = (
    "Nothing on the page shows that this is a meeting abstract, so it is cited as an article."
)
_NOT_PRINTED = "The title is from the page's metadata; it is not printed on the page."
# Codes of meetings: those of EULAR, and others with a leading zero. Other words of letters and
# digits may be drugs or genes.
_EULAR = r"(?:AB|FRI|HPR|LB|OP|PARE|POS|SAT|SP|THU)\d{4}(?:-[A-Z]{2,5})?"
_CODE = re.compile(
    rf"(?:{_EULAR}|[A-Z]{{0,5}}-?0\d{{1,4}})(?=[\s:.|–-])"
    r"|(?!(?:19|20)\d\d\b)\d{3,5}(?=(?:\.|\s[-–—])\s+[A-Z])"
)
EULAR_CODE = re.compile(rf"({_EULAR})(?:[\s:.|–-]+(.*))?")
# In front of a title, either is more often a number than not, but may be a word such as P53.
_PERHAPS_NUMBER = re.compile(
    r"([A-Z]{1,4}-?\d{1,4}[A-Z]?|\d{2,5})(?:\s*[:|]\s|\.\s|\s[-–—]\s|\s(?=[A-Z][a-z]))"
)
_OF_PAGE = re.compile(
    r"(?:Author|Notes?\b|Supplement|Figures?\b|Comments?\b|Related|Metrics|Topics|Keywords?\b|"
    r"Cit(?:ed|ing|ation)|Issue|Footnotes?\b|Similar|Download|Rights|Statistics$|Information$|More\b)",
    re.IGNORECASE,
)
_NUMBER_ALONE = re.compile(r"(?:Abstract\s+(?:No\.?\s*)?)?#?([A-Z]{0,5}-?\d{1,6}[A-Z]?)\.?")
_NUMBER = re.compile(r"(?:[A-Z]{0,5}-?\d{1,6}[A-Z]?)(?=[\s:.|–-])")
BETWEEN = " :.|–-"
_SUPPLEMENT = re.compile(
    r"^(?P<issue>(?:.*[\s,_(-])?)suppl(?:ement|\.)?(?:[\s_-]*(?P<number>\w{1,10}))?\)?$",
    re.IGNORECASE,
)
# What pages put before and after a title in their <title>.
_PAGE_LABEL = re.compile(r"^(?:Abstract|Paper|Poster)\s*:\s*", re.IGNORECASE)
LONGEST_NUMBER = 12  # letters and digits
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DAY = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:T.*)?")
_OF_PUBLICATION = re.compile(
    r"^(?:Published|First published|Received|Accepted|Epub|Copyright|©|Open Access|Open Archive|"
    r"Volume|Vol\.|Issue|Cite|Citation|Download|Correspond|E-?mail|Search for|Show more|Article\b)|"
    r"\b(?:PMCID|PMID|doi)\s*:|https?://",
    re.IGNORECASE,
)
_BODY_HEADINGS = frozenset({"abstract", "abstracttext", "summary"})


def record_of(page: Page, statement: Statement, url: str) -> Abstract:
    """Return the record of a publisher's page; ``url`` is where it came from."""
    number, title = split_number(statement.title, page.title)
    head, rest, heading = head_and_rest(page.blocks, title)
    if head:  # as printed, with superscripts and subscripts
        printed_number, title = split_number(head[0].text, title)
        number = number or printed_number
    layout = divide_body(rest, heading)
    record = Abstract(title=title, number=number)
    record.url, record.site = url_and_site(page.canonical, "", url, final_slash=False)
    record.meeting = statement.meeting
    record.keywords = list(statement.keywords)
    complete(record, statement)
    if not head:
        record.warnings.append(_NOT_PRINTED)
    if not number and (found := _PERHAPS_NUMBER.match(title)):
        record.warnings.append(f"The title begins with what may be the number: {found[1]!r}.")
    lines = [block for block in head[1:] if not _is_about_publication(block, statement)]
    credit.add_declared_authors(record, statement.people, lines, layout.disclosures)
    record.number = record.number or _take_number(layout.body)
    add_body(record, layout.body)
    record.warnings += absences(record)
    if not record.is_of_meeting:
        record.warnings.append(_NO_MEETING)
    return record


def _take_number(body: list[BodyPart]) -> str:
    """Return the number that stands alone before the text, as ASCO prints it, and remove it."""
    if not body or body[0].label or not body[0].blocks:
        return ""
    found = _NUMBER_ALONE.fullmatch(body[0].blocks[0].text)
    if found:
        del body[0].blocks[0]
        if not body[0].blocks:
            del body[0]
    return found[1] if found else ""


def _is_about_publication(block: Block, statement: Statement) -> bool:
    """Return whether a line below the title is about the journal or the page, not the authors."""
    text = block.text
    if _OF_PUBLICATION.search(text) or (statement.doi and statement.doi in text):
        return True
    journals = filter(None, (statement.journal, statement.abbreviation))
    return any(text.startswith(name) and _YEAR.search(text) for name in journals)


def complete(record: Abstract, statement: Statement) -> None:
    """Fill what a record lacks from metadata; add a warning for what contradicts it."""
    record.doi = record.doi or statement.doi
    record.pmid = record.pmid or statement.pmid
    record.pages = record.pages or statement.pages
    record.publisher = record.publisher or statement.publisher
    if day := _DAY.fullmatch(statement.date):
        record.first_published = record.first_published or _iso_date(day)
    record.publication = _completed(record, statement)
    _compare(record, "title", split_number(statement.title, record.title)[1], record.title)


def _completed(record: Abstract, statement: Statement) -> Publication | None:
    """Return the publication of a record with what metadata add to it."""
    printed = record.publication or Publication()
    issue, supplement = _issue(statement.issue)
    year = _YEAR.search(statement.date)
    journal = journal_of(statement.abbreviation) or journal_of(statement.journal)
    declared = Publication(
        journal=statement.journal or (journal.name if journal else ""),
        abbreviation=statement.abbreviation or (journal.abbreviation if journal else ""),
        issn=journal.issn if journal else next(iter(statement.issns), ""),
        year=int(year[0]) if year else 0,
        volume=statement.volume,
        issue=issue,
        supplement=supplement,
    )
    for field in ("year", "volume", "supplement"):
        _compare(
            record, field, str(getattr(declared, field) or ""), str(getattr(printed, field) or "")
        )
    if printed.to_dict():  # its issue is whole
        issue = printed.issue if printed.supplement or printed.issue else declared.issue
        declared = structs.replace(declared, issue=issue)
    merged = Publication(**{**declared.to_dict(), **printed.to_dict()})
    return merged if merged.to_dict() else None


def _compare(record: Abstract, what: str, declared: str, printed: str) -> None:
    """Add a warning if the metadata of a page contradict what it prints."""
    if declared and printed and names.key(declared) != names.key(printed):
        record.warnings.append(f"The page's metadata have a different {what}: {declared!r}.")


def _issue(text: str) -> tuple[str, str]:
    """Return ``Suppl 1`` as the number of a supplement, and any other issue as it is.

    A supplement without a number, or with one in front (``15_suppl``), stays an issue.
    """
    match = _SUPPLEMENT.match(text)
    if not match:
        return text, ""
    issue, number = match["issue"].strip(" ,_(-"), match["number"] or ""
    if number:
        return issue, number
    return f"{issue} suppl".strip(), ""


def split_number(title: str, other: str) -> tuple[str, str]:
    """Return the abstract's number in front of a title, or "", and the title without it.

    ``other`` is the title as another part of the page has it. A number without the form of a
    meeting's code counts only if it is not in front of the other title, which begins like the rest.
    """
    match = _CODE.match(title)
    if match is None and (found := _NUMBER.match(title)):
        rest, beside = names.key(title[found.end() :]), names.key(_PAGE_LABEL.sub("", other))
        is_left_out = rest and beside and (beside.startswith(rest) or rest.startswith(beside))
        match = found if is_left_out else None
    return (match[0], title[match.end() :].lstrip(BETWEEN)) if match else ("", title)


def head_and_rest(blocks: Sequence[Block], title: str) -> tuple[list[Block], Sequence[Block], int]:
    """Return the printed title with the lines below it, and the blocks from the first section on.

    Both are empty if the title is not printed. The last value is the level of the heading
    "Abstract", 0 without one.
    """
    if (start := heading_of(blocks, title)) is None:
        return [], (), 0
    end = next(
        (n for n in range(start + 1, len(blocks)) if blocks[n].heading or label_of(blocks[n])),
        len(blocks),
    )
    head = list(blocks[start:end])
    body = end
    while body < len(blocks) and names.key(blocks[body].text) not in _BODY_HEADINGS:
        body += 1
    labelled = next((n for n in range(end, len(blocks)) if label_of(blocks[n])), len(blocks))
    first = body + 1 if body < labelled else labelled
    level = blocks[body].heading if body < labelled else 0
    following = (
        n for n in range(first, len(blocks)) if _ends_body(blocks[n], level, is_first=n == first)
    )
    return head, blocks[first : next(following, len(blocks))], level


def heading_of(blocks: Sequence[Block], title: str) -> int | None:
    """Return the position of the printed title, a heading if there is one; None without it."""
    wanted = names.key(title)
    starts = [index for index, one in enumerate(blocks) if _is_title(one, wanted)]
    return next((index for index in starts if blocks[index].heading), next(iter(starts), None))


def _is_title(block: Block, wanted: str) -> bool:
    """Return whether a block is the title, perhaps with the abstract's number in front.

    In a heading, the title may be longer: some pages shorten it in their head.
    """
    found = names.key(block.text)
    before, wanted_part, after = found.partition(wanted)
    fits = bool(wanted and wanted_part) and len(before) <= LONGEST_NUMBER
    return fits and (not after or bool(block.heading))


def _ends_body(block: Block, level: int, *, is_first: bool) -> bool:
    """Return whether a block is a heading or a label of what follows the abstract on a page.

    Headings below the ``level`` of the abstract's belong to it, but for those of the page.
    """
    label = label_of(block)
    if label:
        return label.kind in (Kind.KEYWORDS, Kind.NUMBER, Kind.MEETING, Kind.CITATION)
    if not block.heading or _OF_PAGE.match(block.text):
        return bool(block.heading)
    return not is_first and not 0 < level < block.heading


def _iso_date(day: re.Match[str]) -> str:
    try:
        return date(*map(int, day.groups())).isoformat()
    except ValueError:
        return ""
