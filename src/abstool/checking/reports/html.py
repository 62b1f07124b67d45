"""Write a report as a page that needs no other file and no network.

All texts are escaped, and a policy in the page forbids scripts, forms and anything loaded.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path, PurePath

from abstool.address import host_of
from abstool.checking.reports.checked import (
    NOT_CHECKED,
    STATUSES,
    CheckedManuscript,
    heading_of,
    pairing,
    severities,
    summary,
    words_of,
)
from abstool.checking.reports.marks import MarkedPieces, sides
from abstool.checking.reports.text import corrected_lines
from abstool.checking.verdict import Finding, Verdict
from abstool.text import tidy

_RULES = Path(__file__).with_name("page.css").read_text("utf-8")
_HASH = base64.b64encode(hashlib.sha256(_RULES.encode()).digest()).decode()
_POLICY = f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'"
_HINT = "A click selects the whole reference, to be copied."


def render(checked: CheckedManuscript) -> str:
    """Return a report as a page."""
    title = f"References of {tidy(PurePath(checked.subject).name or checked.subject)}"
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{_text(title)}</title>\n<style>{_RULES}</style>\n</head>\n<body>\n"
        f"<h1>{_text(title)}</h1>\n{''.join(_body(checked))}</body>\n</html>\n"
    )


def _body(checked: CheckedManuscript) -> Iterator[str]:
    yield '<ul class="counts">\n'
    for status, count in checked.counts.items():
        yield f"<li><b>{count:,}</b> {_text(STATUSES.get(status, status))}</li>\n"
    yield f"</ul>\n<p>{_text(summary(checked).partition(':')[0])}"
    yield f"; {_text(found)}</p>\n" if (found := severities(checked)) else "</p>\n"
    for line in pairing(checked.manuscript):
        yield f"<p>{_text(line[:1].upper() + line[1:])}</p>\n"
    shown = [(n, one) for n, one in enumerate(checked.verdicts, 1) if _is_shown(one)]
    if len(shown) > 1:
        yield '<ul class="contents">\n'
        for number, one in shown:
            said = "; ".join(map(words_of, one.findings)) or heading_of(one)
            yield f'<li><a href="#r{number}">{_text(one.reference)}</a>: {_text(said)}</li>\n'
        yield "</ul>\n"
    yield "<main>\n"
    for number, one in shown:
        yield from _of_verdict(one, number)
    yield from _unchecked(checked.having("not-checked"))
    yield "</main>\n"


def _is_shown(verdict: Verdict) -> bool:
    return verdict.status in ("differs", "unsure")


def _of_verdict(verdict: Verdict, number: int) -> Iterator[str]:
    heading = f"{verdict.reference}: {heading_of(verdict)}"
    yield f'<section id="r{number}">\n<h2>{_text(heading)}</h2>\n'
    if verdict.url:
        yield f"<p>{_link(verdict.url)}</p>\n"
    yield f'<p class="printed">{_text(verdict.text)}</p>\n'
    if verdict.candidates:
        yield "<ul>\n"
        yield from (f"<li>{_text(title)} {_link(url)}</li>\n" for title, url in verdict.candidates)
        yield "</ul>\n"
    for finding in verdict.findings:
        yield from _of_finding(finding)
    if verdict.corrected:
        lines = "\n".join(map(escape, corrected_lines(verdict)))
        yield f'<h3>Corrected</h3>\n<pre class="corrected">{lines}</pre>\n'
        yield f'<p class="hint">{_HINT}</p>\n'
    yield "</section>\n"


def _of_finding(finding: Finding) -> Iterator[str]:
    words = words_of(finding)
    severity = _text(f"{finding.severity}, {finding.code}")
    yield f"<h3>{_text(words[:1].upper() + words[1:])} <code>{severity}</code></h3>\n<dl>\n"
    printed, record = sides(finding)
    yield f"<dt>Printed</dt><dd>{_marked(printed, 'del')}</dd>\n"
    if record:
        yield f"<dt>Record</dt><dd>{_marked(record, 'ins')}</dd>\n"
    yield "</dl>\n"


def _marked(pieces: MarkedPieces, tag: str) -> str:
    marked = (
        f"<{tag}>{escape(one.text)}</{tag}>" if one.differs else escape(one.text) for one in pieces
    )
    return "".join(marked) or "(nothing)"


def _unchecked(verdicts: Sequence[Verdict]) -> Iterator[str]:
    if verdicts:
        yield f"<section>\n<h2>Not checked</h2>\n<p>{_text(NOT_CHECKED)}.</p>\n<ul>\n"
        for one in verdicts:
            yield f"<li>{_text(one.reference)}: {_text(one.text)}</li>\n"
        yield "</ul>\n</section>\n"


def _text(text: str) -> str:
    return escape(tidy(text))


def _link(url: str) -> str:
    """Return a link, if it is one to a site: a page may claim any URL."""
    shown = _text(url)
    if not (url.startswith(("http://", "https://")) and host_of(url)):
        return shown
    return f'<a href="{shown}" rel="noreferrer noopener">{shown}</a>'
