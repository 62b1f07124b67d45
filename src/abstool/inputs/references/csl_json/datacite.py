"""Read DataCite's own JSON, alone or in the answer of its API, as the variables of CSL."""

from __future__ import annotations

import re
from collections.abc import Iterator

from abstool.inputs.references.dates.printed import printed
from abstool.inputs.references.fields import JsonObject, doi, names_kind
from abstool.inputs.references.numbers import pages
from abstool.inputs.references.people import people
from abstool.item import TYPES, ItemName, join_keywords

# By ``resourceTypeGeneral``; DataCite's own ``citeproc`` is "article" for most of them.
_TYPES = {
    "audiovisual": "motion_picture",
    "book": "book",
    "bookchapter": "chapter",
    "collection": "collection",
    "computationalnotebook": "software",
    "conferencepaper": "paper-conference",
    "conferenceproceeding": "book",
    "datapaper": "article-journal",
    "dataset": "dataset",
    "dissertation": "thesis",
    "event": "event",
    "image": "graphic",
    "interactiveresource": "webpage",
    "journal": "periodical",
    "journalarticle": "article-journal",
    "peerreview": "review",
    "poster": "speech",
    "preprint": "article",
    "presentation": "speech",
    "report": "report",
    "software": "software",
    "sound": "song",
    "standard": "standard",
}
_ROLES = {
    "editor": "editor",
    "translator": "translator",
    "producer": "producer",
    "hostinginstitution": "",
}
_DATES = ("issued", "available", "created")  # of the year of publication
_CAMEL = re.compile(r"-(\w)")


def attributes(data: JsonObject) -> Iterator[dict[str, object]]:
    """Yield the works in an answer of DataCite's API, which has them under ``data``."""
    found = data.get("data")
    for work in found if isinstance(found, list) else [found]:
        inner = work.get("attributes") if isinstance(work, dict) else None
        if isinstance(inner, dict) and ("creators" in inner or "titles" in inner):
            yield inner


def is_datacite(data: JsonObject) -> bool:
    """Return whether data are a work in DataCite's form."""
    return "titles" in data and ("creators" in data or "types" in data)


def variables(data: JsonObject) -> dict[str, object]:
    """Return the variables of CSL; those without a value are left out."""
    data = _camel(data)
    kinds = _camel(_mapping(data.get("types")))
    type_, genre = _type(kinds)
    identifier = _text(data.get("doi")) or doi(_text(data.get("id")))
    values: dict[str, object] = {
        "id": data.get("id") or identifier,
        "type": type_,
        "genre": genre,
        "title": _title(data),
        "author": _people(data.get("creators")),
        "issued": _issued(data),
        "publisher": _named(data.get("publisher")),
        "version": data.get("version"),
        "abstract": _abstract(data.get("descriptions")),
        "keyword": join_keywords(
            _text(subject.get("subject")) for subject in _listed(data.get("subjects"))
        ),
        "language": data.get("language"),
        "DOI": identifier,
        "URL": data.get("url"),
        **_container(data),
    }
    for contributor in _listed(data.get("contributors")):
        role = _ROLES.get(_text(contributor.get("contributorType")).lower())
        if role:
            values[role] = [*_names(values.get(role)), *_people([contributor])]
    return {name: value for name, value in values.items() if value}


def _type(kinds: JsonObject) -> tuple[str, str]:
    """Return the type of CSL, and the genre where the work's own kind says more than the type."""
    general = _text(kinds.get("resourceTypeGeneral")).replace(" ", "").lower()
    given = _text(kinds.get("citeproc"))
    found = _TYPES.get(general) or (given if given in TYPES else "document")
    genre = _text(kinds.get("resourceType"))
    if found == "dataset" and (not genre or names_kind(genre)):
        return found, "dataset"
    is_said = names_kind(genre) or genre.lower().replace(" ", "") in (general, found)
    return found, "" if is_said else genre


def _title(data: JsonObject) -> str:
    """Return the main title with its subtitle."""
    titles = _listed(data.get("titles"))
    kinds = [_text(title.get("titleType")).lower() for title in titles]
    texts = [_text(title.get("title")) for title in titles]
    plain = [text for text, kind in zip(texts, kinds, strict=True) if not kind] or texts[:1]
    under = [text for text, kind in zip(texts, kinds, strict=True) if kind == "subtitle"]
    return ": ".join([*plain[:1], *under[:1]])


def _issued(data: JsonObject) -> object:
    """Return the most exact date of the year of publication."""
    year = _text(data.get("publicationYear"))
    dates = {
        _text(date.get("dateType")).lower(): _text(date.get("date"))
        for date in reversed(_listed(data.get("dates")))
    }
    for name in _DATES:
        text = dates.get(name, "")
        if text and (not year or text.startswith(year)):
            return printed(text.partition("T")[0])
    return printed(year)


def _abstract(descriptions: object) -> str:
    for description in _listed(descriptions):
        if _text(description.get("descriptionType")) in ("", "Abstract"):
            return _text(description.get("description"))
    return ""


def _container(data: JsonObject) -> dict[str, object]:
    """Return the journal or book that a work is in, with volume, issue and pages."""
    container = _mapping(data.get("container"))
    title = container.get("title")
    for related in _listed(data.get("relatedItems")):
        if not title and related.get("relationType") == "IsPublishedIn":
            container, titles = related, _listed(related.get("titles"))
            title = titles[0].get("title") if titles else None
    number = _text(container.get("identifier"))
    kind = _text(container.get("identifierType"))
    return {
        "container-title": title,
        "volume": container.get("volume"),
        "issue": container.get("issue"),
        "page": pages(_text(container.get("firstPage")), _text(container.get("lastPage"))),
        **({kind: number} if kind in ("ISSN", "ISBN") else {}),
    }


def _people(listed: object) -> list[ItemName]:
    """Return names; one without parts is a person if it has a comma and is not an organization."""
    found: list[ItemName] = []
    for person in _listed(listed):
        family, given = _text(person.get("familyName")), _text(person.get("givenName"))
        name = _text(person.get("name"))
        if person.get("nameType") == "Organizational":
            found += [{"literal": name}] if name else []
        elif family:
            found.append({"family": family, "given": given} if given else {"family": family})
        elif name:
            found += people([name]).names
    return found


def _names(value: object) -> list[ItemName]:
    return value if isinstance(value, list) else []


def _named(value: object) -> object:
    return value.get("name") if isinstance(value, dict) else value


def _camel(data: JsonObject) -> JsonObject:
    """Return data with ``publicationYear`` for ``publication-year``, which some programs write."""
    return {_CAMEL.sub(lambda match: match[1].upper(), name): data[name] for name in data}


def _mapping(value: object) -> JsonObject:
    return value if isinstance(value, dict) else {}


def _listed(value: object) -> list[JsonObject]:
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []


def _text(value: object) -> str:
    return str(value).strip() if isinstance(value, str | int) else ""
