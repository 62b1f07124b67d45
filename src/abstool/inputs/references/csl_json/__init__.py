"""Adapt CSL-JSON of other programs: DOI negotiation, Crossref's API, DataCite, Zotero, pandoc.

Items that need nothing of this stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import cast

from abstool.errors import UnreadableInput, printable
from abstool.inputs.outcome import Outcome
from abstool.inputs.references.csl_json import crossref, datacite
from abstool.inputs.references.csl_json.crossref import CROSSREF_TYPES, LISTS, first, listed
from abstool.inputs.references.dates.csl import date_of
from abstool.inputs.references.dates.possible import doubts_of_dates
from abstool.inputs.references.entry import affiliations_of
from abstool.inputs.references.fields import (
    InvalidEntryError,
    JsonObject,
    Reading,
    doi,
    no_doi,
    unescaped,
)
from abstool.inputs.references.normal import lost_characters, normalized, only_identifiers
from abstool.inputs.references.numbers import known, pages, unlabelled
from abstool.inputs.references.people.parts import parted
from abstool.inputs.references.retractions import RETRACTED, mark, retraction
from abstool.inputs.references.web_addresses import addresses
from abstool.item import DATES, ET_AL, NAMELESS, NAMES, TYPES, Item, clean, to_date

_EXPORT = "export CSL JSON, RIS or BibTeX"
# Members that only the JSON of other programs has, some of it with the types of CSL.
_FOREIGN = {
    "@context": "JSON-LD",
    "@graph": "JSON-LD",
    "@type": "JSON-LD",
    "authorships": "OpenAlex's JSON",
    "authorString": "Europe PMC's JSON",
    "home_page_url": "a JSON feed",
    "lens_id": "Lens.org's JSON",
    "paperId": "Semantic Scholar's JSON",
    "resultList": "Europe PMC's JSON",
    "sortpubdate": "PubMed's JSON",
    "itemType": "Zotero's own JSON",
}
_READ: dict[str, Callable[[str], str]] = {
    "page": pages,
    "volume": unlabelled,
    "issue": unlabelled,
    "number": known,
    "edition": known,
}
# The variables in capitals, which pandoc reads in lower case as well.
_CAPITALS = ("DOI", "ISBN", "ISSN", "PMCID", "PMID", "URL")
_PUBLISHED = ("published", "published-print", "published-online", "posted", "approved")
_UPDATES = {"updated-by": RETRACTED, "update-to": "this is the notice of a retraction"}
_RETRACTION = re.compile(r"(?:partial[_ -])?(?:retract|withdraw|removal)", re.IGNORECASE)
_NOTE_LINE = re.compile(r"\{?:?([A-Za-z][A-Za-z -]{1,30}?):(.*)")
_NOTE_PART = re.compile(r" ?\{:([A-Za-z][A-Za-z -]{1,30}):([^{}]*)\}")  # several on one line
_NOTED = {
    name.lower(): name
    for name in (
        "PMID PMCID DOI ISBN ISSN URL publisher publisher-place event-title event-place volume "
        "issue page number edition genre medium archive archive-place version container-title "
        "container-title-short collection-title collection-number title-short original-title "
        "original-publisher language"
    ).split()
}
_NOTED |= {name: name for name in DATES}


def adapted_all(subject: str, data: dict[str, object]) -> Iterator[Outcome[dict[str, object]]]:
    """Yield each item in data that are an item or the answer of an API, in CSL's form."""
    found = [data] if _foreign(data) else [*works(data)]
    for number, work in enumerate(found, 1):
        yield _outcome(work, f"{subject}, item {number}" if len(found) > 1 else subject)


def _foreign(data: JsonObject) -> str:
    """Return whose JSON data are, if it is one that abstool does not read, or ``""``."""
    titles = (title for member, title in _FOREIGN.items() if member in data)
    return "" if "schema" in data else next(titles, "")


def _outcome(work: dict[str, object], subject: str) -> Outcome[dict[str, object]]:
    if title := _foreign(work):
        said = f"this is {title}, which abstool cannot read"
        return Outcome(subject, error=UnreadableInput(subject, said, _EXPORT))
    if "type" not in work and not datacite.is_datacite(work):  # a record without its schema
        return Outcome(subject, work)
    try:
        reading = adapted(work)
    except InvalidEntryError as error:
        problem = UnreadableInput(subject, str(error), _EXPORT)
        return Outcome(subject, error=problem)
    except Exception as error:  # noqa: BLE001 - a bug must fail only one item
        return Outcome(subject, error=error)
    warnings = (*reading.warnings, *only_identifiers(reading.item))
    return Outcome(subject, cast("dict[str, object]", reading.item), warnings=warnings)


def works(data: dict[str, object]) -> Iterator[dict[str, object]]:
    """Yield the works in an answer of an API, or the data themselves."""
    message = data.get("message")
    found: object = None
    if isinstance(message, dict) and ("items" in message or "DOI" in message):
        found = message.get("items", [message])
    elif "type" not in data and "title" not in data:
        found = [*datacite.attributes(data)] or data.get("references", data.get("items"))
    if isinstance(found, list) and all(isinstance(work, dict) for work in found):
        yield from found
    else:
        yield data


def is_item(data: JsonObject) -> bool:
    """Return whether data look like a record or an item, however unusual."""
    kind = data.get("type")
    known = isinstance(kind, str) and (kind in TYPES or kind in CROSSREF_TYPES)
    return (
        known
        or datacite.is_datacite(data)
        or any(datacite.attributes(data))
        or str(data.get("schema", "")).startswith("abstool/")
    )


def adapted(data: JsonObject) -> Reading:
    """Return an item in CSL's form, with a warning if the work was retracted.

    Raises InvalidEntryError for items of another program's own format.
    """
    is_datacite = datacite.is_datacite(data)
    if "creators" in data and not is_datacite:
        raise InvalidEntryError("this is Zotero's own JSON, which abstool cannot read")
    values = datacite.variables(data) if is_datacite else dict(data)
    kind = values.get("type")
    if isinstance(kind, str) and kind.lower() in TYPES | CROSSREF_TYPES.keys():
        values["type"] = kind = kind.lower()
    for name in _CAPITALS:
        if name not in values and isinstance(values.get(name.lower()), str):
            values[name] = values.pop(name.lower())
    is_crossref = isinstance(kind, str) and kind in CROSSREF_TYPES
    if is_crossref or isinstance(values.get("title"), list):
        values = crossref.variables(values)
    for name in LISTS & values.keys():
        values[name] = first(values[name])
    values = _decoded(values)
    for name in DATES & values.keys():
        values[name] = date_of(values[name])
    _date_of_publication(values)
    for name, read in _READ.items():
        if isinstance(text := values.get(name), str):
            values[name] = read(text)
    warnings = _updates(data)
    warnings += _addressed(values)
    is_of_datacite = str(values.get("id", "")).startswith("https://doi.org/")
    for name in () if is_datacite else NAMES & values.keys():
        found = parted(_people(values[name]), as_literals=is_of_datacite)
        values[name] = found.names
        warnings += (*found.warnings, *found.once)
    places = affiliations_of(data.get("author", data.get("creators")))
    if places and isinstance(custom := values.get("custom", {}), dict):
        values["custom"] = {"affiliations": places, **custom}
    if values.get("type") == "dataset" and is_of_datacite:
        values.setdefault("genre", "dataset")
    note = values.get("note")
    if isinstance(note, str):
        _read_note(values, note)
    warnings += doubts_of_dates(values)
    item = normalized(cast("Item", values))
    if not clean(item).keys() - NAMELESS:
        raise InvalidEntryError("the entry is empty")
    if any(text.startswith(RETRACTED) for text in warnings):
        mark(item)
    else:
        warnings += retraction(item)
    warnings += lost_characters(item)
    return Reading(item, tuple(dict.fromkeys(warnings)))


# --- Crossref and DataCite ------------------------------------------------------------------------


def _date_of_publication(values: dict[str, object]) -> None:
    """Take the date in print or online where Crossref has an empty date of publication."""
    for name in ("issued", *_PUBLISHED):
        found = date_of(values.get(name))
        date = to_date(found)
        if date.get("date-parts") or (name == "issued" and date):
            if name != "issued":
                values["issued"] = found
            return


def _addressed(values: dict[str, object]) -> list[str]:
    """Leave a DOI and a URL out that are none, and return the warnings about them."""
    warnings = []
    number, url = values.get("DOI"), values.get("URL")
    if isinstance(number, str):
        values["DOI"] = doi(number)
        warnings += [] if values["DOI"] or not known(number) else [no_doi(number)]
    if isinstance(url, str) and not (found := addresses(url)):
        if is_none := " " in url.strip():
            warnings.append(f"{printable(url, limit=40)!r} is not a URL; left it out")
        values["URL"] = "" if is_none else known(url)
    elif isinstance(url, str) and len(found) == 1:
        values["URL"] = found[0]
    return warnings


def _people(value: object) -> list[object]:
    """Return names; ``name`` is that of a group."""
    people = value if isinstance(value, list) else [value]
    return [_person(person) if isinstance(person, dict) else person for person in people]


def _decoded(values: JsonObject) -> dict[str, object]:
    """Return texts with their character references (``&amp;``) resolved."""
    return {
        name: unescaped(value) if isinstance(value, str) and name != "id" else value
        for name, value in values.items()
    }


def _joined(value: object) -> object:
    """Return a part of a name that is a list, as pandoc allows, as one text."""
    if isinstance(value, list) and value and all(isinstance(text, str) for text in value):
        return " ".join(value)
    return value


def _person(person: JsonObject) -> JsonObject:
    person = _decoded({part: _joined(value) for part, value in person.items()})
    if "name" in person and not {"family", "given", "literal"} & person.keys():
        return {"literal": person["name"]}
    texts = [text for text in person.values() if isinstance(text, str) and text]
    if len(texts) == 1 and texts[0].lower() in ("others", "et al", "et al.", "and others"):
        return {"literal": ET_AL}
    return person


def _updates(data: JsonObject) -> list[str]:
    """Return the warnings about what Crossref says of a work's retraction."""
    warnings = []
    for name, text in _UPDATES.items():
        for update in listed(data.get(name)):
            if _RETRACTION.match(str(update.get("type"))):
                number = printable(str(update.get("DOI") or ""), limit=100)
                where = f" (doi:{number})" if number else ""
                warnings.append(f"{text}{where}")
    relation = data.get("relation")
    is_retracted = isinstance(relation, dict) and "is-retracted-by" in relation
    return [*warnings, RETRACTED] if is_retracted else warnings


# --- Zotero and pandoc ----------------------------------------------------------------------------


def _read_note(values: dict[str, object], note: str) -> None:
    """Move the lines of a note that name a variable to that variable."""

    def take(found: re.Match[str]) -> str:
        """Return what is left of a part of the note: nothing if it is a variable now."""
        name = _NOTED.get(found[1].strip().lower().replace(" ", "-"), "")
        value = found[2].strip(" }")
        if not name or not value or values.get(name):
            return found[0]
        values[name] = date_of(value) if name in DATES else value
        return ""

    rest: list[str] = []
    for line in note.splitlines():
        left = _NOTE_PART.sub(take, line) if "{:" in line else line
        if found := _NOTE_LINE.fullmatch(left.strip()):
            left = take(found) and left
        if left.strip() or not line.strip():
            rest.append(left)
    values["note"] = "\n".join(rest).strip()
    if not values["note"]:
        del values["note"]
