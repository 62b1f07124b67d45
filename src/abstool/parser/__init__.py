"""Parse the page of an abstract into a record, without side effects.

``layout`` divides the page by its printed labels (``labels``); ``people``, ``session``,
``citation`` and others read one part each, and ``assembly`` makes the record. ``metadata`` reads
what a page says to machines; a page without labels of its own becomes a record by it (``article``).
"""

from __future__ import annotations

from abstool import page as pages
from abstool.address import is_url
from abstool.errors import NotAnAbstract, UnreadableInput, require
from abstool.page import Page, PageSource
from abstool.parser import article, assembly, citation, confex, metadata, unlabelled
from abstool.parser.labels import Kind
from abstool.parser.layout import Layout, divide
from abstool.parser.listing import parse_listing
from abstool.parser.metadata import Statement
from abstool.record import Abstract

_FEW_WORDS = 20

__all__ = ["parse", "parse_listing", "parse_utf8"]


def parse(
    data: PageSource,
    url: str | None = None,
    *,
    charset: str = "",
    subject: str = "",
    title: str = "",
) -> Abstract:
    """Return the record of an abstract page, HTML or plain text, detected from the content.

    ``data`` is the content of the page, or the ``Path`` of a file; a ``str`` is never a path.
    ``url`` is where the page came from, used if the page does not print its own URL; ``charset``
    is the one the server declared; ``subject`` names the page in errors; ``title`` is for a page
    that begins below its title. Raises NotAnAbstract if the page has no abstract, UnreadableInput
    if ``data`` is not a page or is cut off, UsageError for an argument of another type.
    """
    subject = pages.subject_of(data, url, subject)
    require("title", title, str, "a text")
    return _parsed(pages.read(data, charset=charset, subject=subject), url or "", subject, title)


def parse_utf8(text: bytes, url: str, *, subject: str, title: str = "") -> Abstract:
    """Return the record of a page whose text is UTF-8 already; see ``parse``."""
    return _parsed(pages.read_utf8(text, subject=subject), url, subject, title)


def _parsed(page: Page, url: str, subject: str, title: str) -> Abstract:
    record = _record(page, url or page.saved_from, subject, title)
    record.accessed = page.saved_on
    assembly.add_year(record)
    return record


def _record(page: Page, url: str, subject: str, title: str) -> Abstract:
    layout = divide(page)
    printed = citation.read(layout.citation, layout.title)
    if page.cut_off and not printed.year:
        raise UnreadableInput(subject, "the page is cut off", "save or fetch it again")
    statement = metadata.read(page)
    layout.title = layout.title or printed.title or statement.title or title
    if layout.is_abstract and layout.title:
        record = assembly.record_of(page, layout, printed, url)
    elif layout.listed:
        raise NotAnAbstract(
            subject, f"the page lists {layout.listed} abstracts", "use the page of one abstract"
        )
    elif confex.is_confex(page):
        record = confex.record_of(page, url)
    elif statement.title and statement.people and _is_scholarly(statement, layout):
        return article.record_of(page, statement, url)
    elif found := unlabelled.record_of(page, url):
        record = found
    elif layout.is_abstract:
        raise _without_title(layout, subject)
    else:
        raise _not_an_abstract(page, subject)
    article.complete(record, statement)
    return record


def _is_scholarly(statement: Statement, layout: Layout) -> bool:
    """Return whether a page with a title and authors is one of science, and not news."""
    return statement.is_scholarly or Kind.SECTION in layout.kinds


def _without_title(layout: Layout, subject: str) -> NotAnAbstract:
    """Return the error of a page that begins below its title; it says what was found."""
    parts = {
        "number": layout.fields.get(Kind.NUMBER),
        "meeting": layout.fields.get(Kind.MEETING),
        "session": layout.session.get("title"),
    }
    found = ", ".join(f"{name} {text}" for name, text in parts.items() if text)
    problem = f"no title found, only {found}" if found else "no title found"
    error = NotAnAbstract(subject, problem, "give the title")
    error.lacks_title = True
    return error


def _not_an_abstract(page: Page, subject: str) -> NotAnAbstract:
    if _is_empty_shell(page):
        problem = "the page is empty until a script fills it"
        next_step = "save it from a browser and parse the file"
        return NotAnAbstract(subject, problem, next_step, page="how-to/networks")
    title = f" (page title: {page.title})" if page.title else ""
    next_step = "check the URL" if is_url(subject) else "check that it is the page of an abstract"
    return NotAnAbstract(subject, f"no abstract found{title}", next_step)


def _is_empty_shell(page: Page) -> bool:
    """Return whether a page has scripts and hardly a text, such as "Loading"."""
    words = sum(len(block.text.split()) for block in page.blocks)
    return words < _FEW_WORDS and b"<script" in page.markup.lower()
