"""Write RIS for Zotero, EndNote, Covidence, Rayyan and similar tools.

The tags are in an order in which no reader overwrites a value with that of a later tag. An abstract
is a ``JOUR`` with the plain title, because tools find duplicates by their titles; ``M3`` says that
it is an abstract.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import cast

from abstool.dates import MONTHS, in_words
from abstool.formats.shared.losses import fields_of, unwritten
from abstool.formats.shared.serials import of_bibtex, serial_numbers
from abstool.formats.shared.values import (
    affiliations_of,
    full_family,
    keywords_of,
    notes_of,
    tidy_names,
    tidy_texts,
)
from abstool.item import (
    Item,
    ItemDate,
    ItemName,
    custom_of,
    ends_of,
    hyphenated_range,
    number_of,
    season_of,
)
from abstool.ris_roles import (
    EDITORS_IN_A3,
    OTHERS_IN_A2,
    SERIES_EDITORS_IN_A3,
    SERIES_IN_T2,
)
from abstool.text import between, plain, tidy

_TYPES = dict(
    pair.split("=")
    for pair in (
        "article=GEN article-journal=JOUR article-magazine=MGZN article-newspaper=NEWS bill=BILL "
        "book=BOOK chapter=CHAP dataset=DATA entry-dictionary=DICT entry-encyclopedia=ENCYC "
        "graphic=ART hearing=HEAR legal_case=CASE legislation=STAT manuscript=UNPB map=MAP "
        "motion_picture=MPCT pamphlet=PAMP paper-conference=CONF patent=PAT periodical=JFULL "
        "personal_communication=PCOMM post-weblog=BLOG report=RPRT review=JOUR software=COMP "
        "speech=CPAPER standard=STAND thesis=THES webpage=ELEC"
    ).split()
)
# Types whose number other programs read in SN.
_NUMBERED = ("patent", "report", "standard")
# Types with the meeting in T2, and the title of its proceedings in C3.
_PRESENTED = ("paper-conference", "speech")
_VARIABLES = frozenset(
    "author editor translator title container-title container-title-short collection-title "
    "title-short issued volume issue number page edition publisher publisher-place genre source "
    "ISSN ISBN DOI PMID PMCID URL accessed language abstract keyword note event-title".split()
)
_REPLACED = frozenset({"TY", "PY", "DA", "Y2"})
# Fields that readers of other formats keep, and the tags that say the same.
_SAME = {
    "bibtex": {"eissn": "SN", "eisbn": "SN"},
    "crossref": {"article-number": "C7"},
    "csv": {"issn": "SN", "isbn": "SN"},
    "enw": {"@": "SN", "L": "CN", "M": "AN", "U": "UR", "W": "DP"},
    "nbib": {"GN": "N1", "IS": "SN", "ISBN": "SN", "LA": "LA"},
    "ovid": {"Accession_Number": "AN", "ISSN": "SN"},
    "refworks": {"AN": "AN", "SN": "SN"},
    "wos": {"BN": "SN", "EI": "SN", "RP": "AD", "SN": "SN", "UT": "AN"},
    "xlsx": {"issn": "SN", "isbn": "SN"},
}
_TAG = re.compile(r"[A-Z][A-Z0-9]")
_PAGE = r"(?=[^\W\d]*+\d)(\w++)"  # a word with a digit, found in linear time
_RANGE = re.compile(rf"{_PAGE}\s*[-–]\s*{_PAGE}")


def render(item: Item) -> str:
    """Return an item as an entry; its lines end with CR and LF, as the format requires."""
    tags: Iterable[tuple[str, str]] = _tags(item)
    end = "ER  - "
    if fields := fields_of(item, "ris") or _of_others(item):
        tags = _with_fields([pair for pair in tags if pair[1]], fields)
        if "A1" in fields:  # they are sponsors, no authors; this end of Web of Science says so
            end = "ER  -"
    lines = [f"{tag}  - {value}\r\n" for tag, value in tags if value]
    return "".join([*lines, f"{end}\r\n"])


def lost(item: Item) -> Iterator[str]:
    """Yield the names of an item's data that are not written."""
    written = _VARIABLES | {"version"} if _has_version(item) else _VARIABLES
    written = written | {"event-place"} if _has_place(item) else written
    written = written | {"collection-editor"} if _has_series_editor(item) else written
    written = written | {"collection-number"} if _tag_of_series(item) else written
    same = _same(item)
    return (name for name in unwritten(item, written, "ris") if name not in same)


def _same(item: Item) -> dict[str, str]:
    """Return the tags for the fields that an item has from a reader of another format."""
    fields = custom_of(item).get("fields")
    return _SAME.get(str(fields.get("format")), {}) if isinstance(fields, dict) else {}


def _of_others(item: Item) -> dict[str, list[str]]:
    """Return the fields of an item of another format that RIS has tags for."""
    found = {"SN": numbers} if (numbers := of_bibtex(item)) else {}
    for name, tag in _same(item).items():
        for text in fields_of(item, "").get(name, []):
            lines = serial_numbers(text) if tag == "SN" else [text.strip()]
            found.setdefault(tag, []).extend(filter(None, lines))
    return found


def _has_version(item: Item) -> bool:
    """Return whether an item has a version that is written: in the place of an edition."""
    return item.get("type") in ("dataset", "software") and not item.get("edition")


def _has_series_editor(item: Item) -> bool:
    """Return whether the editors of a series are written.

    Those of a book are in A2, where readers find its own editors if none are in A3.
    """
    kind = _kind(item)
    in_a2 = kind in EDITORS_IN_A3 and "editor" in item
    return (in_a2 or kind in SERIES_EDITORS_IN_A3) and "collection-editor" in item


def _tag_of_series(item: Item) -> str:
    """Return the tag for the number of a book or chapter in its series, if that is written."""
    if item.get("type") == "chapter":
        return "SV"
    is_free = not (item.get("issue") or item.get("number"))
    return "IS" if item.get("type") == "book" and is_free else ""


def _has_place(item: Item) -> bool:
    """Return whether the place of a meeting is written: where that of a publisher would be."""
    return item.get("type") in _PRESENTED and not item.get("publisher-place")


def _with_fields(
    tags: list[tuple[str, str]], fields: dict[str, list[str]]
) -> list[tuple[str, str]]:
    """Return tags with the fields that the item had as RIS and that no variable has.

    A field follows the last one of the same tag; a type or date is in place of the one that CSL's
    variables have.
    """
    written = list(tags)
    for tag, values in fields.items():
        texts = [text for value in values if (text := tidy(value))]
        if tag in _REPLACED and texts:
            written = [pair for pair in written if pair[0] != tag]
        if tag == "TY" and texts:
            written.insert(0, ("TY", texts[0]))
        if tag in ("TY", "ER") or not _TAG.fullmatch(tag):
            continue
        new = [(tag, text) for text in texts if (tag, text) not in written]
        places = [index for index, (name, _) in enumerate(written) if name == tag]
        place = places[-1] + 1 if places else len(written)
        # IS follows AN: JabRef reads both as the number and keeps the last one.
        if tag == "AN" and not places:
            place = next((n for n, (name, _) in enumerate(written) if name == "IS"), place)
        written[place:place] = new
    return written


def _kind(item: Item) -> str:
    """Return the type that is written: that which the item had as RIS, or that of CSL's."""
    (kept, *_) = fields_of(item, "ris").get("TY") or [""]
    return tidy(kept).upper() or _type(item)


def _type(item: Item) -> str:
    return _TYPES.get(item.get("type", ""), "GEN")


def document(entries: Iterable[str]) -> Iterator[str]:
    """Yield the pieces of one file: the entries with blank lines between them."""
    return between(entries, "\r\n")


def _contributors(item: Item) -> Iterator[tuple[str, str]]:
    """Yield authors, editors (those of an edited book in AU) and translators with their tags."""
    kind = _kind(item)
    series = "collection-editor" if _has_series_editor(item) else ""
    in_a2, in_a3 = (series, "editor") if kind in EDITORS_IN_A3 else ("editor", series)
    authors = "author"
    if kind == "EDBOOK" and not item.get("author"):
        authors, in_a3 = "editor", ""
    second = "ED" if kind in OTHERS_IN_A2 else "A2"
    for tag, role in (("AU", authors), (second, in_a2), ("A3", in_a3), ("A4", "translator")):
        if role and (names := cast("list[ItemName]", item.get(role))):
            yield from ((tag, person) for person in _people(names))


def _ends_of_pages(page: str) -> tuple[str, str]:
    """Return the first and the last page; ``e00123-20`` is the number of an article."""
    pages = _RANGE.fullmatch(page)
    if not pages:
        return hyphenated_range(page) or (page, "")
    is_number = pages[1][0].isalpha() and pages[2].isdecimal()
    return (page, "") if is_number else (pages[1], pages[2])


def _tags(item: Item) -> Iterator[tuple[str, str]]:
    """Yield tags with their values, which are empty if the item has none.

    ``IS`` follows ``AN``: JabRef reads both as the number and keeps the last one.
    """
    texts = tidy_texts(item)

    def text(variable: str) -> str:
        value = texts.get(variable)
        if isinstance(value, str):
            return value
        return plain(tidy(value)) if value else ""

    container, short = text("container-title"), text("container-title-short")
    has_series = not container and "collection-title" in item and _kind(item) in SERIES_IN_T2
    series = text("collection-title") if has_series else ""
    meeting = text("event-title") if item.get("type") in _PRESENTED else ""
    in_journal = item.get("type") in ("article-journal", "article-magazine", "review")
    yield "TY", _type(item)
    yield "ID", text("id")
    yield from _contributors(item)
    yield "TI", text("title")
    yield from (("T2", meeting or container or series), ("C3", container if meeting else ""))
    yield "JF", container if in_journal else ""
    yield "T3", text("collection-title") if "collection-title" in item and not series else ""
    yield "ST", text("title-short") if "title-short" in item else ""
    yield "J2", short
    yield "JA", short if in_journal else ""
    yield from _issued(item.get("issued"))
    yield "VL", text("volume")
    preprint, number, in_sn = _numbers(item, text("number"))
    in_an, pmid = number_of(item) or preprint, text("PMID") if "PMID" in item else ""
    is_in_an = bool(pmid) and not in_an and _is_of_pubmed(item)
    yield "AN", pmid if is_in_an else in_an
    yield "IS", text("issue") or number
    yield (tag := _tag_of_series(item)), text("collection-number") if tag else ""
    yield from zip(("SP", "EP"), _ends_of_pages(text("page")), strict=True)
    yield "ET", text("edition") or (text("version") if _has_version(item) else "")
    yield "CY", text("publisher-place") or (text("event-place") if _has_place(item) else "")
    yield "PB", text("publisher")
    yield "M3", "Meeting Abstract" if text("genre") == "abstract" else text("genre")
    yield "DB", text("source")
    yield "DP", tidy(custom_of(item).get("society") or "")
    if "PMCID" in item:
        yield "C2", text("PMCID")
    if pmid and not is_in_an:
        yield "U2", f"{pmid} [PMID]"  # as EndNote's users and Rayyan write it
    yield from (("SN", found) for found in (in_sn, text("ISSN"), text("ISBN")))
    yield "DO", text("DOI")
    # Readers split URLs at semicolons.
    yield "UR", text("URL").replace(" ", "%20").replace(";", "%3B")
    yield "Y2", _date(item.get("accessed"))
    yield "LA", text("language")
    yield "AB", plain(tidy(item.get("abstract") or ""))
    yield from (("KW", word) for word in keywords_of(item))
    # Only one, since ASReview keeps its own notes there.
    yield "N1", "; ".join(notes_of(item, "ris"))
    places = affiliations_of(item)
    # Those of other programs have a line each, as databases write them.
    yield from (("AD", place) for place in (places if _is_reference(item) else ["; ".join(places)]))


def _numbers(item: Item, number: str) -> tuple[str, str, str]:
    """Return the number of an item for AN, IS and SN, one of which has it."""
    if number.startswith("arXiv:"):
        return number, "", ""
    return ("", "", number) if item.get("type") in _NUMBERED else ("", number, "")


def _is_reference(item: Item) -> bool:
    """Return whether an item was read from a list of references of another program."""
    return isinstance(custom_of(item).get("fields"), dict)


def _is_of_pubmed(item: Item) -> bool:
    """Return whether readers take AN for the PMID, since DB names PubMed."""
    return bool(re.search("medline|pubmed", str(item.get("source") or ""), re.IGNORECASE))


def _people(names: list[ItemName] | None) -> list[str]:
    """Return names without commas and semicolons inside a part, which separate parts and names."""
    written = [_person(parts) for parts in tidy_names(names, without=",")]
    return [name.replace(";", "") if ";" in name else name for name in written]


def _person(parts: ItemName) -> str:
    """Return ``Family, Given, Suffix``, or ``Group,``.

    Without the comma readers would take the last word of a group for a family name.
    """
    family = full_family(parts, parts.get("family") or parts.get("literal"))
    given, suffix = parts.get("given", ""), parts.get("suffix", "")
    if not given:
        return f"{' '.join(filter(None, (family, suffix)))},"
    return ", ".join(filter(None, (family, given, suffix)))


def _issued(issued: ItemDate | None) -> Iterator[tuple[str, str]]:
    """Yield year and date, or the words in their place.

    A season or a range is in words in the last part of the date.
    """
    if issued and not ends_of(issued):
        literal = tidy(issued.get("literal") or "")
        if found := in_words(literal):
            words = found.names if found.first == found.last else literal
            yield "PY", f"{found.first:04}"
            yield "DA", f"{found.first:04}///{words.replace('–', '-')}"
        else:
            yield "PY", literal
    elif issued:
        date, words = _date(issued), _in_words(issued)
        yield "PY", date[:4]
        yield "DA", f"{date}{words}" if words or not date.endswith("///") else ""


def _in_words(issued: ItemDate) -> str:
    """Return a season (``Winter``), a range (``2022 Jan-2022 Feb``), both or ``""``."""
    ends = ends_of(issued)
    range_ = "-".join(map(_words, ends)) if len(ends) > 1 else ""
    return f"{season_of(issued)} {range_}".strip()


def _words(end: list[int]) -> str:
    year, *rest = end
    month = [MONTHS[rest[0] - 1][:3]] if rest else []
    return " ".join([f"{year:04}", *month, *map(str, rest[1:2])])


def _date(date: ItemDate | None) -> str:
    """Return ``2025/10/28/``; month and day are empty if unknown."""
    if not date or not (ends := ends_of(date)):
        return ""
    year, month, day = [*ends[0], 0, 0, 0][:3]
    return f"{year:04}/{_two(month)}/{_two(day)}/" if year else ""


def _two(part: int) -> str:
    return f"{part:02}" if part else ""
