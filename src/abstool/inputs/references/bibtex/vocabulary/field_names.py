"""The names that fields of BibTeX have in the files of different programs."""

from __future__ import annotations

from collections.abc import Mapping

from abstool.item import NAMES

PEOPLE = {
    "author": "author",
    "translator": "translator",
    "bookauthor": "container-author",
}
# The fields of editors, each of which may have their role in a field of its own.
EDITORS = ("editor", "editora", "editorb", "editorc")
_ROLES = {"collaborator": "contributor", "execproducer": "executive-producer"}
_USUAL = frozenset(("", "editor", "editors", "ed", "eds"))  # roles of those in "editor"
_OF_FIELDS = frozenset(("author", "editor", "translator"))
# Each variable with its fields; the first one that an entry has counts.
TEXTS = {
    variable: tuple(names.split())
    for variable, names in {
        "container-title-short": "shortjournal journalabbr journal-iso abbrev_source_title "
        "abbrev_journal journal_abbrev journal-abbreviation title-abbreviation "
        "iso-source-abbreviation",
        "collection-title": "series",
        "volume": "volume",
        "number-of-volumes": "volumes",
        "publisher": "publisher school institution organization",
        "publisher-place": "location address",
        "chapter-number": "chapter",
        "version": "version",
        "event-title": "eventtitle meeting",
        "event-place": "venue",
        "PMID": "pmid pubmed_id pubmedid",
        "PMCID": "pmcid pmc",
        "annote": "annote annotation",
    }.items()
}
# The titles of journals and books, each with its subtitle; the first title that is there counts.
# The title of a whole work is kept beside that of a volume: AMA and others would print it alone,
# since they do not know CSL's "volume-title".
CONTAINERS = (
    ("journaltitle", ""),
    ("journal", ""),
    ("booktitle", "booksubtitle"),
    ("maintitle", "mainsubtitle"),
    ("howpublished", ""),
)
BEFORE_HOWPUBLISHED = frozenset(title for title, _ in CONTAINERS[:-1])
ARTICLE_NUMBERS = tuple(
    "eid article-number article_number articlenumber art_number articleno elocation-id elocationid "
    "artnum artno article_no article-no articlenum article-id article_id".split()
)
# Where the manual of biblatex says that the documents of an archive are.
ARCHIVES = {
    "jstor": "https://www.jstor.org/stable/",
    "googlebooks": "https://books.google.com/books?id=",
    "hdl": "https://hdl.handle.net/",
}
ACCESSED = tuple(
    "urldate lastaccessed accessed access-date access_date accessdate lastaccess lastchecked "
    "last-checked lastvisited visited date-accessed dateaccessed accessed-date url-date "
    "url_date urlaccessdate retrieved".split()
)


def editorial_role(fields: Mapping[str, str], name: str) -> str:
    """Return the variable for the people in a field of editors, ``""`` if CSL lacks their role."""
    words = fields.get(f"{name}type", "").strip(" {}.").casefold()
    if name == "editor" and words in _USUAL:
        return "editor"
    role = _ROLES.get(words, words)
    return role if role in NAMES - _OF_FIELDS else ""
