"""Types and fields that EndNote's two formats have in common, by the names of its types."""

from __future__ import annotations

import re

from abstool.inputs.references.entry import (
    RETRACTED,
    Fields,
    affiliations,
    keywords,
    reading,
    says_retracted,
    split_supplement,
    volume_and_issue,
)
from abstool.inputs.references.fields import Reading, names_kind, noted, pages, titled
from abstool.inputs.references.printed_dates import parts_of, printed
from abstool.inputs.references.serials import number_of_document, serial_numbers
from abstool.item import ItemDate

_TYPES = {
    "aggregated database": "dataset",
    "artwork": "graphic",
    "audiovisual material": "motion_picture",
    "bill": "bill",
    "blog": "post-weblog",
    "book": "book",
    "book section": "chapter",
    "case": "legal_case",
    "classical work": "classic",
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
_PMCID = re.compile(r"^\s*(PMC\d+)\s*$")
_PMID = re.compile(r"^\s*(\d{1,8})\s*$")


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
    is_part = kind in ("chapter", "paper-conference", "entry-encyclopedia", "entry-dictionary")
    is_book = kind == "book"
    words = keywords(fields.take_lines("K"))
    work = fields.peek("9")
    is_abstract = "meeting abstract" in work.lower()
    if is_abstract or kind in ("thesis", "report"):
        fields.take("9")
        work = "abstract" if is_abstract else work
    else:
        work = ""
    if kind == "thesis":
        work = _degree(fields, work)
    authors, editors = fields.take_all("A"), fields.take_all("E" if is_part or is_book else "")
    series_editors: list[str] = []
    if name.strip().lower() == "edited book" and authors:
        authors, editors, series_editors = [], authors, editors
    warnings = [RETRACTED] if any(map(says_retracted, fields.seen("Z"))) else []
    values: dict[str, object] = {
        "type": kind,
        "author": fields.people(authors),
        "editor": fields.people(editors),
        "collection-editor": fields.people(series_editors),
        "translator": fields.people(fields.take_all("?") if kind in ("book", "chapter") else []),
        "container-title": fields.take("J B" if in_journal else "B J"),
        "container-title-short": fields.take("abbr-1"),
        "collection-title": fields.take("S"),
        "title-short": fields.take("!"),
        "accessed": printed(fields.take("[")) or _visited(fields, kind),
        **_numbers(fields, kind, in_journal=in_journal),
        "page": pages(_article_number(fields)),
        "issued": _issued(fields),
        "edition": "" if in_journal else fields.take("7"),
        "publisher": fields.take("I"),
        "publisher-place": fields.take("C"),
        "DOI": fields.doi("R"),
        "PMID": _pmid(fields),
        "PMCID": fields.take_matching("2", _PMCID),
        "URL": fields.url("U"),
        "language": fields.take("G"),
        "abstract": fields.take("X"),
        "source": fields.take("~"),
        "keyword": words["keyword"],
        **titled(fields.take("T")),
        **noted(fields.take("Z"), visited=False),
        **serial_numbers(fields, "@"),
    }
    values["genre"] = work or values.get("genre", "")
    values["custom"] = {
        "keywords": words["keywords"],
        "affiliations": affiliations(fields.take_all("+")),
    }
    return reading(form, values, fields, warnings)


def _degree(fields: Fields, work: str) -> str:
    """Return the kind of a thesis, whose volume is the degree: ``PhD``, ``PhD thesis``."""
    degree = fields.peek("V")
    if not degree or re.search(r"\d", degree) or (work and not names_kind(work)):
        return work
    fields.take("V")
    return f"{degree} {work}".strip()


def _numbers(fields: Fields, kind: str, *, in_journal: bool) -> dict[str, str]:
    """Return volume and issue, or the number of a document, which may stand for its ISBN."""
    if in_journal:
        return volume_and_issue(fields.take("V"), fields.take("N"))
    number = ""
    if kind in _DOCUMENTS:
        number = number_of_document(fields, "@", is_patent=kind == "patent")
    return {"volume": fields.take("V"), "number": number or fields.take("N")}


def _visited(fields: Fields, kind: str) -> ItemDate | None:
    """Return when a page was visited: day and month in the number, maybe the year in the volume."""
    if kind != "webpage":
        return None
    year = year if (year := fields.peek("V")).isdecimal() and len(year) == 4 else ""
    date = printed(fields.peek("N"), year)
    if not date or "literal" in date or parts_of(date) < 2:
        return None
    fields.take("N")
    fields.drop("V", year)
    return date


def _article_number(fields: Fields) -> str:
    """Return the pages, or the article's number; Web of Science notes it: ``Artn e123``."""
    page = fields.take("P") or fields.take("]")
    other = fields.peek("O")
    if not page and other.lower().startswith("artn "):
        return fields.take("O")[5:]
    return page


def _issued(fields: Fields) -> ItemDate | None:
    year, day = fields.take("D"), fields.take("8")
    if not year:
        return printed(day)
    return printed(day, year) if year.isdigit() and day else printed(year)


def _pmid(fields: Fields) -> str:
    """Return the accession number if it is one of PubMed's."""
    is_pubmed = re.search("medline|pubmed|nlm", fields.peek("~ W"), re.IGNORECASE)
    return fields.take_matching("M", _PMID) if is_pubmed else ""
