"""Find volume, issue, number and pages in an entry of RIS."""

from __future__ import annotations

import re

from abstool.inputs.references.entry import (
    Fields,
    split_supplement,
    volume_and_issue,
    with_supplement,
)
from abstool.inputs.references.fields import unescaped, with_degree
from abstool.inputs.references.numbers import is_no_number, pages
from abstool.inputs.references.ris.containers import text_of
from abstool.inputs.references.ris.identifiers import is_doi
from abstool.inputs.references.ris.lines import Pairs
from abstool.inputs.references.ris.types import BOOKS, IN_BOOKS, NUMBERED
from abstool.inputs.references.serials import article_number, number_of_document

_SHORT_SUPPLEMENT = re.compile(r"\bsup(?:(?!p)|[a-z]{0,10}\d)", re.IGNORECASE)  # sup1, 2 Sup. 4
_NUMBER_IN_SERIES = re.compile(r"\s*(\d{1,5}[A-Za-z]?)\s*")
_ISSUE = re.compile(r"(?!9999)\d{1,4}(?:[-/]\d{1,4})?")  # in a tag other than IS


def numbers_of(
    fields: Fields, values: dict[str, object], kind: str, *, is_serial: bool
) -> dict[str, str]:
    """Return the issue, with a supplement that stands in the volume, or the number."""
    if kind in NUMBERED:
        return {"number": _number_of_document(fields, kind)}
    number = with_supplement(text_of(fields, "IS"), text_of(fields, "SU"))
    if not is_serial:
        return _in_series(fields, values, kind, number) or {"number": number}
    # EndNote and Zotero may have the issue in M1, older programs in CP.
    for tag in ("CP", "M1") if kind not in ("NEWS", "JFULL") else ("CP",):
        if not number and _ISSUE.fullmatch(fields.peek(tag)):
            number = fields.take(tag)
    if _SHORT_SUPPLEMENT.search(number):
        number = with_supplement(*split_supplement(number))
    volume = str(values.get("volume") or "")
    return volume_and_issue(volume, number)


def _in_series(fields: Fields, values: dict[str, object], kind: str, number: str) -> dict[str, str]:
    """Return the number of a book or chapter in its series; {} if it is in none.

    EndNote and Zotero have that of a book in M1, and that of a chapter in SV.
    """
    if not values.get("collection-title") or kind not in BOOKS | IN_BOOKS:
        return {}
    if kind in BOOKS:
        return {"collection-number": number or fields.take_matching("M1", _NUMBER_IN_SERIES)}
    return {"number": number, "collection-number": fields.take_matching("SV", _NUMBER_IN_SERIES)}


def degree_of(fields: Fields, values: dict[str, object]) -> dict[str, str]:
    """Return the kind of a thesis whose volume is the degree, as EndNote writes it."""
    volume = str(values.get("volume") or "")
    if not (genre := with_degree(volume, fields.peek("M3"))):
        return {}
    fields.take("M3")
    if volume not in genre:
        fields.put("VL", volume)
    return {"volume": "", "genre": genre}


def _number_of_document(fields: Fields, kind: str) -> str:
    number = number_of_document(fields, "SN", is_patent=kind == "PAT")
    return unescaped(number) if number else text_of(fields, "IS M1")


def ahead_of_print(fields: Fields) -> Pairs:
    """Return the fields of numbers and pages that only say that the article has none yet."""
    tags = ("VL", "VO", "IS", "SP", "EP", "LP")
    said = ((tag, text) for tag in tags for text in fields.seen(tag))
    return [(tag, text) for tag, text in said if is_no_number(text)]


def page_of(fields: Fields) -> dict[str, str]:
    """Return the pages, or the number of the article, which has other tags."""
    first = "" if is_doi(fields.peek("SP")) else text_of(fields, "SP")
    page = pages(first, text_of(fields, "EP LP"))  # LP is that of HighWire
    for tag in ("C7", "AR"):
        page = page or article_number(fields, tag)
    fields.drop("C7 AR PG", page)
    return {"page": page}
