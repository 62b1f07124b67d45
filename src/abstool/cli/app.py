"""Put the commands together: ``group()`` is the whole command line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.main import get_command

from abstool._version import __version__
from abstool.cli.group import Command, CommandGroup
from abstool.cli.report import print_stderr
from abstool.errors import ExitCode

if TYPE_CHECKING:
    from typer._click import Command as AnyCommand
    from typer._click import Context  # typer has no public names for them

SECTIONS = {
    "Get records": ("fetch", "parse"),
    "Cite": ("cite", "check", "styles"),
    "Collect": ("list", "harvest", "diff", "book"),
    "Review": ("search", "library", "dedupe", "encores", "decisions", "prisma", "stats"),
    "Inspect": ("show", "schema", "cache", "config", "doctor"),
}
COMMANDS = tuple(name for names in SECTIONS.values() for name in names)

EXAMPLES = """\
abstool cite https://acrabstracts.org/abstract/some-title/
abstool parse page.html | abstool cite --style bibtex
"""

EXIT_CODES = {
    ExitCode.OK: "success",
    ExitCode.SOME_FAILED: "some inputs failed; the rest were printed",
    ExitCode.USAGE: "usage error: unknown command, option or style, or output cannot be written"
    " there",
    ExitCode.NOT_FETCHED: "page could not be fetched",
    ExitCode.NOT_AN_ABSTRACT: "page has no abstract",
    ExitCode.UNREADABLE: "input is neither a page nor records",
    ExitCode.INTERNAL: "internal error: please report it",
    ExitCode.NOT_WRITTEN: "output could not be written (for example, the disk is full)",
    ExitCode.HUNG_UP: "ended because its terminal was closed (SIGHUP)",
    ExitCode.INTERRUPTED: "interrupted",
    ExitCode.TERMINATED: "terminated (SIGTERM)",
}
EXIT_CODE_OF_ALL = (
    "If all inputs fail for the same reason, the exit code is the one for that reason."
)


def _typer(
    name: str,
    *,
    cls: type[CommandGroup] | None = None,
    epilog: str = "",
    add_completion: bool = True,
) -> typer.Typer:
    return typer.Typer(
        name=name,
        cls=cls,
        epilog=epilog,
        add_completion=add_completion,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )


class _Commands(Mapping[str, "AnyCommand"]):
    """The commands by name; a command's module is imported when the command is looked up.

    Each command is a function in a module of the same name.
    """

    def __getitem__(self, name: str) -> AnyCommand:
        if name not in COMMANDS:
            raise KeyError(name)
        return _command(name)

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


@cache
def _command(name: str) -> AnyCommand:
    function = "list_" if name == "list" else name  # ``list`` is a builtin
    module = import_module(f"abstool.cli.commands.{function}")
    alone = _typer(name, add_completion=False)
    alone.command(name, cls=Command, epilog=module.EXAMPLES)(getattr(module, function))
    return get_command(alone)


class _CommandLine(CommandGroup):
    """The group of all commands."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = _Commands()  # type: ignore[assignment]  # it is never changed

    def list_commands(self, ctx: Context) -> list[str]:
        """Return the names of the commands, without importing one."""
        del ctx
        return list(COMMANDS)

    def get_help(self, ctx: Context) -> str:
        """Return the help page, with the commands grouped and the exit codes."""
        from abstool.cli.help import examples, page, paragraph, parameters, summary, table

        column = max(map(len, COMMANDS))
        sections = [
            table(heading, [(name, summary(self.commands[name])) for name in names], column)
            for heading, names in SECTIONS.items()
        ]
        codes = [(f"{code:<3}", meaning) for code, meaning in EXIT_CODES.items()]
        return page(
            ctx,
            *sections,
            table("Options", parameters(ctx, "option")),
            examples(self.epilog or ""),
            table("Exit codes", codes),
            paragraph(EXIT_CODE_OF_ALL),
        )


app = _typer("abstool", cls=_CommandLine, epilog=EXAMPLES)


def _print_version(value: bool) -> None:
    if value:
        typer.echo(f"abstool {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _abstool(
    context: typer.Context,
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version and exit."
        ),
    ] = False,
) -> None:
    """Exact citations and clean records from the web pages of conference abstracts."""
    del version
    if context.invoked_subcommand is None:
        print_stderr(context.get_help() + "\n")
        raise typer.Exit(ExitCode.USAGE)


@cache
def group() -> CommandGroup:
    """Return the command line, ready to run."""
    built = get_command(app)
    assert isinstance(built, CommandGroup)
    return built
