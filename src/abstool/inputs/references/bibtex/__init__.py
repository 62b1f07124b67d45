"""Read BibTeX and biblatex.

``syntax`` finds the entries, ``inheritance`` resolves references between them, ``latex`` decodes
values, and this module maps fields to CSL's variables. A field without a variable is kept in
``custom`` unchanged, so that BibTeX can be written from it again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import cast

from abstool.errors import printable
from abstool.inputs.references.bibtex.braces import verbatim
from abstool.inputs.references.bibtex.dates import (
    doubts,
    issued,
    visit,
    visit_beside,
    visit_in,
    with_issue,
    without_visit,
)
from abstool.inputs.references.bibtex.identifiers import (
    Link,
    address,
    address_in,
    doi_of,
    in_archive,
    is_lead,
    preprint,
    published,
)
from abstool.inputs.references.bibtex.inheritance import Family, related
from abstool.inputs.references.bibtex.kept import kept_fields
from abstool.inputs.references.bibtex.latex import decoded
from abstool.inputs.references.bibtex.names import people
from abstool.inputs.references.bibtex.numbers import (
    OWN_NUMBER,
    is_internal,
    is_of_issue,
    page,
    standard_numbers,
    volume_and_issue,
    with_parts,
)
from abstool.inputs.references.bibtex.syntax import RawEntry
from abstool.inputs.references.bibtex.vocabulary import journals, languages, types
from abstool.inputs.references.bibtex.vocabulary.field_names import (
    ACCESSED,
    ARTICLE_NUMBERS,
    BEFORE_HOWPUBLISHED,
    CONTAINERS,
    PEOPLE,
    TEXT_OF,
    TEXTS,
    editorial_roles,
)
from abstool.inputs.references.dates.possible import doubts_of_dates
from abstool.inputs.references.fields import (
    Entry,
    InvalidEntryError,
    Reading,
    noted,
    titled,
    with_subtitle,
)
from abstool.inputs.references.numbers import known
from abstool.inputs.references.people import spaced
from abstool.inputs.references.preprints import arxiv
from abstool.item import Item, ItemName, join_keywords, present

# Commas or semicolons separate keywords, but not in braces.
_KEYWORDS = [re.compile(rf"(?:\{{[^{{}}]*\}}|[^{mark}])+") for mark in ",;"]
_NO_CHAPTER = (
    "the title is that of the book, whose pages many styles do not print; "
    "name the chapter in 'title' and the book in 'booktitle'"
)
_PMID = re.compile(r"\bPMID:?\s*(\d{5,8})\b", re.IGNORECASE)


def entries(text: str) -> Iterator[Entry]:
    """Yield the line number of each entry with what reads it."""
    found, family = related(text)
    for block in found:
        if block.kind != "xdata" or block.fault:
            yield block.line, partial(_read, block, family)


def _read(block: RawEntry, family: Family) -> Reading:
    """Read an entry; raise InvalidEntryError if it is not BibTeX or has nothing to cite."""
    if block.fault:
        raise InvalidEntryError(f"invalid BibTeX ({block.fault})")
    block = family.merged(block)
    return _Reader(block, family.fields(block)).reading()


class _Reader:
    """Reads one entry, and keeps account of the fields that it has used."""

    def __init__(self, block: RawEntry, fields: dict[str, str]) -> None:
        self._block = block
        self._fields = fields
        self._used = {"abstract"}
        self._unknown: set[str] = set()
        self._doubts: list[str] = [*block.damage]
        self._once = list(block.doubts)

    def reading(self) -> Reading:
        """Return the item with its warnings."""
        block = self._block
        values = present(self._values())
        if not values.keys() - {"type"}:
            raise InvalidEntryError(f"the entry {printable(block.key)!r} is empty")
        item = cast("Item", {"id": block.key or "anon", **values})
        for name, others in block.repeated.items():
            if any(value.strip() != block.fields[name].strip() for value in others):
                self._doubts.append(f"the field {printable(name)!r} is repeated; used the first")
        if kept := kept_fields(block, self._fields, self._used, item):
            item.setdefault("custom", {})["fields"] = kept
        self._once += _unknown(self._unknown)
        return Reading(item, tuple(self._doubts), tuple(self._once), self._abstract)

    def _abstract(self) -> tuple[str, tuple[str, ...]]:
        """Return the abstract, and the warnings about its LaTeX."""
        unknown: set[str] = set()
        return decoded(self._fields.get("abstract", ""), unknown), _unknown(unknown)

    def _values(self) -> dict[str, object]:
        kind, fields = self._block.kind, self._fields
        if "\\" in (journal := fields.get("journal", "")):
            fields["journal"], doubt = journals.titled(journal)
            self._doubts += filter(None, [doubt])
        values: dict[str, object] = dict.fromkeys(TEXTS, "")
        for name in filter(TEXT_OF.get, fields):
            values[TEXT_OF[name]] = self._text(*TEXTS[TEXT_OF[name]])
        values["container-title"] = self._container()
        values |= self._identifiers(values)
        values |= self._contributors()
        values |= self._title() | self._dates()
        if kind == "inbook" and not values["container-title"]:
            values |= self._named_chapter(values)
        values |= {
            "type": values.get("type") or types.type_of(kind, fields),
            "genre": values.get("genre") or self._genre(kind),
            "edition": types.edition(self._text("edition")),
            "language": languages.language(self._text("langid", "language")),
            "keyword": join_keywords(self._keywords()),
            "page": self._pages(),
            **standard_numbers(self._text("issn", "eissn"), self._text("isbn")),
            "status": {"inpress": "in press"}.get(fields.get("pubstate", ""), ""),
        }
        values |= self._number(kind, values)
        values |= self._eprint(values)
        if values.get("genre") == "abstract":
            values |= self._meeting_abstract(values)
        if values["type"] == "book" and types.is_same(values["title"], values["container-title"]):
            values["container-title"] = ""
        if kind == "inbook" and values["type"] == "book" and values["page"]:
            self._doubts.append(_NO_CHAPTER)
        if values["type"] in ("document", "manuscript") and values.get("event-title"):
            values["type"] = "speech"
        return values | published(fields, values)

    # --- fields -----------------------------------------------------------------------------------

    def _raw(self, *names: str) -> str:
        """Return the LaTeX of the first field that the entry has, and count it as used."""
        fields = self._fields
        for name in names:
            if name in fields:
                self._used.add(name)
                return fields[name]
        return ""

    def _text(self, *names: str) -> str:
        return self._decoded(self._raw(*names))

    def _decoded(self, latex: str) -> str:
        return decoded(latex, self._unknown) if latex else ""

    def _people(self, name: str) -> list[ItemName]:
        if not (value := self._raw(name)):
            return []
        found = people(value, self._decoded)
        read = spaced([cast("ItemName", name) for name in found.names])
        self._doubts += [*dict.fromkeys(found.doubts), *read.warnings]
        self._once += found.once
        return read.names

    def _title(self) -> dict[str, str]:
        """Return the title with its subtitle, and the genre that may follow the title's braces."""
        values = titled(self._raw("title").strip())
        parts = [
            decoded(part, self._unknown, title=True) if part else ""
            for part in (values["title"], self._raw("subtitle"))
        ]
        return values | {"title": with_subtitle(*parts)}

    def _contributors(self) -> dict[str, list[ItemName]]:
        """Return people by their roles, and keep the words for those that CSL lacks."""
        fields = self._fields
        found = {name: self._people(field) for field, name in PEOPLE.items() if field in fields}
        for field, role, is_known in editorial_roles(fields, self._once):
            found[role] = [*found.get(role, []), *self._people(field)]
            self._used |= {f"{field}type"} if is_known else set()
        return found

    def _container(self) -> str:
        """Return the title of the journal, or of the book with its subtitle."""
        title, subtitle = next((pair for pair in CONTAINERS if pair[0] in self._fields), ("", ""))
        if title != "maintitle" and (whole := self._decoded(self._fields.get("maintitle", ""))):
            self._once.append(f"left out {printable(whole, 60)!r}, the title of the whole work")
        return with_subtitle(self._text(title), self._text(subtitle))

    def _named_chapter(self, values: dict[str, object]) -> dict[str, object]:
        """Return the title of a chapter, which classic BibTeX has in ``chapter``."""
        chapter = str(values["chapter-number"])
        if not re.search(r"[^\W\d_]{4}", chapter):
            return {}
        named = {"title": chapter, "container-title": values["title"], "chapter-number": ""}
        return named | {"type": "chapter"}

    def _identifiers(self, values: dict[str, object]) -> dict[str, str]:
        """Return DOI and URL; a URL may be in another field, with words around it."""
        fields = self._fields
        number, doubt = doi_of(fields)
        found = {"DOI": number}
        if number:
            self._used.add("doi")
        elif doubt:
            self._doubts.append(doubt)
        link = Link("")
        if fields.get("url"):
            link = address(fields["url"])
            self._used |= {"url"} if link.url else set()
            self._doubts += [link.doubt] if link.doubt else []
        printed = fields.get("howpublished", "")
        if "://" in printed or "www." in printed:
            beside = address_in(printed, self._decoded)
            link = link if link.url else beside
            if beside.url == link.url and fields.keys().isdisjoint(BEFORE_HOWPUBLISHED):
                rest = without_visit(beside.rest)
                found["container-title"] = "" if is_lead(rest) else rest
        if not link.url and not number and "://" in fields.get("doi", ""):
            link = address(fields["doi"])
            self._used.add("doi")
        if pmid := _PMID.search(fields.get("note", "")):
            found["PMID"] = str(values["PMID"] or pmid[1])
        if not link.url and "://" in (note := fields.get("note", "")):
            link = address_in(note, str)
        return found | {"URL": link.url}

    def _dates(self) -> dict[str, object]:
        written, year = self._raw("date"), self._text("year")
        written = self._decoded(written) if "\\" in written else verbatim(written)
        month, day, note = map(self._text, ("month", "day", "note"))
        when = self._text(*ACCESSED)
        found = noted(note, visited=bool(when))
        if "note" in found:
            when, found["note"] = visit_in(found["note"], when)
        for name in ("howpublished", "url") if not when else ():
            if " " in (text := self._fields.get(name, "")):
                when = when or visit_beside(decoded(text))
        date = issued(written, year, month, day)
        if date and {"number", "issue"} <= self._fields.keys():
            issue = self._decoded(self._fields["issue"])
            if is_of_issue(self._block.kind, self._fields) and (named := with_issue(date, issue)):
                date = named
                self._used.add("issue")
        self._doubts += doubts(date, written, year, month, day)
        values: dict[str, object] = {**found, "issued": date, "accessed": visit(when)}
        self._doubts += doubts_of_dates(values)
        return values

    def _genre(self, kind: str) -> str:
        for name in ("titleaddon", "type", "document_type", "entrysubtype", "pubtype"):
            if name in self._fields and types.is_abstract(self._decoded(self._fields[name])):
                self._used.add(name)
                return "abstract"
        found, used = types.genre(kind, self._decoded(self._fields.get("type", "")))
        if used:
            self._used.add("type")
        return found

    def _keywords(self) -> Iterator[str]:
        """Yield the keywords, split at semicolons if there are any or at commas, not in braces."""
        if not (keywords := self._raw("keywords", "keyword")):
            return
        for found in _KEYWORDS[";" in keywords].findall(keywords):
            yield self._decoded(found)

    def _pages(self) -> str:
        """Return the pages, or the number of an article whose pages begin at 1."""
        printed = page(self._text("pages", "page"))
        if printed and not is_internal(printed):
            return printed
        if number := page(self._text(*ARTICLE_NUMBERS)):
            self._used -= {"pages", "page"}
        return number or printed

    def _number(self, kind: str, values: dict[str, object]) -> dict[str, str]:
        volume = values["volume"]
        if is_of_issue(kind, self._fields):
            found = volume_and_issue(str(volume), self._text("number", "issue"))
            parts = self._text("part"), self._text("supplement")
            return found | {"issue": with_parts(found["issue"], *parts)}
        number, issue = known(self._text("number")), self._text("issue")
        is_own = values["type"] in OWN_NUMBER or not self._fields.get("series")
        numbered = "number" if is_own else "collection-number"
        return volume_and_issue(str(volume), issue) | {numbered: number}

    def _eprint(self, values: dict[str, object]) -> dict[str, str]:
        """Return the number of a preprint of arXiv, the PMID, or the URL in another archive."""
        eprint = verbatim(self._fields.get("eprint", self._fields.get("arxivid", "")))
        archive = self._decoded(
            self._fields.get("eprinttype", self._fields.get("archiveprefix", ""))
        ).lower()
        link = "" if values["URL"] else in_archive(archive, eprint)
        if archive == "pubmed" or link:
            self._used |= {"eprint", "eprinttype", "archiveprefix"}
            return {"URL": link} if link else {"PMID": str(values["PMID"] or eprint)}
        eprint = eprint if archive in ("", "arxiv") else ""
        if not (found := preprint(self._block.kind, values, eprint)):
            return {}
        self._used |= {"eprint", "arxivid"}
        number = {"number": found, "publisher": str(values["publisher"] or "arXiv")}
        number |= {name: "" for name in ("issue", "note") if arxiv(str(values.get(name))) == found}
        return number | {"type": "article", "container-title": "", "volume": "", "page": ""}

    def _meeting_abstract(self, values: dict[str, object]) -> dict[str, object]:
        """Return what Web of Science has of an abstract: its number."""
        found: dict[str, object] = {}
        number = self._text("meeting-abstract", "meeting_abstract", *ARTICLE_NUMBERS)
        number = re.sub(r"(?i)^abstract\s+", "", number)
        if number:
            found["custom"] = {"abstract_number": number}
            if str(values["page"]) in ("", number) or "Abstract" in str(values["page"]):
                found["page"] = f"Abstract {number}"
        return found


def _unknown(commands: set[str]) -> tuple[str, ...]:
    return tuple(f"unknown LaTeX command \\{name}; kept its argument" for name in sorted(commands))
