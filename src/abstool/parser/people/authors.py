"""Read the author line: authors, then affiliations, in one paragraph.

    Name1, Name2,3 and Name1 for the GROUP, 1Aff, City, ST, 2Aff, City, 3Aff

In HTML the numbers are superscripts, so the line is read exactly. In plain text they are joined to
the names and affiliations, and ``glued`` marks them first. Without numbers all authors share one
affiliation; where it begins is known from other parts of the page, or guessed from its words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from msgspec import Struct

from abstool.names import DEGREES, GENERATIONS, SUFFIXES
from abstool.page import Block, one_line
from abstool.parser.people.glued import CLOSE, GROUP_LEAD, OPEN, SIGNS, mark_numbers

_MARK = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")
_NUMBERS = re.compile(rf"[{SIGNS}]*\d{{1,3}}(?:[\s,;{SIGNS}]+\d{{1,3}})*[,;{SIGNS}]*")
_NUMBER = re.compile(r"\d+")
_AND = re.compile(r"(?:\band\b|&)\s+|[,;]")
_SUFFIX = re.compile(rf"(?:(?:{'|'.join(SUFFIXES)}|{DEGREES})\.?(?:\s+|$))+")
_GENERATION = re.compile(rf",\s*(?:{'|'.join(GENERATIONS)})\b\.?")
_WORD = re.compile(r"\w+")
_GROUP_NOUNS = frozenset(
    "alliance collaborator collaborators collaboration committee consortium cooperative group "
    "initiative investigator investigators network registry society study taskforce team "
    "trialists task working".split()
)
_HALF_NOUNS = {"task", "working"}  # part of a group noun: see _GROUP_NOUNS_OF_TWO
_INSTITUTION = re.compile(
    r"\b(?:Academ|Assoc|Biolog|Cent(?:er|re|ro)|Charit|Children|Clinic|Colleg|Compan|Corp|Depart|"
    r"Dept|Div|Ecole|École|Facult|Foundation|Fundaci|Health|H[oô]pital|H[oô]sp|Inc\b|Institu|"
    r"Klinik|Labor|LLC|Ltd|Medic|Ministry|NHS|Pharma|Research|Rheumatol|School|Section|Service|"
    r"Society|Therap|Trust|Unit|Univ|VA\b)",
    re.IGNORECASE,
)
_GROUP_NOUNS_OF_TWO = re.compile(r"\btask\sforce\b|\bworking party\b", re.IGNORECASE)
_PLACE = re.compile(r"(?<=[^\W\d_])[.,]?\s*\(([^()]*(?:\([^()]*\)[^()]*)?)\)\s*$")
_LONGEST_NAME = 200  # characters; no suffix is added to a longer name


class Byline(Struct, frozen=True):
    """One author as printed; ``labels`` are those of the affiliations."""

    name: str
    labels: tuple[str, ...] = ()
    group: bool = False


@dataclass
class AuthorLine:
    """The authors and affiliations (label, name) of an author line, in printed order."""

    authors: list[Byline] = field(default_factory=list)
    affiliations: list[tuple[str, str]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def read(blocks: Sequence[Block], count: int | None = None) -> AuthorLine:
    """Return the authors and affiliations in the blocks between the title and the next label.

    ``count`` is the number of authors named elsewhere on the page, None if unknown; it is used
    only for a line without numbers.
    """
    if not blocks:
        return AuthorLine()
    marked = _marked(blocks)
    if not _MARK.search(marked):
        marked = mark_numbers(marked)
    if _MARK.search(marked):
        return _read_marked(marked)
    return _read_unnumbered(marked, count)


def _marked(blocks: Sequence[Block]) -> str:
    """Return the line as text with its superscript numbers marked."""
    lines: list[str] = []
    for block in blocks:
        number = _LIST_NUMBER.fullmatch(block.item)  # affiliations as a numbered list
        has_own = any(run.script == "sup" for run in block.runs)
        line = f"{OPEN}{number[1]}{CLOSE}" if number and not has_own else ""
        for run in block.runs:
            text = run.text.replace(OPEN, "").replace(CLOSE, "")
            if run.script == "sup" and _NUMBERS.fullmatch(text.strip()):
                text = f"{OPEN}{','.join(_NUMBER.findall(text))}{CLOSE}"
            line += text
        lines.append(one_line(line).strip(" ,;"))
    # One author may have two superscripts in a row: 4, 5 and then a separator or the end.
    return _ADJACENT.sub(",", ", ".join(line for line in lines if line))


_LIST_NUMBER = re.compile(r"(\d+)\.")
_ADJACENT = re.compile(rf"{CLOSE}\s*[,;]?\s*{OPEN}(?=[\d,]+{CLOSE}\s*(?:[,;]|and\b|&|$))")


# --- a line with marks ---------------------------------------------------------------------------


def _read_marked(line: str) -> AuthorLine:
    marks = _affiliation_marks(line)
    start = marks[0].start() if marks else len(line)
    result = AuthorLine(authors=_bylines(line[:start]), affiliations=_affiliations(line, marks))
    known = {label for label, _ in result.affiliations}
    used = {label for author in result.authors for label in author.labels}
    if dangling := sorted(used - known, key=_order):
        result.warnings.append(
            f"Authors refer to affiliation {', '.join(dangling)}, which is not on the page."
        )
    if unused := sorted(known - used, key=_order):
        result.warnings.append(f"No author refers to affiliation {', '.join(unused)}.")
    unlinked = [a.name for a in result.authors if not a.labels and not a.group]
    if unlinked and known:
        has = "has" if len(unlinked) == 1 else "have"
        result.warnings.append(f"{', '.join(unlinked)} {has} no affiliation marker.")
    return result


def _order(label: str) -> tuple[int, str]:
    return (int(label) if label.isdecimal() else 0, label)


def _affiliation_marks(line: str) -> list[re.Match[str]]:
    """Return the marks that start an affiliation: after a separator and before text."""
    return [
        mark
        for mark in _MARK.finditer(line)
        if "," not in mark[1]
        and _SEPARATED.search(line[max(0, mark.start() - 3) : mark.start()])
        and _OPENING.match(line[mark.end() : mark.end() + 8])
    ]


_SEPARATED = re.compile(r"(?:^|[,;.])\s*$")
_OPENING = re.compile(r"\s*(?!and\b|&)[^\s,;]")


def _affiliations(line: str, marks: Sequence[re.Match[str]]) -> list[tuple[str, str]]:
    ends = [*(mark.start() for mark in marks[1:]), len(line)][: len(marks)]
    return [
        (mark[1], one_line(_MARK.sub(r"\1", line[mark.end() : end])).strip(" ,;"))
        for mark, end in zip(marks, ends, strict=True)
    ]


def _bylines(line: str) -> list[Byline]:
    authors: list[Byline] = []
    pieces = _MARK.split(line)  # text, label, text, label, ..., text
    for text, label in zip(pieces[::2], [*pieces[1::2], ""], strict=True):
        labels = tuple(number for number in label.split(",") if number)
        names = _split_names(text)
        if authors and names and _is_suffix(names[0], authors[-1].name):
            authors[-1] = Byline(f"{authors[-1].name}, {names.pop(0)}", authors[-1].labels)
        if not names and labels and authors and not authors[-1].labels:
            authors[-1] = Byline(authors[-1].name, labels, authors[-1].group)
        for position, name in enumerate(names, start=1):
            authors += _person_and_group(name, labels if position == len(names) else ())
    return authors


def _split_names(text: str) -> list[str]:
    """Split ``A, B and C``; a suffix stays with its name, and a group's name stays whole."""
    lead = _group_lead(text)
    tail = text[lead.start() :] if lead else ""
    names: list[str] = []
    for piece in _AND.split(text[: lead.start()] if lead else text):
        name = one_line(piece).strip(f" ,;{SIGNS}")
        if name and names and _is_suffix(name, names[-1]):
            names[-1] = f"{names[-1]}, {name}"
        elif name:
            names.append(name)
    if tail:
        group = one_line(tail).strip(" ,;")
        names = [*names[:-1], f"{names[-1]} {group}"] if names else [group]
    return names


def is_group(name: str) -> bool:
    """Return whether a name contains a noun for a group, such as "consortium"."""
    words = _WORD.findall(name.casefold())
    if _GROUP_NOUNS.isdisjoint(words):
        return False
    found = _GROUP_NOUNS.intersection(words)
    return not found <= _HALF_NOUNS or bool(_GROUP_NOUNS_OF_TWO.search(name))


def _is_suffix(text: str, name: str) -> bool:
    return len(name) < _LONGEST_NAME and bool(_SUFFIX.fullmatch(text))


def _group_lead(text: str) -> re.Match[str] | None:
    """Return the match of ``for the GROUP`` or ``on behalf of the GROUP``, or None."""
    return GROUP_LEAD.search(text) if "for" in text or "behalf" in text else None


def _person_and_group(name: str, labels: tuple[str, ...]) -> list[Byline]:
    lead = _group_lead(name)
    if lead:
        person = name[: lead.start()].strip(" ,;")
        group = Byline(lead[2].strip(), () if person else labels, group=True)
        return [Byline(person, labels), group] if person else [group]
    return [Byline(name, labels, group=is_group(name))]


# --- a line without numbers ----------------------------------------------------------------------


def _read_unnumbered(line: str, count: int | None) -> AuthorLine:
    names, affiliation, sure = _split_unnumbered(line, count)
    result = AuthorLine()
    labels = ("1",) if affiliation else ()
    for name in names:
        result.authors += _person_and_group(name, labels)
    if affiliation:
        result.affiliations = [("1", affiliation)]
        if not sure:
            result.warnings.append(
                f"The affiliation has no marker; guessed that it begins with "
                f"{affiliation.split(',')[0]!r}."
            )
    return result


def _split_unnumbered(line: str, count: int | None) -> tuple[list[str], str, bool]:
    """Return the names, the affiliation, and whether the split between them is certain."""
    place = _PLACE.search(line)
    if place and "," in place[1]:  # A. Name, B. Name (London, United Kingdom)
        names = _split_names(line[: place.start()])
        counted = len(names) == count and not _group_lead(line)
        if counted or all(map(_is_likely_author, names)):
            return names, place[1].strip(), True
    if count and not GROUP_LEAD.search(line):  # only some pages count the group
        cut = _after_names(line, count)
        if cut is not None:
            return _split_names(line[:cut]), line[cut:].strip(" ,;"), True
    joint = _end_of_and(line)
    if joint is not None:  # A, B and C, Institution, City
        comma = line.find(",", joint)
        suffix = _GENERATION.match(line, comma) if comma > 0 else None
        cut = len(line) if comma < 0 else suffix.end() if suffix else comma
        if group := GROUP_LEAD.match(line, cut):  # Ray, Jr for the GROUP, Institution
            comma = line.find(",", group.end(1))
            cut = len(line) if comma < 0 else comma
        return _split_names(line[:cut]), line[cut:].strip(" ,;"), True
    pieces = re.split(r"(,\s*)", line)
    for position in range(2, len(pieces), 2):
        if not _is_likely_person(pieces[position]):
            names = _split_names("".join(pieces[:position]))
            affiliation = "".join(pieces[position:]).strip(" ,;")
            return names, affiliation, len(names) == 1 or bool(_INSTITUTION.search(affiliation))
    return _split_names(line), "", True


def _after_names(line: str, count: int) -> int | None:
    """Return the offset where the first ``count`` names of a line end, or None if it has fewer."""
    seen = 0
    for piece in re.finditer(r"(?:(?!\s+and\s|\s&\s|,\s)[^\n])+", line):
        if not _SUFFIX.fullmatch(piece[0].strip(" ,;")):
            seen += 1
            if seen > count:
                return piece.start() - 1
    return len(line) if seen == count else None


def _end_of_and(line: str) -> int | None:
    """Return the offset after the first "and" of a line if only names precede it, else None."""
    joint = re.search(r"\s(?:and|&)\s", line)
    if not joint:
        return None
    before = re.split(r",\s*", line[: joint.start()])
    are_names = all(_is_likely_person(piece) or _SUFFIX.fullmatch(piece) for piece in before)
    return joint.end() if are_names else None


def _is_likely_author(text: str) -> bool:
    """Return whether text is a person, perhaps with a group, and not part of an institution."""
    lead = _group_lead(text)
    return "," not in text[lead.start() :] if lead else _is_likely_person(text)


def _is_likely_person(text: str) -> bool:
    words = text.split()
    return 2 <= len(words) <= 6 and not _INSTITUTION.search(text) and not re.search(r"\d", text)
