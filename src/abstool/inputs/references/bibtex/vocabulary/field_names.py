"""The names that fields of BibTeX have in the files of different programs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from abstool.errors import printable
from abstool.item import NAMES

PEOPLE = {
    "author": "author",
    "translator": "translator",
    "bookauthor": "container-author",
}
# The fields of editors, each of which may have their role in a field of its own.
_EDITORS = ("editor", "editora", "editorb", "editorc")
# The words for roles that are not the names of CSL's variables, without blanks and hyphens.
_ROLES = (
    {role.replace("-", ""): role for role in NAMES - {"author"}}
    | {
        "chiefeditor": "editor",
        "collaborator": "contributor",
        "execproducer": "executive-producer",
        "translation": "translator",
        "trans": "translator",
        "serieseditor": "collection-editor",
        "series": "collection-editor",
    }
    | dict.fromkeys("ed edited editorinchief editorsinchief hg hrsg herausgeber".split(), "editor")
)
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
TEXT_OF = {name: variable for variable, names in TEXTS.items() for name in names}
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


def editorial_roles(fields: Mapping[str, str], once: list[str]) -> Iterator[tuple[str, str, bool]]:
    """Yield each field of editors, the variable for its people, and whether CSL has their role.

    Those in ``editor`` are editors if it has not; the others, who only helped, are left out. What
    the user should know is added to ``once``.
    """
    for name in filter(fields.__contains__, _EDITORS):
        printed = fields.get(f"{name}type", "")
        words = re.sub(r"[\W_]", "", printed).casefold()
        role = _ROLES.get(words) or _ROLES.get(words.removesuffix("s"), "")
        if role or (name == "editor" and not words):
            yield name, role or "editor", True
        elif name == "editor":
            named = printable(printed, limit=40)
            once.append(f"no style knows the role {named!r} of 'editor'; read as that of editors")
            yield name, "editor", False
        else:
            named = printable(printed, limit=40)
            once.append(f"no style knows the role {named!r} of {name!r}; left it out")
