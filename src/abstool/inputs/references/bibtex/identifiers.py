"""Find DOI, URL and the numbers of preprints in the fields of an entry."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from abstool.inputs.references.bibtex.braces import verbatim
from abstool.inputs.references.fields import doi, known, no_doi
from abstool.inputs.references.normal import doi_of_url
from abstool.inputs.references.web_addresses import addresses

# Where other programs (DBLP, BibDesk) write the URL of the DOI, beside a field for the DOI.
_LINKS = ("ee", "link", "bdsk-url-1")
_DOI_FIRST = re.compile(r"\W*doi\b", re.IGNORECASE)
# The words around a URL that say no more than that it is one.
_LEAD = re.compile(
    r"(?:\b(?:available|online|internet|retrieved|accessible|from|at|on|via|url|link|see|also|web"
    r"|web-?page|web-?site|site|page|homepage|world wide web|www|http|last|accessed|visited|html"
    r"|pdf)\b|\W|_)*",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:https?|ftp)://\S+|www\.\S+", re.IGNORECASE)


class Link(NamedTuple):
    """A URL, the text around it, and what is wrong with the field."""

    url: str
    rest: str = ""
    doubt: str = ""


def address(text: str) -> Link:
    """Return the first URL in a text, and what the text says beside it.

    A text without "://" is a URL if it is one word.
    """
    text = verbatim(text)
    if not known(text):
        return Link("")
    if found := addresses(text):
        rest = _ADDRESS.sub(" ", text)
        rest = "" if _LEAD.fullmatch(rest) else " ".join(rest.split())
        return Link(found[0].rstrip(",;"), rest.strip(" .,;:"))
    if re.search(r"\s", text):
        return Link("", "", f"{text[:40]!r} is not a URL; left it out")
    return Link(text)


def doi_of(fields: Mapping[str, str]) -> tuple[str, str]:
    """Return the DOI, and what is wrong with the field for it."""
    text = verbatim(fields.get("doi", ""))
    if number := doi(text):
        return number, ""
    for name in _LINKS:
        if number := doi_of_url(verbatim(fields.get(name, ""))):
            return number, ""
    if _DOI_FIRST.match(note := verbatim(fields.get("note", ""))) and (number := doi(note)):
        return number, ""
    return "", no_doi(text) if known(text) and not addresses(text) else ""
