"""Render a record as text for a terminal.

All text of a record passes through ``_line``, which removes what a terminal would interpret, and
goes to rich as a ``Text``, in which rich does not interpret markup, links or emoji codes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import zip_longest

from rich import box
from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from abstool.dates import long_date
from abstool.record import Abstract, Author, Disclosure, Figure, Interest, Session, Table
from abstool.text import SUPERSCRIPTS, tidy

_HEADING = "bold"
_LABEL = "cyan"
_WARNING = "bold yellow"
_INDENT = 2
_GAP = 2  # between columns
_NARROWEST_COLUMN = 9  # gap included; a table with narrower columns is printed row by row
_JOINERS = "\u200c\u200d"  # invisible, but needed in Persian, Indic scripts and emoji


def render(record: Abstract, citation: str, *, width: int, styled: bool) -> str:
    """Return the record as lines of at most ``width`` columns, ending with the citation.

    ``styled`` adds escape sequences for bold and coloured text.
    """
    printer = console(width, styled=styled)
    with printer.capture() as capture:
        for number, block in enumerate(_blocks(record, citation, width)):
            if number:
                printer.print()
            printer.print(block)
    return "".join(f"{line.rstrip()}\n" for line in capture.get().split("\n")[:-1])


def console(width: int, *, styled: bool) -> Console:
    """Return what renders for a terminal of this width, whatever the real one is.

    ``styled`` adds escape sequences for bold and coloured text.
    """
    return Console(
        file=StringIO(),
        width=width,
        height=25,  # has no effect, but keeps rich from asking the terminal
        force_terminal=styled,
        force_jupyter=False,
        force_interactive=False,
        color_system="standard" if styled else None,  # the 16 colours of the terminal's theme
        no_color=False,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
    )


def _blocks(record: Abstract, citation: str, width: int) -> Iterator[RenderableType]:
    """Yield the blocks of the display, separated by blank lines."""
    yield _text(record.title, style=_HEADING)
    number = record.number and f"Abstract {record.number}"
    if number or record.meeting:
        yield _text(" · ".join(filter(None, [number, record.meeting])))
    if record.authors:
        yield _authors(record.authors)
    if record.affiliations:
        places = [(_raised(place.label), [place.name]) for place in record.affiliations]
        yield _pairs(places, width)
    if facts := list(_facts(record)):
        yield _pairs(facts, width)
    yield from _body(record, width - _INDENT)
    if record.disclosures:
        yield _part("Disclosures", _text(*_disclosures(record.disclosures)))
    if record.warnings:
        listed = _text(*(f"- {warning}" for warning in record.warnings))
        yield _part("Warnings", listed, _WARNING)
    yield _part("Citation", _text(citation))


# --- text -----------------------------------------------------------------------------------------


def _line(text: str) -> str:
    """Return text as one line that is safe to print."""
    line = tidy(text)
    if line.isprintable():  # true of most lines
        return line
    return "".join(
        character
        for character in line
        if character in _JOINERS or unicodedata.category(character) != "Cf"
    ).strip()


def _text(*lines: str, style: str = "") -> Text:
    """Return lines, each made safe to print, with at most one blank line in a row."""
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(map(_line, lines))).strip("\n")
    return Text(text, style, overflow="fold")


def _part(heading: str, content: RenderableType, style: str = _HEADING) -> Group:
    """Return indented content below its heading, if there is one."""
    indented = Padding(content, (0, 0, 0, _INDENT))
    return Group(_text(heading, style=style), indented) if heading else Group(indented)


def _pairs(pairs: Iterable[tuple[str, Sequence[str]]], width: int) -> Grid:
    """Return labels with their lines beside them."""
    grid = Grid.grid(padding=(0, _GAP, 0, 0))
    grid.add_column(style=_LABEL, max_width=width // 3, overflow="fold")
    grid.add_column(overflow="fold")
    for label, lines in pairs:
        grid.add_row(_text(label), _text(*lines))
    return grid


# --- people and facts -----------------------------------------------------------------------------


def _authors(authors: Sequence[Author]) -> Text:
    line = Text(overflow="fold")
    for number, author in enumerate(authors):
        parts = filter(None, [author.given, author.family, author.suffix])
        line.append(", " if number else "")
        line.append_text(_text(author.name or author.literal or " ".join(parts)))
        line.append_text(_text(",".join(map(_raised, author.affiliations)), style=_LABEL))
    return line


def _raised(label: str) -> str:
    """Return a label in superscript if Unicode has its characters, otherwise in brackets."""
    if set(label) <= SUPERSCRIPTS.keys():
        return "".join(map(SUPERSCRIPTS.__getitem__, label))
    return f"[{label}]"


def _facts(record: Abstract) -> Iterator[tuple[str, list[str]]]:
    """Yield the short facts of a record with their labels."""
    if record.session:
        yield "Session", list(_session(record.session))
    if record.first_published:
        yield "Published", [long_date(record.first_published)]
    if record.keywords:
        yield "Keywords", ["; ".join(record.keywords)]
    if record.trials:
        yield "Trials", [f"{trial.registry} {trial.id}" for trial in record.trials]


def _session(session: Session) -> Iterator[str]:
    if session.title:
        yield session.title
    numbers = "–".join(session.abstract_range)
    if session.type or numbers:
        yield " · ".join(filter(None, [session.type, numbers and f"abstracts {numbers}"]))
    day = session.date or session.start[:10] or session.end[:10]
    times = [
        time[11:] if time.startswith(day) else time.replace("T", " ")
        for time in (session.start, session.end)
        if time
    ]
    if day:
        yield ", ".join(filter(None, [long_date(day), "–".join(times)]))


def _disclosures(disclosures: Sequence[Disclosure]) -> Iterator[str]:
    """Yield a line for each author with interests, and one for all authors without."""
    without: list[str] = []
    for disclosure in disclosures:
        name = disclosure.name or disclosure.author
        if name and disclosure.interests == []:
            without.append(name)
            continue
        text = "; ".join(map(_interest, disclosure.interests or ())) or disclosure.text
        yield f"{name}: {text}" if name else text
    if without:
        yield f"None: {', '.join(without)}"


def _interest(interest: Interest) -> str:
    codes = ", ".join(map(str, interest.codes))
    details = ": ".join(filter(None, [codes, interest.note]))
    return f"{interest.entity} ({details})" if details else interest.entity


# --- body -----------------------------------------------------------------------------------------


def _body(record: Abstract, width: int) -> Iterator[RenderableType]:
    """Yield the sections, each followed by its tables and figures, and then the other ones."""
    listed: list[Table | Figure] = [*record.tables, *record.figures]
    exhibits: dict[str, list[Table | Figure]] = {}
    for exhibit in listed:
        exhibits.setdefault(exhibit.section, []).append(exhibit)
    for section in record.sections:
        text = _text(*section.text.splitlines())
        yield _part(section.label, text)
        for exhibit in exhibits.pop(section.label, ()):
            yield _part("", _exhibit(exhibit, width))
    for label, remaining in exhibits.items():
        for number, exhibit in enumerate(remaining):
            yield _part("" if number else label, _exhibit(exhibit, width))


def _exhibit(exhibit: Table | Figure, width: int) -> Group:
    if isinstance(exhibit, Table):
        caption = _text(exhibit.caption or "Table", style=_LABEL)
        return Group(caption, _table(exhibit, width))
    caption = _text(exhibit.caption or "Figure", style=_LABEL)
    return Group(caption, *map(_text, filter(None, [exhibit.alt, exhibit.url])))


def _table(table: Table, width: int) -> RenderableType:
    """Return a table that fits the width; with too many columns it is printed row by row."""
    header, *rows = ([_line(cell) for cell in row] for row in (table.header, *table.rows))
    columns = list(zip_longest(header, *rows, fillvalue=""))
    natural = sum(max(map(cell_len, column)) + _GAP for column in columns)
    if natural > width and len(columns) * _NARROWEST_COLUMN > width:
        return _row_by_row(header, rows)
    grid = Grid(
        box=box.SIMPLE_HEAD,
        show_header=bool(header),
        show_edge=False,
        padding=(0, _GAP - 1, 0, 0),  # the box adds one
        leading=int(natural > width),  # a blank line separates rows whose cells wrap
    )
    for heading, *_ in columns:
        grid.add_column(_text(heading), overflow="fold")
    for row in rows:
        grid.add_row(*map(_text, row))
    return grid


def _row_by_row(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Group:
    """Return each row as lines of ``heading: cell``, without empty cells."""
    blocks = []
    for row in rows:
        pairs = zip_longest(header, row, fillvalue="")
        lines = [f"{heading}: {cell}" if heading else cell for heading, cell in pairs if cell]
        if lines:
            blocks += [_text(*lines), Text()]
    return Group(*blocks[:-1])
