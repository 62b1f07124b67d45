"""Read RIS, as reference managers, databases and publishers write it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial

from abstool.inputs.references.entry import (
    RETRACTED,
    Fields,
    affiliations,
    keywords,
    reading,
    with_supplement,
)
from abstool.inputs.references.fields import (
    Entry,
    Reading,
    accessed_in,
    addresses,
    doi,
    names_kind,
    noted,
    pages,
    titled,
    unescaped,
)
from abstool.inputs.references.people import people
from abstool.inputs.references.printed_dates import printed
from abstool.inputs.references.ris_dates import access_date, is_range_of_meeting, issued
from abstool.inputs.references.ris_lines import Lines, Pairs, split
from abstool.inputs.references.serials import serial_numbers
from abstool.text import tidy

_TYPES = {
    "ABST": "article-journal",
    "ART": "graphic",
    "BILL": "bill",
    "BLOG": "post-weblog",
    "BOOK": "book",
    "CASE": "legal_case",
    "CHAP": "chapter",
    "COMP": "software",
    "CONF": "paper-conference",
    "CPAPER": "paper-conference",
    "DATA": "dataset",
    "DBASE": "dataset",
    "DICT": "entry-dictionary",
    "EBOOK": "book",
    "ECHAP": "chapter",
    "EDBOOK": "book",
    "EJOUR": "article-journal",
    "ELEC": "webpage",
    "ENCYC": "entry-encyclopedia",
    "GOVDOC": "report",
    "HEAR": "hearing",
    "INPR": "article-journal",
    "JFULL": "periodical",
    "JOUR": "article-journal",
    "MAP": "map",
    "MGZN": "article-magazine",
    "MPCT": "motion_picture",
    "NEWS": "article-newspaper",
    "PAMP": "pamphlet",
    "PAT": "patent",
    "PCOMM": "personal_communication",
    "RPRT": "report",
    "SLIDE": "speech",
    "STAND": "standard",
    "STAT": "legislation",
    "THES": "thesis",
    "UNPB": "manuscript",
    "VIDEO": "motion_picture",
}
# Types that abstool writes for their types of CSL; of others, the word is kept.
_WRITTEN = frozenset(
    "BLOG BOOK CHAP COMP CPAPER DATA DICT ELEC ENCYC GEN JOUR MGZN NEWS PAT RPRT THES".split()
)
_SERIALS = frozenset({"JOUR", "ABST", "EJOUR", "MGZN", "INPR", "NEWS", "JFULL"})
# Each variable with its tags; the first one that is present counts.
_TEXTS = {
    "volume": "VL VO",
    "publisher": "PB PU",
    "publisher-place": "CY PP PI",
    "edition": "ET",
    "language": "LA",
    "abstract": "AB N2",
    "source": "DB",
    "title-short": "ST",
    "id": "ID",
    "collection-title": "T3",
}
_ABSTRACT = re.compile(r"\babstract\b", re.IGNORECASE)
_NUMBER_IN_NOTE = re.compile(r"\babstract (?:no\.?|number|#):?\s*([\w.-]*\d[\w.-]*)", re.IGNORECASE)
_PMID = re.compile(r"^(?:PMID:?\s*|PUBMED\s+)(\d{1,8})$|^(\d{5,8})\s*\[PMID\]$", re.IGNORECASE)
_PMCID = re.compile(r"^(PMC\d{1,9})(?:\s*\[PMCID\])?$", re.IGNORECASE)
_PUBMED = re.compile(r"medline|pubmed|^nlm$", re.IGNORECASE)
_DOI_FIRST = re.compile(r"^(?:https?://\S*?doi\.org/|doi:?\s*)?10\.\d{4}", re.IGNORECASE)
_ARTICLE_NUMBER = re.compile(r"(?!PII\b)[\w./ -]{1,40}$", re.IGNORECASE)
_RETRACTED = re.compile(
    r"(?:^|[.;:]\s)(?:this (?:article|paper|work) (?:has been|was) )?retracted\b(?! notice)"
    r"|\bretraction in\b|\[retracted\b|^\W*retracted publication\b",
    re.IGNORECASE,
)


def entries(text: str) -> Iterator[Entry]:
    """Yield the line number of each entry with what reads it."""
    for lines in split(text):
        yield lines.number, partial(_read, lines)


def _read(lines: Lines) -> Reading:
    fields = Fields(_without_repeats(lines))
    kind = fields.take("TY").upper()
    type_ = _TYPES.get(kind, "document")
    warnings = [] if lines.has_end else ["the entry has no ER line"]
    if not kind:
        warnings.append("the entry has no type")
        is_article = any(tag in fields for tag in ("JF", "JO", "JA"))
        type_ = "article-journal" if is_article else type_
    authors, editors = (
        people(map(unescaped, fields.take_all(tags))) for tags in ("AU A1", "A2 ED")
    )
    issue = _text(fields, "IS")
    is_serial = kind in _SERIALS or (not kind and type_ == "article-journal")
    warnings += [RETRACTED] if _is_retracted(fields) else []
    notes = [unescaped(note) for note in fields.take_all("N1")]
    values: dict[str, object] = {name: _text(fields, tags) for name, tags in _TEXTS.items()}
    values |= _title(fields, kind)
    values |= _containers(fields, kind)
    values |= noted("; ".join(notes), visited=False)
    values |= {
        "type": type_,
        "author": authors.names,
        "editor": editors.names,
        "issue" if is_serial else "number": with_supplement(issue, _text(fields, "SU")),
        "issued": issued(fields),
        **_identifiers(fields, str(values["source"])),
        **_page(fields),
        **serial_numbers(fields, "SN BN"),
    }
    values |= _accessed(fields, notes)
    values |= _genre(fields, kind, values)
    values |= _meeting(fields, values)
    words = keywords(map(unescaped, fields.take_lines("KW")))
    values["keyword"] = words["keyword"]
    values["custom"] = {
        "abstract_number": _abstract_number(fields, values, notes),
        "keywords": words["keywords"],
        "affiliations": affiliations(map(unescaped, fields.take_all("AD"))),
    }
    if kind and kind not in _WRITTEN:
        fields.put("TY", kind)
    read = reading("ris", values, fields, (*warnings, *authors.warnings, *editors.warnings))
    return read._replace(once=(*authors.once, *editors.once))


def _without_repeats(lines: Lines) -> Pairs:
    """Return the fields without A1 if it repeats the people in AU.

    Web of Science writes both, and so do other programs whose A1 is no more than AU.
    """
    first = [value for tag, value in lines.pairs if tag == "A1"]
    if not first:
        return lines.pairs
    others = [value for tag, value in lines.pairs if tag == "AU"]
    is_of_wos = lines.has_bare_end and any(
        tag in ("UT", "AN") and value.strip().startswith("WOS:") for tag, value in lines.pairs
    )
    if others and (is_of_wos or set(first) <= set(others)):
        return [(tag, value) for tag, value in lines.pairs if tag != "A1"]
    return lines.pairs


def _text(fields: Fields, tags: str) -> str:
    return tidy(unescaped(fields.take(tags)))


def _title(fields: Fields, kind: str) -> dict[str, str]:
    tags = "TI T1 BT" if kind in ("BOOK", "EBOOK", "EDBOOK") else "TI T1"
    values = titled(_text(fields, tags))
    fields.drop("TI T1 CT", values["title"])
    return values


def _containers(fields: Fields, kind: str) -> dict[str, str]:
    """Return the journal, book or series, and its abbreviation.

    Programs write the full title into T2, JF or JO and the abbreviation into JA, J2 or JO, and some
    of them only one of these.
    """
    full = _text(fields, "T2 BT JF" if kind in ("CHAP", "ECHAP", "CONF", "CPAPER") else "T2 JF")
    fields.drop("T2 JF JO BT", full)
    full = full or _text(fields, "JO")
    fields.drop("JO", full)
    short = _text(fields, "J2 JA J1 JO JI J9") if full else ""
    full = full or _text(fields, "JA J2 J1 JI J9")
    for text in (full, short):
        fields.drop("JO JA J2 J1 JI J9", text)
    return {"container-title": full, "container-title-short": "" if short == full else short}


def _identifiers(fields: Fields, database: str) -> dict[str, str]:
    """Return DOI, PMID, PMCID and URL, which programs write into many tags."""
    found = doi(fields.take("DO DI"))
    for tags, pattern in (("M3 L3", _DOI_FIRST), ("UR LK", re.compile("^doi:", re.IGNORECASE))):
        for text in fields.seen_all(tags):
            if not found and pattern.match(text):
                found = doi(text)
            if found and doi(text) == found and not text.startswith("http"):
                fields.drop(tags, text)
    pmid = fields.take_matching("PM AN C2 C3 C5 U1 U2", _PMID)
    is_pubmed = _PUBMED.search(database) or any(map(_PUBMED.search, fields.seen("DP")))
    if not pmid and is_pubmed and re.fullmatch(r"\d{1,8}", fields.peek("AN")):
        pmid = fields.take("AN")
    if not pmid and database.casefold() == "embase" and re.fullmatch(r"\d{5,8}", fields.peek("C5")):
        pmid = fields.take("C5")
    pmcid = fields.take_matching("C2 U1 U2 AN", _PMCID).upper()
    return {"DOI": found, "PMID": pmid, "PMCID": pmcid, "URL": _url(fields)}


def _url(fields: Fields) -> str:
    """Return the first address; the others, and what is none, stay in the fields."""
    texts = fields.take_raw("UR")
    url = ""
    for text in texts:
        found = [] if url else addresses(unescaped(text))
        if not found:
            fields.put("UR", text)
            continue
        url, *others = found
        places = [part for part in re.split(r"\n", text) if not addresses(part)]
        for other in (*places, *others):
            fields.put("UR", other)
    return url


def _page(fields: Fields) -> dict[str, str]:
    page = pages(_text(fields, "SP"), _text(fields, "EP"))
    if not page and (number := fields.peek("C7 AR")) and _ARTICLE_NUMBER.match(number):
        page = pages(fields.take("C7 AR"))
    fields.drop("C7 AR PG", page)
    return {"page": page}


def _accessed(fields: Fields, notes: Iterable[str]) -> dict[str, object]:
    """Return the date of access, or that of the meeting, which Scopus writes into Y2."""
    if is_range_of_meeting(text := fields.peek("Y2")):
        return {"event-date": printed(fields.take("Y2").replace(" through ", " - "))}
    date = access_date(fields.take("Y2")) if text else None
    noted_on = next(filter(None, map(accessed_in, notes)), "")
    return {"accessed": date or (printed(noted_on) if noted_on else None)}


def _genre(fields: Fields, kind: str, values: dict[str, object]) -> dict[str, str]:
    """Return the genre: "abstract", or what says more of a thesis or report than its type.

    "Conference proceeding" of an article is what Cochrane calls an abstract, and Embase's keyword
    "conference abstract" is its type of publication.
    """
    if values.get("genre"):
        return {}
    work = fields.peek("M3")
    if _ABSTRACT.search(work):
        fields.take("M3")
        return {"genre": "abstract"}
    is_in_central = fields.peek("AN").startswith("CN-") and "conference proceeding" in work.lower()
    is_in_embase = "conference abstract" in (word.lower() for word in fields.seen_lines("KW"))
    if kind == "ABST" or is_in_central or is_in_embase:
        return {"genre": "abstract"}
    if kind in ("THES", "RPRT") and work and not names_kind(work):
        return {"genre": _text(fields, "M3")}
    return {}


def _meeting(fields: Fields, values: dict[str, object]) -> dict[str, str]:
    """Return the meeting, and the type of what was only presented there."""
    found: dict[str, str] = {}
    if not values.get("event-title"):
        if re.search(r"[^\W\d_]{3}", fields.peek("CP")):
            found["event-title"] = _text(fields, "CP")
        elif values.get("genre") == "abstract" and values["type"] == "article-journal":
            found["event-title"] = str(values["collection-title"]) or _text(fields, "CT C3")
            found["collection-title"] = ""
            if re.match(r"(?:EMBASE|PUBMED)\b", found["event-title"]):
                fields.put("C3", found.pop("event-title"))
    event = found.get("event-title") or values.get("event-title")
    if values["type"] == "paper-conference" and values["container-title"] == event:
        found |= {"type": "speech", "container-title": ""}
    return found


def _abstract_number(fields: Fields, values: dict[str, object], notes: Iterable[str]) -> str:
    """Return the number of a meeting abstract; one without pages has it for a page."""
    page = str(values.get("page") or "")
    if values.get("genre") != "abstract":
        return ""
    if page.lower().startswith("abstract "):
        fields.drop("AN", page.partition(" ")[2])  # abstool writes both
        return ""
    number = _text(fields, "MA")
    if not number:
        noted_as = filter(None, map(_NUMBER_IN_NOTE.search, notes))
        number = next((match[1].rstrip(".") for match in noted_as), "")
    if number and not page:
        values["page"] = f"Abstract {number}"
    return number


def _is_retracted(fields: Fields) -> bool:
    return any(map(_RETRACTED.search, fields.seen_all("M3 PT N1")))
