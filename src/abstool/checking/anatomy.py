"""Find the parts of a record in the text of a reference that means it.

The record says what to look for: its title, then the names before it and the rest after it. So
nothing depends on the style, and a style's own text is taken apart in the same way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from abstool.checking.journals import (
    abbreviates,
    begins_with_journal,
    names_meeting,
    names_of,
    names_other_meeting,
    pattern_of,
)
from abstool.checking.printed import (
    AUTHORS,
    JOURNAL,
    LABEL,
    NUMBER,
    SIGNS,
    SUPPLEMENT,
    TITLE,
    URL,
    VOLUME,
    YEAR,
    Printed,
    take_supplement,
    take_year,
    without_list_number,
)
from abstool.item import ItemDate
from abstool.matching import spelling
from abstool.matching.search import searchable
from abstool.record import Abstract, Publication
from abstool.record.numbering import year_of
from abstool.text import tidy

_SIGN = f"[{SIGNS}]"
_MOST = 200  # authors
_END_BEFORE_TITLE = re.compile(rf"[.?!)\n,;”“\"{SIGNS}]")
_AFTER_TITLE = re.compile(rf"[^.?!,;:\[({SIGNS}”“\"|]*?(?=\s[-–—]\s|[.?!,;:\[({SIGNS}”“\"|]|\Z)")
# A subtitle, or a part behind a comma; either ends where a sentence or a bracket does.
_SUBTITLE = re.compile(rf"\s*(?::|\s[-–—])[^.?!;\[({SIGNS}”“\"|]*+(?=[.?!\[(])")
_AFTER_COMMA = re.compile(rf"\s*,[^.?!;\[({SIGNS}”“\"|]*+(?=[.?!\[(])")
_PERSON = re.compile(r"(?:[\w'’‐-]+ ){1,3}[A-Z]{1,4}")
_NO_TITLE = re.compile(r"(?:in|presented at|et al|abstract|meeting abstract)?", re.IGNORECASE)
_JOURNAL_NAME = re.compile(rf"[^\w{SIGNS}]*([^\d;{SIGNS}]*)")
_MEDIUM = re.compile(r"\[(?:Internet|online|serial online)\]", re.IGNORECASE)
# From the end, since a search for what ends there takes quadratic time; the year has a letter.
_AFTER_NAMES = re.compile(rf"[^\w]*+(?:(?:(?<=\))|(?<=\)\s))[a-z]{YEAR}\s*\([^\w]*+)?")
_INTEGER = re.compile(r"(?<![\w/-])\d{1,4}(?![\w/])")
_VOLUMES = (
    re.compile(r"\bvol(?:ume|\.)?\s*(\d+)", re.IGNORECASE),
    re.compile(rf"{YEAR}[a-z]?[^\w{SIGNS}]*[{SIGNS[-1]}]?\]?\s*;\s*(\d{{1,4}})(?!\w)"),
    re.compile(rf"{JOURNAL}[^\w{SIGNS}]{{0,4}}(\d{{1,4}})(?!\w)"),
    re.compile(rf"(\d{{1,4}})\s*\(?\s*(?:suppl\S*\s*)?{SUPPLEMENT}", re.IGNORECASE),
)


@dataclass(slots=True)
class Parts:
    """The parts of a reference, as it prints them; ``""`` for what it lacks."""

    urls: list[str]
    has_access_date: bool
    accessed: ItemDate | None
    head: str  # the names, and what stands with them
    title: str
    number: str
    is_labelled: bool
    journal: str
    is_journal_right: bool
    is_of_meeting: bool  # it names the meeting in place of a journal,
    is_of_other_meeting: bool  # or another one
    supplement: str
    year: str
    volume: str
    skeleton: str
    names: tuple[str, ...] | None = None  # of an entry, whose fields say what is a name


def taken_apart(text: str, record: Abstract) -> Parts:
    """Return the parts of a reference that means a record."""
    printed = Printed(text)
    title = _take_title(printed, record)
    printed.take_number()
    publication = record.publication or Publication()
    head, sign, tail = printed.text.partition(TITLE)
    if not sign:
        head, tail = _split_at_names(head)
    journal, is_right, tail = _take_journal(tail, publication)
    rest = f"{head}{TITLE}{tail}"
    supplement, rest = take_supplement(rest, publication.supplement)
    wanted_year = year_of(record)
    year, rest = take_year(rest, str(wanted_year or ""))
    volume, rest = _take_volume(rest, publication.volume)
    head, _, tail = rest.partition(TITLE)
    names = head if any(map(str.isalpha, head)) else _names_after_title(tail)
    is_of_meeting = not is_right and names_meeting(journal or tail, record)
    return Parts(
        printed.urls,
        printed.has_access_date,
        printed.accessed,
        names,
        title,
        printed.number,
        printed.is_labelled,
        journal,
        is_right,
        is_of_meeting,
        is_of_meeting and names_other_meeting(journal or tail, record),
        supplement,
        year,
        volume,
        f"{_without_names(head)}{TITLE}{tail}",
    )


def _take_title(printed: Printed, record: Abstract) -> str:
    """Return the printed title and replace it by a sign, with words that do not belong there."""
    text = printed.text
    found = spelling.place(tidy(record.title), text)
    if found is None:
        return ""
    start, end = found
    ends = [sign.end() for sign in _END_BEFORE_TITLE.finditer(text, 0, start)]
    before = text[ends[-1] if ends else 0 : start]
    if _has_letters(before.strip()) and not _is_name(before.strip(), record):
        start -= len(before.lstrip())
    end = _end_of_title(text, end, record)
    title = text[start:end].rstrip()
    printed.text = f"{text[:start]}{TITLE}{text[start + len(title) :]}"
    return title


def _end_of_title(text: str, end: int, record: Abstract) -> int:
    """Return where the printed title ends, of which the true one is found up to ``end``."""
    publication = record.publication or Publication()
    journal = pattern_of(names_of(publication))
    for pattern in (_AFTER_TITLE, _SUBTITLE, _AFTER_COMMA):
        found = pattern.match(text, end)
        extra = found[0].strip(" ,:-–—") if found else ""
        if not found or text[end - 1] in "?!" or not _has_letters(extra):
            continue
        is_other = begins_with_journal(extra, publication) or (
            pattern is not _AFTER_TITLE and names_meeting(extra, record)
        )
        # A journal can stand behind a comma, too; here it comes later.
        is_known = pattern is not _AFTER_COMMA or (journal and journal.search(text, found.end()))
        if is_known and not is_other:
            end = found.end()
    return end


def _has_letters(text: str) -> bool:
    return any(map(str.isalpha, text)) and not _NO_TITLE.fullmatch(text)


def _is_name(text: str, record: Abstract) -> bool:
    """Return whether a text before the title is the end of its authors, not the title's."""
    if _PERSON.fullmatch(text.rstrip(" .:")):
        return True
    words = f" {searchable(text)} "
    names = (searchable(author.family or author.literal) for author in record.authors[:_MOST])
    return any(f" {name} " in words for name in names if name)


def _split_at_names(text: str) -> tuple[str, str]:
    """Return the names and the rest of a text in which the title was not found."""
    match = re.search(r"\bet\.? al\b\.?|(?<=[^\W\d_][A-Z])\.\s|\.\s(?=[^.]{6})", text)
    return (text[: match.end()], text[match.end() :]) if match else ("", text)


def _names_after_title(tail: str) -> str:
    """Return the text up to the journal or the year, in a reference that begins with its title."""
    before = re.split(f"[{JOURNAL}{YEAR}{URL}]", tail, maxsplit=1)[0]
    return re.sub(_SIGN, " ", before).strip(" .[]()")


# --- the journal ----------------------------------------------------------------------------------


def _take_journal(tail: str, publication: Publication) -> tuple[str, bool, str]:
    """Return the journal, whether it is right, and the text with a sign for it."""
    pattern = pattern_of(names_of(publication))
    if match := pattern.search(tail) if pattern else None:
        name = match[0].rstrip(".")
        return name, True, f"{tail[: match.start()]}{JOURNAL}{tail[match.start() + len(name) :]}"
    cleaned = re.sub(
        rf"^[^\w{SIGNS}]*[(\[]?[{LABEL}{NUMBER}][)\]]?", lambda m: " " * len(m[0]), tail
    )
    found = _JOURNAL_NAME.match(cleaned)
    name = _MEDIUM.sub("", found[1]).strip(" .,:([") if found else ""
    if found is None or not any(map(str.isalpha, name)) or found.end() <= found.start(1):
        return "", False, tail
    start = cleaned.index(name, found.start(1)) if name in cleaned else found.start(1)
    is_right = abbreviates(name, publication)
    return name, is_right, f"{tail[:start]}{JOURNAL}{tail[start + len(name) :]}"


# --- numbers --------------------------------------------------------------------------------------


def _take_volume(text: str, wanted: str) -> tuple[str, str]:
    """Return the volume, and the text with a sign for it."""
    tail_start = text.find(TITLE) + 1
    for pattern in _VOLUMES:
        if match := pattern.search(text, tail_start):
            return match[1], f"{text[: match.start(1)]}{VOLUME}{text[match.end(1) :]}"
    for match in _INTEGER.finditer(text, tail_start):
        if match[0] == wanted:
            return wanted, f"{text[: match.start()]}{VOLUME}{text[match.end() :]}"
    return "", text


def has_token(text: str, wanted: str) -> bool:
    """Return whether a text has a number, with or without leading zeros, outside of words."""
    bare = re.escape(wanted.lstrip("0#"))
    return bool(bare) and re.search(rf"(?<![\w.])0*{bare}(?!\w)", text, re.IGNORECASE) is not None


def _without_names(head: str) -> str:
    """Return what stands between the first name and the title, apart from the names."""
    head = without_list_number(head)
    after = _AFTER_NAMES.match(head[::-1])
    return f"{AUTHORS}{head[len(head) - after.end() :] if after else ''}"
