"""Read the tables of Web of Science, whose columns are the tags of its own format."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from abstool.inputs.references.fields import Reading
from abstool.inputs.references.tagged.wos import NAMED, read_pairs
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
    "publisher": "PU",
    "publishercity": "PI",
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
_NUMBERS = frozenset(("PY", "VL", "IS", "PN", "SU", "BP", "EP"))
_BETWEEN_PLACES = re.compile(r";\s*(?=\[)")  # [Roe, A; Doe, B] Univ Tea; [Poe, C] Univ Milk


def tags_of(names: Sequence[str]) -> tuple[str, ...]:
    """Return the tag of each column, or its name where it has none; () for other tables."""
    plain = [re.sub(r"[^a-z0-9]", "", fold(name)) for name in names]
    if not any(columns <= {*plain} for columns in _HEADERS):
        return ()
    found = [_TAGS.get(one, name) for one, name in zip(plain, names, strict=True)]
    return tuple(tag.upper() if len(tag) == 2 else tag for tag in found)


def read_row(tags: Sequence[str], cells: Sequence[str]) -> Reading | None:
    """Read a row; None if its type is not a letter, as where others have changed it."""
    pairs = [*_pairs(tags, cells)]
    if len(dict(pairs).get("PT", "").strip()) > 1:
        return None
    found = read_pairs(pairs)
    warnings = () if "title" in found.item else ("the row has no title",)
    return found._replace(warnings=(*found.warnings, *warnings))


def _pairs(tags: Sequence[str], cells: Sequence[str]) -> Iterator[tuple[str, str]]:
    for tag, value in zip(tags, cells, strict=False):
        if tag in NAMED:
            has_names = tag == "C1" and "[" in value
            yield tag, "\n".join(_BETWEEN_PLACES.split(value) if has_names else value.split(";"))
        elif tag:
            yield tag, value.removesuffix(".0") if tag in _NUMBERS else value
