"""Read the scholarly article in JSON-LD with the words of schema.org.

The article may be one of several objects, alone or in a graph, and may refer to people and
journals by ``@id``. Its issue, volume and journal are nested in ``isPartOf``; their DOI is not the
article's.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TypeAlias

from abstool.address import doi_in
from abstool.parser.metadata.statement import Person, Statement, pages, people, person, text

JsonObject: TypeAlias = dict[str, object]

_ARTICLES = frozenset({"ScholarlyArticle", "MedicalScholarlyArticle"})
_LONGEST = 1_000_000  # characters; an article has a few thousand
_DEEPEST = 6  # issue, volume, journal and some more
_MOST = 1_000  # objects of a graph, and people


def read(script: str) -> Statement | None:
    """Return what a script in JSON-LD says about the one article in it, else None."""
    if len(script) > _LONGEST or "ScholarlyArticle" not in script:
        return None
    try:
        data = json.loads(script)
    except (ValueError, RecursionError):
        return None
    objects = list(_objects(data))
    by_id = {one["@id"]: one for one in objects if isinstance(one.get("@id"), str)}
    found = [one for one in objects if not _ARTICLES.isdisjoint(_types(one))]
    return _statement(found[0], by_id) if len(found) == 1 else None


def _objects(data: object) -> Iterator[JsonObject]:
    """Yield the objects of a document: itself, those of a list and those of a graph."""
    for one in _list(data)[:_MOST]:
        if isinstance(one, dict):
            yield one
            yield from (each for each in _list(one.get("@graph"))[:_MOST] if isinstance(each, dict))


def _statement(article: JsonObject, by_id: dict[object, JsonObject]) -> Statement:
    part_of = list(_containers(article, by_id))
    texts = {
        name: next((found for one in part_of if (found := text(one.get(name)))), "")
        for name in ("issueNumber", "volumeNumber")
    }
    journal: JsonObject = next((one for one in part_of if "Periodical" in _types(one)), {})
    names = [
        article.get("identifier"),
        article.get("sameAs"),
        article.get("@id"),
        article.get("url"),
    ]
    return Statement(
        title=text(article.get("headline")) or text(article.get("name")),
        people=tuple(_people(article, by_id)),
        journal=text(journal.get("name")),
        issns=tuple(filter(None, map(text, _list(journal.get("issn"))))),
        volume=texts["volumeNumber"],
        issue=texts["issueNumber"],
        pages=_pages(article, part_of),
        date=text(article.get("datePublished")),
        doi=next((doi for name in names for one in _list(name) if (doi := _doi(one))), ""),
        publisher=_name(_followed(article.get("publisher"), by_id)),
        keywords=tuple(_keywords(article.get("keywords"))),
        is_scholarly=True,
    )


def _containers(article: JsonObject, by_id: dict[object, JsonObject]) -> Iterator[JsonObject]:
    """Yield the issue, volume and journal that an article is part of."""
    waiting = [article]
    for _ in range(_DEEPEST):
        waiting = [
            found
            for one in waiting
            for part in _list(one.get("isPartOf"))[:_DEEPEST]
            if isinstance(found := _followed(part, by_id), dict)
        ]
        yield from waiting


def _people(article: JsonObject, by_id: dict[object, JsonObject]) -> Iterator[Person]:
    for one in _list(article.get("author"))[:_MOST]:
        author = _followed(one, by_id)
        if isinstance(author, str):
            yield from _of_text(text(author))
        elif isinstance(author, dict):
            places = (_followed(place, by_id) for place in _list(author.get("affiliation")))
            affiliations = tuple(filter(None, map(_name, places)))
            family, given = text(author.get("familyName")), text(author.get("givenName"))
            name = text(author.get("name")) or f"{given} {family}".strip()
            if family and given and not name.endswith(","):
                yield Person(name, family, given, affiliations=affiliations)
            elif name:
                yield person(name, affiliations)


def _pages(article: JsonObject, part_of: list[JsonObject]) -> str:
    for one in (article, *part_of):
        ends = pages(text(one.get("pageStart")), text(one.get("pageEnd")))
        if found := ends or text(one.get("pagination")):
            return found
    return ""


def _doi(value: object) -> str:
    """Return the DOI in an identifier: a text, a URL or a ``PropertyValue``."""
    if isinstance(value, dict):
        value = value.get("value")
    return doi_in(value) if isinstance(value, str) else ""


def _keywords(value: object) -> Iterator[str]:
    """Yield keywords: a list, or one text in which semicolons or commas separate them."""
    for one in _list(value)[:_MOST]:
        words = text(one)
        separator = ";" if ";" in words or isinstance(value, list) else ","
        yield from (word.strip() for word in words.split(separator) if word.strip())


def _name(value: object) -> str:
    """Return the name of an organisation, which may be a text or an object."""
    return text(value.get("name")) if isinstance(value, dict) else text(value)


def _followed(value: object, by_id: dict[object, JsonObject]) -> object:
    """Return a value, or the object that it refers to by nothing but its ``@id``."""
    if isinstance(value, dict) and value.keys() == {"@id"} and isinstance(value["@id"], str):
        return by_id.get(value["@id"], value)
    return value


def _types(one: JsonObject) -> list[object]:
    return [kind for kind in _list(one.get("@type")) if isinstance(kind, str)]


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _of_text(listed: str) -> Iterator[Person]:
    """Yield the authors of a text; one that may name two, ``Ann Roe, Bob Doe``, stays whole."""
    parts = [part.strip() for part in listed.split(",")]
    are_whole = all(len(part.split()) > 1 for part in parts) and ";" not in listed
    if are_whole and len(parts) > 2:
        yield from map(person, parts)
    elif are_whole and len(parts) == 2:
        yield Person(listed)
    else:
        yield from people(listed)
