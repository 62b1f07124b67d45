"""Lay out help pages: text as wide as the terminal, and tables of options and commands."""

from __future__ import annotations

import re
import shutil
import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from typer._click import Context  # typer has no public name for it
    from typer._click.core import Command

# Columns. Longer lines than the widest are tiring to read.
_NARROWEST, _WIDEST = 40, 100
_INDENT = "  "
_GAP = "  "  # between the columns of a table
_NO_BREAK = "\N{NO-BREAK SPACE}"
_ONE = re.compile(r"\{([^{}|]+)\}")  # braces are for a choice: {info|clear}
_SHORT = 24  # notes up to this length are kept on one line


def page(context: Context, *sections: str) -> str:
    """Return the help of a command: its usage, its description, then the sections."""
    hanging = " " * len(f"Usage: {context.command_path} ")
    start = _wrapped(f"Usage: {usage(context)}", hanging)
    text = map(paragraph, paragraphs(context.command))
    return "\n\n".join(filter(None, [start, *text, *sections]))


def usage(context: Context) -> str:
    """Return how a command is typed, such as ``abstool cite [OPTIONS] [SOURCE]...``."""
    pieces = [re.sub(_ONE, r"\1", one) for one in context.command.collect_usage_pieces(context)]
    return " ".join([context.command_path, *pieces])


def paragraph(text: str) -> str:
    """Return text as one indented paragraph."""
    return _wrapped(_INDENT + " ".join(text.split()), hanging=_INDENT)


def table(heading: str, rows: Sequence[tuple[str, str]], column: int = 0) -> str:
    """Return rows of two columns below a heading, or "" if there are none.

    The first column has the width ``column`` if it needs no more.
    """
    if not rows:
        return ""
    column = max(column, *(len(first) for first, _ in rows))
    hanging = _INDENT + " " * column + _GAP
    lines = [
        _wrapped(f"{_INDENT}{first:{column}}{_GAP}{second}", hanging) for first, second in rows
    ]
    return "\n".join([f"{heading}:", *lines])


def examples(text: str) -> str:
    """Return the section with a command's examples; its lines stay whole, to be copied."""
    return "Examples:\n" + textwrap.indent(text.strip(), _INDENT)


def parameters(context: Context, kind: str) -> list[tuple[str, str]]:
    """Return the rows of a command's parameters: ``argument`` or ``option``."""
    records = [
        param.get_help_record(context)
        for param in context.command.get_params(context)
        if param.param_type_name == kind
    ]
    return [(name.partition(" <")[0], _described(text)) for name, text in filter(None, records)]


def paragraphs(command: Command) -> list[str]:
    """Return the paragraphs of a command's description, each on one line."""
    return [" ".join(text.split()) for text in (command.help or "").split("\n\n")]


def summary(command: Command) -> str:
    """Return the first paragraph of a command's description."""
    return paragraphs(command)[0]


def _wrapped(text: str, hanging: str) -> str:
    """Return text wrapped to the terminal; ``hanging`` indents the lines after the first."""
    width = min(max(shutil.get_terminal_size().columns, _NARROWEST), _WIDEST)
    return textwrap.fill(
        text, width, subsequent_indent=hanging, break_long_words=False, break_on_hyphens=False
    ).replace(_NO_BREAK, " ")


def _described(text: str) -> str:
    """Return a parameter's help with all notes in one bracket at its end, the default last."""
    found = re.fullmatch(r"(.*?)((?:\s*\[[^\[\]]*\])*)", text, re.DOTALL)
    assert found  # every text matches
    brackets = re.findall(r"\[(.*?)\]", found[2], re.DOTALL)
    notes = [_plain(note) for bracket in brackets for note in bracket.split("; ")]
    notes.sort(key=lambda note: note.startswith("default"))
    if not notes:
        return text
    note = "; ".join(notes)
    return f"{found[1]} [{note.replace(' ', _NO_BREAK) if len(note) <= _SHORT else note}]"


def _plain(note: str) -> str:
    """Return typer's ``1<=x<=9`` and ``default: (text)`` as ``1 to 9`` and ``default: text``."""
    note = re.sub(r"^(\d+)<=x<=(\d+)$", r"\1 to \2", note)
    return re.sub(r"^default: \((.*)\)$", r"default: \1", note)
