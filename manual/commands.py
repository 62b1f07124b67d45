"""Describe the commands as data, taken from the command line itself.

The reference on the site and the man pages are made from this. No text depends on the terminal, and
every text is one line. Importing this needs no third-party package but typer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from abstool.cli.app import EXIT_CODE_OF_ALL, EXIT_CODES, SECTIONS, group
from abstool.cli.help import paragraphs, parameters, summary, usage

if TYPE_CHECKING:
    from typer._click import Command, Context  # typer has no public names for them

PROGRAM = "abstool"

Row = tuple[str, str]  # what is typed, such as "-o, --output FILE", and what it means


@dataclass(frozen=True)
class CommandPage:
    """What is to be said of a command.

    ``name`` is the command's ("cite"), ``usage`` the line that is typed ("abstool cite [OPTIONS]
    [SOURCE]..."), ``summary`` the first paragraph of the description, ``description`` the others.
    ``examples`` are lines for a shell.
    """

    name: str
    usage: str
    summary: str
    description: tuple[str, ...]
    arguments: tuple[Row, ...]
    options: tuple[Row, ...]
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Overview:
    """What is to be said of abstool as a whole.

    ``sections`` are headings, each with the names and summaries of its commands. ``exit_codes`` are
    the codes of all commands, and ``exit_code_of_all`` says which one stands for many inputs.
    """

    name: str
    usage: str
    summary: str
    sections: tuple[tuple[str, tuple[Row, ...]], ...]
    options: tuple[Row, ...]
    examples: tuple[str, ...]
    exit_codes: tuple[tuple[int, str], ...]
    exit_code_of_all: str


def pages() -> list[CommandPage]:
    """Return the page of each command, in the order of the help."""
    program = group()
    parent = _context(program, PROGRAM)
    return [
        _page(_context(program.commands[name], name, parent))
        for names in SECTIONS.values()
        for name in names
    ]


def overview() -> Overview:
    """Return what is to be said of ``abstool`` itself."""
    program = group()
    context = _context(program, PROGRAM)
    sections = [
        (heading, tuple((name, summary(program.commands[name])) for name in names))
        for heading, names in SECTIONS.items()
    ]
    return Overview(
        name=PROGRAM,
        usage=usage(context),
        summary=summary(program),
        sections=tuple(sections),
        options=_rows(context, "option"),
        examples=_examples(program),
        exit_codes=tuple((int(code), meaning) for code, meaning in EXIT_CODES.items()),
        exit_code_of_all=EXIT_CODE_OF_ALL,
    )


def _context(command: Command, name: str, parent: Context | None = None) -> Context:
    settings = command.context_settings
    return command.context_class(command, info_name=name, parent=parent, **settings)


def _page(context: Context) -> CommandPage:
    first, *others = paragraphs(context.command)
    return CommandPage(
        name=str(context.info_name),
        usage=usage(context),
        summary=first,
        description=tuple(others),
        arguments=_rows(context, "argument"),
        options=_rows(context, "option"),
        examples=_examples(context.command),
    )


def _rows(context: Context, kind: str) -> tuple[Row, ...]:
    # The help has no-break spaces, which matter only on a terminal; split() takes them for spaces.
    return tuple((typed, " ".join(text.split())) for typed, text in parameters(context, kind))


def _examples(command: Command) -> tuple[str, ...]:
    return tuple((getattr(command, "epilog", None) or "").strip().splitlines())
