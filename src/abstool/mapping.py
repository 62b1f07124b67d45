"""Convert records, their JSON data and CSL-JSON items to items or records."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Mapping
from typing import TypeAlias, cast

from msgspec import structs

from abstool.citekeys import key_of
from abstool.errors import UnreadableInput
from abstool.item import (
    TYPES,
    Item,
    ItemCustom,
    ItemName,
    clean,
    join_keywords,
    present,
    split_keywords,
    to_date,
)
from abstool.record import Abstract, Author, Publication
from abstool.sites import site_of

RecordLike: TypeAlias = Abstract | Mapping[str, object]  # a record, its JSON, or a CSL-JSON item


def item_of(
    record: RecordLike,
    *,
    accessed: dt.date | None = None,
    subject: str = "record",
    whole: bool = True,
) -> Item:
    """Return the item of a record, or a cleaned CSL-JSON item.

    The item of a record that is not ``whole`` lacks what citations do not print; see ``to_item``.
    The access date is ``accessed``, or that of the record, or today for a record with a URL. An
    item from another tool gets no date other than ``accessed``. Raises UnreadableInput, naming
    ``subject``.
    """
    if not isinstance(record, Abstract) and not _is_record(record, subject):
        return _accessed_on(clean(record), accessed)
    item = to_item(_validated(record, subject), whole=whole)
    return _accessed_on(item, accessed or (None if "accessed" in item else _today()))


def is_record(record: RecordLike, subject: str = "record") -> bool:
    """Return whether this is a record or its JSON, not an item.

    Raises UnreadableInput, naming ``subject``, if it is neither.
    """
    return isinstance(record, Abstract) or _is_record(record, subject)


def record_of(
    record: RecordLike, *, accessed: dt.date | None = None, subject: str = "record"
) -> Abstract:
    """Return a record, with the access date ``accessed`` if it has a URL.

    Raises UnreadableInput for a CSL-JSON item, naming ``subject``.
    """
    if not isinstance(record, Abstract) and not _is_record(record, subject):
        problem = "this is a reference, not a record"
        next_step = "give records, as 'abstool fetch' and 'abstool parse' print them"
        raise UnreadableInput(subject, problem, next_step)
    whole = _validated(record, subject)
    if accessed and whole.url:
        return structs.replace(whole, accessed=accessed.isoformat())
    return whole


def _validated(record: RecordLike, subject: str) -> Abstract:
    """Return the record for its JSON; raise UnreadableInput if it is not valid."""
    return record if isinstance(record, Abstract) else Abstract.from_dict(dict(record), subject)


def _accessed_on(item: Item, date: dt.date | None) -> Item:
    """Return an item with this access date, if there is one and the item has a URL."""
    if date and "URL" in item:
        item["accessed"] = to_date(date.isoformat())
    return item


def _is_record(data: object, subject: str) -> bool:
    """Return whether data are a record, not a CSL-JSON item; raise UnreadableInput for others."""
    if isinstance(data, Mapping):
        if str(data.get("schema", "")).startswith("abstool/"):
            return True
        if "type" in data:
            kind = data["type"]
            if isinstance(kind, str) and kind in TYPES:
                return False
            raise UnreadableInput(subject, f"unknown CSL-JSON type {kind!r}")
        if "title" in data:
            return True
    raise UnreadableInput(
        subject, "neither an abstool record nor a CSL-JSON item", "see 'abstool schema'"
    )


def _today() -> dt.date:
    return dt.date(*time.localtime()[:3])


def to_item(record: Abstract, *, whole: bool = True) -> Item:
    """Return the CSL-JSON item for a record.

    An abstract in a journal's supplement is an ``article-journal`` with an ``issue`` such as
    ``suppl 9``. Without pages its ``page`` is ``Abstract 0848``, which most styles print in full.
    Without a journal it is a ``speech`` with the date of its session. An item that is not ``whole``
    lacks the abstract, the affiliations and the like, which hardly any style prints.
    """
    publication = record.publication or Publication()
    date = record.session.date if record.session else ""
    site = site_of(record.site)
    keyword = join_keywords(record.keywords)
    in_journal = bool(publication.journal or publication.abbreviation)
    supplement = publication.supplement and f"suppl {publication.supplement}"
    custom: ItemCustom = {
        "abstract_number": record.number,
        "meeting": record.meeting,
        "society": site.society if site else "",
    }
    if whole:
        custom |= {
            "session": record.session.to_dict() if record.session else {},
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
        "issue": f"{publication.issue} {supplement}".strip(),
        "page": record.pages or (record.number and f"Abstract {record.number}"),
        "genre": "abstract" if record.is_of_meeting else "",
        "issued": to_date((not in_journal and date) or publication.year or ""),
        "publisher": record.publisher,
        "ISSN": publication.issn,
        "DOI": record.doi,
        "PMID": record.pmid,
        "URL": record.url,
        "accessed": to_date(record.accessed),
        "event-title": record.meeting,
        "keyword": keyword,
        "abstract": _text_of(record) if whole else "",
        "source": site.name if site else record.site,
        "custom": cast("ItemCustom", {**record.extra, **present(custom)}),
    }
    item = present(item)
    return {"id": key_of(item), **item}


def _text_of(record: Abstract) -> str:
    return "\n\n".join(
        f"{section.label}: {section.text}" if section.label else section.text
        for section in record.sections
    )


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
