"""Find DOI, URL and the numbers of preprints in the fields of an entry."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from abstool.inputs.references.bibtex.braces import HREF, SIGNS, URL, verbatim
from abstool.inputs.references.bibtex.dates import without_visit
from abstool.inputs.references.bibtex.vocabulary.field_names import ARCHIVES, BEFORE_HOWPUBLISHED
from abstool.inputs.references.fields import doi, no_doi, without_tail
from abstool.inputs.references.normal import doi_of_url
from abstool.inputs.references.numbers import known
from abstool.inputs.references.preprints import arxiv
from abstool.inputs.references.web_addresses import addresses

# Where other programs (DBLP, BibDesk) write the URL of the DOI, beside a field for the DOI.
_LINKS = ("ee", "link", "bdsk-url-1")
_DOI_FIRST = re.compile(r"\W*doi\b", re.IGNORECASE)
# The kinds that preprints have whose number is in the note.
_PREPRINTS = frozenset("article misc online unpublished".split())
# The words around a URL that say no more than that it is one.
_LEAD = re.compile(
    r"(?:\b(?:available|online|internet|retrieved|accessible|from|at|on|via|url|link|see|also|web"
    r"|web-?page|web-?site|site|page|homepage|world wide web|www|http|last|accessed|visited|html"
    r"|pdf|dispon[ií]vel|disponible|disponibile|em|en|su|à|sur|verfügbar|abrufbar|unter"
    r"|beschikbaar|op)\b|\W|_)*+",
    re.IGNORECASE,
)
# A URL in the LaTeX of a text: the argument of a command, or bare up to a blank or brace.
_IN_TEXT = re.compile(
    rf"{URL.pattern}|{HREF.pattern}"
    rf"|((?:(?:https?|ftp)://|www\.)"
    rf"(?:\\(?:{SIGNS})(?![A-Za-z])\s?|\{{[^{{}}\s]{{0,99}}\}}|(?![,;|]https?:)[^\s{{}}<>])++)",
    re.IGNORECASE,
)
# Fields of a part of something, of which howpublished has the title.
_OF_CONTAINERS = BEFORE_HOWPUBLISHED | set("volume issue number pages issn eissn".split())
_ONE_ADDRESS = re.compile(r"[^\s.]++\.\S+")
_HANDLE = re.compile(r"\Ahdl:\s*", re.IGNORECASE)
_PLACE = "\ufffc"  # stands for the URL while the text around it is decoded
_PRINTED_PLACE = re.compile(
    rf"""(?:<\w+>)?(?:{_PLACE}|[(\[<"'“‘]\s?{_PLACE}\s?[)\]>"'”’])(?:</\w+>)?"""
)


class Link(NamedTuple):
    """A URL, the text around it, and what is wrong with the field."""

    url: str
    rest: str = ""
    doubt: str = ""


def address(text: str) -> Link:
    """Return the URL in a field that is for nothing else.

    A text without "://" is a URL if it is one word.
    """
    if "\\" in text and (found := _IN_TEXT.search(text)) and not found[3]:
        return Link(_argument(found))
    text = verbatim(text)
    if not known(text):
        return Link("")
    if urls := addresses(text):
        return Link(urls[0].rstrip(",;"))
    if re.search(r"\s", text):
        return Link("", "", f"{text[:40]!r} is not a URL; left it out")
    return Link(text)


def address_in(latex: str, decode: Callable[[str], str]) -> Link:
    """Return the first URL in a text, and what the text prints beside it.

    If the text has more URLs, this is all of it, so that none is lost.
    """
    if not (found := _IN_TEXT.search(latex)):
        return Link("", decode(latex))
    start, end = found.span()
    if found[3]:
        end = start + len(without_tail(found[3]))
        url = verbatim(latex[start:end]).strip(" <>")
    else:
        url = _argument(found)
    if _IN_TEXT.search(latex, end):
        return Link(url, decode(latex))
    return Link(url, _around(decode(f"{latex[:start]}{_PLACE}{latex[end:]}")))


def _argument(found: re.Match[str]) -> str:
    """Return the URL of a command, which ignores blanks and the ends of lines."""
    return re.sub(r"\s", "", verbatim(found[1] or found[2] or "").strip(" <>"))


def _around(printed: str) -> str:
    """Return a text without the place of the URL, or "" if it only says that there is one."""
    before, _, after = _PRINTED_PLACE.sub(_PLACE, printed).partition(_PLACE)
    if not is_lead(before):
        before = before.rstrip(" ,;:") if after.lstrip()[:1] in tuple(".,;:") else f"{before} "
        rest = f"{before}{after.lstrip()}"
    else:
        rest = after
    return "" if is_lead(rest) else " ".join(rest.split()).strip(" .,;:")


def is_lead(text: str) -> bool:
    """Return whether a text only says that a URL follows: ``Available at:``."""
    return _LEAD.fullmatch(text) is not None


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


def preprint(kind: str, values: Mapping[str, object], eprint: str) -> str:
    """Return the number of a preprint of arXiv, or "" if the work is published elsewhere."""
    journal, note = str(values["container-title"]), str(values.get("note", ""))
    if journal.lower() != "corr" and not journal.lower().startswith("arxiv") and journal:
        return ""
    found = arxiv(eprint) or arxiv(journal, whole=False)
    if journal.lower() in ("corr", "arxiv"):  # as DBLP and Semantic Scholar write it
        found = found or arxiv(str(values["volume"]))
    if not found and kind in _PREPRINTS and "arxiv" in note.lower():
        found = arxiv(note, whole=False)
    return found


def published(fields: Mapping[str, str], values: Mapping[str, object]) -> dict[str, object]:
    """Return the publisher that ``howpublished`` names in words, in an entry that is in nothing."""
    text = fields.get("howpublished", "")
    is_other = not text or values["publisher"] or values["type"] == "webpage"
    if is_other or _IN_TEXT.search(text) or not _OF_CONTAINERS.isdisjoint(fields):
        return {}
    printed = str(values["container-title"])
    if _DOI_FIRST.match(printed) or _has_no_words(without_visit(printed)):
        return {}
    return {"publisher": printed, "container-title": ""}


def _has_no_words(printed: str) -> bool:
    """Return whether a text is only an address without "://", or says that one follows."""
    lead = _LEAD.match(printed)
    rest = printed[lead.end() if lead else 0 :]
    return not rest or _ONE_ADDRESS.fullmatch(rest) is not None


def in_archive(archive: str, eprint: str) -> str:
    """Return the URL of an eprint in an archive other than arXiv, or ""."""
    eprint = _HANDLE.sub("", eprint) if archive == "hdl" else eprint
    if archive not in ARCHIVES or not eprint or re.search(r"\s", eprint):
        return ""
    return eprint if "://" in eprint else f"{ARCHIVES[archive]}{eprint}"
