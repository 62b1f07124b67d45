"""The commands put together: ``group()`` is the whole command line."""

from textwrap import indent
from typing import Annotated

import typer
from typer.main import get_command

from abstool import __version__
from abstool.cli import (
    cache,
    cite,
    config,
    diff,
    fetch,
    harvest,
    list_,
    parse,
    schema,
    show,
    styles,
)
from abstool.cli.group import Command, Group
from abstool.errors import ExitCode

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

app = typer.Typer(
    name="abstool",
    cls=Group,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=EXIT_CODES,
)


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


for _module in (fetch, parse, list_, harvest, show, cite, diff, styles, schema, cache, config):
    _name = _module.__name__.rpartition(".")[2]
    app.command(
        _name.rstrip("_"),  # a name of Python's own
        cls=Command,
        epilog="\b\nExamples:\n" + indent(_module.EXAMPLES, "  "),
    )(getattr(_module, _name))


def group() -> Group:
    """Return the command line, ready to run."""
    built = get_command(app)
    assert isinstance(built, Group)
    return built
