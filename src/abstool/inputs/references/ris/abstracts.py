"""Find whether an entry of RIS is a meeting abstract, and its number."""

from __future__ import annotations

import re
from collections.abc import Iterable

from abstool.inputs.references.entry import Fields
from abstool.inputs.references.fields import names_kind
from abstool.inputs.references.retractions import has_word
from abstool.inputs.references.ris.containers import text_of

_ABSTRACT = re.compile(r"\babstract\b", re.IGNORECASE)
# Alone or, where the lines of a note were joined, as a sentence or in front of the conference.
_NAMED = re.compile(
    r"(?:^\s*|[.;|]\s?)conference abstract(?:\s{0,3}(?:$|[.;|])|\s{1,3}conference\b)", re.IGNORECASE
)
_NUMBER_IN_NOTE = re.compile(r"\babstract (?:no\.?|number|#):?\s*([\w.-]*\d[\w.-]*)", re.IGNORECASE)


def genre_of(
    fields: Fields, kind: str, values: dict[str, object], words: list[str], notes: list[str]
) -> dict[str, str]:
    """Return the genre: "abstract", or what says more of a thesis or report than its type.

    "Conference proceeding" of an article is what Cochrane calls an abstract, and Embase's keyword
    "conference abstract" is its type of publication.
    """
    if values.get("genre"):
        return {}
    work = fields.peek("M3")
    if _ABSTRACT.search(work):
        fields.take("" if has_word(work) else "M3")
        return {"genre": "abstract"}
    if any(map(_NAMED.search, (*fields.seen("PT"), *notes))):  # as Ovid writes it
        return {"genre": "abstract"}
    is_in_central = fields.peek("AN").startswith("CN-") and "conference proceeding" in work.lower()
    is_in_embase = "conference abstract" in map(str.lower, words)
    if kind == "ABST" or is_in_central or is_in_embase:
        return {"genre": "abstract"}
    if kind in ("THES", "RPRT") and work and not names_kind(work):
        return {"genre": text_of(fields, "M3")}
    return {}


def abstract_number(fields: Fields, values: dict[str, object], notes: Iterable[str]) -> str:
    """Return the number of a meeting abstract; one without pages has it for a page."""
    page = str(values.get("page") or "")
    if values.get("genre") != "abstract":
        return ""
    if page.lower().startswith("abstract "):
        fields.drop("AN", page.partition(" ")[2])  # abstool writes both
        return ""
    number = text_of(fields, "MA")
    if not number:
        noted_as = filter(None, map(_NUMBER_IN_NOTE.search, notes))
        number = next((match[1].rstrip(".") for match in noted_as), "")
    if number and not page:
        values["page"] = f"Abstract {number}"
    return number
