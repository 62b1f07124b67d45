"""Write each record as a readable Markdown document.

It has the title, authors with affiliations, facts, sections with tables and figures, disclosures
and the citation. Text is escaped, so that CommonMark, GitHub and pandoc read none of it as markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote

from abstool.record import Abstract, Author, Figure, Session, Table
from abstool.text import SUPERSCRIPTS, between, tidy

# Markup anywhere in a line, or where a tag, an entity or a pandoc citation may begin.
_SPECIAL = re.compile(r"[\\`*_{}\[\]|~$^]|<(?=[A-Za-z/!?])|&(?=#?\w+;)|@(?=\w)|#(?=#*$)")
# The start of a quotation, heading, list or rule: ">", "# ", "- ", "1. ", "(a) ", "ii) ".
_START = re.compile(
    r"[-+>#=:(%]|(?:\d{1,9}|[a-z]|[ivxlcdm]{2,}|[IVXLCDM]{2,})[.)](?=\s|$)|[A-Z]\)(?=\s|$)"
)
_URL = re.compile(r"https?://", re.IGNORECASE)


def render_record(record: Abstract) -> str:
    """Return a record as a document."""
    return "\n\n".join(filter(None, _blocks(record))) + "\n"


def document(entries: Iterable[str]) -> Iterator[str]:
    """Yield the pieces of one document, with rules between the records."""
    return between(entries, "\n---\n\n")


def _blocks(record: Abstract) -> Iterator[str]:
    """Yield the blocks of a document, which are empty if the record has nothing for them."""
    yield f"# {_inline(record.title)}"
    yield ", ".join(_author(author) for author in record.authors)
    yield "\\\n".join(
        f"{_label([one.label])} {_inline(one.name)}".strip() for one in record.affiliations
    )
    yield "\n".join(f"- **{name}:** {value}" for name, value in _facts(record) if value)
    labels = [section.label for section in record.sections]
    for section in record.sections:
        yield f"## {_inline(section.label)}" if section.label else ""
        yield from (_line(paragraph) for paragraph in section.text.split("\n"))
        yield from _of_section(record, section.label)
    placed = [*(table.section for table in record.tables), *(one.section for one in record.figures)]
    for label in dict.fromkeys(placed):
        if label not in labels:
            yield from _of_section(record, label)
    if record.disclosures:
        yield "## Disclosures"
        yield "\n".join(
            f"- {_line(': '.join(filter(None, (one.name, one.text))))}"
            for one in record.disclosures
        )
    if record.printed_citation:
        yield "## Citation"
        yield _line(record.printed_citation)


def _of_section(record: Abstract, label: str) -> Iterator[str]:
    for table in record.tables:
        if table.section == label:
            yield _line(table.caption)
            yield _table(table)
    for figure in record.figures:
        if figure.section == label:
            yield _figure(figure)


def _facts(record: Abstract) -> Iterator[tuple[str, str]]:
    yield "Abstract number", _inline(record.number)
    yield "Meeting", _inline(record.meeting)
    yield "Session", _session(record.session or Session())
    yield "Keywords", _inline("; ".join(record.keywords))
    yield "Trials", _inline("; ".join(f"{one.registry} {one.id}" for one in record.trials))
    yield "Address", _link(record.url)
    yield "Accessed", _inline(record.accessed)


def _session(session: Session) -> str:
    times = "–".join(time[-5:] for time in (session.start, session.end) if time)
    when = " ".join(filter(None, (session.date, times)))
    return _inline(", ".join(filter(None, (session.title, session.type, when))))


def _author(author: Author) -> str:
    return f"{_inline(author.name or author.literal)}{_label(author.affiliations)}"


def _label(labels: Sequence[str]) -> str:
    """Return labels of affiliations as superscripts, else in brackets."""
    if set("".join(labels)) <= SUPERSCRIPTS.keys():
        return ",".join("".join(SUPERSCRIPTS[sign] for sign in label) for label in labels)
    return f" ({_inline(', '.join(labels))})"


def _table(table: Table) -> str:
    rows = [table.header or [""] * len(table.rows[0] if table.rows else ()), *table.rows]
    lines = [f"| {' | '.join(map(_inline, row))} |" for row in rows]
    lines.insert(1, "|" + " --- |" * len(rows[0]))
    return "\n".join(lines) if rows[0] else ""


def _figure(figure: Figure) -> str:
    text = figure.caption or figure.alt
    if _URL.match(figure.url):
        return (
            f"![{_inline(figure.alt or text)}](<{_encoded(figure.url)}>)\n\n{_line(text)}".strip()
        )
    return _line(text)


def _link(url: str) -> str:
    return f"<{_encoded(url)}>" if _URL.match(url) else _inline(url)


def _encoded(url: str) -> str:
    return quote(tidy(url), safe=":/?#[]@!$&'()*+,;=%~")


def _inline(text: str) -> str:
    """Return text, escaped for any place in a line."""
    return _SPECIAL.sub(r"\\\g<0>", tidy(text))


def _line(text: str) -> str:
    """Return text, escaped for the start of a line."""
    text = _inline(text)
    start = _START.match(text)
    return f"{text[: start.end() - 1]}\\{text[start.end() - 1 :]}" if start else text
