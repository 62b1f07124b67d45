"""Split the disclosure statement by author, and each author's part into interests.

    Disclosures: G. Murayama: Cell Exosome, 5; K. Tada: None; N. Tamura: AbbVie/Abbott, 6.
    Disclosure: A. Name, None; B. Name, Company, 2; C. Name, Company, 5, Other, 2.

The first form is today's. The second was printed until about 2019, also with each name and each
company in a paragraph of its own; a name is told from a company by the authors of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from abstool.names import GENERATIONS
from abstool.parser import names
from abstool.parser.names import Evidence
from abstool.parser.roster import Roster
from abstool.record import Disclosure, Interest

_SUFFIX = rf"(?:,\s*(?:{'|'.join(GENERATIONS)})\b\.?)?"
# Repetitions are bounded, so that no text makes the search take more than linear time.
_INITIALS = r"(?:(?:[^\W\d_]\.[\s-]{0,2}){1,6}(?:[^\W\d_]\s+){0,3}|(?:[^\W\d_]\s+){1,6})"
_TODAY = re.compile(r"\s*(?P<name>[^:;\d\n]{1,80}?)\s*:\s*")
_FORMER = re.compile(
    rf"(?:^|[;\n]|(?<=None)|(?<=\d))[\s,.]{{0,5}}"
    rf"(?P<name>{_INITIALS}[^\d:;,\n]{{1,60}}?{_SUFFIX})\s*[,:]\s*"
)
_CODES = re.compile(r",\s*(\d{1,2}(?:\s*,\s*\d{1,2})*)\s*(?:,|$)")
_DIGITS = re.compile(r"\d+")
_OTHER = 12  # "other": the code behind which a description of its own is printed


_Person = tuple[re.Match[str], Evidence | None]  # where a name stands, and what it tells


class Statement(Struct, frozen=True):
    """One author's part of the statement: the name and the text as printed.

    ``told`` is what the name tells of an author's; None where it is of another form.
    """

    name: str
    text: str
    told: Evidence | None


def read(text: str, roster: Roster | None) -> list[Statement]:
    """Return the parts of a statement, lines separated by newlines, or [] if it cannot be split.

    ``roster`` holds the page's author names, None where it prints none.
    """
    text = text.strip()
    first = _TODAY.match(text)
    if first and names.from_disclosure(first["name"]):
        return _split(text, _people(_at_separators(text), None))
    former = _people(_FORMER.finditer(text), roster)
    return _split(text, former) if former and not text[: former[0][0].start()].strip() else []


_SEPARATOR = re.compile(r"[;\n]")


def _at_separators(text: str) -> Iterator[re.Match[str]]:
    for start in (0, *(match.end() for match in _SEPARATOR.finditer(text))):
        if match := _TODAY.match(text, start):
            yield match


def _people(found: Iterable[re.Match[str]], roster: Roster | None) -> list[_Person]:
    """Keep what begins with the name of a person, if there is a roster one of the page's."""
    people = []
    for match in found:
        name = match["name"]
        told = names.from_disclosure(name)
        if roster is None:
            known = told is not None or " " not in name.strip()
        else:
            known = told is not None and bool(roster.places(told))
        if known:
            people.append((match, told))
    return people


def _split(text: str, found: Sequence[_Person]) -> list[Statement]:
    ends = [match.start() for match, _ in found[1:]] + [len(text)]
    statements = []
    for (match, told), end in zip(found, ends, strict=True):
        part = text[match.end() : end]
        if part.strip(" ;,.\n"):
            words = " ".join(part.split()).strip(" ;,").removesuffix(".")
            statements.append(Statement(match["name"].strip(), words, told))
    return statements


def disclosure(statement: Statement, author: str) -> Disclosure:
    """Return the record's form of a statement; ``author`` is whose it is, "" if not known."""
    return Disclosure(
        name=statement.name,
        author=author,
        text=statement.text,
        interests=interests(statement.text),
    )


def interests(text: str) -> list[Interest] | None:
    """Return ``Company, 2, 5, Other, 6`` as interests; [] for None; None if it has another form.

    A description of its own may stand behind code 12; where another entity follows it, its end is
    taken to be its full stop or its first comma.
    """
    text = text.strip(" .,;")
    if text.casefold() in ("none", "nothing to disclose"):
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
        elif result:  # a description left empty: Company, 12,, 3, 10
            result[-1].codes += codes
    if rest := text[end:].strip(" ,"):
        if not result or _OTHER not in result[-1].codes:
            return None
        result[-1].note = rest
    return result


def _described(text: str) -> tuple[str, str]:
    """Split what follows the code for "other": its description, if there is one, and the entity."""
    match = re.match(r"(.+?\.),\s+(\S.*)$", text) or re.match(r"([^,]+),\s+(\S.*)$", text)
    return (match[1], match[2]) if match else ("", text)
