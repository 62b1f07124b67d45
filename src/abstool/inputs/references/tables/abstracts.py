"""The columns of a sheet of abstracts, and how it differs from a table of references."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from abstool.inputs.references.tables.columns import OF_OPENALEX, ROLES, comparable
from abstool.parser.labels import SECTION_LABELS

# Each role with the names of its columns, as ``comparable`` returns them. Those in the first part
# are telling: with a title, they show that the rows are abstracts of a meeting.
_TELLING = {
    "number": "abstractnumber abstractno abstractnum abstractid abstractcode posterid posterno "
    "posternumber publicationnumber presentationnumber presentationid presentationno "
    "programnumber finalid finalabstractnumber finalnumber abstractnr abstractnummer posternr "
    "posternummer nderesume numeroderesume numerodelresumen",
    "title": "abstracttitle postertitle presentationtitle abstracttitel titredelabstract "
    "tituloderesumen titulodelresumen",
    "linked_title": "titlefromlinks titlefromlink linktitle",
    "authors": "authorsandaffiliations authorsaffiliations authorsandinstitutions authorblock "
    "authorsblock",
    "presenting_author": "presentingauthor presenter presenters presentingauthors presentername "
    "presentingauthorname speaker speakers",
    "presenting_given": "presentingauthorfirstname presenterfirstname presentingfirstname "
    "speakerfirstname presentingauthorgivenname",
    "presenting_family": "presentingauthorlastname presenterlastname presentinglastname "
    "speakerlastname presentingauthorfamilyname presentingauthorsurname",
    "co_authors": "coauthors",
    "disclosures": "disclosures disclosure disclosureofinterest disclosureofinterests "
    "disclosuresofinterest conflictsofinterest conflictofinterest disclosureblock",
    "session.title": "session sessiontitle sessionname",
    "session.type": "sessiontype presentationformat presentationtype",
    "session.date": "sessiondate presentationdate",
    "session.time": "sessiontime presentationtime",
}
_OTHER = {
    "number": "number no id nr nummer numero",
    "title": "title articletitle papertitle titel titre titulo",
    "authors": "authors author authornames authorlist allauthors authornameslist fullauthorlist "
    "autoren auteurs autores",
    "first_author": "firstauthor leadauthor",
    "affiliations": "affiliations affiliation institutions institution authoraffiliations "
    "institute einrichtungen institutionen centros instituciones afiliaciones etablissements",
    "text": "abstracttext abstract abstractbody body text fulltext abstractcontent "
    "zusammenfassung resume resumen",
    "keywords": "keywords keyword topics topic schlagworter schlusselworter stichworter motscles "
    "palabrasclave",
    "url": "linkfinal link url abstracturl abstractlink permalink weblink hyperlink",
    "doi": "doi",
    "session.date": "date",
    "session.time": "time",
    "meeting": "meeting meetingname conference conferencename congress",
    "year": "year",
    "first_published": "publicationdate datepublished articledate firstpublished",
}
_NAMES = {
    name: role
    for roles in (_OTHER, _TELLING)
    for role, names in roles.items()
    for name in names.split()
}
_TELLING_NAMES = frozenset(name for names in _TELLING.values() for name in names.split())
_SECTIONS = frozenset(map(comparable, SECTION_LABELS)) - {"references"}
# Roles of the columns that only tables of references have.
_OF_REFERENCES = frozenset(
    "journal short issn isbn volume pages first_page last_page pmid pmcid editors".split()
)
_NOT_OF_ABSTRACTS = OF_OPENALEX | {"itemtype"}
FIELDS = tuple(dict.fromkeys((*_TELLING, *_OTHER)))
_FEWEST = 2  # columns with a role


class Columns(NamedTuple):
    """The columns of a sheet: their names as printed, and the role of each.

    The role of an unknown column is ``""``; that of a section of the body is ``section``.
    """

    names: tuple[str, ...]
    roles: tuple[str, ...]


def columns_of(
    cells: Sequence[str], given: Mapping[str, str], *, is_expected: bool = False
) -> Columns | None:
    """Return the columns in the header of a sheet of abstracts, or None for any other row.

    ``given`` are the names of columns by their roles, which the user knows. If a sheet
    ``is_expected``, a title with authors or a text is enough.
    """
    names = tuple(" ".join(cell.split()).strip("\ufeff") for cell in cells)
    keys = [_key(name) for name in names]
    wanted = {_key(name): role for role, name in given.items()}
    if not wanted.keys() <= set(keys):
        return None
    roles: list[str] = []
    for key in keys:
        role = wanted.get(key) or ("" if _NAMES.get(key) in given else _NAMES.get(key, ""))
        role = role or ("section" if key in _SECTIONS else "")
        roles.append(role if role == "section" or role not in roles else "")
    found = {role for role in roles if role}
    if "title" not in found or len(found) < _FEWEST:
        return None
    if given or _is_telling(keys, found, is_expected=is_expected):
        return Columns(names, tuple(roles))
    return None


def _key(name: str) -> str:
    return comparable(re.sub(r"\s*#", " no", name))


def _is_telling(keys: Sequence[str], roles: set[str], *, is_expected: bool) -> bool:
    if any(ROLES.get(key) in _OF_REFERENCES or key in _NOT_OF_ABSTRACTS for key in keys):
        return False
    if not _TELLING_NAMES.isdisjoint(keys) or "section" in roles:
        return True
    if "number" in roles and roles & {"authors", "text"}:
        return True
    return is_expected and bool(roles & {"authors", "first_author", "text"})
