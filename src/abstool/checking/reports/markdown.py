"""Write a report as Markdown.

Texts of manuscripts and records stand only in code, in which CommonMark, GitHub and pandoc read no
markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

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
from abstool.checking.reports.text import WIDTH, as_text, corrected_lines, of_sides
from abstool.checking.verdict import Finding, Verdict
from abstool.text import tidy

_URL = re.compile(r"https?://[A-Za-z0-9./?#@!$&'()+,;=:%~-]+")
_INDENT = "  "


def render(checked: CheckedManuscript) -> str:
    """Return a report as Markdown."""
    return "\n\n".join(_blocks(checked)) + "\n"


def _blocks(checked: CheckedManuscript) -> Iterator[str]:
    yield f"# References of {_code(checked.subject)}"
    yield f"**{summary(checked)}**"
    for text in (severities(checked), *map(_code, pairing(checked.manuscript))):
        if text:
            yield text
    for verdict in checked.having("differs", "unsure"):
        yield from _of_verdict(verdict)
    if unchecked := checked.having("not-checked"):
        yield f"## Not checked\n\n{NOT_CHECKED}: {_code(keys_of(unchecked))}"


def _of_verdict(verdict: Verdict) -> Iterator[str]:
    number = f" {_code(verdict.number)}" if verdict.number else ""
    heading = heading_of(verdict).removesuffix(f" {verdict.number}") if number else ""
    yield f"## {_code(verdict.reference)}: {heading or heading_of(verdict)}{number}"
    if verdict.url:
        yield _link(verdict.url)
    yield _fenced([tidy(verdict.text)])
    if verdict.candidates:
        yield "\n".join(f"- {_code(title)} {_link(url)}" for title, url in verdict.candidates)
    for finding in verdict.findings:
        yield _of_finding(finding)
    if verdict.corrected:
        yield "Corrected:"
        yield _fenced(corrected_lines(verdict))


def _of_finding(finding: Finding) -> str:
    shown = _fenced(as_text(of_sides(finding, WIDTH - len(_INDENT))))
    indented = "".join(f"\n{_INDENT}{line}".rstrip(" ") for line in shown.splitlines())
    return f"- **{words_of(finding)}** ({finding.severity}, `{finding.code}`)\n{indented}"


def _fenced(lines: Iterable[str]) -> str:
    """Return lines as a block of code; none of them can end it."""
    text = "\n".join(lines)
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text}\n{fence}"


def _code(text: str) -> str:
    """Return text as code in a line."""
    text = tidy(text)
    longest = max(map(len, re.findall("`+", text)), default=0)
    marks = "`" * (longest + 1)
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{marks}{space}{text}{space}{marks}" if text else ""


def _link(url: str) -> str:
    return f"<{url}>" if _URL.fullmatch(url) else _code(url)
