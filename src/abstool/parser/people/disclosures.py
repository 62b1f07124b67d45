"""Split the disclosure statement by author, and each author's part into interests.

    Disclosures: G. Murayama: Cell Exosome, 5; K. Tada: None; N. Tamura: AbbVie/Abbott, 6.
    Disclosure: A. Name, None; B. Name, Company, 2; C. Name, Company, 5, Other, 2.
    R. Furie Consultant of: A Co., Speakers bureau: B Co., V. Werth: None declared
    Doe: A Co.: Research Funding. Roe: B Co.: Consultancy, Honoraria.

The first form is the current one. The second was used until about 2019, sometimes with each name
and each company in its own paragraph. The others are EULAR's and ASH's. In all but the first, the
author line shows which words are names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from abstool.names import GENERATIONS
from abstool.parser.people import names
from abstool.parser.people.author_index import AuthorIndex
from abstool.parser.people.names import Evidence
from abstool.record import Disclosure, Interest

_SUFFIX = rf"(?:,\s*(?:{'|'.join(GENERATIONS)})\b\.?)?"
# Repetitions are bounded so that the search takes linear time on any text.
_INITIALS = r"(?:(?:[^\W\d_]\.[\s-]{0,2}){1,6}(?:[^\W\d_]\s+){0,3}|(?:[^\W\d_]\s+){1,6})"
_CURRENT = re.compile(r"\s*(?P<name>[^:;\d\n]{1,80}?)\s*:\s*")
_FORMER = re.compile(
    rf"(?:^|[;\n]|(?<=None)|(?<=\d))[\s,.]{{0,5}}"
    rf"(?P<name>{_INITIALS}[^\d:;,\n]{{1,60}}?{_SUFFIX})\s*[,:]\s*"
)
_CODES = re.compile(r",\s*(\d{1,2}(?:\s*,\s*\d{1,2})*)\s*(?:,|$)")
_DIGITS = re.compile(r"\d+")
_OTHER = 12  # "other": the code that a free description follows

_Person = tuple[re.Match[str], Evidence | None]  # the match of a name and its evidence


class Statement(Struct, frozen=True):
    """One author's part of the statement: the name, the text as printed, and the name's evidence.

    ``evidence`` is None if the name is not initials and a family name.
    """

    name: str
    text: str
    evidence: Evidence | None


def read(text: str, authors: AuthorIndex | None) -> list[Statement]:
    """Return the parts of a statement (one line per block), or [] if it cannot be split.

    ``authors`` is None if the page has no author line. A name without a text is left out.
    """
    return [part for part in _parts(text.strip(), authors) if part.text]


def _parts(text: str, authors: AuthorIndex | None) -> list[Statement]:
    first = _CURRENT.match(text)
    evidence = names.from_disclosure(first["name"]) if first else None
    # ``find`` tries the first author first, whom most statements begin with.
    if authors is not None and (evidence is None or authors.find(evidence, 0) is None):
        found = _by_author(text, authors)
        if found:
            return found
    if evidence:
        split = _split(text, _people(_at_separators(text), None))
        if authors is not None and _AFTER_STOP.search(text):
            by_author = _by_author(text, authors)
            return by_author if len(by_author) > len(split) else split
        return split
    former = _people(_FORMER.finditer(text), authors)
    return _split(text, former) if former and not text[: former[0][0].start()].strip() else []


# No semicolons between people: A. Name: None. B. Name: Honoraria, C. Name Grant of: Company.
_AFTER_STOP = re.compile(r"[.,]\s+(?:[^\W\d_]\.[\s-]?){1,4}[^\W\d_][^:;,.\d\n]{1,60}:")
_SEPARATOR = re.compile(r"[;\n]")


def _at_separators(text: str) -> Iterator[re.Match[str]]:
    for start in (0, *(match.end() for match in _SEPARATOR.finditer(text))):
        if match := _CURRENT.match(text, start):
            yield match


def _people(found: Iterable[re.Match[str]], authors: AuthorIndex | None) -> list[_Person]:
    """Return the matches that name an author; without ``authors``, any person."""
    people = []
    for match in found:
        name = match["name"]
        evidence = names.from_disclosure(name)
        if authors is None:
            is_name = evidence is not None or " " not in name.strip()
        else:
            is_name = evidence is not None and bool(authors.find_all(evidence))
        if is_name:
            people.append((match, evidence))
    return people


def _split(text: str, found: Sequence[_Person]) -> list[Statement]:
    ends = [match.start() for match, _ in found[1:]] + [len(text)]
    return [
        Statement(match["name"].strip(), _trimmed(text[match.end() : end]), evidence)
        for (match, evidence), end in zip(found, ends, strict=True)
    ]


# --- the forms of EULAR and ASH ------------------------------------------------------------------

_START = re.compile(r"(?:^|[,;.\n])\s*")
_BEFORE_COLON = re.compile(r"(?P<name>[^\W\d_][^:;,\n\d]{1,100}?)\s*:\s*")
_CLAUSE = re.compile(r"(?:[^.;\n]|\.(?!\s)){0,200}")
_MOST_WORDS = 8  # of a name with what follows it before a colon


def _by_author(text: str, authors: AuthorIndex) -> list[Statement]:
    """Return the parts of a statement if the first and all that may name authors do, else [].

    A part begins with initials and a family name, with a whole name, or with a family name alone.
    """
    found: list[tuple[int, int, str, Evidence]] = []  # where name and text begin, name, evidence
    end = 0
    if not _BEFORE_COLON.match(text):
        return []
    for start in _START.finditer(text):
        match = _BEFORE_COLON.match(text, start.end())
        if not match or start.end() < end:
            continue
        if person := _person_before(match["name"], authors):
            name, evidence = person
            end = match.start() + len(name)
            found.append((start.start(), end, name, evidence))
        elif not found or _names_somebody(match, start[0]):
            return []
    ends = [before for before, *_ in found[1:]]
    parts = zip(found, [*ends, len(text.removesuffix("."))], strict=False)
    return [
        Statement(name, " ".join(text[begin:end].split()).strip(" :;,"), evidence)
        for (_, begin, name, evidence), end in parts
    ]


def _person_before(words: str, authors: AuthorIndex) -> tuple[str, Evidence] | None:
    """Return the author whose name begins the words before a colon, and the name's evidence."""
    parts = words.split()[:_MOST_WORDS]
    for count in range(len(parts), 0, -1):
        name = " ".join(parts[:count])
        evidence = names.from_disclosure(name)
        if evidence is None and count > 1:
            evidence = Evidence(parts[count - 1], parts[0][0])
        elif evidence is None and len(parts) == 1:
            evidence = Evidence(name, "")
        if evidence and words.startswith(name) and authors.find_all(evidence):
            return name, evidence
    return None


def _names_somebody(match: re.Match[str], before: str) -> bool:
    """Return whether words before a colon have the form of a name: ``B. Ray``, ``Ray: A Co.:``."""
    if names.from_disclosure(match["name"]):
        return True
    begins = before.strip() in ("", ".") and match["name"][0].isupper()
    clause = _CLAUSE.match(match.string, match.end())
    return begins and len(match["name"].split()) < 3 and ":" in (clause[0] if clause else "")


def _trimmed(part: str) -> str:
    trimmed = " ".join(part.split()).strip(" ;,").removesuffix(".")
    return trimmed if trimmed.strip(" ;,.") else ""


def disclosure(statement: Statement, author: str) -> Disclosure:
    """Return a statement as part of the record; ``author`` is "" if unknown."""
    return Disclosure(
        name=statement.name,
        author=author,
        text=statement.text,
        interests=interests(statement.text),
    )


def interests(text: str) -> list[Interest] | None:
    """Return ``Company, 2, 5, Other, 6`` as interests, [] for "None", None for any other form.

    A description may follow code 12. If another entity follows it, the description is assumed to
    end with its full stop or its first comma.
    """
    text = text.strip(" .,;")
    if text.casefold() in ("none", "none declared", "nothing to disclose"):
        return []
    result: list[Interest] = []
    end = 0
    for match in _CODES.finditer(text):
        entity, end = text[end : match.start()].strip(), match.end()
        codes = [int(code) for code in _DIGITS.findall(match[1])]
        if entity and result and _OTHER in result[-1].codes:
            result[-1].note, entity = _described(entity)
        if entity:
            result.append(Interest(entity=entity, codes=codes))
        elif result:  # an empty description: Company, 12,, 3, 10
            result[-1].codes += codes
    if rest := text[end:].strip(" ,"):
        if not result or _OTHER not in result[-1].codes:
            return None
        result[-1].note = rest
    return result


def _described(text: str) -> tuple[str, str]:
    """Split the text after the code for "other" into description ("" if none) and entity."""
    match = re.match(r"(.+?\.),\s+(\S.*)$", text) or re.match(r"([^,]+),\s+(\S.*)$", text)
    return (match[1], match[2]) if match else ("", text)
