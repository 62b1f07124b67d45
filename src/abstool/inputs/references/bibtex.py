"""Read BibTeX and biblatex with bibtexparser."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from functools import partial

from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares.names import (
    parse_single_name_into_parts,
    split_multiple_persons_names,
)
from bibtexparser.model import Block, Entry, ParsingFailedBlock

from abstool.errors import printable
from abstool.inputs.references.fields import Entry as ReferenceEntry
from abstool.inputs.references.fields import (
    InvalidEntryError,
    Reading,
    date,
    doi,
    noted,
    pages,
    titled,
    wording,
)
from abstool.inputs.references.latex import decoded, verbatim, wraps
from abstool.item import clean, join_keywords

logging.getLogger("bibtexparser").addHandler(logging.NullHandler())

Fields = dict[str, str]

_TYPES = {
    "article": "article-journal",
    "book": "book",
    "booklet": "pamphlet",
    "collection": "book",
    "conference": "paper-conference",
    "dataset": "dataset",
    "electronic": "webpage",
    "inbook": "chapter",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "inreference": "entry-encyclopedia",
    "manual": "report",
    "mastersthesis": "thesis",
    "misc": "document",
    "mvbook": "book",
    "online": "webpage",
    "patent": "patent",
    "periodical": "periodical",
    "phdthesis": "thesis",
    "proceedings": "book",
    "report": "report",
    "review": "review",
    "software": "software",
    "suppperiodical": "article-journal",
    "techreport": "report",
    "thesis": "thesis",
    "unpublished": "manuscript",
    "www": "webpage",
}
_GENRES = {
    "phdthesis": "PhD thesis",
    "mastersthesis": "Master’s thesis",
    "phd": "PhD thesis",
    "mathesis": "Master’s thesis",
}
_NAMES = {"author": "author", "editor": "editor", "translator": "translator"}
# Each variable with its fields; the first one that an entry has counts.
_TEXTS = {
    "container-title": "journaltitle journal booktitle maintitle howpublished",
    "container-title-short": "shortjournal journalabbr",
    "collection-title": "series",
    "volume": "volume",
    "publisher": "publisher school institution organization",
    "publisher-place": "location address",
    "edition": "edition",
    "chapter-number": "chapter",
    "version": "version",
    "event-title": "eventtitle",
    "event-place": "venue",
    "language": "langid language",
    "abstract": "abstract",
    "ISSN": "issn",
    "ISBN": "isbn",
    "PMID": "pmid",
    "PMCID": "pmcid pmc",
    "annote": "annote annotation",
}
_INHERITED = {"title": "booktitle", "subtitle": "booksubtitle"}
_EXTENDED = re.compile(r"(family|given|prefix|suffix)\s*=\s*(\{[^{}]*\}|[^,]*)")
_CONCATENATED = re.compile(r'"([^"]*)"|\{([^{}]*)\}|([^\s#"{}]+)')


def entries(text: str) -> Iterator[ReferenceEntry]:
    """Yield the line number of each entry with what reads it."""
    library = parse_string(text)
    strings = {name.lower(): string.value for name, string in library.strings_dict.items()}
    found = {key: _fields(entry, strings) for key, entry in library.entries_dict.items()}
    for block in library.blocks:
        line = (block.start_line or 0) + 1
        entry: Block | None = block
        if isinstance(block, ParsingFailedBlock):  # a repeated key or field is not an error
            entry = block.ignore_error_block
        if isinstance(entry, Entry):
            yield line, partial(_item, entry, _fields(entry, strings), found)
        elif isinstance(block, ParsingFailedBlock):
            reason = getattr(block.error, "abort_reason", "") or str(block.error)
            yield line, partial(_refuse, f"invalid BibTeX ({printable(reason).rstrip(' .')})")


def _refuse(reason: str) -> Reading:
    raise InvalidEntryError(reason)


def _fields(entry: Entry, strings: Fields) -> Fields:
    """Return an entry's fields by lower-case name; the first one counts if a name is repeated."""
    fields: Fields = {}
    for field in entry.fields:
        value = str(field.value)
        if value.startswith('"') and "#" in value:
            parts = _CONCATENATED.findall(value)
            value = "".join(
                quoted or braced or strings.get(word.lower(), word)
                for quoted, braced, word in parts
            )
        fields.setdefault(field.key.lower(), value)
    return {name: value for name, value in fields.items() if value.strip()}


def _item(entry: Entry, fields: Fields, others: dict[str, Fields]) -> Reading:
    """Read an entry; raise InvalidEntryError if the entry has nothing to cite."""
    parent = others.get(fields.get("crossref", ""), {})
    fields = {_INHERITED.get(name, name): value for name, value in parent.items()} | fields
    if "://" in fields.get("howpublished", ""):
        fields.setdefault("url", fields.pop("howpublished"))
    kind = entry.entry_type.lower()

    def text(names: str) -> str:
        return next((decoded(fields[name]) for name in names.split() if name in fields), "")

    values: dict[str, object] = {variable: text(names) for variable, names in _TEXTS.items()}
    values |= {name: _people(fields.get(field, "")) for field, name in _NAMES.items()}
    values |= _title(fields) | noted(text("note"), visited="urldate" in fields)
    values |= {
        "genre": values.get("genre") or _genre(kind, fields),
        "keyword": join_keywords(map(decoded, _split(fields.get("keywords", "")))),
        "page": pages(text("pages eid")),
        "issued": _issued(fields),
        "accessed": wording(fields.get("urldate", "")),
        "DOI": doi(verbatim(fields.get("doi", ""))),
        "URL": verbatim(fields.get("url", "")),
        **_number(kind, text),
    }
    values["type"] = _TYPES.get(kind, "document")
    if "event-title" in values and values["type"] in ("document", "manuscript"):
        values["type"] = "speech" if values["event-title"] else values["type"]
    item = clean(values)
    if not item.keys() - {"type"}:
        raise InvalidEntryError(f"the entry {printable(entry.key)!r} is empty")
    return Reading({"id": entry.key or "anon", **item})


def _title(fields: Fields) -> dict[str, str]:
    """Return the title with its subtitle, and the genre that may follow the title's braces."""
    values = titled(fields.get("title", "").strip())
    parts = [decoded(part, title=True) for part in (values["title"], fields.get("subtitle", ""))]
    return values | {"title": ": ".join(filter(None, parts))}


def _genre(kind: str, fields: Fields) -> str:
    addon = decoded(fields.get("titleaddon", ""))
    if re.fullmatch(r"\[?(?:meeting )?abstract\]?", addon, re.IGNORECASE):
        return "abstract"
    named = decoded(fields.get("type", ""))
    return _GENRES.get(named.lower(), named) or _GENRES.get(kind, "")


def _number(kind: str, text: Callable[[str], str]) -> dict[str, str]:
    if kind in ("article", "periodical", "suppperiodical", "misc", "unpublished"):
        return {"issue": text("number issue")}
    numbered = "collection-number" if text("series") else "number"
    return {numbered: text("number"), "issue": text("issue")}


def _split(keywords: str) -> list[str]:
    """Return the keywords, split at semicolons if there are any or at commas, not in braces."""
    mark = ";" if ";" in keywords else ","
    return re.findall(rf"(?:\{{[^{{}}]*\}}|[^{mark}])+", keywords)


def _issued(fields: Fields) -> object:
    if written := re.sub(r"[~?%]", "", fields.get("date", "")):
        return wording(written)
    month = decoded(fields.get("month", ""))
    return date(decoded(fields.get("year", "")), month, decoded(fields.get("day", "")))


def _people(value: str) -> list[dict[str, str]]:
    names = split_multiple_persons_names(" ".join(value.split())) if value else []
    return [_person(name) for name in names if name != "others"]


def _person(name: str) -> dict[str, str]:
    if wraps(name):
        return {"literal": decoded(name)}
    if extended := {part: decoded(value) for part, value in _EXTENDED.findall(name)}:
        family = f"{extended.pop('prefix', '')} {extended.get('family', '')}".strip()
        return extended | {"family": family}
    parts = parse_single_name_into_parts(name, strict=False)
    return {
        "family": decoded(" ".join([*parts.von, *parts.last])),
        "given": decoded(" ".join(parts.first)),
        "suffix": decoded(" ".join(parts.jr)),
    }
