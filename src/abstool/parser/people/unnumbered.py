"""Read an author line without numbers: names, then the affiliation that all authors share.

Where it begins is known from other parts of the page or from a line of its own, or guessed from its
words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from abstool.names import is_like_degree
from abstool.parser.people.bylines import (
    AuthorLine,
    group_lead,
    is_suffix,
    person_and_group,
    split_names,
)
from abstool.parser.people.glued import GROUP_LEAD

_INSTITUTION = re.compile(
    r"\b(?:Academ|Assoc|Biolog|Cent(?:er|re|ro)|Charit|Children|Clinic|Colleg|Compan|Corp|Depart|"
    r"Dept|Div|Ecole|École|Facult|Foundation|Fundaci|Health|H[oô]pital|H[oô]sp|Inc\b|Institu|"
    r"Klinik|Labor|LLC|Ltd|Medic|Ministry|NHS|Pharma|Research|Rheumatol|School|Section|Service|"
    r"Society|Therap|Trust|Unit|Univ|VA\b)",
    re.IGNORECASE,
)
_PLACE = re.compile(r"(?<=[^\W\d_])[.,]?\s*\(([^()]*(?:\([^()]*\)[^()]*)?)\)\s*$")


def read_lines(lines: Sequence[str]) -> AuthorLine | None:
    """Return the authors on the first line and the affiliations on the others.

    None if the lines do not have this form.
    """
    first, *rest = lines
    while rest and GROUP_LEAD.match(rest[0]):
        first = f"{first}, {rest.pop(0)}"
    names = split_names(first)
    if not rest or not all(map(_is_likely_author, names)) or not all(map(_is_place, rest)):
        return None
    rest = [place for line in rest for place in _places(line)]
    if not all("," in line for line in rest):  # one address on several lines
        rest = [", ".join(rest)]
    result = AuthorLine(affiliations=[(str(n), line) for n, line in enumerate(rest, 1)])
    labels = tuple(label for label, _ in result.affiliations)
    if len(rest) > 1 and len(names) > 1:
        labels = ()
        result.warnings.append(f"The page does not link its {len(rest)} affiliations to authors.")
    for name in names:
        result.authors += person_and_group(name, labels)
    return result


def by_line(lines: Sequence[str]) -> list[tuple[str, str]]:
    """Return the name and the affiliation on each of several lines, [] if they have another form.

    ``Ann Roe, University A, Bonn, Germany`` is a line of this form.
    """
    parts = [line.partition(",") for line in lines]
    fits = len(parts) > 1 and all(
        _is_likely_person(name) and rest and not _is_likely_person(rest.split(",")[0])
        for name, _, rest in parts
    )
    return [(name.strip(), rest.strip()) for name, _, rest in parts] if fits else []


def _places(line: str) -> list[str]:
    """Return the affiliations on a line, which semicolons separate if each has a place."""
    parts = [part.strip() for part in line.split(";")]
    return parts if all("," in part for part in parts) else [line]


def _is_place(line: str) -> bool:
    """Return whether a line is an affiliation and not a line of authors."""
    last = line.rpartition(",")[2]
    return not _is_likely_person(last) and ("," in line or bool(_INSTITUTION.search(line)))


def read(line: str, count: int | None) -> AuthorLine:
    """Return the authors and affiliation on one line; ``count`` as in ``authors.read``."""
    names, affiliation, sure = _split_unnumbered(line, count)
    result = AuthorLine()
    labels = ("1",) if affiliation else ()
    for name in names:
        result.authors += person_and_group(name, labels)
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
        names = split_names(line[: place.start()])
        counted = len(names) == count and not group_lead(line)
        if counted or all(map(_is_likely_author, names)):
            return names, place[1].strip(), True
    if count and not GROUP_LEAD.search(line):  # only some pages count the group
        cut = _after_names(line, count)
        if cut is not None:
            return split_names(line[:cut]), line[cut:].strip(" ,;"), True
    joint = _end_of_and(line)
    if joint is not None:  # A, B and C, Institution, City
        cut = _after_suffixes(line, joint)
        if group := GROUP_LEAD.match(line, cut):  # Ray, Jr for the GROUP, Institution
            comma = line.find(",", group.end(1))
            cut = len(line) if comma < 0 else comma
        return split_names(line[:cut]), line[cut:].strip(" ,;"), True
    pieces = re.split(r"(,\s*)", line)
    for position in range(2, len(pieces), 2):
        if not (_is_likely_person(pieces[position]) or _is_degree(pieces, position)):
            names = split_names("".join(pieces[:position]))
            affiliation = "".join(pieces[position:]).strip(" ,;")
            return names, affiliation, len(names) == 1 or bool(_INSTITUTION.search(affiliation))
    return split_names(line), "", True


def _is_degree(pieces: Sequence[str], position: int) -> bool:
    """Return whether a piece is a degree; an acronym only between a degree and a person."""
    words, following = pieces[position].strip(), pieces[position + 2 : position + 3]
    if is_suffix(words, ""):
        return True
    is_between = is_suffix(pieces[position - 2].strip(), "") and any(
        map(_is_likely_person, following)
    )
    return is_like_degree(words) and is_between


def _after_suffixes(line: str, start: int) -> int:
    """Return the offset after the name at ``start`` and its suffixes and degrees.

    An acronym counts as a degree only if it is that of a person before.
    """
    known = {piece.strip() for piece in re.split(r",|\s(?:and|&)\s", line[:start])}
    cut = line.find(",", start)
    while cut >= 0:
        end = line.find(",", cut + 1)
        piece = line[cut + 1 : end if end > 0 else len(line)].strip()
        if group := group_lead(piece):
            piece, end = piece[: group.start()], line.find(piece, cut) + group.start()
        if not is_suffix(piece, "") and not (piece in known and is_like_degree(piece)):
            return cut
        cut = end
    return len(line)


def _after_names(line: str, count: int) -> int | None:
    """Return the offset where the first ``count`` names of a line end, or None if it has fewer."""
    seen = 0
    known: set[str] = set()
    for piece in re.finditer(r"(?:(?!\s+and\s|\s&\s|,\s)[^\n])+", line):
        words = piece[0].strip(" ,;")
        if is_suffix(words, "") or (is_like_degree(words) and (seen < count or words in known)):
            known.add(words)
            continue
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
    are_names = all(
        _is_likely_person(piece) or is_suffix(piece, "") or is_like_degree(piece)
        for piece in before
    )
    return joint.end() if are_names else None


def _is_likely_author(text: str) -> bool:
    """Return whether text is a person, perhaps with a group, and not part of an institution."""
    lead = group_lead(text)
    return "," not in text[lead.start() :] if lead else _is_likely_person(text)


def _is_likely_person(text: str) -> bool:
    words = text.split()
    return 2 <= len(words) <= 6 and not _INSTITUTION.search(text) and not re.search(r"\d", text)
