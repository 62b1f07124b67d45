"""Check the references of a manuscript against records, one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from msgspec import structs

from abstool.address import identity
from abstool.checking import details, entries, evidence, people
from abstool.checking.acceptance import Accepted, key_of
from abstool.checking.anatomy import Parts, taken_apart
from abstool.checking.identification import Identified, Query, identified
from abstool.checking.library import Library
from abstool.checking.printed import YEAR, Printed
from abstool.checking.renditions import STYLES, Rendition, nearest, render
from abstool.checking.verdict import CODES, Finding, Status, Verdict
from abstool.citing import cite
from abstool.errors import UsageError
from abstool.item import Item
from abstool.manuscripts.reference import Reference
from abstool.mapping import to_item
from abstool.matching.spelling import is_spelled_alike
from abstool.record import Abstract, Publication
from abstool.text import tidy

_MOST_ALTERNATIVES = 8  # texts of one reference that are tried
_OTHER_ADDRESS = ("address-not-canonical", "address-elsewhere")
_ISSUE = ("journal", "year", "volume", "supplement")
_SOME_DAY = {"date-parts": [[2000, 1, 1]]}


@dataclass(frozen=True, kw_only=True)
class CheckOptions:
    """How references are checked.

    Attributes:
        style: the style of the corrected references. By default, the nearest of ``STYLES``.
        entries: the format of the corrected entries of reference files, such as ``bibtex``.
        ignore: codes of findings that do not count.
        accepted: codes that do not count of single references, as ``acceptance.read`` returns them.
        dead: URLs that are known to lead nowhere, as ``address.identity`` returns them.
    """

    style: str = ""
    entries: str = ""
    ignore: frozenset[str] = frozenset()
    accepted: Accepted = field(default_factory=dict)
    dead: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Check the codes."""
        if unknown := sorted(self.ignore - CODES.keys()):
            problem = f"unknown code {unknown[0]!r}"
            raise UsageError(
                problem=problem, next_step=f"use {', '.join(CODES)}", argument="ignore"
            )


def check(
    references: Iterable[Reference], library: Library, options: CheckOptions | None = None
) -> Iterator[Verdict]:
    """Yield the verdict about each reference, in order."""
    run = _ListCheck(library, options or CheckOptions())
    for reference in references:
        yield _verdict(reference, run)


@dataclass(slots=True)
class _ListCheck:
    """The check of one list of references."""

    library: Library
    options: CheckOptions
    seen: dict[str, str] = field(default_factory=dict)  # the first reference to each record
    style: str = ""  # of the reference before


@dataclass(frozen=True, slots=True)
class _Comparison:
    """What the comparison with one version of a record found."""

    record: Abstract
    findings: list[Finding]
    corrected: str
    is_for_record: bool  # and not for another abstract


def _verdict(reference: Reference, run: _ListCheck) -> Verdict:
    text, meant = _read(reference, run.library)
    if meant.position is None:
        return _without_record(reference, text, meant, run)
    found = _compared_versions(reference, text, meant.position, run)
    record, findings = found.record, found.findings
    if not found.is_for_record:
        return _without_record(reference, text, Identified(unsure=(meant.position,)), run)
    key = identity(record.url) if record.url else str(meant.position)
    if (first := run.seen.setdefault(key, reference.key)) != reference.key:
        findings.append(Finding("duplicate-reference", reference.key, first))
    findings = _counted(findings, reference.text or text, run.options)
    return Verdict(
        reference.key,
        reference.text or text,
        "differs" if findings else "agrees",
        tidy(record.url),
        tidy(record.number),
        tuple(findings),
        found.corrected,
    )


def _counted(findings: Iterable[Finding], text: str, options: CheckOptions) -> list[Finding]:
    """Return the findings that are neither ignored nor accepted."""
    accepted = options.accepted.get(key_of(text), ()) if options.accepted else ()
    return [one for one in findings if one.code not in options.ignore and one.code not in accepted]


def _without_record(reference: Reference, text: str, meant: Identified, run: _ListCheck) -> Verdict:
    """Return the verdict about a reference that means no record, or one of several."""
    urls = [*Printed(text).urls, *reference.addresses] if meant.is_abstract else []
    findings = _counted(_dead(urls, "", run.options), reference.text or text, run.options)
    known: Status = "differs" if findings else "not-checked"
    status: Status = "unsure" if meant.unsure else known
    return Verdict(
        reference.key,
        reference.text or text,
        status if meant.is_abstract else "other",
        findings=tuple(findings),
        candidates=tuple(_shown(run.library.record(one)) for one in meant.unsure),
    )


def _shown(record: Abstract) -> tuple[str, str]:
    return tidy(record.title), tidy(record.url)


def _read(reference: Reference, library: Library) -> tuple[str, Identified]:
    """Return the text of a reference, and the record that it means.

    Of several texts, that which has the URL of a record; or else the first that means one.
    """
    if reference.item is not None and not reference.text:
        query = Query.of_entry(reference.item, reference.addresses)
        return entries.composed(reference.item), identified(query, library)
    best: tuple[str, Identified] | None = None
    for text in (reference.text, *reference.alternatives[: _MOST_ALTERNATIVES - 1]):
        meant = identified(Query.of_text(text, reference.addresses), library)
        if meant.has_url:
            return text, meant
        if best is None or (best[1].position is None and meant.position is not None):
            best = text, meant
    return best or ("", Identified())


def _compared_versions(
    reference: Reference, text: str, position: int, run: _ListCheck
) -> _Comparison:
    """Return the comparison with the record, or with its earlier version that the text agrees with.

    The page has changed since such a version; the correction is that of the newest one.
    """
    library = run.library
    record = library.record(position)
    versions = [library.record(one) for one in library.at(record.url)] if record.url else []
    versions.sort(key=lambda one: one.accessed)  # stable: the order of the file for the same day
    newest = versions[-1] if versions else record
    found = _compared(reference, text, newest, run)
    for version in versions[-2::-1][:3]:
        older = _completed(version, newest)
        if not (change := _change(older, newest)):
            continue
        other = _compared(reference, text, older, run)
        if len(other.findings) < len(found.findings):
            findings = [*other.findings, Finding("changed", *change)]
            return replace(found, findings=findings, is_for_record=other.is_for_record)
    return found


def _completed(older: Abstract, newer: Abstract) -> Abstract:
    """Return a version of a record with what it lacks from a newer one: that did not change."""
    names = ("title", "authors", "number", "publication", "meeting", "session", "url", "doi")
    lacking = {name: getattr(newer, name) for name in names if not getattr(older, name)}
    if older.publication and newer.publication:
        lacking["publication"] = structs.replace(
            older.publication,
            **{
                name: getattr(newer.publication, name)
                for name in older.publication.__struct_fields__
                if not getattr(older.publication, name)
            },
        )
    return structs.replace(older, **lacking)


def _change(older: Abstract, newer: Abstract) -> tuple[str, str] | None:
    """Return what differs between two versions of what a citation prints."""
    names = ["; ".join(author.name for author in one.authors) for one in (older, newer)]
    issues = [one.publication or Publication() for one in (older, newer)]
    pairs = [
        (older.title, newer.title),
        (names[0], names[1]),
        (older.number, newer.number),
        *((str(getattr(issues[0], name)), str(getattr(issues[1], name))) for name in _ISSUE),
    ]
    return next((pair for pair in pairs if not is_spelled_alike(*pair)), None)


def _compared(reference: Reference, text: str, record: Abstract, run: _ListCheck) -> _Comparison:
    """Return how a reference differs from a record, and its correction."""
    options = run.options
    if reference.item is not None and not reference.text:
        printed = entries.parts_of(reference.item, record)
        item: Item = to_item(record)
        item["accessed"] = printed.accessed or _SOME_DAY  # type: ignore[typeddict-item]
        rendition = Rendition("", "", entries.parts_of(item, record))
        corrected = _entry(reference, record, printed, options)
    else:
        printed = taken_apart(text, record)
        styles = (options.style,) if options.style else STYLES
        rendition = nearest(record, printed, styles, run.style)
        run.style = rendition.style
        line = rendition.text if printed.accessed else render(record, rendition.style, None)
        corrected = _with_letter(line, printed)
    in_style = rendition.parts
    urls = [*printed.urls, *(url for url in reference.addresses if url not in printed.urls)]
    findings = [
        *people.compared(record.authors, printed, in_style),
        *details.title(record, printed),
        *details.issue(record, printed, in_style),
        *details.number(record, printed, in_style),
        *details.address(record, urls, printed, in_style, run.library),
    ]
    is_for_record = evidence.is_for(record, printed, urls, findings, run.library)
    if gone := _dead(urls, record.url, options):
        # It is the same address that is not the record's.
        findings = [one for one in findings if one.code not in _OTHER_ADDRESS]
        findings += gone
    return _Comparison(record, findings, corrected, is_for_record)


def _dead(urls: Iterable[str], url: str, options: CheckOptions) -> list[Finding]:
    """Return the finding about a URL that is known to lead nowhere."""
    gone = [one for one in urls if options.dead and identity(one) in options.dead]
    return [Finding("address-dead", one, url) for one in gone[:1]]


def _with_letter(corrected: str, printed: Parts) -> str:
    """Return a corrected reference with the letter of the year, which depends on the whole list."""
    match = re.search(f"\\({YEAR}([a-z])\\)", printed.skeleton)
    if match and printed.year:
        return corrected.replace(f"({printed.year})", f"({printed.year}{match[1]})", 1)
    return corrected


def _entry(reference: Reference, record: Abstract, printed: Parts, options: CheckOptions) -> str:
    """Return the entry of a record in the format of the file, under the key of the reference."""
    item: Item = to_item(record)
    item.pop("accessed", None)
    if printed.accessed and "URL" in item:
        item["accessed"] = printed.accessed
    if reference.key:
        item["id"] = reference.key
    return cite([item], options.entries or options.style or "ama")[0]
