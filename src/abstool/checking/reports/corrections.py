"""Correct the fields of an entry of a reference file, as little of each as possible.

The right values are those of the corrected entry of the verdict, which is in the same format. A
format says in which of its fields each part of a reference may be.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from typing import ClassVar, NamedTuple

from rapidfuzz.distance import Levenshtein

from abstool.checking.reports.names import relisted
from abstool.checking.reports.splices import Edit, SourceText
from abstool.checking.verdict import Finding
from abstool.inputs.references.fields import titled
from abstool.item import ItemName
from abstool.matching import spelling
from abstool.text import comparable

AUTHORS = frozenset(
    "author-missing author-misspelled author-order author-extra authors-cut-without-et-al".split()
)
_GAP = re.compile(r"(\s+)")
_PROTECTED = re.compile(r"(?<![\\A-Za-z\"'`^~=.])\{[^\\]")  # braces that keep capitals
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_YEAR_ALONE = re.compile(r"\s*\{?\s*\d{4}\s*\}?\s*/{0,3}")


class Parts(NamedTuple):
    """The fields in which a format has each part of a reference, the usual one first."""

    title: tuple[str, ...]
    subtitle: str
    year: tuple[str, ...]
    volume: tuple[str, ...]
    journal: tuple[str, ...]
    short_journal: tuple[str, ...]
    supplement: tuple[str, ...]
    number: tuple[str, ...]
    pages: tuple[str, ...]  # one of them is where a missing number goes
    address: tuple[str, ...]


class Written(NamedTuple):
    """Names as they are written and as they are read, and whether others follow."""

    names: list[str]
    read: list[ItemName]
    is_cut: bool


class Entry(ABC):
    """An entry of a reference file that is corrected.

    Attributes:
        position: its place among the entries of the file.
        values: its fields, those that are corrected with the new text.
        right: the fields of the entry that is right.
        changed: the names of the fields that are changed or added.
    """

    parts: ClassVar[Parts]

    def __init__(
        self, source: SourceText, position: int, values: dict[str, str], right: dict[str, str]
    ) -> None:
        """Start without changes."""
        self.source = source
        self.position = position
        self.values = dict(values)
        self.right = right
        self.changed: set[str] = set()

    def put(self, name: str, value: str) -> bool:
        """Change or add a field; return whether that can be done."""
        if not value or not self.source.can_have(value):
            return False
        self.changed.add(name)
        self.values[name] = value
        return True

    @abstractmethod
    def decoded(self, value: str) -> str:
        """Return the text of a field as it is read."""

    @abstractmethod
    def authors(self, *, right: bool) -> Written:
        """Return the authors of the entry, or those that are right."""

    @abstractmethod
    def put_authors(self, names: Sequence[str], *, is_cut: bool) -> bool:
        """Write the list of authors anew; return whether that can be done."""

    @abstractmethod
    def edits(self) -> Iterator[Edit]:
        """Yield the changes of the file."""


def correct(entry: Entry, findings: Sequence[Finding]) -> list[Finding]:
    """Correct an entry, and return the findings that stay."""
    codes = [one for one in findings if one.code in AUTHORS]
    left = [] if not codes or _authors(entry, codes) else codes
    for finding in findings:
        if finding.code not in AUTHORS and not _corrected(entry, finding):
            left.append(finding)
    return left


def _corrected(entry: Entry, finding: Finding) -> bool:
    match finding.code:
        case "title-differs":
            return _title(entry)
        case "year":
            return _year(entry, finding)
        case "volume":
            return _token(entry, entry.parts.volume, finding) or _whole(entry, entry.parts.volume)
        case "journal":
            return _journal(entry, finding)
        case "supplement":
            return _supplement(entry, finding)
        case "number-wrong":
            return _token(entry, entry.parts.number, finding, abstract=True)
        case "number-missing":
            is_free = not any(entry.values.get(name, "").strip() for name in entry.parts.pages)
            return is_free and _whole(entry, entry.parts.pages)
        case "address-missing" | "address-not-canonical" | "address-elsewhere":
            return _address(entry, finding)
    return False  # an access date is never invented, and a duplicate is for the author to remove


def _right(entry: Entry, names: Sequence[str]) -> str:
    return next((entry.right[name] for name in names if entry.right.get(name)), "")


def _present(entry: Entry, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    yield from ((name, entry.values[name]) for name in names if name in entry.values)


def _whole(entry: Entry, names: Sequence[str]) -> bool:
    """Replace the first of these fields that the entry has, or add the one that is right."""
    new = next((name for name in names if entry.right.get(name)), "")
    old = next((name for name, _ in _present(entry, names)), new)
    return bool(new) and entry.put(old, entry.right[new])


def _token(entry: Entry, names: Sequence[str], finding: Finding, *, abstract: bool = False) -> bool:
    """Replace what is printed by what the record has, where it stands once in a field."""
    if not finding.printed or not finding.record:
        return False
    done = False
    for name, value in _present(entry, names):
        is_note = name.casefold() in ("note", "n1")
        lead = r"(?i:\babstract\b[\s#:no.]*)" if abstract and is_note else ""
        pattern = re.compile(rf"({lead})(?<!\w){re.escape(finding.printed)}(?!\w)")
        if len(pattern.findall(value)) == 1:
            done |= entry.put(name, pattern.sub(lambda found: found[1] + finding.record, value))
    return done


def _year(entry: Entry, finding: Finding) -> bool:
    names = entry.parts.year
    if not finding.printed:
        return _whole(entry, names)
    done = False
    for name, value in _present(entry, names):
        if not re.match(rf"\W*{re.escape(finding.printed)}\b", value):
            continue
        if _YEAR_ALONE.fullmatch(value):
            new = value.replace(finding.printed, finding.record, 1)
        else:  # the month and the day of another year are not those of this one
            new = entry.right.get(name) or finding.record + "///" * ("/" in value)
        done |= entry.put(name, new)
    return done


def _journal(entry: Entry, finding: Finding) -> bool:
    names = (*entry.parts.journal, *entry.parts.short_journal)
    wanted = comparable(finding.printed)
    same = [name for name, value in _present(entry, names) if _is(entry, value, wanted)]
    if not wanted or not same:
        return _whole(entry, entry.parts.journal)
    done = False
    for name in same:
        order = (entry.parts.short_journal, entry.parts.journal)
        kinds = order if name in entry.parts.short_journal else order[::-1]
        done |= entry.put(name, _right(entry, kinds[0]) or _right(entry, kinds[1]))
    return done


def _is(entry: Entry, value: str, wanted: str) -> bool:
    return comparable(entry.decoded(value)) == wanted


def _supplement(entry: Entry, finding: Finding) -> bool:
    if finding.printed and finding.printed[-1].isdigit():
        lead = r"(?:\bsuppl(?:ement)?\.?|\bsupp\.|\bS)[\s~.]*(?:no\.?[\s~]*)?"
        pattern = re.compile(rf"({lead})0*{re.escape(finding.printed)}(?!\w)", re.IGNORECASE)
        for name, value in _present(entry, entry.parts.supplement):
            if pattern.search(value):
                new = pattern.sub(lambda found: found[1] + finding.record, value, count=1)
                return entry.put(name, new)
            if value.strip(" {}") == finding.printed and name in ("supplement", "SU"):
                return entry.put(name, finding.record)
    return _whole(entry, entry.parts.supplement[:2])


def _address(entry: Entry, finding: Finding) -> bool:
    new = _right(entry, entry.parts.address)
    if not new:
        return False
    usual = entry.parts.address[0]
    if not finding.printed:
        return not entry.values.get(usual, "").strip() and entry.put(usual, new)
    for name, value in _present(entry, entry.parts.address):
        if name == usual and entry.decoded(value).strip() == finding.printed:
            return entry.put(name, new)
        if value.count(finding.printed) == 1:
            return entry.put(name, value.replace(finding.printed, new))
    is_there = finding.printed in entry.decoded(entry.values.get(usual, ""))
    return is_there and entry.put(usual, new)


# --- the title ------------------------------------------------------------------------------------


def _title(entry: Entry) -> bool:
    if not any(_present(entry, entry.parts.title)):
        return _whole(entry, entry.parts.title)
    right = titled(_right(entry, entry.parts.title))["title"].strip()
    done = False
    for name, value in _present(entry, entry.parts.title):
        bare = titled(value)["title"]
        wanted = _main_title(entry, right)
        new = reworded(bare, wanted, entry) if wanted else None
        done |= new is not None and entry.put(name, new + value[len(bare) :])
    return done


def _main_title(entry: Entry, right: str) -> str:
    """Return the right title without the subtitle that has a field of its own."""
    right = _unwrapped(right)
    subtitle = entry.values.get(entry.parts.subtitle, "")
    if not subtitle.strip():
        return right
    for found in re.finditer(r"[:.?!]\s+", right):
        rest = right[found.end() :]
        if spelling.is_spelled_alike(entry.decoded(rest), entry.decoded(subtitle)):
            return right[: found.end()].rstrip(": \t")
    return ""


def _unwrapped(latex: str) -> str:
    """Return a value without one pair of braces around all of it."""
    depth = 0
    for brace in _BRACE.finditer(latex):
        depth += {"{": 1, "}": -1}.get(brace[0], 0)
        if not depth and brace[0] == "}":
            is_whole = latex.startswith("{") and brace.end() == len(latex)
            return latex[1:-1] if is_whole else latex
    return latex


class _TitleWord(NamedTuple):
    """A word of a title, between the braces that begin before it and end after it."""

    lead: str
    core: str
    tail: str


def reworded(old: str, new: str, entry: Entry) -> str | None:
    """Return a title in which only the words are changed that differ from the right title.

    Words that differ only in case, hyphens or quotation marks stay. None if that is impossible.
    """
    pieces = _GAP.split(old)
    words = [_divided(word) for word in pieces[::2]]
    gaps = [*pieces[1::2], ""]
    right = new.split()
    if any(word is None for word in words):
        return None
    known = [word for word in words if word is not None]
    keys = [_key(entry, word.core) for word in known]
    result: list[str] = []
    for code in Levenshtein.opcodes(keys, [_key(entry, word) for word in right]):
        sources, targets = (
            known[code.src_start : code.src_end],
            right[code.dest_start : code.dest_end],
        )
        spaces = gaps[code.src_start : code.src_end]
        if code.tag == "equal":
            result += ["".join(word) + gap for word, gap in zip(sources, spaces, strict=True)]
        elif code.tag == "insert":
            if result and not result[-1][-1:].isspace():
                result[-1] += " "
            result += [f"{word} " for word in targets]
        elif code.tag == "delete":
            result += [word.lead + word.tail for word in sources]
        else:
            for word, gap, target in zip(sources, spaces, targets, strict=True):
                core = f"{{{target}}}" if _PROTECTED.search(word.core) else target
                result.append(f"{word.lead}{core}{word.tail}{gap}")
    text = "".join(result)
    if not old[-1:].isspace():
        text = text.rstrip()
    return text if spelling.is_spelled_alike(entry.decoded(text), entry.decoded(new)) else None


def _key(entry: Entry, word: str) -> str:
    return spelling.folded(entry.decoded(word)) or word


def _divided(word: str) -> _TitleWord | None:
    """Return a word without the braces that are not closed or opened in it."""
    depth = least = 0
    for brace in _BRACE.finditer(word):
        depth += {"{": 1, "}": -1}.get(brace[0], 0)
        least = min(least, depth)
    opened, closed = depth - least, -least
    tail = re.search(r"(?<!\\)\}*[^{}\w]*\Z", word) if closed else None
    end = len(word)
    if closed:
        found = list(re.finditer(r"\}", word))
        end = found[-closed].start() if len(found) >= closed else -1
        if tail is None or end < tail.start():
            return None
    if not word.startswith("{" * opened):
        return None
    return _TitleWord(word[:opened], word[opened:end], word[end:])


# --- the authors ----------------------------------------------------------------------------------


def _authors(entry: Entry, findings: Sequence[Finding]) -> bool:
    written, read, is_cut = entry.authors(right=False)
    others, names, _ = entry.authors(right=True)
    if len(written) != len(read) or len(others) != len(names) or not names:
        return False
    codes = [one.code for one in findings]
    count = len(names)
    if is_cut and "authors-cut-without-et-al" not in codes:
        shown = len(written) + codes.count("author-missing") - codes.count("author-extra")
        count = min(max(shown, 1), len(names))
    listed = relisted(written, read, others[:count], names[:count])
    return entry.put_authors(listed, is_cut=is_cut and count < len(names))
