"""Make the record of a row of a sheet of abstracts.

The cells become blocks of a page, so that names, links, sections and disclosures are read by the
same grammar. What the columns say (this is the title) need not be recognized by labels.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from unicodedata import normalize

from abstool import page as pages
from abstool.address import doi_in, doi_within, host_of
from abstool.dates import MONTHS
from abstool.names import is_like_degree
from abstool.page import Block, Page, Run, one_line
from abstool.parser import assembly, citation, session
from abstool.parser.labels import Kind
from abstool.parser.layout import BodyPart, Layout, divide_body
from abstool.parser.metadata.statement import INITIALS_LAST, Person, initials_last, person
from abstool.parser.people import names
from abstool.parser.people.credit import add_authors, add_declared_authors
from abstool.record import Abstract, Affiliation, Publication
from abstool.record.absences import absences
from abstool.sites import site_of
from abstool.text import SUPERSCRIPTS

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z]\w{1,31});")
_ISO_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ][\d:.]+)?$")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_KEYWORDS = re.compile(r"\s*[;|\n]\s*")
_MARKED = re.compile(r"\d|<sup")
_DIGITS = {ord(sign): digit for digit, sign in SUPERSCRIPTS.items() if digit.isdecimal()}
_LISTED = re.compile(r"(?:^|(?<=[;\n|]))\s*(\d{1,3})(?:[.:)]\s*(?=\w)|\s*(?=[^\W\d_]))")
_WITH_PLACE = re.compile(
    r"(?P<name>(?:(?! and | & )[^(),\d]){3,60}?)\s*\((?P<place>[^()]{3,300})\)"
)
_BETWEEN_NAMES = re.compile(r"[,;]|\s(?:and|&)\s")
_IN_NUMBERS = re.compile(r"\(\s*\d[\d\s,]*\)")
_SESSION = ("title", "type", "date", "time")
_URL = re.compile(r"https?://\S+", re.IGNORECASE)


def record_of(cells: Mapping[str, str], sections: Sequence[tuple[str, str]]) -> Abstract:
    """Return the record of a row, whose title is not empty.

    ``cells`` are texts by what they are; ``sections`` are those of columns that have one section
    each, with their labels.
    """
    cells = {name: normalize("NFC", text) for name, text in cells.items()}  # as in pages
    layout = _layout(cells, [(label, normalize("NFC", text)) for label, text in sections])
    printed = citation.read(layout.citation, layout.title)
    record = assembly.without_authors(Page(blocks=()), layout, printed, "")
    people, places, warnings = _people(cells)
    record.warnings += warnings
    if people:
        add_declared_authors(record, people, (), layout.disclosures)
    else:
        line = _blocks(_author_line(cells))
        add_authors(record, line, layout.disclosures, printed.authors, printed.evidence)
    _add_places(record, places)
    _add_url(record, cells)
    _add_facts(record, cells)
    _check_authors(record, cells)
    record.warnings += absences(record)
    return record


def _url_in(text: str) -> str:
    """Return the URL in a cell, or ``""``."""
    found = _URL.search(text)
    return found[0] if found else ""


def _layout(cells: Mapping[str, str], sections: Sequence[tuple[str, str]]) -> Layout:
    body = _lines(cells.get("text", ""))
    if disclosed := cells.get("disclosures", ""):
        body += [Block((Run("Disclosures:"),)), *_lines(disclosed)]
    layout = divide_body(body)
    columns = [BodyPart(label, _lines(text)) for label, text in sections]
    layout.body = [*layout.body, *columns]
    layout.title = " ".join(block.text for block in _blocks(cells["title"]))
    layout.fields = {Kind.NUMBER: cells.get("number", ""), Kind.MEETING: cells.get("meeting", "")}
    words = cells.get("keywords", "")
    if _KEYWORDS.search(words) or cells.get("keywords_are_listed"):
        # Like the links of a page, semicolons show where each keyword ends.
        layout.keyword_blocks = [
            Block((Run(word, href="keyword"),)) for word in _KEYWORDS.split(words) if word
        ]
    else:
        layout.fields[Kind.KEYWORDS] = one_line(words)
    found = {part: one_line(cells.get(f"session.{part}", "")) for part in _SESSION}
    layout.session = {part: _printed_date(text) for part, text in found.items() if text}
    return layout


def _lines(text: str) -> list[Block]:
    """Return a cell of running text as the blocks of a page, HTML or plain text."""
    return list(pages.read_utf8(_decoded(text)).blocks) if text.strip() else []


def _blocks(text: str) -> list[Block]:
    """Return a cell of few words as blocks, in which no sign is a list's or Markdown's."""
    if not text.strip():
        return []
    found = pages.read_utf8(_decoded(text))
    if found.markup:
        return list(found.blocks)
    lines = map(one_line, _decoded(text).decode().splitlines())
    return [Block((Run(line),)) for line in lines if line]


def _decoded(text: str) -> bytes:
    return (html.unescape(text) if _ENTITY.search(text) else text).encode("utf-8", "replace")


def _printed_date(text: str) -> str:
    """Return an ISO date as pages print it, and any other text as it is."""
    match = _ISO_DATE.match(text)
    if not match or not 1 <= int(match[2]) <= len(MONTHS):
        return text
    return f"{MONTHS[int(match[2]) - 1]} {int(match[3])}, {match[1]}"


# --- authors --------------------------------------------------------------------------------------


def _author_line(cells: Mapping[str, str]) -> str:
    """Return the cells of authors as one line of a page."""
    presenting = cells.get("presenting_author") or _presenting(cells)
    first = presenting or cells.get("first_author", "")
    line = cells.get("authors", "") or cells.get("co_authors", "")
    if first and not _is_among(first, line, is_whole="authors" in cells):
        is_list = ";" in line or ("," in first and _is_inverted(first))
        line = f"{first}{'; ' if is_list else ', '}{line}" if line.strip() else first
    line, places = line.translate(_DIGITS), cells.get("affiliations", "")
    if not places or not _MARKED.search(line):
        return line
    if "<" not in line + places:
        line, places = _plainly_numbered(line, places.translate(_DIGITS))
    return f"{line}\n{places}"


def _plainly_numbered(line: str, places: str) -> tuple[str, str]:
    """Return authors and affiliations numbered like ``Ann Roe1`` and ``1Univ A``.

    In a column of their own, the numbers before affiliations are certain, in all their forms.
    """
    found = re.sub(r"[\[(](\d{1,3})[\])]\s*", r"; \1 ", places)
    if found == places:
        found = _LISTED.sub(r" \1 ", places)
    found = re.sub(r"\s*[;\n|]+[\s;]*(?=\d)", "; ", found).strip(" ;")
    line = re.sub(r"\s*[\[(](\d{1,3}(?:\s*,\s*\d{1,3})*)[\])]", r"\1", line)
    return line.replace(";", ","), found


def _is_among(name: str, line: str, *, is_whole: bool) -> bool:
    """Return whether a list has a name; a whole list does if it has the family name."""
    one, listed = person(name), names.key(line)
    family, given = one.family, one.given
    if not family:
        guessed = names.guess(name)
        family, given = guessed.family, guessed.given
    if is_whole and names.key(family) in listed:
        return True
    return any(names.key(words) in listed for words in (f"{given}{family}", f"{family}{given}"))


def _presenting(cells: Mapping[str, str]) -> str:
    """Return the presenting author whose names have two columns."""
    return f"{cells.get('presenting_given', '')} {cells.get('presenting_family', '')}".strip()


def _people(cells: Mapping[str, str]) -> tuple[list[Person], list[str], list[str]]:
    """Return authors whose form is clear, affiliations without numbers, and warnings.

    The forms are ``Roe, Ann; Doe, Bob``, ``Ann Roe (Univ A, Bonn); Bob Doe (Univ B)`` and
    ``Roe A, Doe B``, in which the initials may as well be family names.
    """
    line = one_line(_author_line(cells))
    places = [] if _MARKED.search(line) else _KEYWORDS.split(cells.get("affiliations", ""))
    parts = [part.strip() for part in line.strip(" ;").split(";")]
    are_inverted = all(part.count(",") == 1 for part in parts)
    if are_inverted and not all(map(_is_inverted, parts)):
        # One clear name is enough: Pérez García, Ana; Roe, Juan
        are_inverted = any(map(_is_inverted, parts)) and not any(map(_has_degree, parts))
    people = [person(part) for part in parts] if are_inverted else []
    bracketed = [_WITH_PLACE.fullmatch(part) for part in parts]
    if not people and not cells.get("affiliations") and not _IN_NUMBERS.search(line):
        found = [one for one in bracketed if one]
        if len(found) == len(parts):  # Ann Roe (Univ A, Bonn); Bob Doe (Univ B, Rome)
            people = [person(one["name"], (one["place"].strip(),)) for one in found]
    warnings = []
    listed = [part.strip() for part in _BETWEEN_NAMES.split(line) if part.strip()]
    if not people and (people := initials_last(listed)):
        warnings.append(INITIALS_LAST.format(", ".join(listed)))
    return people, [one_line(place) for place in places if place.strip()], warnings


def _has_degree(name: str) -> bool:
    return is_like_degree(name.partition(",")[2].strip())


def _is_inverted(name: str) -> bool:
    """Return whether a name is ``van der Roe, Ann B.`` and not two names or a degree."""
    family, _, given = (part.strip() for part in name.partition(","))
    words = family.split()
    return bool(given) and (len(words) == 1 or all(word.islower() for word in words[:-1]))


def _add_places(record: Abstract, places: Sequence[str]) -> None:
    """Add affiliations that have a column of their own, without numbers that link them."""
    if not places:
        return
    own = [place.name for place in record.affiliations]
    record.affiliations = [
        Affiliation(label=str(number), name=name) for number, name in enumerate(places, 1)
    ]
    if own:  # the author line has a part that is not the name of a person
        record.warnings.append(f"The list of authors contains {', '.join(own)!r}.")
    are_clear = len(places) == 1 or len(record.authors) == 1
    for author in record.authors:
        author.affiliations = [place.label for place in record.affiliations] if are_clear else []
    if not are_clear:
        record.warnings.append("The sheet does not link the affiliations to the authors.")


def _check_authors(record: Abstract, cells: Mapping[str, str]) -> None:
    if cells.get("authors") or cells.get("co_authors"):
        return
    for role, word in (
        ("first_author", "first"),
        ("presenting_author", "presenting"),
        ("presenting_family", "presenting"),
    ):
        if cells.get(role):
            record.warnings.append(f"The sheet names only the {word} author.")
            return


# --- other fields ---------------------------------------------------------------------------------


def _add_url(record: Abstract, cells: Mapping[str, str]) -> None:
    """Add the URL of the row; URLs of unknown sites stay as they are."""
    url = _url_in(cells.get("url", "")) or _url_in(cells.get("doi", ""))
    known = site_of(host_of(url)) is not None
    found, site = assembly.url_and_site("", "", url, final_slash=known)
    if found:
        record.url, record.site = found, site
    for name in ("url", "doi"):
        if (text := cells.get(name, "")) and not (_url_in(text) or doi_within(text)):
            record.warnings.append(f"The {name.upper()} could not be read: {text!r}.")


def _add_facts(record: Abstract, cells: Mapping[str, str]) -> None:
    record.number = one_line(cells.get("number", ""))
    record.doi = doi_within(cells.get("doi", "")) or doi_in(_url_in(cells.get("url", "")))
    published = cells.get("first_published", "")
    record.first_published = session.iso_date(_printed_date(published))[0]
    if published and not record.first_published:
        record.warnings.append(f"The date of publication could not be read: {published!r}.")
    if year := cells.get("year", "").strip():
        publication = record.publication or Publication()
        if _YEAR.match(year):
            publication.year = publication.year or int(year)
            record.publication = publication
        else:
            record.warnings.append(f"The year could not be read: {year!r}.")
    linked = one_line(cells.get("linked_title", ""))
    if linked and names.key(linked) != names.key(record.title):
        record.warnings.append(f"The title of the link is different: {linked!r}.")
