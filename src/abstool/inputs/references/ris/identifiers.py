"""Find DOI, PMID, PMCID and URL in the fields of an entry."""

from __future__ import annotations

import re

from abstool.inputs.references.entry import PMID, Fields
from abstool.inputs.references.fields import doi, other_dois, unescaped
from abstool.inputs.references.web_addresses import accessed_in, addresses, remark

_OF_PUBMED = frozenset("PM AN C2 C3 C5 U1 U2".split())
_PMID = re.compile(r"^(?:PMID:?\s*|PUBMED\s+)(\d{1,8})$|^(\d{5,8})\s*\[PMID\]$", re.IGNORECASE)
_PMCID = re.compile(r"^(PMC\d{1,9}(?:\.\d{1,3})?)(?:\s*\[PMCID\])?$", re.IGNORECASE)
_PUBMED = re.compile(r"medline|pubmed|^nlm$", re.IGNORECASE)
_OFTEN_DOI = "M3 L3 AR C7 SP"  # tags of other data in which programs write a DOI
_LOCAL = re.compile(r"(?<=\s)file://.*")  # a file of the one who exported the entry
_DOI_FIRST = re.compile(r"^(?:(?:https?://\S*?|dx\.)?doi\.org/|doi:?\s*)?10\.\d{4}", re.IGNORECASE)


def identifiers(fields: Fields, database: str) -> dict[str, str]:
    """Return DOI, PMID, PMCID and URL, which programs write into many tags."""
    found = fields.doi("DO DI")
    for tags, of_urls in ((_OFTEN_DOI, False), ("UR LK", True)):
        for text in fields.seen_all(tags):
            if of_urls and text.startswith("http"):
                continue
            if not found and is_doi(text):
                found = doi(text)
            if found and doi(text) == found:
                has_more = bool(other_dois(text)) or (of_urls and bool(addresses(text)))
                fields.drop(tags, "" if has_more else text)
    fields.drop("DO DI L3", found)
    url = _url(fields, "UR") or _url(fields, "LK")
    if url and not found:
        found = fields.doi_in_urls("UR LK", url)
    if not fields.has_any(_OF_PUBMED):
        return {"DOI": found, "URL": url}
    pmid = fields.take_matching("PM", PMID) or fields.take_matching("PM AN C2 C3 C5 U1 U2", _PMID)
    is_pubmed = _PUBMED.search(database) or any(map(_PUBMED.search, fields.seen("DP")))
    if not pmid and is_pubmed and re.fullmatch(r"\d{1,8}", fields.peek("AN")):
        pmid = fields.take("AN")
    if not pmid and database.casefold() == "embase" and re.fullmatch(r"\d{5,8}", fields.peek("C5")):
        pmid = fields.take("C5")
    pmcid = fields.take_matching("C2 U1 U2 AN PM", _PMCID).upper()
    return {"DOI": found, "PMID": pmid, "PMCID": pmcid, "URL": url}


def is_doi(text: str) -> bool:
    """Return whether a text begins with a DOI, with or without a label or resolver."""
    return bool(_DOI_FIRST.match(text))


def _url(fields: Fields, tag: str) -> str:
    """Return the first address in a tag; the others, and what is not an address, stay there."""
    texts = fields.take_raw(tag)
    url = ""
    for text in texts:
        found = [] if url else addresses(unescaped(text))
        if not found:
            fields.put(tag, text)
            continue
        url, *others = found
        if (said := remark(text)) and not accessed_in(said):
            fields.put("N1", said)
        if "\n" in text:
            others = [*(part for part in text.split("\n") if not addresses(part)), *others]
        for other in others:
            fields.put(tag, other)
        if local := _LOCAL.search(text):
            fields.put("L1", local[0])
    fields.drop(tag, url)
    return url
