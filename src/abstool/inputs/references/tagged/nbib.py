"""Read PubMed's format (.nbib, "MEDLINE"), as Ovid ("Reprint/Medlars") and ERIC write it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import groupby

from abstool.inputs.references.dates.printed import printed
from abstool.inputs.references.entry import (
    PMID,
    Fields,
    affiliations,
    keywords,
    reading,
    split_supplement,
    volume_and_issue,
    with_supplement,
)
from abstool.inputs.references.fields import Entry, Reading, no_doi
from abstool.inputs.references.numbers import pages
from abstool.inputs.references.people import group
from abstool.inputs.references.serials import serial_numbers
from abstool.inputs.references.tagged.lines import Pairs, TaggedEntry, TaggedLayout, split
from abstool.inputs.references.tagged.source_lines import take_place, unplaced
from abstool.item import ItemName

_LAYOUT = TaggedLayout(
    re.compile(r"\ufeff?(?=.{4}-)([A-Z][A-Z0-9]{1,3}) *-(?:[ \t](.*)|$)"),
    re.compile(
        r"[ \t\ufeff]{0,3}(?=[A-Z]{2,4}\b|[a-z]{2,4} {0,2}- )"
        r"((?i:PMID|PMC|OWN|TI|F?AU|FED|BTI|TA|JT|VI|IP|PG|LID|AID|DP|DEP|AB))"
        r"[ \t]{0,4}[-–—:][ \t]{0,4}(\S.*)"
    ),
    frozenset({"PMID", "UI"}),
    texts=frozenset({"AB", "OAB"}),
    unique=frozenset({"OWN", "TI", "JT", "DP"}),
)
_NUMBER_OF_OVID = re.compile(r"^\ufeff?<\d+\.?\s*>\s*$", re.MULTILINE)
_OVID = _LAYOUT._replace(starts=frozenset(), between=_NUMBER_OF_OVID)
_ERIC = _LAYOUT._replace(starts=frozenset({"OWN"}))
_DOI = re.compile(r"(10\.\d[\d.]{3,20}/\S+) \[doi\]|(?i:https?://(?:dx\.)?doi\.org/)(10\.\S+)")
_CALLED_DOI = re.compile(r"(?<!\S)(\S+) \[doi\]$")
# The number of an article: m1198, e00123-20, 00123-2020, e2021GL093456; no PII such as
# S0140-6736(20)30183-5.
_NUMBER = re.compile(
    r"^((?!S\d{8})[A-Za-z]{0,6}\d{1,10}(?:[A-Z]{2}\d{1,8}|-\d\d(?:\d\d)?)?) \[pii\]$"
)
_OF_ABSTRACTS = frozenset({"Meeting Abstract", "Conference Abstract"})


def entries(text: str) -> Iterator[Entry]:
    """Yield the line number of each entry with what reads it."""
    is_of_eric = text.lstrip("\ufeff\r\n ").startswith("OWN - ERIC")
    layout = _ERIC if is_of_eric else _OVID if _NUMBER_OF_OVID.search(text) else _LAYOUT
    for part in split(text, layout):
        yield part.line, partial(_read, part)


def _read(part: TaggedEntry) -> Reading:
    fields = part.fields()
    kinds = fields.seen("PT")
    is_in_pubmed = "embase" not in fields.peek("DB").lower()
    values: dict[str, object] = {
        "type": "article-journal",
        "PMID": fields.take_matching("PMID UI" if is_in_pubmed else "", PMID),
        "PMCID": fields.take("PMC"),
        "author": _authors(fields, part.pairs),
        "editor": fields.people(fields.take_all("FED") or fields.take_all("ED")),
        "title": _title(fields.take("TI")),
        "issued": fields.dated("DP", "YR") if "DP" in fields else None,
        **_place(fields),
        "DOI": fields.take_matching("LID AID SO", _DOI) or fields.doi("DO"),
        "language": fields.take("LA LG"),
        "abstract": fields.take("AB OAB"),
        "genre": "abstract" if _OF_ABSTRACTS.intersection(kinds) else "",
    }
    book = fields.take("BTI")
    values["container-title"] = fields.take("JT") or _title(book)
    values["container-title-short"] = fields.take("TA")
    if book:
        is_chapter = bool(values["title"])
        values |= {"type": "chapter" if is_chapter else "book"}
        values |= {} if is_chapter else {"title": _title(book), "container-title": ""}
        values |= {"publisher": fields.take("PB"), "publisher-place": fields.take("PL")}
        values["collection-title"] = _title(fields.take("CTI"))
        values["edition"] = fields.take("EN")
    if not (values["container-title"] or values["container-title-short"]):
        values |= _placed(fields, values)
    values["issued"] = values["issued"] or fields.dated("DEP")  # when it was online
    values |= {"ISBN": fields.take("ISBN")} if "ISBN" in fields else serial_numbers(fields, "IS")
    words = keywords(fields.take_all("OT MH"))
    values["keyword"] = words["keyword"]
    values["custom"] = {
        "keywords": words["keywords"],
        "affiliations": affiliations(fields.take_lines("IN") or fields.take_all("AD")),
    }
    warnings: list[str] = []
    if not values["DOI"]:
        called = map(_CALLED_DOI.search, fields.seen_all("LID AID"))
        warnings += dict.fromkeys(no_doi(found[1]) for found in called if found)
    return reading("nbib", values, fields, warnings)


def _placed(fields: Fields, values: dict[str, object]) -> dict[str, object]:
    """Return what Ovid has only in the source: journal, meeting, volume, issue, pages and date."""
    year = fields.peek("YR")
    place = take_place(fields, "SO", year)
    if not place and (source := fields.peek("SO")):
        fields.warnings.append(unplaced(source))
    found: dict[str, object] = dict(place.variables) if place else {}
    found["issued"] = place.issued if place else printed(year)
    return {name: value for name, value in found.items() if value and not values.get(name)}


def _authors(fields: Fields, pairs: Pairs) -> list[ItemName]:
    """Return the authors and groups in the order of the file.

    A name is there in full (FAU) and with initials (AU), but older entries have only the second.
    """
    full, short = fields.take_all("FAU"), fields.take_all("AU")
    whole = "FAU" if len(full) >= len(short) else "AU"
    fields.take_all("CN")
    authors: list[ItemName] = []
    for is_group, found in groupby(
        ((tag, value) for tag, value in pairs if value and tag in (whole, "CN")),
        key=lambda pair: pair[0] == "CN",
    ):
        names = [value for _, value in found]
        authors += group(names) if is_group else fields.people(names)
    return authors


def _title(title: str) -> str:
    """Return a title without its final period, which PubMed adds."""
    return title[:-1] if title.endswith(".") and not title.endswith("..") else title


def _place(fields: Fields) -> dict[str, str]:
    """Return volume, issue and pages; a supplement is with the volume or with the issue."""
    volume = fields.take_number("VI")
    issue = with_supplement(*split_supplement(fields.take_number("IP")))
    page = pages(fields.take_number("PG")) or fields.take_matching("LID", _NUMBER)
    return {**volume_and_issue(volume, issue), "page": page}
