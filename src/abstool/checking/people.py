"""Compare the authors of a record with the names that a reference prints."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from abstool.checking.printed import SIGNS
from abstool.checking.verdict import Finding
from abstool.names import PARTICLES
from abstool.record import Author
from abstool.text import fold, tidy

CUTS = frozenset({1, 3, 6})  # after how many names styles print "et al."
_MOST = 500  # names that are compared
_MOST_PAIRS = 40_000  # of names that are compared letter by letter
_MOST_FINDINGS = 20
_ET_AL = re.compile(
    r"[\s,;&]*(?:\bet\.?\s+al\b\.?|\band\s+(?:others|colleagues|co-?workers)\b)[\s.,:]*",
    re.IGNORECASE,
)
_GAP = re.compile(r"\s*(?:…|\.\s*\.\s*\.)\s*")
_SEPARATOR = re.compile(r"\s*(?:,|;|&|(?<=\s)(?:and|und|et|y)(?=\s))\s*")
_INITIALS = re.compile(r"(?:[^\W\d_]\.[\s\-‐‑]*){1,6}(?:[a-z ]+)?|[A-Z]{1,3}")
_SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV|2nd|3rd|4th)\.?", re.IGNORECASE)
_GENERATIONS = {"2nd": "ii", "3rd": "iii", "4th": "iv"}
_LIST_NUMBER = re.compile(r"\s*[\[(]?\d{1,4}[\].)]+\s+")
_GROUP = "\ue010"  # in place of a group, whose name can have a comma


@dataclass(slots=True)
class _Names:
    """The names that a reference prints."""

    pieces: list[str]
    last: list[str]  # after an ellipsis
    is_cut: bool


class _Person:
    """An author in the forms in which a reference can print the name, letters only."""

    def __init__(self, author: Author) -> None:
        self.shown = tidy(author.name or author.literal or f"{author.given} {author.family}")
        self.family = _letters(author.family or author.literal or author.name)
        words = re.split(r"[\s.\-‐‑]+", fold(author.given))
        self.given = _letters(author.given)
        self.initials = "".join(word[0] for word in words if word)
        self.suffix = _letters(author.suffix)
        particles = []
        for word in fold(author.family).split():
            if word not in PARTICLES:
                break
            particles.append(word)
        self.particles = _letters("".join(particles))
        self.is_group = not author.family

    def keys(self) -> Iterator[str]:
        """Yield the usual forms."""
        for rest in dict.fromkeys((self.initials, self.given, self.initials[:1], "")):
            yield self.family + rest
            yield rest + self.family
            if self.suffix:
                yield self.family + rest + self.suffix
                yield self.family + self.suffix + rest
                yield rest + self.family + self.suffix

    def is_printed_as(self, key: str) -> bool:
        """Return whether letters are the family name with some of the given ones."""
        key = key.removesuffix(self.suffix) if self.suffix else key
        if self.is_group or not self.family:
            return key == self.family
        if key.startswith(self.family) and self._shortens(key[len(self.family) :]):
            return True
        if key.endswith(self.family) and self._shortens(key[: -len(self.family)]):
            return True
        core = self.family.removeprefix(self.particles)
        if self.particles and core and key.startswith(core) and key.endswith(self.particles):
            return self._shortens(key[len(core) : len(key) - len(self.particles)])
        return False

    def _shortens(self, rest: str) -> bool:
        """Return whether letters begin like the given names and are among them, in order."""
        if not rest:
            return True
        if not self.given or rest[0] != self.given[0]:
            return not self.given
        letters = iter(self.given)
        return all(letter in letters for letter in rest)

    def likeness(self, key: str) -> float:
        """Return how much the family name in a piece is like this one, from 0 to 1."""
        ends = range(max(len(key) - 4, 1), len(key) + 1)
        return max(OSA.normalized_similarity(self.family, key[:end]) for end in ends)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, fold(tidy(text))))


def _key(piece: str) -> str:
    words = [_GENERATIONS.get(word.casefold(), word) for word in piece.split()]
    return _letters("".join(words))


# --- reading --------------------------------------------------------------------------------------


def _names(head: str, people: Sequence[_Person], groups: Sequence[str]) -> _Names:
    """Return the names in the text before the title."""
    text = _LIST_NUMBER.sub("", head, count=1)
    text = re.sub(rf"\(?[{SIGNS}][a-z]?\)?", " ", text)
    for index, group in enumerate(groups):
        text = re.sub(re.escape(group), chr(ord(_GROUP) + index), text, flags=re.IGNORECASE)
    is_cut = _ET_AL.search(text) is not None
    text = _ET_AL.sub(", ", text)
    first, *rest = _GAP.split(text, maxsplit=1)
    known = {key for person in people for key in person.keys()}  # noqa: SIM118 - a method
    pieces = _pieces(first, known, groups)
    last = _pieces(rest[0], known, groups) if rest else []
    return _Names(pieces, last, is_cut or bool(rest))


def _pieces(text: str, known: set[str], groups: Sequence[str]) -> list[str]:
    """Return the names in a text, each with the initials and the suffix after its comma."""
    found: list[str] = []
    is_whole = False
    for part in _SEPARATOR.split(text)[: 2 * _MOST]:
        piece = part.strip(" .:")
        if not piece:
            continue
        for index, group in enumerate(groups):
            piece = piece.replace(chr(ord(_GROUP) + index), group)
        if found and _SUFFIX.fullmatch(piece):
            found[-1] += f" {piece}"
        elif (
            found
            and not is_whole
            and (_INITIALS.fullmatch(part.strip()) or _key(found[-1] + piece) in known)
        ):
            found[-1] += f" {piece}"
            is_whole = True
        else:
            found.append(piece)
            is_whole = False
    return found[:_MOST]


# --- comparing ------------------------------------------------------------------------------------


def compared(authors: Sequence[Author], head: str, expected: str) -> list[Finding]:
    """Return the errors in the names before the title.

    ``expected`` are the names as the style of the corrected reference prints them.
    """
    if _key(head) == _key(expected):
        return []
    people = [_Person(author) for author in authors[:_MOST]]
    groups = [one.shown for one in people if one.is_group and one.shown][:50]
    names = _names(head, people, groups)
    if not people:
        return []
    in_style = _names(expected, people, groups)
    pieces = [*names.pieces, *names.last]
    ids = _identified(pieces, people)
    offset = len(names.pieces)
    if names.is_cut and names.last:
        wanted = {*range(offset), *range(len(people) - len(names.last), len(people))}
    elif names.is_cut:
        wanted = {*range(min(_printed_count(offset, len(in_style.pieces)), len(people)))}
    else:
        wanted = {*range(len(people))}
    style_count = len(in_style.pieces) if in_style.is_cut else 0
    found = _differences(pieces, ids, people, wanted, names.is_cut, style_count)
    if names.is_cut and not names.last and not found and offset >= len(people):
        found.append(Finding("author-extra", "et al.", ""))
    return found[:_MOST_FINDINGS]


def _printed_count(count: int, in_style: int) -> int:
    """Return how many names a list with "et al." should have that has this many."""
    cuts = CUTS | {in_style}
    return count + 1 if count not in cuts and count + 1 in cuts else count


def _identified(pieces: Sequence[str], people: Sequence[_Person]) -> list[int | None]:
    """Return for each printed name the position of its author, or None."""
    by_key: dict[str, list[int]] = {}
    for index, person in enumerate(people):
        for key in dict.fromkeys(person.keys()):
            by_key.setdefault(key, []).append(index)
    used: set[int] = set()
    found: list[int | None] = []
    for place, piece in enumerate(pieces):
        choices = [one for one in by_key.get(_key(piece), []) if one not in used]
        index = min(choices, key=lambda one: abs(one - place)) if choices else None  # noqa: B023
        found.append(index)
        used |= {index} if index is not None else set()
    if len(pieces) * len(people) > _MOST_PAIRS:
        return found
    for place, piece in enumerate(pieces):
        if found[place] is None:
            key = _key(piece)
            free = (i for i, one in enumerate(people) if i not in used and one.is_printed_as(key))
            if (index := next(free, None)) is not None:
                found[place] = index
                used.add(index)
    return found


def _differences(
    pieces: Sequence[str],
    ids: Sequence[int | None],
    people: Sequence[_Person],
    wanted: set[int],
    is_cut: bool,
    style_count: int,
) -> list[Finding]:
    """Return the errors, each once: a name that is misspelled is not also missing."""
    present = [index for index in ids if index is not None]
    ordered = _longest_increasing(present)
    moved = [index for index in present if index not in ordered]
    unknown = [place for place, index in enumerate(ids) if index is None]
    if is_cut and present and not moved and not unknown:
        # One name far down the list, in place of the one that belongs there, has been moved up.
        gaps = [i for i in range(max(present)) if i not in present]
        if len(gaps) > 1 and max(present) >= len(pieces):
            moved = [max(present)]
    found = []
    missing = sorted(wanted - {*present})
    if is_cut and max(present, default=-1) < len(people) and unknown:
        places = range(min(len(pieces), len(people)))
        missing = sorted({*missing, *(i for i in places if i not in present)})
    if moved:
        printed = ", ".join(pieces[ids.index(index)] for index in moved[:5])
        place = ids.index(moved[0])
        expected = people[min(place, len(people) - 1)].shown
        found.append(Finding("author-order", printed, expected, is_first=0 in moved or place == 0))
        if is_cut:
            missing = []
    for place in unknown:
        key = _key(pieces[place])
        nearest = max(
            missing,
            key=lambda i: (people[i].likeness(key), -abs(i - place)),  # noqa: B023
            default=None,
        )
        if nearest is None or (people[nearest].likeness(key) < 0.4 and len(missing) < len(unknown)):
            found.append(Finding("author-extra", pieces[place], "", is_first=place == 0))
            continue
        missing.remove(nearest)
        first = nearest == 0
        found.append(Finding("author-misspelled", pieces[place], people[nearest].shown, first))
    last = max(present, default=-1)
    trailing = [index for index in missing if index > last]
    if not is_cut and pieces and (len(trailing) > 1 or (trailing and style_count == len(pieces))):
        record = f"{len(people)} authors"
        found.append(Finding("authors-cut-without-et-al", pieces[-1], record))
        missing = [index for index in missing if index not in trailing]
    found += [Finding("author-missing", "", people[i].shown, is_first=i == 0) for i in missing]
    return found


def _longest_increasing(values: Sequence[int]) -> set[int]:
    """Return the values of a longest increasing subsequence; all are different."""
    best: list[int] = []
    before: list[int] = []
    for index, value in enumerate(values):
        length, previous = 1, -1
        for earlier in range(index):
            if values[earlier] < value and best[earlier] + 1 > length:
                length, previous = best[earlier] + 1, earlier
        best.append(length)
        before.append(previous)
    if not best:
        return set()
    place = best.index(max(best))
    chain = set()
    while place >= 0:
        chain.add(values[place])
        place = before[place]
    return chain
