"""The kinds of BibTeX entries, and the words for kinds, editions and languages in their fields."""

from __future__ import annotations

import re
from collections.abc import Mapping

from abstool.inputs.references.fields import names_kind
from abstool.text import plain

_TYPES = {
    "article": "article-journal",
    "artwork": "graphic",
    "audio": "song",
    "book": "book",
    "bookinbook": "chapter",
    "booklet": "pamphlet",
    "collection": "book",
    "conference": "paper-conference",
    "data": "dataset",
    "dataset": "dataset",
    "electronic": "webpage",
    "image": "graphic",
    "inbook": "chapter",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "inreference": "entry-encyclopedia",
    "jurisdiction": "legal_case",
    "legislation": "legislation",
    "letter": "personal_communication",
    "manual": "report",
    "mastersthesis": "thesis",
    "misc": "document",
    "movie": "motion_picture",
    "music": "song",
    "mvbook": "book",
    "mvcollection": "book",
    "mvproceedings": "book",
    "mvreference": "book",
    "online": "webpage",
    "patent": "patent",
    "performance": "performance",
    "periodical": "periodical",
    "phdthesis": "thesis",
    "proceedings": "book",
    "reference": "book",
    "report": "report",
    "review": "review",
    "software": "software",
    "standard": "standard",
    "suppbook": "chapter",
    "suppcollection": "chapter",
    "suppperiodical": "article-journal",
    "techreport": "report",
    "thesis": "thesis",
    "unpublished": "manuscript",
    "video": "motion_picture",
    "www": "webpage",
}
_GENRES = {
    "phdthesis": "PhD thesis",
    "mastersthesis": "Master’s thesis",
    "phd": "PhD thesis",
    "mathesis": "Master’s thesis",
    "bathesis": "Bachelor’s thesis",
    "techreport": "Technical report",
    "resreport": "Research report",
    "candthesis": "Candidate thesis",
    "patreq": "patent request",
}
# biblatex's words for patents, and for requests of them, in each country.
_GENRES |= {
    f"{word}{code}": f"{country}patent{request}"
    for word, request in (("patent", ""), ("patreq", " request"))
    for code, country in (
        ("de", "German "),
        ("eu", "European "),
        ("fr", "French "),
        ("uk", "British "),
        ("us", "US "),
    )
}
# Only these kinds have a type that styles print.
_NAMED = frozenset(
    "dataset manual mastersthesis misc online patent phdthesis report software techreport thesis "
    "unpublished booklet".split()
)
_ANY = frozenset({"misc", "online", "unpublished"})  # entries of any kind
# What EndNote, Web of Science, Scopus and PubMed call an entry, which does not say its genre.
_KINDS = frozenset(
    {
        "aggregated database", "ancient text", "article", "artwork", "audiovisual material", "bill",
        "blog", "book", "book chapter", "book review", "book section", "case", "catalog",
        "chart or table", "classical work", "computer program", "conference paper",
        "conference proceedings", "conference review", "correction", "data paper", "dataset",
        "dictionary", "discussion forum", "early access", "edited book", "editorial",
        "editorial material", "electronic article", "electronic book", "electronic book section",
        "encyclopedia", "equation", "erratum", "figure", "film or broadcast", "generic",
        "government document", "grant", "hearing", "interview", "journal", "journal article",
        "journalarticle", "legal rule or regulation", "letter", "magazine article", "manuscript",
        "manual", "map", "misc", "monograph", "multimedia application", "music", "news item",
        "newspaper article", "note",
        "online database", "online multimedia", "online", "pamphlet", "patent",
        "personal communication", "podcast", "press release", "proceedings paper", "report",
        "review", "serial", "short survey", "social media", "standard", "statute",
        "television episode", "theses", "thesis", "unpublished work", "unpublished", "web page",
        "webpage", "website", "software", "journal-article", "proceedings-article", "book-chapter",
        "posted-content",
    }
)  # fmt: skip
_ABSTRACT = re.compile(r"\b(?:meeting|conference|congress)[ -]abstract\b", re.IGNORECASE)
_ONLY_ABSTRACT = re.compile(r"\[?(?:meeting )?abstract\]?", re.IGNORECASE)
_CHAPTER = re.compile(r"\W*(?:book )?(?:chapter|section)\W*", re.IGNORECASE)  # of Scopus's books
_CONTAINERS = frozenset(("booktitle", "journal", "journaltitle"))
_ORDINALS = {
    word: str(number)
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
        "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth "
        "twentieth".split(),
        1,
    )
}
_EDITION = re.compile(
    r"(\w+?)(?:st|nd|rd|th)?(?:\s+(?:ed\.?|edn\.?|edition)|\.\s?aufl(?:age|\.)?)?\.?", re.IGNORECASE
)


def type_of(kind: str, fields: Mapping[str, str]) -> str:
    """Return CSL's type of an entry."""
    found = _TYPES.get(kind, "document")
    if kind == "book" and not _CONTAINERS.isdisjoint(fields):
        named = (fields.get(name, "") for name in ("type", "document_type"))
        return "chapter" if any(map(_CHAPTER.fullmatch, named)) else found
    if found in ("chapter", "paper-conference") and not (
        {"booktitle", "maintitle"} & fields.keys()
    ):
        # Styles would print "In:" before nothing; in @inbook the title is that of the book.
        if "journal" in fields or "journaltitle" in fields:
            return "article-journal"
        if found == "chapter":
            return "book" if "title" in fields else found
        return "speech" if "eventtitle" in fields or "meeting" in fields else "document"
    return found


def is_same(title: object, container: object) -> bool:
    """Return whether a book is in a container of its own title, as Scopus and INSPIRE write it."""
    return plain(str(title)).casefold() == plain(str(container)).casefold()


def is_abstract(text: str) -> bool:
    """Return whether a type or an addition to the title says that the work is an abstract."""
    return bool(_ONLY_ABSTRACT.fullmatch(text) or _ABSTRACT.search(text))


def genre(kind: str, named: str) -> tuple[str, bool]:
    """Return the genre of an entry, and whether its ``type`` says so."""
    if known := _GENRES.get(named.lower()):
        return known, True
    if named and kind in _NAMED and not _is_kind(kind, named):
        return named, True
    return (_GENRES[kind] if kind.endswith("thesis") and kind in _GENRES else ""), False


def _is_kind(kind: str, named: str) -> bool:
    """Return whether a type only says what kind of entry this is, or nothing in words.

    That of a report or thesis is printed even if it is one of the plainer words.
    """
    is_plain = kind in _ANY and named.lower() != "preprint"
    return named.lower() in _KINDS or (is_plain and (names_kind(named) or named.isdecimal()))


def edition(text: str) -> str:
    """Return an edition as a number if its words say no more: ``Second`` and ``2nd ed.`` are 2."""
    if text and (found := _EDITION.fullmatch(text.strip())):
        word = found[1].lower()
        if word.isdecimal() or word in _ORDINALS:
            return _ORDINALS.get(word, word)
        whole = text.partition(" ")[0].lower()
        return _ORDINALS.get(whole, text)
    return text
