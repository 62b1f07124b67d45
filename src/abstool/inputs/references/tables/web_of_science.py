"""Read the tables of Web of Science, whose columns are the tags of its own format."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from abstool.inputs.references.fields import Reading
from abstool.inputs.references.tagged.wos import NAMED, read_pairs
from abstool.item import Item, custom_of
from abstool.text import fold

# In Excel, its columns have names.
_TAGS = {
    "publicationtype": "PT",
    "authors": "AU",
    "bookauthors": "BA",
    "bookeditors": "BE",
    "bookgroupauthors": "GP",
    "authorfullnames": "AF",
    "bookauthorfullnames": "BF",
    "groupauthors": "CA",
    "articletitle": "TI",
    "sourcetitle": "SO",
    "bookseriestitle": "SE",
    "bookseriessubtitle": "BS",
    "language": "LA",
    "documenttype": "DT",
    "conferencetitle": "CT",
    "conferencedate": "CY",
    "conferencelocation": "CL",
    "authorkeywords": "DE",
    "keywordsplus": "ID",
    "abstract": "AB",
    "addresses": "C1",
    "affiliations": "C3",
    "publisher": "PU",
    "publishercity": "PI",
    "publisheraddress": "PA",
    "issn": "SN",
    "eissn": "EI",
    "isbn": "BN",
    "journalabbreviation": "J9",
    "journalisoabbreviation": "JI",
    "publicationdate": "PD",
    "publicationyear": "PY",
    "volume": "VL",
    "issue": "IS",
    "partnumber": "PN",
    "supplement": "SU",
    "specialissue": "SI",
    "meetingabstract": "MA",
    "startpage": "BP",
    "endpage": "EP",
    "articlenumber": "AR",
    "doi": "DI",
    "bookdoi": "D2",
    "earlyaccessdate": "EA",
    "pubmedid": "PM",
}
_HEADERS = ({"pt", "ti", "so"}, {"publicationtype", "articletitle", "sourcetitle"})
_KNOWN = frozenset((*_TAGS.values(), "PS", "EY"))
_TYPES = frozenset("JBSPC")
_NUMBERS = frozenset(("PY", "VL", "IS", "PN", "SU", "BP", "EP"))
_BETWEEN_PLACES = re.compile(r";\s*(?=\[)")  # [Roe, A; Doe, B] Univ Tea; [Poe, C] Univ Milk


def tags_of(names: Sequence[str], roles: Sequence[str]) -> tuple[str, ...]:
    """Return the tag of each column; () for other tables.

    Columns that have no tag but a role in other tables, which people add, have ""; the others have
    their names.
    """
    plain = [re.sub(r"[^a-z0-9]", "", fold(name)) for name in names]
    if not any(columns <= {*plain} for columns in _HEADERS):
        return ()
    found = [
        _TAGS.get(one, name.upper() if len(name) == 2 else name)
        for one, name in zip(plain, names, strict=True)
    ]
    filled = {role for role, tag in zip(roles, found, strict=True) if tag in _KNOWN} | {"", "title"}
    pairs = zip(roles, found, strict=True)
    return tuple(tag if tag in _KNOWN or role in filled else "" for role, tag in pairs)


def read_row(tags: Sequence[str], cells: Sequence[str]) -> Reading | None:
    """Read a row; None if its type is not one of Web of Science's, as in tables of others."""
    pairs = [*_pairs(tags, cells)]
    if dict(pairs).get("PT", "").strip().upper() not in _TYPES:
        return None
    found = read_pairs(pairs)
    warnings = () if "title" in found.item else ("the row has no title",)
    return found._replace(warnings=(*found.warnings, *warnings))


def joined(found: Reading, others: Reading) -> Reading | None:
    """Return a row with what the columns say that have no tag; None if the two differ."""
    item = cast("dict[str, object]", {**found.item})
    custom = {**custom_of(found.item)}
    for name, value in others.item.items():
        if name not in ("type", "title", "custom") and item.setdefault(name, value) != value:
            return None
    more = custom_of(others.item)
    kept = {**_kept(more), **_kept(custom)}
    joint = {**more, **custom, **({"fields": {"format": "wos", "values": kept}} if kept else {})}
    item |= {"custom": joint} if joint else {}
    said = dict.fromkeys((*found.warnings, *others.warnings))
    return Reading(cast("Item", item), tuple(said), (*found.once, *others.once))


def _kept(custom: Mapping[str, object]) -> dict[str, object]:
    """Return the fields that a reader did not turn into variables."""
    fields = custom.get("fields")
    return dict(fields["values"]) if isinstance(fields, dict) else {}


def _pairs(tags: Sequence[str], cells: Sequence[str]) -> Iterator[tuple[str, str]]:
    for tag, value in zip(tags, cells, strict=False):
        if tag in NAMED:
            has_names = tag == "C1" and "[" in value
            yield tag, "\n".join(_BETWEEN_PLACES.split(value) if has_names else value.split(";"))
        elif tag:
            yield tag, value.removesuffix(".0") if tag in _NUMBERS else value
