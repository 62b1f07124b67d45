"""A row of a table of references as an item."""

from __future__ import annotations

import re
from collections.abc import Iterable

from abstool.inputs.references.dates.agreement import agree, contradiction
from abstool.inputs.references.dates.printed import has_other_words, months_named, printed, richer
from abstool.inputs.references.entry import (
    Fields,
    affiliations,
    keywords,
    reading,
    with_supplement,
)
from abstool.inputs.references.fields import Reading, noted, titled
from abstool.inputs.references.numbers import pages
from abstool.inputs.references.serials import numbers_of_extra, serial_numbers
from abstool.inputs.references.tables import web_of_science
from abstool.inputs.references.tables.columns import Header
from abstool.inputs.references.tables.kinds import type_and_genre
from abstool.inputs.references.tables.names import EPPI, authors, people
from abstool.inputs.references.tables.short_dates import may_be_changed, month_of
from abstool.inputs.references.tagged.source_lines import SourceLine, take_place
from abstool.item import ItemDate, ends_of

_GUARD = re.compile("\\A'(?='*[=+@\t\r\uff1d\uff0b\uff0d\uff20-])")
_NAME_AND_YEAR = re.compile(r"[^()]+ \(\d{4}\w?\)")  # the short title of EPPI-Reviewer
# The variables that have the text of a column.
_SAME = {
    "id": "key",
    "container-title-short": "short",
    "event-title": "meeting",
    "event-place": "place_of_meeting",
    "PMID": "pmid",
    "PMCID": "pmcid",
    "publisher": "publisher",
    "publisher-place": "place",
    "edition": "edition",
    "language": "language",
    "number": "number",
    "version": "version",
}
_OF_SESSION = tuple((part, f"session_{part}") for part in "title type date start end".split())


def read_row(header: Header, cells: Iterable[str], form: str) -> Reading:
    """Read a row; a cell without a known role is kept under the name of its column."""
    cells = [*cells]
    if header.tags and (found := _read_tagged(header, cells, form)):
        return found
    names = (role or name for role, name in zip(header.roles, header.names, strict=True))
    values = (_GUARD.sub("", cell, count=1) if header.is_own else cell for cell in cells)
    pairs = ((name, value) for name, value in zip(names, values, strict=False) if name)
    return _read(Fields(pairs), header, form)


def _read_tagged(header: Header, cells: list[str], form: str) -> Reading | None:
    """Read a row of Web of Science, and the columns that people have added to it."""
    columns = [*zip(header.roles, header.tags, cells, strict=False)]
    found = web_of_science.read_row(header.tags, cells)
    added = [(role, cell) for role, tag, cell in columns if not tag and role and cell]
    if not found or not added:
        return found
    others = _read(Fields([("title", "-"), *added]), header, form)
    if joint := web_of_science.joined(found, others):
        return joint
    tags = [tag or name for tag, name in zip(header.tags, header.names, strict=True)]
    return web_of_science.read_row(tags, cells)


def _read(fields: Fields, header: Header, form: str) -> Reading:
    type_, genre = type_and_genre(fields)
    words = keywords(_listed(";".join(fields.take_all("keywords"))))
    range_ = pages(fields.take("first_page"), fields.take("last_page"))
    number = fields.take("abstract_number")
    place = _placed(fields, "citation" if header.is_own else "source_text citation")
    item: dict[str, object] = {
        "type": type_,
        **{name: fields.take(role) for name, role in _SAME.items() if role in fields},
        "author": authors(fields, header.names_of),
        "editor": people(fields, "editors"),
        **_containers(fields, has_source=header.is_own or bool(place.dates)),
        "volume": fields.take_number("volume").removesuffix(".0"),
        "issue": _issue(fields),
        "page": pages(fields.take("pages")) or range_ or fields.take("article_number"),
        "accessed": fields.dated("accessed"),
        "DOI": fields.doi("doi"),
        "source": fields.take("source_text" if header.is_own else "database"),
        "title-short": _short_title(fields, header),
        "keyword": words["keyword"],
        "genre": genre or fields.take("genre"),
        "URL": fields.url("url"),
        **serial_numbers(fields, "issn isbn"),
    }
    item |= numbers_of_extra(fields, item)
    item["issued"] = richer(_issued(fields, header), place.issued)
    item |= {name: value for name, value in place.variables.items() if not item.get(name)}
    trials = _listed(fields.take("trials"))
    item |= titled(fields.take("title")) | _noted(fields, str(item.get("event-title", "")), trials)
    if abstract := "\n\n".join(fields.take_lines("abstract")):
        item["abstract"] = abstract
    if genre or number:
        item["genre"] = "abstract"
    item["page"] = item["page"] or (number and f"Abstract {number}")
    item["custom"] = {
        "abstract_number": number,
        "keywords": words["keywords"],
        "session": _session(fields),
        "affiliations": affiliations(_listed(fields.take("affiliations"))),
        "trials": [{"id": id_} for id_ in trials],
    }
    warnings = [] if item["title"] else ["the row has no title"]
    return reading(form, item, fields, warnings)


def _short_title(fields: Fields, header: Header) -> str:
    """Return the short title; that of EPPI-Reviewer, ``Roe (2023)``, stays in its own column."""
    text = fields.take("short_title")
    if header.names_of == EPPI and _NAME_AND_YEAR.fullmatch(text):
        fields.put(header.names[header.roles.index("short_title")], text)
        return ""
    return text


def _placed(fields: Fields, columns: str) -> SourceLine:
    """Return what Embase has in the source and PubMed in the citation: volume, pages and others."""
    for column in filter(fields.__contains__, columns.split()):
        if found := take_place(fields, column, fields.peek("year").removesuffix(".0")):
            return found
    return SourceLine({}, None)


def _containers(fields: Fields, *, has_source: bool) -> dict[str, str]:
    """Return the titles of journal or book and of the series; with a book, the other is that."""
    title, book = fields.take("journal"), fields.take("book")
    if not (title or book or has_source):
        title = fields.take("source_text")
    series = fields.take("series") or (title if book else "")
    return {
        "container-title": book or title,
        "collection-title": series,
    }


def _issue(fields: Fields) -> str:
    issue = fields.take_number("issue").removesuffix(".0")
    return with_supplement(issue, fields.take("supplement").removesuffix(".0"))


def _listed(text: str) -> list[str]:
    """Return the parts of a list that semicolons or, without any, commas separate."""
    return [part.strip() for part in text.split(";" if ";" in text else ",") if part.strip()]


def _issued(fields: Fields, header: Header) -> ItemDate | None:
    """Return the date in the columns of year, date, month and day."""
    found: ItemDate | None = None
    for column in ("year", "date", "month"):
        if text := fields.peek(column).removesuffix(".0"):
            month = month_of(text, f"{ends_of(found)[0][0]}") if ends_of(found) else ""
            found = _with_column(fields, found, column, month or text)
            if month and column not in fields:
                name = header.names[header.roles.index(column)]
                fields.warnings.append(may_be_changed(text, name))
                fields.put(column, text)
    return found


def _with_column(fields: Fields, found: ItemDate | None, column: str, text: str) -> ItemDate | None:
    """Return a date with what another column adds to it.

    Other words stay in the column, and so does, with a warning, what contradicts the date.
    """
    year = f"{ends_of(found)[0][0]:04}" if ends_of(found) else ""
    columns = column
    if year and column == "month":
        day = fields.peek("day").removesuffix(".0")
        is_day = text.isdigit() and (day.isdigit() or not day)
        text = f"{year}-{text}-{day}" if is_day else f"{months_named(text)} {day}"
        text = text.rstrip("- ")
        columns = "month day"
    other = printed(text, year)
    if found and other and not agree(found, other):
        fields.warnings.append(contradiction(fields.peek(column)))
        return found
    if found and "literal" in found and ends_of(other):  # in press
        fields.put("year", found["literal"])
        found = None
    best = richer(other, found) if len(ends_of(other)) > 1 else richer(found, other)
    is_used = best is other or "literal" not in (other or {})
    if is_used and ("literal" in (best or {}) or not has_other_words(text)):
        for name in columns.split():
            fields.take(name)
    return best


def _noted(fields: Fields, meeting: str, trials: list[str]) -> dict[str, str]:
    """Return the note without the meeting and the trials that other columns name as well."""
    note = fields.take("notes")
    if trials:
        note = note.replace(f"Trial registration: {', '.join(trials)}", "")
    values = noted(note, visited=False)
    return values | ({"event-title": meeting} if meeting else {})


def _session(fields: Fields) -> dict[str, str]:
    return {part: fields.take(role) for part, role in _OF_SESSION if role in fields}
