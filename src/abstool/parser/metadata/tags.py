"""Read the metadata in ``meta`` elements: Highwire Press, PRISM and Dublin Core.

Highwire's tags are those that Google Scholar documents. Institutions follow the author that they
belong to.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence

from abstool.address import doi_in
from abstool.parser.metadata.statement import (
    Person,
    Statement,
    is_name,
    pages,
    people,
    person,
    text,
)

Metas = Sequence[tuple[str, str]]

_LISTED = re.compile(r"\s*;\s*")
_AUTHOR = "citation_author"
_INSTITUTION = "citation_author_institution"


def highwire(metas: Metas) -> Statement | None:
    """Return what the ``citation_`` tags of a page say."""
    values = _values(metas, "citation_")
    if not values:
        return None
    first = _first(values)
    return Statement(
        title=first("title"),
        people=_people(metas) or people(first("authors")),
        journal=first("journal_title"),
        abbreviation=first("journal_abbrev"),
        issns=tuple(values["issn"]),
        volume=first("volume"),
        issue=first("issue"),
        pages=pages(first("firstpage"), first("lastpage")),
        date=first("publication_date") or first("date") or first("online_date") or first("year"),
        doi=doi_in(first("doi")),
        pmid=_digits(first("pmid")),
        publisher=first("publisher"),
        meeting=first("conference_title") or first("conference"),
        keywords=_keywords(values["keywords"] + values["keyword"]),
        is_scholarly=True,
    )


def prism(metas: Metas) -> Statement | None:
    """Return what the ``prism.`` tags of a page say."""
    values = _values(metas, "prism.")
    if not values:
        return None
    first = _first(values)
    return Statement(
        journal=first("publicationname"),
        issns=(*values["eissn"], *values["issn"]),
        volume=first("volume"),
        issue=first("number") or first("issueidentifier"),
        pages=pages(first("startingpage"), first("endingpage")) or first("pagerange"),
        date=first("publicationdate") or first("coverdate"),
        doi=doi_in(first("doi")),
        keywords=_keywords(values["keyword"]),
        is_scholarly=True,
    )


def dublin_core(metas: Metas) -> Statement | None:
    """Return what the ``dc.`` and ``dcterms.`` tags of a page say."""
    values = _values(metas, "dcterms.")
    for name, found in _values(metas, "dc.").items():
        values[name] = found
    if not values:
        return None
    first = _first(values)
    return Statement(
        title=first("title"),
        people=tuple(one for names in values["creator"] for one in people(names)),
        date=first("date") or first("issued"),
        doi=next(filter(None, map(doi_in, values["identifier"])), ""),
        publisher=first("publisher"),
        keywords=_keywords(values["subject"]),
        is_scholarly=any(map(doi_in, values["identifier"])),
    )


def _values(metas: Metas, prefix: str) -> defaultdict[str, list[str]]:
    """Return the texts of the tags with a prefix by the rest of their names."""
    values: defaultdict[str, list[str]] = defaultdict(list)
    for name, content in metas:
        if name.startswith(prefix) and (value := text(content)):
            values[name.removeprefix(prefix)].append(value)
    return values


def _first(values: defaultdict[str, list[str]]) -> Callable[[str], str]:
    return lambda name: next(iter(values[name]), "")


def _people(metas: Metas) -> tuple[Person, ...]:
    """Return the authors, each with the institutions that follow."""
    found: list[tuple[str, list[str]]] = []
    for name, content in metas:
        value = text(content)
        if name == _AUTHOR and value:
            found.append((value, []))
        elif name == _INSTITUTION and value and found and value not in found[-1][1]:
            found[-1][1].append(value)
    return tuple(person(name, tuple(institutions)) for name, institutions in found if is_name(name))


def _keywords(texts: list[str]) -> tuple[str, ...]:
    """Return keywords, of which one tag may have several between semicolons."""
    return tuple(word for found in texts for word in _LISTED.split(found) if word)


def _digits(value: str) -> str:
    return value if value.isascii() and value.isdecimal() else ""
