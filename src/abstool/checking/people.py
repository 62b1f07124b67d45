"""Compare the authors of a record with the names that a reference prints."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from abstool.checking.anatomy import Parts
from abstool.checking.printed import SIGNS, YEAR, without_list_number
from abstool.checking.verdict import Finding
from abstool.names import PARTICLES
from abstool.record import Author
from abstool.text import fold, tidy

CUTS = frozenset({1, 3, 6})  # after how many names styles print "et al."
_MOST = 500  # names that are compared
_MOST_WORDS = 12  # of one name
_MOST_FINDINGS = 20
_ALIKE = 0.4  # of two family names that can be one, misspelled
_ET_AL = re.compile(
    r"(?:(?<![\s,;&])[\s,;&]++)?(?:\bet\.?\s+(?:al|coll?|autres)\b\.?|\band\s+(?:others|colleagues|co-?workers)\b"
    r"|(?-i:\bu\.\s?a\.)|\by\s+(?:cols?|colaboradores|otros)\b\.?|\be\s+(?:cols?|altri)\b\.?"
    r"|\bund\s+(?:andere|Mitarbeiter|Mitarb)\b\.?|\bи\s+др\b\.?)[\s.,:]*",
    re.IGNORECASE,
)
_DATED = re.compile(rf"\([^()]*{YEAR}[^()]*\)")  # (2024, November 14-19)
_GAP = re.compile(r"\s*(?:…|\.\s*\.\s*\.)\s*")
_SEPARATOR = re.compile(r"\s*(?:,|;|&|(?<=\s)(?:and|und|et|y)(?=\s))\s*")
_INITIALS = re.compile(r"(?:[^\W\d_]\.[\s\-‐‑]*){1,6}(?:[a-z ]+)?|[A-Z]{1,3}")
_AT_END = re.compile(r"(?<![\s.])\s*+\.[\s.]*+\Z")
_SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV|2nd|3rd|4th)\.?", re.IGNORECASE)
_GENERATIONS = {"2nd": "ii", "3rd": "iii", "4th": "iv"}
_GROUP = "\ue010"  # in place of a group, whose name can have a comma


@dataclass(slots=True)
class _Names:
    """The names that a reference prints."""

    pieces: list[str]
    last: list[str]  # after an ellipsis
    is_cut: bool


class _AuthorName:
    """An author, with the letters of the name."""

    def __init__(self, author: Author) -> None:
        self.shown = tidy(author.name or author.literal or f"{author.given} {author.family}")
        self.family = _letters(author.family or author.literal or author.name)
        self.spelled = _letters(_spelled(author.family or author.literal or author.name))
        self.given = _letters(author.given)
        words = re.split(r"[\s.\-‐‑]+", fold(author.given))
        self.initials = "".join(word[0] for word in words if word)
        self.suffix = _letters(author.suffix)
        particles = []
        for word in fold(author.family).split()[:-1]:
            if word not in PARTICLES:
                break
            particles.append(word)
        self.particles = _letters("".join(particles))
        self.is_group = not author.family

    def families(self) -> Iterator[str]:
        """Yield the family name, also as ``Mueller``, and without particles that come last."""
        yield from dict.fromkeys(filter(None, (self.family, self.spelled)))
        if self.particles:
            yield self.family.removeprefix(self.particles)

    def shortens(self, rest: str) -> bool:
        """Return whether letters begin like the given names and are among them, in order."""
        rest = rest.removesuffix(self.suffix) if self.suffix else rest
        if not rest or not self.given:
            return not rest or rest == self.particles
        if self.particles and rest.endswith(self.particles):
            rest = rest.removesuffix(self.particles) or self.given[0]
        letters = iter(self.given)
        return rest[0] == self.given[0] and all(letter in letters for letter in rest)

    def likeness(self, key: str) -> float:
        """Return how much the family name in a piece is like this one, from 0 to 1."""
        ends = range(max(len(key) - 4, 0), len(key) + 1)
        return max(OSA.normalized_similarity(self.family, key[:end]) for end in ends)


# How these letters are written without their marks: Mueller, Oestby, Baath.
_SPELLED = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "Ä": "Ae",
        "Ö": "Oe",
        "Ü": "Ue",
        "ø": "oe",
        "Ø": "Oe",
        "å": "aa",
        "Å": "Aa",
    }
)


_APOSTROPHES = dict.fromkeys(map(ord, "\u02b9\u02bb\u02bc\u02bd\u02be\u02bf"))


def _spelled(name: str) -> str:
    return unicodedata.normalize("NFC", name).translate(_SPELLED)


def _letters(text: str) -> str:
    # Unicode counts the apostrophe of some keyboards (U+02BC) as a letter.
    return "".join(filter(str.isalnum, fold(tidy(text)).translate(_APOSTROPHES)))


def _key(piece: str) -> str:
    words = [_GENERATIONS.get(word.casefold(), word) for word in piece.split()]
    return _letters("".join(words))


# --- reading --------------------------------------------------------------------------------------


def _names(parts: Parts, people: Sequence[_AuthorName], groups: Sequence[str]) -> _Names:
    """Return the names of an entry, or those in the text before the title."""
    if parts.names is not None:
        named = [name for name in parts.names if not _ET_AL.fullmatch(name)]
        return _Names(named[:_MOST], [], len(named) < len(parts.names))
    text = without_list_number(parts.head)
    text = re.sub(rf"\(?[{SIGNS}][a-z]?\)?", " ", _DATED.sub(" ", text))
    for index, group in enumerate(groups):
        text = re.sub(re.escape(group), chr(ord(_GROUP) + index), text, flags=re.IGNORECASE)
    is_cut = _ET_AL.search(text) is not None
    text = _ET_AL.sub(", ", text)
    first, *rest = _GAP.split(text, maxsplit=1)
    families: dict[str, list[_AuthorName]] = {}
    for person in people:
        families.setdefault(person.family, []).append(person)
    pieces = _pieces(first, families, groups)
    last = _pieces(rest[0], families, groups) if rest else []
    return _Names(pieces, last, is_cut or bool(rest))


def _pieces(
    text: str, families: Mapping[str, list[_AuthorName]], groups: Sequence[str]
) -> list[str]:
    """Return the names in a text, each with the initials and the suffix after its comma."""

    def is_given(family: str, piece: str) -> bool:
        key = _key(piece)
        return any(one.shortens(key) for one in families.get(_key(family), ()))

    found: list[str] = []
    is_whole = False
    for part in _SEPARATOR.split(text.strip())[: 2 * _MOST]:
        piece = part.strip(" .:")
        if not (_key(piece) or any(sign >= _GROUP for sign in piece)):
            continue
        for index, group in enumerate(groups):
            piece = piece.replace(chr(ord(_GROUP) + index), group)
        if found and _SUFFIX.fullmatch(piece):
            found[-1] += f" {piece}"
        elif (
            found
            and not is_whole
            and (_INITIALS.fullmatch(_AT_END.sub(".", part)) or is_given(found[-1], piece))
        ):
            found[-1] += f" {piece}"
            is_whole = True
        else:
            found.append(piece)
            is_whole = False
    return found[:_MOST]


# --- comparing ------------------------------------------------------------------------------------


def compared(authors: Sequence[Author], printed: Parts, style: Parts) -> list[Finding]:
    """Return the errors in the names of a reference.

    ``style`` has the names as the style of the corrected reference prints them.
    """
    if printed.names == style.names and _key(printed.head) == _key(style.head):
        return []
    people = [_AuthorName(author) for author in authors[:_MOST]]
    groups = [one.shown for one in people if one.is_group and one.shown][:50]
    names = _names(printed, people, groups)
    if not people:
        return []
    in_style = _names(style, people, groups)
    pieces = names.pieces
    if not pieces and not names.is_cut:
        shown = "; ".join(one.shown for one in people[:3]) + ("; …" if len(people) > 3 else "")
        return [Finding("author-missing", "", shown, is_first=True)]
    ids = _identified([*pieces, *names.last], people)
    count = len(people)
    found = []
    if names.last:
        last_ids, ids = ids[len(pieces) :], ids[: len(pieces)]
        for place, index in enumerate(last_ids, count - len(names.last)):
            if index != place and place >= 0:
                name = names.last[place - count + len(names.last)]
                found.append(Finding("author-misspelled", name, people[place].shown))
    if names.is_cut:
        count = min(_printed_count(len(pieces), len(in_style.pieces)), count)
    style_count = len(in_style.pieces) if in_style.is_cut else 0
    found = [*_differences(pieces, ids, people, count, style_count, is_cut=names.is_cut), *found]
    if names.is_cut and not names.last and not found and len(pieces) >= len(people):
        found.append(Finding("author-extra", "et al.", ""))
    return found[:_MOST_FINDINGS]


def _printed_count(count: int, in_style: int) -> int:
    """Return how many names a list with "et al." should have that has this many."""
    cuts = CUTS | {in_style}
    return count + 1 if count not in cuts and count + 1 in cuts else count


def _identified(pieces: Sequence[str], people: Sequence[_AuthorName]) -> list[int | None]:
    """Return for each printed name the position of its author, or None."""
    by_family: dict[str, list[int]] = {}
    for index, person in enumerate(people):
        for family in person.families():
            by_family.setdefault(family, []).append(index)
    used: set[int] = set()
    found: list[int | None] = []
    for place, piece in enumerate(pieces):
        best: tuple[bool, int, int] | None = None
        for family, rest in _divisions(piece):
            for index in by_family.get(family, ()):
                person = people[index]
                if index not in used and person.shortens(rest):
                    # Of "Wang Y" and "Wang YL", the one who has just these initials.
                    is_loose = rest not in (person.initials, person.initials + person.suffix)
                    rank = (is_loose, abs(index - place), index)
                    best = min(best, rank) if best else rank
        found.append(best[2] if best else None)
        used |= {best[2]} if best else set()
    return found


def _divisions(piece: str) -> Iterator[tuple[str, str]]:
    """Yield the ways to divide a printed name into family and given names, as letters."""
    for form in dict.fromkeys((piece, _spelled(piece))):
        words = [_letters(_GENERATIONS.get(word.casefold(), word)) for word in form.split()]
        for count in range(min(len(words), _MOST_WORDS), 0, -1):
            yield "".join(words[:count]), "".join(words[count:])
        for count in range(min(len(words), _MOST_WORDS) - 1, 0, -1):
            yield "".join(words[count:]), "".join(words[:count])


def _differences(
    pieces: Sequence[str],
    ids: Sequence[int | None],
    people: Sequence[_AuthorName],
    count: int,
    style_count: int,
    *,
    is_cut: bool,
) -> list[Finding]:
    """Return the errors, each once: a name that is misspelled is not also missing.

    ``count`` is how many of the authors a list that is cut should have, ``style_count`` after how
    many the style cuts it.
    """
    present = [index for index in ids if index is not None]
    moved = _moved(present, len(pieces), is_cut=is_cut and None not in ids)
    unknown = [place for place, index in enumerate(ids) if index is None]
    found = []
    missing = [index for index in range(count) if index not in present]
    if moved:
        printed = ", ".join(pieces[ids.index(index)] for index in moved[:5])
        place = ids.index(moved[0])
        expected = people[min(place, len(people) - 1)].shown
        found.append(Finding("author-order", printed, expected, is_first=0 in moved or place == 0))
        if is_cut:
            missing = []
    found += [_unknown(pieces[one], one, missing, people, len(unknown)) for one in unknown]
    trailing = [index for index in missing if index > max(present, default=-1)]
    if not is_cut and pieces and (len(trailing) > 1 or (trailing and style_count == len(pieces))):
        record = f"{len(people)} authors"
        found.append(Finding("authors-cut-without-et-al", pieces[-1], record))
        missing = [index for index in missing if index not in trailing]
    found += [Finding("author-missing", "", people[i].shown, is_first=i == 0) for i in missing]
    return found


def _moved(present: Sequence[int], count: int, *, is_cut: bool) -> list[int]:
    """Return the authors who are not where the record has them."""
    ordered = _longest_increasing(present)
    moved = [index for index in present if index not in ordered]
    if is_cut and present and not moved:
        # One from far down the list, in place of the one who belongs there, has been moved up.
        gaps = [index for index in range(max(present)) if index not in present]
        if len(gaps) > 1 and max(present) >= count:
            return [max(present)]
    return moved


def _unknown(
    piece: str, place: int, missing: list[int], people: Sequence[_AuthorName], unknown: int
) -> Finding:
    """Return the finding about a name that no author has; it stands for one who is missing."""
    key = _key(piece)
    nearest = max(missing, key=lambda i: (people[i].likeness(key), -abs(i - place)), default=None)
    if nearest is None or (people[nearest].likeness(key) < _ALIKE and len(missing) < unknown):
        return Finding("author-extra", piece, "", is_first=place == 0)
    missing.remove(nearest)
    return Finding("author-misspelled", piece, people[nearest].shown, is_first=nearest == 0)


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
