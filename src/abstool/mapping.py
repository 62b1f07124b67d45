"""Convert records to CSL-JSON items."""

from __future__ import annotations

from typing import cast

from abstool.citekeys import key_of
from abstool.item import (
    Item,
    ItemCustom,
    ItemName,
    join_keywords,
    present,
    split_keywords,
    to_date,
)
from abstool.record import Abstract, Author, Publication
from abstool.sites import site_of


def to_item(record: Abstract) -> Item:
    """Return the CSL-JSON item for a record.

    An abstract in a journal's supplement is an ``article-journal`` with an ``issue`` such as
    ``suppl 9`` and a ``page`` such as ``Abstract 0848``: most styles print both in full.
    Without a journal it is a ``speech`` with the date of its session.
    """
    publication = record.publication or Publication()
    session = record.session.to_dict() if record.session else {}
    site = site_of(record.site)
    keyword = join_keywords(record.keywords)
    in_journal = bool(publication.journal or publication.abbreviation)
    custom: ItemCustom = {
        "abstract_number": record.number,
        "meeting": record.meeting,
        "society": site.society if site else "",
        "session": session,
        "first_published": record.first_published,
        "keywords": [] if split_keywords(keyword) == record.keywords else record.keywords,
        "affiliations": [affiliation.to_dict() for affiliation in record.affiliations],
        "trials": [trial.to_dict() for trial in record.trials],
    }
    item: Item = {
        "type": "article-journal" if in_journal else "speech",
        "title": record.title,
        "author": [name for author in record.authors if (name := _name_of(author))],
        "container-title": publication.journal or publication.abbreviation,
        "container-title-short": publication.abbreviation,
        "journalAbbreviation": publication.abbreviation,
        "volume": publication.volume,
        "issue": publication.supplement and f"suppl {publication.supplement}",
        "page": record.number and f"Abstract {record.number}",
        "genre": "abstract",
        "issued": to_date((not in_journal and session.get("date")) or publication.year or ""),
        "ISSN": publication.issn,
        "URL": record.url,
        "accessed": to_date(record.accessed),
        "event-title": record.meeting,
        "keyword": keyword,
        "abstract": "\n\n".join(
            f"{section.label}: {section.text}" if section.label else section.text
            for section in record.sections
        ),
        "source": site.name if site else record.site,
        "custom": cast("ItemCustom", {**record.extra, **present(custom)}),
    }
    item = present(item)
    return {"id": key_of(item), **item}


def _name_of(author: Author) -> ItemName:
    if author.family:
        name: ItemName = {"family": author.family}
        if author.given:
            name["given"] = author.given
        if author.suffix:
            name["suffix"] = author.suffix
        return name
    literal = author.literal or author.name or author.given
    return {"literal": literal} if literal else {}
