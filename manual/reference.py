"""The reference of the commands as Markdown."""

from __future__ import annotations

from collections.abc import Iterable

from manual.commands import CommandPage, Overview, Row
from manual.markup import escaped


def page(command: CommandPage) -> str:
    """Return the page of a command."""
    return _joined(
        f"# abstool {command.name}",
        escaped(command.summary),
        f"```text\n{command.usage}\n```",
        *map(escaped, command.description),
        _table("Arguments", ("argument", "what it is"), _in_code(command.arguments)),
        _table("Options", ("option", "what it does"), _in_code(command.options)),
        "## Examples",
        "\n".join(["```sh", *command.examples, "```"]),
    )


def overview(everything: Overview) -> str:
    """Return the page that lists the commands."""
    lists = [
        _table(
            heading,
            ("command", "what it does"),
            [(f"[{name}]({name}.md)", text) for name, text in rows],
        )
        for heading, rows in everything.sections
    ]
    options = _table("Options", ("option", "what it does"), _in_code(everything.options))
    return _joined("# Commands", escaped(everything.summary), *lists, options)


def _joined(*sections: str) -> str:
    return "\n\n".join(filter(None, sections)) + "\n"


def _table(heading: str, head: Row, rows: Iterable[Row]) -> str:
    lines = [f"| {first} | {escaped(second)} |" for first, second in rows]
    title = f"## {heading}\n\n| {head[0]} | {head[1]} |\n|---|---|"
    return "\n".join([title, *lines]) if lines else ""


def _in_code(rows: Iterable[Row]) -> list[Row]:
    return [(f"`{first}`", second) for first, second in rows]
