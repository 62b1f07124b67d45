"""Adapt CSL-JSON of other programs: DOI negotiation, Crossref's API, DataCite, Zotero, pandoc.

Items that need nothing of this stay as they are.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from typing import cast

from abstool.errors import UnreadableInput, printable
from abstool.inputs.outcome import Outcome
from abstool.inputs.references.entry import RETRACTED, retraction
from abstool.inputs.references.fields import InvalidEntryError, Reading
from abstool.inputs.references.normal import csl_markup, normalized
from abstool.inputs.references.printed_dates import edtf
from abstool.item import DATES, NAMES, TYPES, Item, to_date

JsonObject = Mapping[str, object]

# Types of Crossref and DataCite that CSL does not know.
_TYPES = {
    "book-part": "chapter",
    "book-section": "chapter",
    "book-series": "book",
    "book-set": "book",
    "book-track": "chapter",
    "book-chapter": "chapter",
    "component": "document",
    "database": "dataset",
    "dissertation": "thesis",
    "edited-book": "book",
    "grant": "document",
    "journal": "periodical",
    "journal-article": "article-journal",
    "journal-issue": "periodical",
    "journal-volume": "periodical",
    "monograph": "book",
    "other": "document",
    "peer-review": "review",
    "posted-content": "article",
    "preprint": "article",
    "proceedings": "book",
    "proceedings-article": "paper-conference",
    "proceedings-series": "book",
    "reference-book": "book",
    "reference-entry": "entry",
    "report-component": "report",
    "report-series": "report",
}
_LISTS = {"title": "", "container-title": "", "ISSN": "", "ISBN": "", "original-title": ""}
_RENAMED = {"short-container-title": "container-title-short", "article-number": "page"}
_UPDATES = {"updated-by": RETRACTED, "update-to": "this is the notice of a retraction"}
_NOTE_LINE = re.compile(r"\{?:?([A-Za-z][A-Za-z -]{1,30}?):(.*)")
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
_RETRACTED_NOTE = re.compile(r"\W*retract(?:ed|ion)\b|.*\bretracted publication\b", re.IGNORECASE)


def adapted_all(subject: str, data: dict[str, object]) -> Iterator[Outcome[dict[str, object]]]:
    """Yield each item in data that are an item or the answer of an API, in CSL's form."""
    found = [*works(data)]
    for number, work in enumerate(found, 1):
        yield _outcome(work, f"{subject}, item {number}" if len(found) > 1 else subject)


def _outcome(work: dict[str, object], subject: str) -> Outcome[dict[str, object]]:
    if "type" not in work and "creators" not in work:  # a record that does not name its schema
        return Outcome(subject, work)
    try:
        reading = adapted(work)
    except InvalidEntryError as error:
        problem = UnreadableInput(subject, str(error), "export CSL JSON, RIS or BibTeX")
        return Outcome(subject, error=problem)
    except Exception as error:  # noqa: BLE001 - a bug must fail only one item
        return Outcome(subject, error=error)
    return Outcome(subject, cast("dict[str, object]", reading.item), warnings=reading.warnings)


def works(data: dict[str, object]) -> Iterator[dict[str, object]]:
    """Yield the works in an answer of an API, or the data themselves."""
    message = data.get("message")
    found: object = None
    if isinstance(message, dict) and ("items" in message or "DOI" in message):
        found = message.get("items", [message])
    elif "type" not in data and "title" not in data:
        found = data.get("references", data.get("items"))
    if isinstance(found, list) and all(isinstance(work, dict) for work in found):
        yield from found
    else:
        yield data


def is_item(data: JsonObject) -> bool:
    """Return whether data look like a record or an item, however unusual."""
    kind = data.get("type")
    known = isinstance(kind, str) and (kind in TYPES or kind in _TYPES)
    return known or "creators" in data or str(data.get("schema", "")).startswith("abstool/")


def adapted(data: JsonObject) -> Reading:
    """Return an item in CSL's form, with a warning if the work was retracted.

    Raises InvalidEntryError for items of another program's own format.
    """
    if "itemType" in data or ("creators" in data and "titles" not in data):
        raise InvalidEntryError("this is Zotero's own JSON, which abstool cannot read")
    values = _from_datacite(data) if "creators" in data else dict(data)
    kind = values.get("type")
    is_crossref = isinstance(kind, str) and kind in _TYPES
    if is_crossref or isinstance(values.get("title"), list):
        values = _from_crossref(values)
    for name in DATES & values.keys():
        values[name] = _date(values[name])
    for name in NAMES & values.keys():
        values[name] = _people(values[name])
    _label(values)
    warnings = _updates(data)
    note = values.get("note")
    if isinstance(note, str):
        warnings += _read_note(values, note)
    item = normalized(cast("Item", values))
    return Reading(item, tuple(dict.fromkeys((*warnings, *retraction(item)))))


# --- Crossref and DataCite ------------------------------------------------------------------------


def _from_crossref(data: JsonObject) -> dict[str, object]:
    values: dict[str, object] = {}
    for name, value in data.items():
        if name in _RENAMED:
            values.setdefault(_RENAMED[name], _first(value))
        elif name in _LISTS:
            values[name] = _first(value)
        else:
            values[name] = value
    page = data.get("page")
    values |= {"page": page} if page else {}
    kind = str(values.get("type"))
    values["type"] = _TYPES.get(kind, kind if kind in TYPES else "document")
    for name in ("title", "container-title", "abstract", "publisher"):
        if isinstance(text := values.get(name), str):
            values[name] = html.unescape(csl_markup(text)).strip()
    event = data.get("event")
    if isinstance(event, dict):
        values |= {"event-title": event.get("name"), "event-place": event.get("location")}
    return values


def _from_datacite(data: JsonObject) -> dict[str, object]:
    """Return the item for DataCite's own JSON."""
    kinds = data.get("types")
    kinds = kinds if isinstance(kinds, dict) else {}
    publisher = data.get("publisher")
    containers = data.get("container")
    names: object = data.get("creators")
    doi = str(data.get("doi") or "")
    values: dict[str, object] = {
        "id": data.get("id") or doi,
        "type": kinds.get("citeproc") or "document",
        "genre": kinds.get("resourceType"),
        "title": _member(data.get("titles"), "title"),
        "author": names if isinstance(names, list) else [],
        "issued": data.get("publicationYear"),
        "publisher": publisher.get("name") if isinstance(publisher, dict) else publisher,
        "version": data.get("version"),
        "container-title": containers.get("title") if isinstance(containers, dict) else None,
        "abstract": _member(data.get("descriptions"), "description"),
        "language": data.get("language"),
        "DOI": doi,
        "URL": data.get("url"),
    }
    return {name: value for name, value in values.items() if value}


def _member(listed: object, name: str) -> object:
    first = listed[0] if isinstance(listed, list) and listed else None
    return first.get(name) if isinstance(first, dict) else None


def _first(value: object) -> object:
    if isinstance(value, list):
        return value[0] if value else ""
    return value


def _people(value: object) -> object:
    """Return names; ``name`` is that of a group, and ``familyName`` is DataCite's."""
    people = value if isinstance(value, list) else [value]
    return [_person(person) if isinstance(person, dict) else person for person in people]


def _person(person: JsonObject) -> JsonObject:
    if "familyName" in person:
        return {"family": person["familyName"], "given": person.get("givenName")}
    if "name" in person and not {"family", "given", "literal"} & person.keys():
        return {"literal": person["name"]}
    return person


def _label(values: dict[str, object]) -> None:
    """Name the kind of a data set from DataCite, whose item has its DOI's URL as the id."""
    is_datacite = str(values.get("id", "")).startswith("https://doi.org/")
    if values.get("type") == "dataset" and is_datacite:
        values.setdefault("genre", "dataset")


def _updates(data: JsonObject) -> list[str]:
    """Return the warnings about what Crossref says of a work's retraction."""
    warnings = [
        f"{text} (doi:{printable(str(update.get('DOI')), limit=100)})"
        for name, text in _UPDATES.items()
        for update in _listed(data.get(name))
        if str(update.get("type")).startswith(("retract", "withdraw"))
    ]
    relation = data.get("relation")
    is_retracted = isinstance(relation, dict) and "is-retracted-by" in relation
    return [*warnings, RETRACTED] if is_retracted else warnings


def _listed(value: object) -> list[JsonObject]:
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []


# --- Zotero and pandoc ----------------------------------------------------------------------------


def _date(value: object) -> object:
    """Return a date; beside CSL's forms, EDTF and pandoc's lists and parts."""
    if isinstance(value, dict) and "edtf" in value and "date-parts" not in value:
        return edtf(str(value["edtf"])) or {"literal": str(value["edtf"])}
    if isinstance(value, dict) and "year" in value and "date-parts" not in value:
        parts = [value.get(part) for part in ("year", "month", "day")]
        rest = {name: value[name] for name in ("season", "circa") if name in value}
        return {"date-parts": [parts], **rest}
    if isinstance(value, list):
        ends = [to_date(_date(end)) for end in value[:2]]
        return {"date-parts": [part for end in ends for part in end.get("date-parts", [])]}
    if isinstance(value, str) and not to_date(value).get("date-parts") and (found := edtf(value)):
        return found
    return value


def _read_note(values: dict[str, object], note: str) -> list[str]:
    """Move the lines of a note that name a variable to that variable, and return its warnings."""
    rest, warnings = [], []
    for line in note.splitlines():
        found = _NOTE_LINE.fullmatch(line.strip())
        name = _NOTED.get(found[1].strip().lower().replace(" ", "-"), "") if found else ""
        value = found[2].strip(" }") if found else ""
        if name and value and not values.get(name):
            values[name] = _date(value) if name in DATES else value
            continue
        rest.append(line)
        if _RETRACTED_NOTE.match(line.strip()):
            warnings.append(RETRACTED)
    values["note"] = "\n".join(rest).strip()
    if not values["note"]:
        del values["note"]
    return warnings
