"""The names that programs give to the columns of a table of references."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from abstool.inputs.references.tables import web_of_science
from abstool.inputs.references.tables.names import EPPI, LENS
from abstool.text import fold

# Each role with the names of its columns, without spaces and signs; those of Rayyan and abstool,
# Zotero, Covidence, PubMed, Scopus, Web of Science, Cochrane, Ovid, Lens, RefWorks, ASReview
# and EPPI-Reviewer.
_NAMES = {
    "key": "key",
    "type": "ty dt itemtype typeofreference referencetype type publicationtype documenttype "
    "doctype documentidentifier reftype",
    "title": "title articletitle primarytitle titleprimary documenttitle ti fulltitle",
    "authors": "af authors author authornames authorsprimary firstauthors authorfullnames au "
    "authorss authorsnames",
    "editors": "editors editor secondaryauthors authorssecondary bookeditors",
    "groups": "groupauthors",
    "year": "year publicationyear publishedyear pubyear yearofpublication py",
    "month": "month publishedmonth",
    "day": "day",
    "date": "da date publicationdate datepublished dateofpublication publicationdatetext",
    "journal": "so jo jf t2 journal publicationtitle sourcetitle journaltitle journalbook "
    "publication secondarytitle periodicalfull journalname titlesecondary periodical",
    "source_text": "source",
    "citation": "citation",
    "short": "ji journalabbreviation abbreviatedsourcetitle periodicalabbrev "
    "journalisoabbreviation isosourceabbreviation",
    "book": "anthologytitle",
    "issn": "sn issn issns eissn issnisbn isbnissn",
    "isbn": "isbn isbns",
    "volume": "volume vol vl",
    "issue": "issue issuenumber number is",
    "supplement": "supplement",
    "pages": "pages page pagination",
    "first_page": "bp startpage pagestart firstpage beginningpage sp",
    "last_page": "ep endpage pageend lastpage endingpage otherpages",
    "article_number": "ar artno articlenumber articleno",
    "url": "ur url urls link sourceurls plink uri externalurl",
    "language": "la language languageoforiginaldocument",
    "publisher": "pu publisher",
    "place": "location place placeofpublication placepublished publisheraddress",
    "abstract": "abstract abstractnote abstracttext notesabstract ab",
    "notes": "notes note",
    "doi": "do doi di",
    "keywords": "de kw keywords keyword authorkeywords manualtags",
    "pmid": "pm pmid pubmedid",
    "pmcid": "pmcid pmc",
    "abstract_number": "abstractnumber abstractno",
    "meeting": "meeting conferencename conferencetitle",
    "place_of_meeting": "conferencelocation",
    "edition": "edition",
    "series": "series seriestitle bookseriestitle",
    "short_title": "shorttitle",
    "affiliations": "affiliations affiliation addresses authoraddress",
    "trials": "trials",
    "accessed": "accessed accessdate",
    "database": "database databasename librarycatalog namoofdatabase nameofdatabase",
    **{f"session_{part}": f"session{part}" for part in ("title", "type", "date", "start", "end")},
}
ROLES = {name: role for role, names in _NAMES.items() for name in names.split()}
# Where two columns say what the type is, and names that mean something else in other tables:
# SP is the sponsor of a meeting in Web of Science.
_WEB_OF_SCIENCE = {
    "dt": "document_type",
    "documenttype": "document_type",
    "sp": "",
    "pd": "date",
    "su": "supplement",
    "ca": "groups",
    "ma": "abstract_number",
    "meetingabstract": "abstract_number",
    "ct": "meeting",
    "cl": "place_of_meeting",
}
# Columns that hardly any table but one of references has beside a title.
_TELLING = frozenset("authors year date journal doi pmid issn volume pages abstract".split())
_OWN = "key title year month day journal issn volume issue pages authors url language publisher"
# In the tables of Zotero, which have a column for every field of every type.
_ZOTERO = {
    "number": "number",  # of a report or patent; the issue has its own column
    "type": "genre",
    "version": "version",
    "meetingname": "meeting",
}
# Of OpenAlex, as the fields of its API, and as those of its older exports.
_OPENALEX = {
    "displayname": "title",
    "primarylocationdisplayname": "journal",
    "primarylocationissns": "issn",
    "authorshipsauthordisplayname": "authors",
    "primarylocationsourcedisplayname": "journal",
    "primarylocationsourceissn": "issn",
    "bibliovolume": "volume",
    "biblioissue": "issue",
    "bibliofirstpage": "first_page",
    "bibliolastpage": "last_page",
}
_OF_EPPI = frozenset({"reftype", "shorttitle"})
OF_OPENALEX = frozenset({"citationcount", "citedbycount", "authorshipsauthordisplayname"})
# The tables whose authors have the given name first: those of Lens, and of OpenAlex in both forms.
_GIVEN_FIRST = (
    {"Author/s"},
    {"authorships.author.display_name"},
    {"ID", "Source", "Type", "Citation count"},
)
_REPEATED = frozenset({"meeting"})  # of which an entry fills only one column


class Header(NamedTuple):
    """The columns of a table, as printed, with their roles ("" for an unknown column)."""

    names: tuple[str, ...]
    roles: tuple[str, ...]
    is_own: bool  # of abstool's own export, whose cells may begin with an apostrophe
    names_of: str = ""  # the program whose form of names it has: LENS (and OpenAlex) or EPPI
    tags: tuple[str, ...] = ()  # those of Web of Science, if it made the table


def header_of(cells: Sequence[str]) -> Header | None:
    """Return the header in the first row of a table, or None if it is not one of references."""
    names = tuple(cell.strip().strip("\ufeff") for cell in cells)
    plain = {*map(comparable, names)}
    known = _roles_of(plain)
    roles: list[str] = []
    for name in names:
        role = known.get(comparable(name), "")
        roles.append(role if role not in roles or role in _REPEATED else "")
    if "title" not in roles or len(_TELLING & set(roles)) < 2:
        return None
    is_own = " ".join(names).startswith(_OWN) and "abstract_number" in names
    names_of = LENS if any(columns <= {*names} for columns in _GIVEN_FIRST) else ""
    names_of = EPPI if known is ROLES and plain >= _OF_EPPI else names_of
    return Header(names, tuple(roles), is_own, names_of, web_of_science.tags_of(names, roles))


def _roles_of(names: set[str]) -> dict[str, str]:
    """Return the role of each name of a column in a table that has these columns."""
    if "pt" in names or "publicationtype" in names:
        return {**ROLES, "pt": "type", **_WEB_OF_SCIENCE}
    if {"itemtype", "issue"} <= names:
        return {**ROLES, **_ZOTERO}
    if not OF_OPENALEX.isdisjoint(names):
        return {**ROLES, **_OPENALEX}
    return ROLES


def comparable(name: str) -> str:
    """Return the name of a column without case, accents, blanks and signs."""
    return re.sub(r"[^a-z0-9]", "", fold(name))
