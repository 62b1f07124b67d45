"""The types of CSL for the words with which programs name types in tables."""

from __future__ import annotations

import re
from functools import lru_cache

from abstool.inputs.references.endnote import type_of as endnote_type
from abstool.inputs.references.entry import Fields, split_supplement
from abstool.item import TYPES

_TYPES = {
    "journalarticle": "article-journal",
    "conferencepaper": "paper-conference",
    "booksection": "chapter",
    "bookchapter": "chapter",
    "magazinearticle": "article-magazine",
    "newspaperarticle": "article-newspaper",
    "preprint": "article",
    "presentation": "speech",
    "computerprogram": "software",
    "dissertation": "thesis",
    "blogpost": "post-weblog",
    "encyclopediaarticle": "entry-encyclopedia",
    "conferenceabstract": "article-journal",
    "meetingabstract": "article-journal",
    "article": "article-journal",
    "jour": "article-journal",
    "review": "article-journal",
    "abstract": "article-journal",
    "chapter": "chapter",
    "monograph": "book",
    "proceeding": "paper-conference",
    "ieeeconferences": "paper-conference",
    "ieeejournals": "article-journal",
    "ieeemagazines": "article-magazine",
    "bookwhole": "book",
    "articleinaperiodical": "article-journal",
    "documentfrominternetsite": "webpage",
    "website": "webpage",
    "dvdvideomedia": "motion_picture",
}


def type_and_genre(fields: Fields) -> tuple[str, str]:
    """Return the CSL type for a word of any program, and the genre of a meeting abstract."""
    kind, document = fields.peek("type"), fields.peek("document_type")
    name = re.sub(r"[^a-z]", "", (document or kind).lower())
    genre = "abstract" if re.search(r"(?:meeting|conference)abstract|^abst$", name) else ""
    found = _type_of(kind)
    if found == "document" and document:
        found = _type_of(document)
    if found == "paper-conference" and "volume" in fields:
        # a supplement is one of a journal
        found = "article-journal" if split_supplement(fields.peek("issue"))[1] else found
    if found == "document":
        in_journal = genre or "journal" in fields or "source_text" in fields
        return ("article-journal" if in_journal or not kind else "document"), genre
    fields.take("type")
    return found, genre


@lru_cache  # a table has few of them
def _type_of(kind: str) -> str:
    name = re.sub(r"[^a-z]", "", kind.lower())
    return kind if kind in TYPES else _TYPES.get(name) or endnote_type(kind)
