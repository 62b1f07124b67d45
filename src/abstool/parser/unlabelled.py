"""Make the record of a page without printed labels, by its address and its author line."""

from __future__ import annotations

from urllib.parse import urlsplit

from abstool.address import host_of
from abstool.page import Page
from abstool.parser.assembly import add_body, url_and_site
from abstool.parser.layout import divide_body
from abstool.parser.people import authors
from abstool.parser.people.credit import add_authors
from abstool.record import Abstract
from abstool.record.absences import absences
from abstool.sites import site_of

_ABSTRACT = "/abstract/"  # the beginning of the paths of abstracts on all sites


def record_of(page: Page, url: str) -> Abstract | None:
    """Return the record of a page, or None if it does not show an abstract.

    Its canonical URL must be that of an abstract on a known site, and a line of authors with
    numbered affiliations must follow a heading. News have no such line.
    """
    if not _is_abstract_url(page.canonical):
        return None
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


def _is_abstract_url(url: str) -> bool:
    try:
        path = urlsplit(url).path
    except ValueError:
        return False
    return path.startswith(_ABSTRACT) and site_of(host_of(url)) is not None
