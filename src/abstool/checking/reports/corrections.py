"""Correct the fields of an entry of a reference file, as little of each as possible.

The right values are those of the corrected entry of the verdict, which is in the same format. A
format says in which of its fields each part of a reference may be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from abstool.checking.printed import is_of_site, number_in
from abstool.checking.reports.entry import EditableEntry
from abstool.checking.reports.names import relisted
from abstool.checking.reports.titles import main_title, reworded
from abstool.checking.verdict import Finding
from abstool.inputs.references.fields import titled
from abstool.text import comparable

AUTHORS = frozenset(
    "author-missing author-misspelled author-order author-extra authors-cut-without-et-al".split()
)
_YEAR_ALONE = re.compile(r"\s*\{?\s*\d{4}[a-z]?\s*\}?\s*/{0,3}")  # 2025a, {2025}, 2025///
_URL = re.compile(r"https?://[^\s<>{}\"]+")


def correct(entry: EditableEntry, findings: Sequence[Finding]) -> list[Finding]:
    """Correct an entry, and return the findings that stay."""
    codes = [one for one in findings if one.code in AUTHORS]
    left = [] if not codes or _authors(entry, codes) else codes
    for finding in findings:
        if finding.code not in AUTHORS and not _corrected(entry, finding):
            left.append(finding)
    return left


def _corrected(entry: EditableEntry, finding: Finding) -> bool:
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
            others = [*entry.parts.pages, *entry.parts.notes]
            is_free = not any(entry.values.get(name, "").strip() for name in entry.parts.pages)
            has_other = any(number_in(value) for _, value in _present(entry, others))
            return is_free and not has_other and _whole(entry, entry.parts.pages)
        case "address-missing" | "address-not-canonical" | "address-elsewhere":
            return _address(entry, finding)
    return False  # an access date is never invented, and a duplicate is for the author to remove


def _right(entry: EditableEntry, names: Sequence[str]) -> str:
    return next((entry.right[name] for name in names if entry.right.get(name)), "")


def _present(entry: EditableEntry, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    yield from ((name, entry.values[name]) for name in names if name in entry.values)


def _whole(entry: EditableEntry, names: Sequence[str]) -> bool:
    """Replace the first of these fields that the entry has, or add the one that is right."""
    new = next((name for name in names if entry.right.get(name)), "")
    old = next((name for name, _ in _present(entry, names)), new)
    return bool(new) and entry.put(old, entry.right[new])


def _token(
    entry: EditableEntry, names: Sequence[str], finding: Finding, *, abstract: bool = False
) -> bool:
    """Replace what is printed by what the record has, where it stands once in a field."""
    if not finding.printed or not finding.record:
        return False
    done = False
    for name, value in _present(entry, names):
        is_note = name in entry.parts.notes
        lead = r"(?i:\babstract\b[\s#:no.]*)" if abstract and is_note else ""
        pattern = re.compile(rf"({lead})(?<!\w){re.escape(finding.printed)}(?!\w)")
        if len(pattern.findall(value)) == 1:
            done |= entry.put(name, pattern.sub(lambda found: found[1] + finding.record, value))
    return done


def _year(entry: EditableEntry, finding: Finding) -> bool:
    names = entry.parts.year
    if not finding.printed:
        return _whole(entry, names)
    done = False
    for name, value in _present(entry, names):
        if not re.match(rf"\W*{re.escape(finding.printed)}(?!\d)", value):
            continue
        if _YEAR_ALONE.fullmatch(value):
            new = value.replace(finding.printed, finding.record, 1)
        else:  # the month and the day of another year are not those of this one
            new = entry.right.get(name) or finding.record + "///" * ("/" in value)
        done |= entry.put(name, new)
    return done


def _journal(entry: EditableEntry, finding: Finding) -> bool:
    full, short = entry.parts.journal, entry.parts.short_journal
    wanted = comparable(finding.printed)
    same = [name for name, value in _present(entry, full) if _is(entry, value, wanted)]
    done = False
    if wanted and same:
        for name in same:
            done |= entry.put(name, _right(entry, full) or _right(entry, short))
    elif not any(_is(entry, value, wanted) for _, value in _present(entry, short)) or not wanted:
        done = _whole(entry, full)
    right = {comparable(entry.decoded(_right(entry, names))) for names in (full, short)}
    for name, value in _present(entry, short):  # they are those of the wrong journal
        if comparable(entry.decoded(value)) not in {*right, comparable(finding.record)}:
            done |= entry.put(name, _right(entry, short) or _right(entry, full))
    return done


def _is(entry: EditableEntry, value: str, wanted: str) -> bool:
    return comparable(entry.decoded(value)) == wanted


def _supplement(entry: EditableEntry, finding: Finding) -> bool:
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


def _address(entry: EditableEntry, finding: Finding) -> bool:
    new = _right(entry, entry.parts.address)
    if not new:
        return False
    usual = entry.parts.address[0]
    if not finding.printed:
        texts = (entry.decoded(value) for _, value in _present(entry, entry.parts.address))
        has_other = any(is_of_site(url) for text in texts for url in _URL.findall(text))
        return not has_other and not entry.values.get(usual, "").strip() and entry.put(usual, new)
    for name, value in _present(entry, entry.parts.address):
        if value.count(finding.printed) == 1:
            return entry.put(name, value.replace(finding.printed, new))
    is_there = finding.printed in entry.decoded(entry.values.get(usual, ""))
    return is_there and entry.put(usual, new)


def _title(entry: EditableEntry) -> bool:
    if not any(_present(entry, entry.parts.title)):
        return _whole(entry, entry.parts.title)
    right = titled(_right(entry, entry.parts.title))["title"].strip()
    done = False
    for name, value in _present(entry, entry.parts.title):
        bare = titled(value)["title"]
        wanted = main_title(entry, right)
        new = reworded(bare, wanted, entry) if wanted else None
        done |= new is not None and entry.put(name, new + value[len(bare) :])
    return done


# --- the authors ----------------------------------------------------------------------------------


def _authors(entry: EditableEntry, findings: Sequence[Finding]) -> bool:
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
