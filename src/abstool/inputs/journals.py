"""Read lists of journals and their abbreviations: JabRef's, and NLM's J_Medline.txt."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from typing import NamedTuple

from abstool.errors import UsageError, printable
from abstool.inputs.files import named_text
from abstool.text import tidy

_LONGEST = 10_000  # characters of a line; a longer one is not that of a journal
_TITLE, _ABBREVIATION = "JournalTitle:", "MedAbbr:"
_OF_NLM = ("JrId:", _TITLE, _ABBREVIATION, "ISSN (", "IsoAbbr:", "NlmId:", "---")


class JournalList(NamedTuple):
    """Abbreviations by full title, and the numbers of the lines that could not be read."""

    abbreviations: dict[str, str]
    unread: list[int]


def read_journals(path: str) -> JournalList:
    """Return the journals in a file. Raises UsageError if it cannot be read or has none."""
    text = named_text(path, "journals")
    rows = _nlm if any(line.startswith(_TITLE) for line in text[:10_000].splitlines()) else _jabref
    unread: list[int] = []
    abbreviations: dict[str, str] = {}
    for title, abbreviation in rows(text, unread.append):
        abbreviations.setdefault(title, abbreviation)
    if not abbreviations:
        raise _error(path, "no journals found", "use lines such as full title;abbreviation")
    return JournalList(abbreviations, unread)


def _error(path: str, problem: str, next_step: str) -> UsageError:
    return UsageError(printable(path) or '""', problem, next_step, argument="journals")


def _nlm(text: str, unread: Callable[[int], None]) -> Iterator[tuple[str, str]]:
    """Yield the journals of NLM's list, which has one field per line."""
    title = ""
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith(_TITLE):
            title = tidy(line.removeprefix(_TITLE))
        elif line.startswith(_ABBREVIATION):
            if title and (abbreviation := tidy(line.removeprefix(_ABBREVIATION))):
                yield title, abbreviation
            title = ""
        elif line.strip() and not line.startswith(_OF_NLM):
            unread(number)


def _jabref(text: str, unread: Callable[[int], None]) -> Iterator[tuple[str, str]]:
    """Yield the journals of JabRef's lists, which have one per line."""
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        title, abbreviation = map(tidy, _columns(line.rstrip("\r")))
        if title and abbreviation:
            yield title, abbreviation
        else:
            unread(number)


def _columns(line: str) -> tuple[str, str]:
    """Return a full title and its abbreviation; JabRef has used semicolons, "=" and commas."""
    title, sign, abbreviation = line.partition(" = ")
    if sign and ";" not in line:
        return title, abbreviation
    if len(line) > _LONGEST:
        return "", ""
    for delimiter in ";,":
        try:
            columns = next(csv.reader([line], delimiter=delimiter, skipinitialspace=True))
        except csv.Error:
            break
        if len(columns) > 1:
            return columns[0], columns[1]
    return "", ""
