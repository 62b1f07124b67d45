"""Write a report as text, with a mark below each letter that differs."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from abstool.checking.reports.checked import (
    NOT_CHECKED,
    CheckedManuscript,
    heading_of,
    keys_of,
    pairing,
    severities,
    summary,
    words_of,
)
from abstool.checking.reports.marks import MarkedPieces, sides
from abstool.checking.verdict import Finding, Verdict
from abstool.text import tidy

WIDTH = 80
_INDENT = "    "
_LABELS = {"printed": "printed  ", "record": "record   "}
_NARROWEST = 20  # columns for a side


class TextSpan(NamedTuple):
    """A part of a line: its text, and what it is: a heading, a label, or letters that differ."""

    text: str
    kind: str = ""


Line = list[TextSpan]


def render(checked: CheckedManuscript) -> str:
    """Return a report as text."""
    return "".join(f"{line}\n" for line in as_text(lines(checked, WIDTH)))


def as_text(report: Iterable[Line]) -> Iterator[str]:
    """Yield lines as text; below a line that has letters that differ comes one with their marks."""
    for line in report:
        yield "".join(span.text for span in line).rstrip()
        if any(span.kind == "differs" for span in line):
            signs = ("^" if span.kind == "differs" else " " for span in line)
            marks = (sign * _columns(span.text) for sign, span in zip(signs, line, strict=True))
            yield "".join(marks).rstrip()


def lines(checked: CheckedManuscript, width: int) -> Iterator[Line]:
    """Yield the lines of a report.

    Sides of findings are broken at ``width`` columns. The references are not broken, so that they
    can be copied.
    """
    yield [TextSpan(summary(checked), "heading")]
    for text in (severities(checked), *pairing(checked.manuscript)):
        if text:
            yield [TextSpan(tidy(text))]
    for verdict in checked.verdicts:
        if verdict.status in ("differs", "unsure"):
            yield []
            yield from _of_verdict(verdict, width)
    if unchecked := checked.having("not-checked"):
        yield []
        yield [TextSpan(f"{NOT_CHECKED}: {tidy(keys_of(unchecked))}")]


def _of_verdict(verdict: Verdict, width: int) -> Iterator[Line]:
    yield [TextSpan(tidy(f"{verdict.reference}: {heading_of(verdict)}"), "heading")]
    if verdict.url:
        yield [TextSpan(tidy(verdict.url))]
    yield [TextSpan(tidy(verdict.text))]
    for title, url in verdict.candidates:
        yield [TextSpan(f"{_INDENT}{tidy(title)} {tidy(url)}".rstrip())]
    for finding in verdict.findings:
        yield [
            TextSpan(f"  {words_of(finding)}", "label"),
            TextSpan(f" ({finding.severity}, {finding.code})"),
        ]
        for line in of_sides(finding, width - len(_INDENT)):
            yield [TextSpan(_INDENT), *line]
    if verdict.corrected:
        yield [TextSpan("  corrected:", "label")]
        yield from ([TextSpan(line)] for line in corrected_lines(verdict))


def of_sides(finding: Finding, width: int) -> Iterator[Line]:
    """Yield the lines with what is printed and what the record has, broken at a width."""
    for (label, shown), pieces in zip(_LABELS.items(), sides(finding), strict=True):
        room = max(width - len(shown), _NARROWEST)
        for number, line in enumerate(_broken(pieces, room)):
            yield [TextSpan(" " * len(shown) if number else shown, "label"), *line]
        if not pieces and label == "printed":
            yield [TextSpan(shown, "label"), TextSpan("(nothing)")]


def corrected_lines(verdict: Verdict) -> list[str]:
    """Return the lines of the corrected reference; an entry of a reference file has several."""
    # The spaces of an entry count.
    lines = verdict.corrected.splitlines()
    return [" ".join(map(tidy, line.split(" "))).rstrip() for line in lines]


def _broken(pieces: MarkedPieces, room: int) -> Iterator[Line]:
    """Yield pieces in lines of so many columns, broken at spaces where there are some."""
    signs = [(sign, piece.differs) for piece in pieces for sign in piece.text]
    while signs:
        end = used = 0
        for end, (sign, _) in enumerate(signs, 1):
            used += _columns(sign)
            if used > room:
                end -= 1  # noqa: PLW2901 - the sign that does not fit
                break
        end = max(end, 1)
        if end < len(signs):
            spaces = [place for place in range(end // 2, end) if signs[place][0] == " "]
            end = spaces[-1] + 1 if spaces else end
        yield _spans(signs[:end])
        signs = signs[end:]


def _spans(signs: list[tuple[str, bool]]) -> Line:
    line: Line = []
    for sign, differs in signs:
        kind = "differs" if differs else ""
        if line and line[-1].kind == kind:
            line[-1] = TextSpan(line[-1].text + sign, kind)
        else:
            line.append(TextSpan(sign, kind))
    return line


def _columns(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    return sum(
        0
        if unicodedata.combining(sign) or unicodedata.category(sign) == "Cf"
        else 2
        if unicodedata.east_asian_width(sign) in "WF"
        else 1
        for sign in text
    )
