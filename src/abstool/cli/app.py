"""The commands put together: ``group()`` is the whole command line."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from textwrap import indent
from typing import Annotated, Any

import typer
from typer.main import get_command

from abstool._version import __version__
from abstool.cli.group import Command, Group
from abstool.errors import ExitCode

# Each is a function in a module of its own name; Python has a list already.
COMMANDS = {
    "fetch": "fetch",
    "parse": "parse",
    "list": "list_",
    "harvest": "harvest",
    "show": "show",
    "cite": "cite",
    "diff": "diff",
    "styles": "styles",
    "schema": "schema",
    "cache": "cache",
    "config": "config",
}

EXIT_CODES = """\
\b
Exit codes:
  0    all good
  1    some of several inputs failed; the others were printed
  2    usage: no such command, option or style; no such place for the output
  3    could not be fetched
  4    not an abstract page
  5    input that cannot be read as pages or records
  70   internal error: please report it
  74   output could not be written (the disk is full)
  130  interrupted
If several inputs all fail alike, the code is that of their failure.
"""


def _app(**settings: Any) -> typer.Typer:
    return typer.Typer(
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
        **settings,
    )


class _Commands(Mapping[str, Any]):
    """The commands by name; a module is imported when its command is asked for."""

    def __getitem__(self, name: str) -> Any:
        function = COMMANDS[name]
        module = import_module(f"abstool.cli.{function}")
        alone = _app(add_completion=False)
        epilog = "\b\nExamples:\n" + indent(module.EXAMPLES, "  ")
        alone.command(name, cls=Command, epilog=epilog)(getattr(module, function))
        return get_command(alone)

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


class _CommandLine(Group):
    """The group of all commands."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = _Commands()  # type: ignore[assignment]  # nobody adds to it

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of the commands, without importing one."""
        del ctx
        return list(COMMANDS)


app = _app(name="abstool", cls=_CommandLine, epilog=EXIT_CODES)


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
    """Exact citations and clean records from the web pages of conference abstracts.

    \b
    Examples:
      abstool cite https://acrabstracts.org/abstract/some-title/
      abstool parse page.html | abstool cite --style bibtex
    """  # noqa: D301 - typer reads the backspace
    del version
    if context.invoked_subcommand is None:
        typer.echo(context.get_help(), err=True)
        raise typer.Exit(ExitCode.USAGE)


def group() -> Group:
    """Return the command line, ready to run."""
    built = get_command(app)
    assert isinstance(built, Group)
    return built
