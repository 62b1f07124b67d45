"""Read RefWorks' tagged format, which CNKI writes as well."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from abstool.inputs.references.entry import (
    PMID,
    Fields,
    affiliations,
    keywords,
    reading,
    volume_and_issue,
)
from abstool.inputs.references.fields import Entry, Reading, noted, titled, with_degree
from abstool.inputs.references.numbers import pages
from abstool.inputs.references.serials import serial_numbers
from abstool.inputs.references.tagged.lines import TaggedEntry, TaggedLayout, split

# Any other line, even if it begins with two capitals, continues the one above it.
_TAGS = (
    "RT SR ID A1 A2 A3 A4 A5 A6 T1 T2 T3 JF JO YR FD VO IS SP OP K1 AB NO ED PB PP SN AV AD AN LA "
    "CL SF OT LK DO CN DB DS IP RD ST U1 U2 U3 U4 U5 U6 U7 U8 U9 U10 U11 U12 U13 U14 U15 UL SL LL "
    "CR WT WV OL PMID PMCID vo"
)
_ANY = _TAGS.replace(" ", "|")
_LAYOUT = TaggedLayout(
    re.compile(rf"\ufeff?({_ANY}|ER(?=\s*$))(?:[ \t](?![-–—:=][ \t]+\S)(.*)|$)"),
    re.compile(rf"[ \t\ufeff]{{0,3}}({_ANY})(?:[ \t]{{0,2}}[-–—:=])?[ \t]+(\S.*)"),
    frozenset({"RT"}),
    frozenset({"ER"}),
    texts=frozenset({"AB", "NO"}),
)
_TYPES = {
    "abstract": "article-journal",
    "artwork": "graphic",
    "bills/resolutions": "bill",
    "book, edited": "book",
    "book, section": "chapter",
    "book, whole": "book",
    "case/court decisions": "legal_case",
    "computer program": "software",
    "conference proceedings": "paper-conference",
    "dissertation/thesis": "thesis",
    "dissertation/thesis, unpublished": "thesis",
    "hearing": "hearing",
    "journal": "article-journal",
    "journal article": "article-journal",
    "journal, electronic": "article-journal",
    "laws/statutes": "legislation",
    "magazine article": "article-magazine",
    "map": "map",
    "monograph": "book",
    "motion picture": "motion_picture",
    "newspaper article": "article-newspaper",
    "patent": "patent",
    "personal communication": "personal_communication",
    "report": "report",
    "unpublished material": "manuscript",
    "video/ dvd": "motion_picture",
    "web page": "webpage",
}


def entries(text: str) -> Iterator[Entry]:
    """Yield the line number of each entry with what reads it."""
    for part in split(text, _LAYOUT):
        yield part.line, partial(_read, part)


def _read(part: TaggedEntry) -> Reading:
    fields = part.fields()
    name = fields.take("RT").lower()
    kind = _TYPES.get(name, "document")
    is_in_volume = "VO" in fields and bool(fields.peek("JF JO"))
    in_journal = kind.startswith("article") or (kind == "document" and is_in_volume)
    words = keywords(word.strip() for text in fields.take_all("K1") for word in text.split(";"))
    first, last = fields.take_number("SP"), fields.take_number("OP")
    values: dict[str, object] = {
        "type": kind,
        "id": fields.take("ID"),
        "author": fields.people(fields.take_all("A1")),
        "editor": fields.people(fields.take_all("A2")),
        "translator": fields.people(fields.take_all("A5")),
        "container-title": fields.take("JF T2" if in_journal else "T2 JF"),
        "container-title-short": fields.take("JO"),
        "collection-title": fields.take("T3"),
        **_numbers(fields, in_journal=in_journal),
        "page": pages(first, last),
        "issued": fields.dated("FD", "YR"),
        "accessed": fields.dated("RD"),
        "edition": fields.take("ED"),
        "publisher": fields.take("PB"),
        "publisher-place": fields.take("PP"),
        "DOI": fields.doi("DO") or fields.doi_in_urls("LK UL"),
        "PMID": fields.take("PMID"),
        "PMCID": fields.take("PMCID"),
        "URL": fields.url("LK UL"),
        "language": fields.take("LA"),
        "abstract": fields.take("AB"),
        "source": fields.take("DS DB"),
        "title-short": fields.take("ST"),
        "keyword": words["keyword"],
        **titled(fields.take("T1")),
        **noted(fields.take("NO"), visited=False),
        **serial_numbers(fields, "SN"),
    }
    if kind == "thesis" and (degree := with_degree(str(values["volume"]), "")):
        values |= {"volume": "", "genre": degree}
    if not values["PMID"] and "medline" in str(values["source"]).lower():
        values["PMID"] = fields.take_matching("AN", PMID)
    if name == "book, edited" and not values["editor"]:
        values |= {"author": [], "editor": values["author"]}
    if name == "abstract":
        values["genre"] = "abstract"
    values["custom"] = {
        "keywords": words["keywords"],
        "affiliations": affiliations(fields.take_all("AD")),
    }
    return reading("refworks", values, fields)


def _numbers(fields: Fields, *, in_journal: bool) -> dict[str, str]:
    """Return volume and issue, or the number of a document."""
    volume, issue = fields.take_number("VO"), fields.take_number("IS")
    return volume_and_issue(volume, issue) if in_journal else {"volume": volume, "number": issue}
