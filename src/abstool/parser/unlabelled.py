"""Make the record of a page without printed labels, by its address and its author line."""

from __future__ import annotations

from urllib.parse import urlsplit

from abstool.address import host_of
from abstool.page import Block, Page
from abstool.parser.article import EULAR_CODE
from abstool.parser.assembly import add_body, url_and_site
from abstool.parser.labels import Kind, label_of
from abstool.parser.layout import divide_body
from abstool.parser.people import authors
from abstool.parser.people.credit import add_authors
from abstool.parser.wrapped import unwrapped
from abstool.record import Abstract
from abstool.record.absences import absences
from abstool.sites import site_of

_FIRST = 40  # blocks in which a code is looked for
_FEWEST_SECTIONS = 2
_ABSTRACT = "/abstract/"  # the beginning of the paths of abstracts on all sites


def record_of(page: Page, url: str) -> Abstract | None:
    """Return the record of a page, or None if it does not show an abstract.

    Its canonical URL must be that of an abstract on a known site, and a line of authors with
    numbered affiliations must follow a heading. News have no such line.
    """
    if not _is_abstract_url(page.canonical):
        return _by_code(page, url)
    for index, block in enumerate(page.blocks):
        if not block.heading:
            continue
        for end in (index + 2, index + 3):  # affiliations may be a paragraph of their own
            head, rest = page.blocks[index + 1 : end], page.blocks[end:]
            line = authors.read(head)
            if line.affiliations and not line.warnings and all(a.labels for a in line.authors):
                record = Abstract(title=block.text)
                record.url, record.site = url_and_site(page.canonical, "", url)
                layout = divide_body(rest)
                add_authors(record, head, layout.disclosures, (), ())
                add_body(record, layout.body)
                record.warnings += absences(record)
                return record
    return None


def _by_code(page: Page, url: str) -> Abstract | None:
    """Return the record of an abstract in the form of EULAR's supplement, or None.

    It begins with a code such as POS0123, then come the title, a line of authors with numbered
    affiliations, and sections.
    """
    blocks = page.blocks if page.markup else unwrapped(page.blocks)
    for index, block in enumerate(blocks[:_FIRST]):
        if not (code := EULAR_CODE.fullmatch(block.text)):
            continue
        lines = blocks[index + 1 :]
        title = code[2] or (lines[0].text if lines else "")
        lines = lines if code[2] else lines[1:]
        starts = [n for n, line in enumerate(lines) if _is_section(line)]
        if len(starts) < _FEWEST_SECTIONS or not title:
            continue
        head, layout = lines[: starts[0]], divide_body(lines[starts[0] :])
        line = authors.read(head)
        if line.authors and line.affiliations and not line.warnings:
            record = Abstract(title=title, number=code[1])
            record.url, record.site = url_and_site(page.canonical, "", url, final_slash=False)
            add_authors(record, head, layout.disclosures, (), ())
            add_body(record, layout.body)
            record.warnings += absences(record)
            return record
    return None


def _is_section(block: Block) -> bool:
    label = label_of(block)
    return label is not None and label.kind is Kind.SECTION


def _is_abstract_url(url: str) -> bool:
    try:
        path = urlsplit(url).path
    except ValueError:
        return False
    return path.startswith(_ABSTRACT) and site_of(host_of(url)) is not None
