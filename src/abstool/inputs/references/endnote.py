"""Types and fields that EndNote's two formats have in common, by the names of its types."""

from __future__ import annotations

import re

from abstool.inputs.references.dates.printed import parts_of, printed
from abstool.inputs.references.entry import (
    PMID,
    Fields,
    affiliations,
    keywords,
    reading,
    split_supplement,
    volume_and_issue,
)
from abstool.inputs.references.fields import Reading, abbreviates, noted, titled, with_degree
from abstool.inputs.references.numbers import pages
from abstool.inputs.references.retractions import has_word
from abstool.inputs.references.serials import article_number, number_of_document, serial_numbers
from abstool.item import ItemDate, ItemName, to_date

_TYPES = {
    "aggregated database": "dataset",
    "artwork": "graphic",
    "audiovisual material": "motion_picture",
    "bill": "bill",
    "blog": "post-weblog",
    "book": "book",
    "book section": "chapter",
    "case": "legal_case",
    "classical work": "book",
    "computer program": "software",
    "conference": "paper-conference",
    "conference paper": "paper-conference",
    "conference proceedings": "paper-conference",
    "dataset": "dataset",
    "dictionary": "entry-dictionary",
    "discussion forum": "post",
    "edited book": "book",
    "electronic article": "article-journal",
    "electronic book": "book",
    "electronic book section": "chapter",
    "encyclopedia": "entry-encyclopedia",
    "figure": "figure",
    "film or broadcast": "motion_picture",
    "government document": "report",
    "hearing": "hearing",
    "interview": "interview",
    "journal": "article-journal",
    "journal article": "article-journal",
    "legal rule or regulation": "regulation",
    "magazine article": "article-magazine",
    "manuscript": "manuscript",
    "map": "map",
    "music": "song",
    "newspaper article": "article-newspaper",
    "online database": "dataset",
    "online multimedia": "webpage",
    "pamphlet": "pamphlet",
    "patent": "patent",
    "personal communication": "personal_communication",
    "podcast": "broadcast",
    "press release": "article",
    "report": "report",
    "serial": "periodical",
    "standard": "standard",
    "statute": "legislation",
    "thesis": "thesis",
    "unpublished work": "manuscript",
    "web page": "webpage",
}
_NUMBERED = frozenset({"article-journal", "article-magazine", "article-newspaper", "periodical"})
_DOCUMENTS = frozenset({"report", "patent", "standard"})
_CONTAINERS, _VOLUME = frozenset("JB"), frozenset("V")
_VISITED = frozenset({"post-weblog", "webpage"})
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_PARTS = frozenset({"chapter", "paper-conference", "entry-encyclopedia", "entry-dictionary"})
# Types whose secondary title is their series, and those of which the secondary people edit it.
_BOOKS = frozenset({"book", "classical work", "edited book"})
_IN_SERIES = _BOOKS | {
    "computer program",
    "electronic book",
    "government document",
    "map",
    "report",
}
# Those of which EndNote has other data in the edition: sessions, classes of patents, dates.
_WITHOUT_EDITION = frozenset(
    "article-journal bill hearing legal_case legislation manuscript patent personal_communication "
    "periodical".split()
)
_VERSIONED = frozenset({"dataset", "software"})
_WORD = re.compile(r"[^\W\d_]{3}")
_PMCID = re.compile(r"^\s*(PMC\d+)\s*$")


def type_of(name: str) -> str:
    """Return the CSL type for the name of one of EndNote's types."""
    return _TYPES.get(name.strip().lower(), "document")


def common(form: str, fields: Fields, name: str) -> Reading:
    """Read the fields of an entry, tagged as in a file of EndNote (.enw), by its type's name."""
    kind = type_of(name)
    if kind == "paper-conference" and fields.peek("V") and split_supplement(fields.peek("N"))[1]:
        kind = "article-journal"  # a supplement is one of a journal
    is_in_volume = fields.has_any(_CONTAINERS) and fields.has_any(_VOLUME)
    in_journal = kind in _NUMBERED or (kind == "document" and is_in_volume)
    is_in_series = name.strip().lower() in _IN_SERIES
    containers = "J" if is_in_series else "J B" if in_journal else "B J"
    if kind == "thesis" and not fields.peek("V")[:1].isdecimal():
        containers = ""  # the department
    edition = "" if kind in _WITHOUT_EDITION else "7"
    words = keywords(fields.take_lines("K"))
    work = _work(fields, kind)
    values: dict[str, object] = {
        "type": kind,
        **_people(fields, name, kind),
        "container-title": fields.take(containers),
        "container-title-short": fields.take("abbr-1"),
        "collection-title": fields.take("B S" if is_in_series else "S"),
        "title-short": fields.take("!"),
        "accessed": _accessed(fields, kind),
        **_numbers(fields, kind, in_journal=in_journal),
        "page": _page(fields, in_journal=in_journal),
        "issued": _issued(fields),
        "version" if kind in _VERSIONED else "edition": fields.take(edition),
        "publisher": fields.take("I"),
        "publisher-place": fields.take("C"),
        "DOI": fields.doi("R") or fields.doi_in_urls("U"),
        "PMID": _pmid(fields),
        "PMCID": fields.take_matching("2", _PMCID),
        "URL": fields.url("U"),
        "language": fields.take("G"),
        "abstract": fields.take("X"),
        "source": fields.take("~"),
        "keyword": words["keyword"],
        **titled(fields.take("T")),
        **noted(fields.take_note("Z"), visited=False),
        **serial_numbers(fields, "@"),
    }
    if kind == "paper-conference" and values["container-title"]:
        values |= _proceedings(fields, str(values["container-title"]))
    if kind in ("book", "chapter") and values["collection-title"]:
        values["collection-number"] = values.pop("number")
    values["genre"] = work or values.get("genre", "")
    values["custom"] = {
        "keywords": words["keywords"],
        "affiliations": affiliations(fields.take_all("+")),
    }
    return reading(form, values, fields)


def _work(fields: Fields, kind: str) -> str:
    """Return the kind of a thesis or report, which may be in the volume, or "abstract"."""
    work = fields.peek("9")
    is_abstract = "meeting abstract" in work.lower()
    if not is_abstract and kind not in ("thesis", "report"):
        return ""
    fields.take("" if has_word(work) else "9")
    work = "abstract" if is_abstract else work
    if kind == "thesis" and (found := with_degree(degree := fields.peek("V"), work)):
        fields.take("V" if degree in found else "")  # else it is kept
        return found
    return work


def _people(fields: Fields, name: str, kind: str) -> dict[str, list[ItemName]]:
    """Return authors, editors and translators by the roles that EndNote gives them in each type.

    A book without authors has its editors where one with authors has those of its series, as other
    programs write it.
    """
    name = name.strip().lower()
    authors, editors, series = "A", "E", "Y"
    if name in _BOOKS:
        editors, series = ("Y", "E") if "A" in fields or "Y" in fields else ("E", "")
    elif kind not in _PARTS and kind != "book":
        editors = series = ""
    if name == "edited book" and "A" in fields:
        authors, editors = "", "A"
    roles = {
        "author": authors,
        "editor": editors,
        "collection-editor": series,
        "translator": "?" if kind in ("book", "chapter") else "",
    }
    return {role: fields.people(fields.take_all(tags)) for role, tags in roles.items()}


def _numbers(fields: Fields, kind: str, *, in_journal: bool) -> dict[str, str]:
    """Return volume and issue, or the number of a document, which may stand for its ISBN."""
    if kind == "article-newspaper":  # the number is the first page
        return {"volume": fields.take_number("V")}
    if kind == "thesis" and with_degree(fields.peek("V"), ""):
        return {"number": fields.take_number("N")}
    if in_journal:
        return volume_and_issue(fields.take_number("V"), fields.take_number("N"))
    number = ""
    if kind in _DOCUMENTS:
        number = number_of_document(fields, "@", is_patent=kind == "patent")
    return {"volume": fields.take_number("V"), "number": number or fields.take_number("N")}


def _proceedings(fields: Fields, meeting: str) -> dict[str, str]:
    """Return the title of the proceedings, and the meeting that is else in its place."""
    title = fields.peek("3 custom3")
    if not _WORD.search(title) or title == meeting or abbreviates(title, meeting):
        return {}
    return {"container-title": fields.take("3 custom3"), "event-title": meeting}


def _accessed(fields: Fields, kind: str) -> ItemDate | None:
    """Return the date of access; that of web pages may be in the number, with a year as volume."""
    given = fields.dated("[")
    day, year = fields.peek("N"), fields.peek("V")
    year = year if _YEAR.fullmatch(year) else ""
    has_year = bool(_YEAR.search(day))
    if kind not in _VISITED or not (has_year or (year and not day.isdecimal())):
        return given
    date = printed(day, "" if has_year else year)
    if day and parts_of(date) == 1 and not _YEAR.fullmatch(day):  # the month may be either number
        date = to_date(day)
    if not date or given not in (None, date):
        return given
    fields.take("N")
    if not has_year or year in day:
        fields.take("V" if year else "")
    return date


def _page(fields: Fields, *, in_journal: bool) -> str:
    """Return the pages, or the number of an article; that of Web of Science is in the notes."""
    page = pages(fields.take_number("P"))
    page = page or (article_number(fields, "]") if in_journal else "")
    return page or article_number(fields, "O", has_label=True)


def _issued(fields: Fields) -> ItemDate | None:
    if (year := fields.peek("D")) and not (year.isdigit() and "8" in fields):
        return fields.dated("D")
    return fields.dated("8", "D")


def _pmid(fields: Fields) -> str:
    """Return the accession number if it is one of PubMed's."""
    is_pubmed = re.search("medline|pubmed|nlm", fields.peek("~ W"), re.IGNORECASE)
    return fields.take_matching("M", PMID) if is_pubmed else ""
