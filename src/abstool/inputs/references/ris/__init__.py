"""Read RIS, as reference managers, databases and publishers write it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial

from abstool.errors import printable
from abstool.inputs.references.dates.printed import has_other_words, printed
from abstool.inputs.references.entry import (
    Fields,
    affiliations,
    keywords,
    reading,
)
from abstool.inputs.references.fields import (
    Entry,
    InvalidEntryError,
    Reading,
    doi,
    noted,
    titled,
    unescaped,
)
from abstool.inputs.references.people import People, people
from abstool.inputs.references.preprints import arxiv
from abstool.inputs.references.retractions import with_sentences
from abstool.inputs.references.ris.abstracts import abstract_number, genre_of
from abstool.inputs.references.ris.containers import (
    containers_of,
    held,
    is_in_journal,
    is_part,
    meeting_of,
    text_of,
)
from abstool.inputs.references.ris.dates import access_date, is_day, is_range_of_meeting, issued
from abstool.inputs.references.ris.identifiers import identifiers, is_doi
from abstool.inputs.references.ris.lines import Lines, Pairs, repaired, split
from abstool.inputs.references.ris.numbers import ahead_of_print, degree_of, numbers_of, page_of
from abstool.inputs.references.ris.types import (
    BOOKS,
    IN_BOOKS,
    SERIALS,
    TYPES,
    is_written,
)
from abstool.inputs.references.serials import serial_numbers
from abstool.inputs.references.web_addresses import accessed_in
from abstool.item import ItemDate, ends_of
from abstool.ris_roles import EDITORS_IN_A3, OTHERS_IN_A2, SERIES_EDITORS_IN_A3
from abstool.text import tidy

# Each variable with its tags; the first one that is present counts.
_TEXTS = {
    "volume": "VL VO",
    "publisher": "PB PU",
    "publisher-place": "CY PP PI",
    "language": "LA",
    "source": "DB",
    "title-short": "ST",
    "id": "ID",
    "collection-title": "T3",
}
_OF_CATALOGUES = frozenset({"publisher", "publisher-place", "edition"})  # with marks behind
# Those of which EndNote has other data in ET: sessions, classes of patents, dates. An article has
# the date there on which it was online.
_WITHOUT_EDITION = frozenset("AGGR BILL CASE DBASE GRANT HEAR MANSCPT PAT PCOMM STAT".split())
_TRANSLATED = (BOOKS - {"SER"}) | IN_BOOKS
_JOURNAL = frozenset({"JF", "JO", "JA"})
_AUTHORS = frozenset({"AU", "A1"})
_VOLUME = frozenset({"VL", "VO"})


def entries(text: str) -> Iterator[Entry]:
    """Yield the line number of each entry with what reads it."""
    for lines in split(text):
        yield lines.number, partial(_read, lines)


def _read(lines: Lines) -> Reading:
    lines, doubts = _repaired(lines)
    fields = _fields(lines)
    abstract = fields.take_first_raw("AB N2")
    (kind, warnings), ahead = _kind(fields, lines), ahead_of_print(fields)
    meeting, kept = held(fields) if "CY" in fields else ({}, [])
    is_in_volume = fields.has_any(_VOLUME)
    is_article = not kind and fields.has_any(_JOURNAL)
    is_of_wos = _is_of_wos(lines)
    kind = "CHAP" if is_part(fields, kind) else kind
    all_people = _people(fields, kind, is_of_wos=is_of_wos)
    containers = containers_of(fields, kind)
    is_article = is_article or is_in_journal(fields, kind, containers)
    type_ = "article-journal" if is_article else TYPES.get(kind, "document")
    is_in_volume = is_in_volume and type_ == "document" and bool(containers["container-title"])
    is_serial = is_in_volume or kind in SERIALS or (type_ == "article-journal" and kind != "UNPB")
    notes, urls = _notes(fields), fields.seen("UR")  # either may say when the page was visited
    values = _texts(fields, kind, type_)
    values |= _title(fields, kind)
    values |= containers | meeting
    values |= degree_of(fields, values) if type_ == "thesis" else {}
    values |= noted("; ".join(notes), visited=False) if notes else {}
    values |= {
        "type": type_,
        **{role: found.names for role, found in all_people.items()},
        **numbers_of(fields, values, kind, is_serial=is_serial),
        "issued": issued(fields),
        **identifiers(fields, str(values.get("source") or "")),
        **page_of(fields),
        **serial_numbers(fields, "SN BN"),
    }
    values |= _accessed(fields, values, [*notes, *urls])
    lines_of_words = [unescaped(word) for word in fields.take_lines("KW")]
    words = keywords(lines_of_words)
    values |= genre_of(fields, kind, values, lines_of_words, notes)
    values |= _preprint(fields, values)
    values |= meeting_of(fields, kind, values, is_of_wos=is_of_wos)
    values["keyword"] = words["keyword"]
    values["custom"] = {
        "abstract_number": abstract_number(fields, values, notes),
        "keywords": words["keywords"],
        "affiliations": affiliations(map(unescaped, fields.take_all("AD"))),
    }
    if type_ in ("dataset", "software") and "edition" in values:
        values["version"] = values.pop("edition")
    kept += [("TY", kind)] if kind and not is_written(kind, str(values["type"])) else []
    for tag, text in [*ahead, *kept]:
        fields.put(tag, text)
    for found in all_people.values():
        fields.once += found.once
        warnings += found.warnings
    return reading("ris", values, fields, [*warnings, *doubts], abstract=abstract)


def _texts(fields: Fields, kind: str, type_: str) -> dict[str, object]:
    values: dict[str, object] = {
        name: text for name, tags in _TEXTS.items() if (text := text_of(fields, tags))
    }
    if type_ != "article-journal" and kind not in _WITHOUT_EDITION and "ET" in fields:
        values["edition"] = text_of(fields, "ET")
    for name in _OF_CATALOGUES & values.keys():
        values[name] = str(values[name]).rstrip(" ,;:/").removesuffix("<Blank>").rstrip(" ,")
    return values


def _repaired(lines: Lines) -> tuple[Lines, list[str]]:
    """Return an entry with the fields whose tags are damaged, and what to warn of."""
    if not any("\n" in value for _, value in lines.pairs):
        return lines, []
    pairs, doubts = repaired(lines.pairs)
    return lines._replace(pairs=pairs), doubts


def _kind(fields: Fields, lines: Lines) -> tuple[str, list[str]]:
    """Return the type of an entry, and warnings of its damage.

    Raises InvalidEntryError if none of its tags can be read.
    """
    if lines.unread:
        shown = printable(lines.unread.strip(), limit=40)
        raise InvalidEntryError(f"{shown!r} is not a field of RIS")
    kind, *unread = fields.take_first_raw("TY").splitlines() or [""]
    warnings = [] if lines.has_end else ["the entry has no ER line"]
    warnings += [] if kind else ["the entry has no type"]
    if unread:
        shown = printable(unread[0], limit=40)
        warnings.append(f"the line {shown!r} is not a field of RIS; left it out")
    return kind.strip().upper(), warnings


def _people(fields: Fields, kind: str, *, is_of_wos: bool) -> dict[str, People]:
    """Return authors, editors and translators, and editors of the series, by their role.

    EndNote and Zotero write the editors of a book into A3 and those of its series into A2; others,
    which have no A3, its editors into A2. The editors of an edited book are its authors.
    """
    authors = "AU" if "AU" in fields and is_of_wos else "AU A1"
    editors = "ED" if kind in OTHERS_IN_A2 else "A2 ED"
    series = "A3" if kind in SERIES_EDITORS_IN_A3 else ""
    if kind in EDITORS_IN_A3 and "A3" in fields:
        editors, series = "A3 ED", "A2"
    elif kind == "EDBOOK" and "ED" not in fields and fields.has_any(_AUTHORS):
        authors, editors, series = "", authors, "A2"
    tags = {"author": authors, "editor": editors, "collection-editor": series}
    tags["translator"] = "A4" if kind in _TRANSLATED else ""
    return {role: people(map(unescaped, fields.take_all(of))) for role, of in tags.items() if of}


def _fields(lines: Lines) -> Fields:
    fields = Fields(lines.pairs)
    return Fields(_without_repeats(lines)) if "A1" in fields else fields


def _is_of_wos(lines: Lines) -> bool:
    """Return whether Web of Science wrote an entry: its A1 repeats people or names sponsors."""
    return lines.has_bare_end and any(
        tag in ("UT", "AN") and value.strip().startswith("WOS:") for tag, value in lines.pairs
    )


def _without_repeats(lines: Lines) -> Pairs:
    """Return the fields without A1 if it repeats the people in AU."""
    first = [value for tag, value in lines.pairs if tag == "A1"]
    others = [value for tag, value in lines.pairs if tag == "AU"]
    if others and (_is_of_wos(lines) or set(first) <= set(others)):
        # Those that AU does not have are groups, such as sponsors of a meeting.
        return [(tag, value) for tag, value in lines.pairs if tag != "A1" or value not in others]
    return lines.pairs


def _notes(fields: Fields) -> list[str]:
    """Return the notes without one that is only the DOI, which becomes that of the entry."""
    notes = (unescaped(tidy(with_sentences(note))) for note in fields.take_raw("N1"))
    given = doi(fields.peek("DO DI"))
    kept = []
    for note in notes:
        number = doi(note) if is_doi(note) and len(note.split()) < 3 else ""
        if not number or (given and number != given):
            kept.append(note)
        elif not given:
            fields.put("DO", number)
            given = number
    return kept


def _title(fields: Fields, kind: str) -> dict[str, str]:
    tags = "TI T1 BT" if kind in BOOKS else "TI T1"
    values = titled(text_of(fields, tags))
    fields.drop("TI T1 CT", values["title"])
    return values


def _preprint(fields: Fields, values: dict[str, object]) -> dict[str, object]:
    """Return the number of a preprint of arXiv that is published nowhere else."""
    printed = str(values.get("issue") or values.get("number") or "")
    source, accession = str(values.get("source") or ""), fields.peek("AN")
    in_arxiv = source.casefold() == "arxiv"
    named = (text for text in (accession, printed) if in_arxiv or text[:5].casefold() == "arxiv")
    number = next(filter(None, map(arxiv, named)), "")
    journal = str(values["container-title"]).casefold()
    if not number or not journal.startswith("arxiv"[: len(journal)]):
        return {}
    fields.drop("AN", accession if arxiv(accession) == number else "")
    publisher = values.get("publisher") or "arXiv"
    nowhere = {"container-title": "", "issue": ""}
    return {"type": "article", "number": number, "publisher": publisher, **nowhere}


def _accessed(fields: Fields, values: dict[str, object], notes: Iterable[str]) -> dict[str, object]:
    """Return the date of access, or that of the meeting, which Scopus writes into Y2.

    EndNote has that of a web page in M1 and its year in VL.
    """
    if is_range_of_meeting(text := fields.peek("Y2")):
        return {"event-date": printed(text.replace(" through ", " - "))}  # Y2 is kept
    date = access_date(text) if text else None
    if date and not ends_of(date):  # it is kept, since RIS has no form for it
        date = date if re.search(r"[^\W\d_]", text) else None
    elif not has_other_words(text):
        fields.take("Y2")
    if not text and values["type"] in ("webpage", "post-weblog"):
        date = _accessed_in_numbers(fields, values)
    noted_on = next(filter(None, map(accessed_in, notes)), "")
    return {"accessed": date or (printed(noted_on) if noted_on else None)}


def _accessed_in_numbers(fields: Fields, values: dict[str, object]) -> ItemDate | None:
    """Return the date of access in M1 and VL, and remove it."""
    day, year = fields.peek("M1"), str(values.get("volume") or "")
    year = year if len(year) == 4 and year[:2] in ("19", "20") and year.isdecimal() else ""
    if not is_day(day) and (not year or day.isdecimal() or has_other_words(day)):
        return None
    date = access_date(day) if is_day(day) else printed(day or year, year)
    if not date or not ends_of(date):
        return None
    fields.drop("M1", day)
    if year and (not is_day(day) or year in day):
        values["volume"] = ""
    return date
