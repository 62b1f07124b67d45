"""Read Ovid's text format: a label on each line of its own, with its value indented below it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import pairwise

from abstool.inputs.references.dates.printed import printed
from abstool.inputs.references.entry import (
    Fields,
    affiliations,
    keywords,
    reading,
)
from abstool.inputs.references.fields import Entry, Reading
from abstool.inputs.references.numbers import pages
from abstool.inputs.references.people.person import (
    FAMILY_FIRST,
    ONLY_INITIALS,
    SUFFIX,
    without_suffix,
)
from abstool.inputs.references.people.words import is_surely_group
from abstool.inputs.references.serials import serial_numbers
from abstool.inputs.references.tagged.source_lines import take_place, unplaced
from abstool.item import ItemName
from abstool.names import DEGREES
from abstool.text import tidy

_NUMBER = re.compile(r"\s*<\d+(?:\.\s*)?>?\s*$")
_LABEL = re.compile(r"[A-Z][\w /'&()-]{0,60}")
_LONG = 1000  # characters of a source or name that are read, to bound the time of patterns
_PMID = re.compile(r"^\s*(\d{1,8})\.?\s*$")
_MARKS = re.compile(r"(?:\s+(?:\d{1,3}|[*+#,a-z]|\(\w{1,3}\)))+$")
_DEGREE = re.compile(rf"(?:[\s,]+(?:{DEGREES}|FAAN))+$")
_ONLY_DEGREES = re.compile(rf"(?:\s*(?:{DEGREES}|FAAN|\d|[*+]),?)+\.?")
_KIND = re.compile(r"(?<=[.?!])\s*\[[A-Z][\w /-]{2,30}\]\.?$")
# Poe, Bob [Ed]. (2010). Tea book. (pp. 45-67). xii, 500 pp. New York, NY, US: Leaf Press; US.
_EXTENT = r"\b(?:[xivlc]+,\s*)?\d+\s*pp\.\s*"
_BOOK = re.compile(
    r"(?:(?P<editors>[^()]+(?:\(Eds?\.?\)[^()]*)*)\.?\s+)?\((?P<year>\d{4})\)\.\s+"
    r"(?P<title>[^()\s][^()]*?)(?:,\s*(?P<edition>\d{1,2})(?:st|nd|rd|th)\s+ed)?\.?\s*"
    rf"(?:\(pp?\.\s*(?P<pages>[^()]+)\)\.\s*(?:{_EXTENT})?|{_EXTENT})"
    r"(?P<place>[^():.;]+):\s*(?P<publisher>[^();]+)(?:;.*)?"
)
_EDITOR = re.compile(r"\s*[\[(]Eds?\.?[\])][\s.,]*$")
_BETWEEN = re.compile(r"\.\s{2,}|;")
_SAINT = re.compile(r"Ste?")
_KEYWORDS = "Author Keywords|Keyword Heading|Keywords|MeSH Subject Headings|Subject Headings"


def entries(text: str) -> Iterator[Entry]:
    """Yield the line number of each entry with what reads it."""
    start, lines = 0, list[str]()
    for number, line in enumerate(text.splitlines(), 1):
        if _NUMBER.match(line):
            if start:
                yield start, partial(_read, lines)
            start, lines = number, []
        elif start:
            lines.append(line)
    if start:
        yield start, partial(_read, lines)


def _pairs(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the labels with their values.

    Below a label without a value, a line that is not indented is the value, unless one is below it.
    """
    label, value = "", list[str]()
    for line, below in pairwise([*filter(str.strip, lines), ""]):
        is_bare = label and not value and not below[:1].isspace()
        if is_bare or not _LABEL.fullmatch(line):
            value.append(line.strip())
            continue
        yield label, "\n".join(value)
        label, value = line.strip().replace(" ", "_"), []
    yield label, "\n".join(value)


def _read(lines: list[str]) -> Reading:
    fields = Fields((label, value) for label, value in _pairs(lines) if label)
    is_chapter = "Chapter_Title" in fields
    kind = fields.peek("Publication_Type").lower()
    words = keywords(
        word.strip(" .")
        for label in _KEYWORDS.split("|")
        for line in fields.take_lines(label.replace(" ", "_"))
        for word in line.split(";")
    )
    values: dict[str, object] = {
        "type": "chapter" if is_chapter else "book" if kind == "book" else "article-journal",
        **_people(fields),
        "title": _title(fields.take("Chapter_Title" if is_chapter else "Title")),
        "publisher": fields.take("Publisher"),
        **_source(fields),
        "PMID": fields.take_matching("PMID PubMed_ID Unique_Identifier", _PMID),
        "DOI": fields.doi("DOI_Number Digital_Object_Identifier DOI"),
        "language": fields.take("Language").rstrip("."),
        "abstract": fields.take("Abstract"),
        "source": fields.take("Database"),
        "keyword": words["keyword"],
        "genre": "abstract" if "abstract" in kind else "",
        **serial_numbers(fields, "ISSN ISSN_Print ISSN_Electronic ISSN_Linking ISBN"),
    }
    if is_chapter:
        values["container-title"] = _title(fields.take("Title")) or values["container-title"]
    elif values["type"] == "book":
        title = values["title"] or values["container-title"]
        values |= {"title": title, "container-title": ""}
    values["custom"] = {
        "keywords": words["keywords"],
        "affiliations": affiliations(fields.take_lines("Institution")),
    }
    return reading("ovid", values, fields)


def _title(title: str) -> str:
    """Return a title without its final period and the kind of article that Ovid adds."""
    return _KIND.sub("", title).removesuffix(".")


def _source(fields: Fields) -> dict[str, object]:
    """Return journal, meeting, volume, issue, pages and date, as far as the source has them."""
    source = fields.peek("Source")[:_LONG]
    year = fields.peek("Year_of_Publication")
    if book := _BOOK.fullmatch(source.strip(" .")):
        fields.take("Source")
        return _book(fields, book)
    if found := take_place(fields, "Source", year):
        return {**found.variables, "issued": found.issued}
    date = fields.peek("Status").rpartition(",")[2] or year
    journal = source.removesuffix(".")
    is_journal = "." not in journal and "(" not in journal
    if is_journal:
        fields.take("Source")
    elif source:
        fields.warnings.append(unplaced(source))
    return {"container-title": journal if is_journal else "", "issued": _dated(date, source)}


def _book(fields: Fields, found: re.Match[str]) -> dict[str, object]:
    """Return what the source of a chapter or book says of the book."""
    editors = [_EDITOR.sub("", name).strip(" .") for name in (found["editors"] or "").split(";")]
    return {
        "type": "chapter" if found["pages"] else "book",
        "editor": fields.people(filter(None, editors)),
        "container-title": found["title"],
        "edition": found["edition"] or "",
        "page": pages(found["pages"] or ""),
        "publisher-place": found["place"].strip(),
        "publisher": found["publisher"].strip(" ."),
        "issued": printed(found["year"]),
    }


def _dated(date: str, source: str) -> object:
    if not re.search(r"\d{4}", date):
        years = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", source)
        date = years[0] if years else ""
    return printed(date) if date else None


def _people(fields: Fields) -> dict[str, list[ItemName]]:
    """Return authors and editors ([Ed]), without the marks of institutions and degrees."""
    label = "Authors_Full_Name" if "Authors_Full_Name" in fields else "Authors"
    lines = fields.take_lines(label) or fields.take_lines("Author")
    found: dict[str, list[str]] = {"author": [], "editor": []}
    for name in (tidy(name) for line in lines for name in _split(line)):
        bare = name.removesuffix("[Ed]").strip()
        role = "author" if bare == name else "editor"
        if len(bare) < _LONG:
            bare = _DEGREE.sub("", _MARKS.sub("", bare)).strip(" .")
        found[role].append(bare)
    if label == "Authors_Full_Name":  # which may lack the groups
        short = (name.strip(" .") for line in fields.seen("Authors") for name in _split(line))
        found["author"] += [
            name for name in short if is_surely_group(name) and name not in found["author"]
        ]
    return {role: fields.people(names) for role, names in found.items()}


def _split(line: str) -> list[str]:
    """Return the names on a line; degrees, too, are separated by semicolons."""
    names = _BETWEEN.split(line)
    if len(names) == 1 and ". " in line:
        names = _at_periods(line)
    return [name for name in names if not _ONLY_DEGREES.fullmatch(name[:_LONG])]


def _at_periods(line: str) -> list[str]:
    """Return the names that periods and single blanks separate; the line if they may do not.

    In ``Roe, A. B. St. John, C.`` a period also follows an initial and an abbreviation, and in
    ``Tea University. Department of Milk`` a group whose part is named next.
    """
    names: list[str] = []
    after_group = False
    for piece in re.split(r"\.\s+", line.strip(" .")):
        is_group = is_surely_group(piece)
        if names and (
            ONLY_INITIALS.fullmatch(piece)
            or _SAINT.fullmatch(names[-1])
            or (is_group and after_group)
        ):
            names[-1] += f". {piece}"
        else:
            names.append(piece)
        after_group = is_group
    return names if len(names) > 1 and all(map(_is_name, names)) else [line]


def _is_name(text: str) -> bool:
    """Return whether a text is one name for certain: a group, ``Roe, Ann`` or ``Roe AB``."""
    bare = _DEGREE.sub("", _MARKS.sub("", text[:_LONG]))
    bare = without_suffix(bare)[0]
    given = bare.partition(",")[2].strip()
    is_inverted = given and "," not in given and not SUFFIX.fullmatch(given)
    return bool(is_inverted or FAMILY_FIRST.fullmatch(bare)) or is_surely_group(bare)
