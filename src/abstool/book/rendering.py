"""Fill in the templates: text of records is escaped, and only addresses of the web are links."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from abstool.address import doi_url, host_of
from abstool.book.contents import Book, InnerLink
from abstool.dates import long_date
from abstool.record import Abstract
from abstool.text import tidy

_TEMPLATES = "templates"


@cache
def template(name: str) -> Template:
    """Return a template."""
    environment = Environment(
        loader=PackageLoader("abstool.book", _TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_tidied,
        keep_trailing_newline=True,
    )
    environment.globals.update(
        web=web,
        doi=doi_url,
        orphans=_orphans,
        disclosed=_disclosed,
        cited=_cited,
        links=_links,
    )
    environment.filters["day"] = long_date
    return environment.get_template(name)


def source_of(name: str) -> str:
    """Return the text of a file beside the templates."""
    return (files("abstool.book") / _TEMPLATES / name).read_text("utf-8")


def web(url: str) -> str:
    """Return an address if it is one of the web, which is safe as a link; else ``""``."""
    is_safe = url.startswith(("https://", "http://")) and host_of(url) and url.isprintable()
    return url if is_safe else ""


def counts_of(book: Book) -> list[tuple[str, str]]:
    """Return the numbers of the cover, each with its noun."""
    sessions = sum(len(chapter.groups) for chapter in book.chapters)
    found = [(len(book.records), "abstract")]
    if book.options.order == "session":
        found.append((sessions, "session"))
    found += [(index.count, index.heading.lower().removesuffix("s")) for index in book.indexes]
    return [(f"{number:,}", noun if number == 1 else f"{noun}s") for number, noun in found]


def _tidied(value: object) -> object:
    """Return a value of a template on one line; markup stays as it is."""
    return value if isinstance(value, Markup) or not isinstance(value, str) else tidy(value)


def _links(listed: Iterable[InnerLink], href: Callable[[str], str]) -> Markup:
    """Return links with commas between them; one without a target is only its text.

    A book has so many that a macro would take a quarter of the time of the whole page.
    """
    texts = ((escape(tidy(link.text)), link.target) for link in listed)
    return Markup(", ").join(
        Markup(f'<a href="{escape(href(target))}">{text}</a>') if target else text  # noqa: S704
        for text, target in texts
    )


def _cited(citation: str, url: str) -> str | Markup:
    """Return a citation in which the address of the record is a link."""
    if not web(url) or url not in citation:
        return citation
    before, after = citation.split(url, 1)
    return Markup('{}<a href="{}">{}</a>{}').format(before, url, url, after)


def _disclosed(record: Abstract) -> Iterator[str]:
    """Yield what each author with interests discloses, and then who has none.

    If all authors are there, those without interests are the others.
    """
    without: list[str] = []
    for one in record.disclosures:
        name = one.name or one.author
        if name and one.interests == []:
            without.append(name)
        else:
            yield f"{name}: {one.text}" if name else one.text
    is_complete = len(record.disclosures) == len(record.authors)
    if without and is_complete and len(without) < len(record.authors):
        yield "the other authors: None"
    elif without:
        yield "all authors: None" if is_complete else f"{', '.join(without)}: None"


def _orphans(record: Abstract, labels: Sequence[str]) -> Iterator[str]:
    """Yield the labels of tables and figures whose section the record does not have."""
    placed = [table.section for table in record.tables]
    placed += [figure.section for figure in record.figures]
    return (label for label in dict.fromkeys(placed) if label not in labels)
