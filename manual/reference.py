"""The reference of the commands as Markdown."""

from __future__ import annotations

from collections.abc import Iterable

from manual.commands import CommandPage, Overview
from manual.markup import escaped


def page(command: CommandPage) -> str:
    """Return the page of a command."""
    sections = [
        f"# abstool {command.name}",
        escaped(command.summary),
        f"```text\n{command.usage}\n```",
        *map(escaped, command.description),
        _table("Arguments", command.arguments),
        _table("Options", command.options),
        "## Examples",
        _code(command.examples),
    ]
    return "\n\n".join(filter(None, sections)) + "\n"


def overview(everything: Overview) -> str:
    """Return the page that lists the commands."""
    lists = [
        _table(heading, [(f"[{name}]({name}.md)", escaped(text)) for name, text in rows], code=False)
        for heading, rows in everything.sections
    ]
    sections = ["# Commands", escaped(everything.summary), *lists, _table("Options", everything.options)]
    return "\n\n".join(filter(None, sections)) + "\n"


def _table(heading: str, rows: Iterable[tuple[str, str]], *, code: bool = True) -> str:
    lines = [
        f"| `{first}` | {escaped(second)} |" if code else f"| {first} | {second} |"
        for first, second in rows
    ]
    head = f"| {heading.removesuffix('s').lower()} | |"
    return "\n".join([f"## {heading}\n", head, "|---|---|", *lines]) if lines else ""


def _code(lines: Iterable[str]) -> str:
    return "\n".join(["```sh", *lines, "```"])
