"""Adapt typer to abstool: error lines, exit codes, help pages and a quick start."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import typer
from typer.core import TyperCommand, TyperGroup

from abstool.cli.completion import (
    COMPLETE,
    INSTALL,
    finish_installation,
    joined_words,
    not_installed,
)
from abstool.cli.output import abandon, require_stdout
from abstool.cli.report import CONTEXT, Report, say
from abstool.errors import ExitCode, OutputError, UsageError
from abstool.interrupts import ending, exit_code

if TYPE_CHECKING:
    from collections.abc import Sequence

    from typer._click import (
        Command as AnyCommand,
    )  # typer has no public names for them
    from typer._click import (
        Context,
        Parameter,
    )
    from typer.core import TyperArgument, TyperOption


_OPTIONAL_FILE = "[FILE]"  # the metavar of an option whose value can be left out
# What people call commands and options by the names of other programs.
_MEANT = dict.fromkeys(("convert", "export", "format", "restyle", "bibliography"), "cite")
_MEANT |= dict.fromkeys(("compare", "proofread", "validate", "verify"), "check")
_MEANT |= dict.fromkeys(("deduplicate", "merge", "unique"), "dedupe")
_MEANT |= dict.fromkeys(("download", "get", "scrape"), "fetch' or 'harvest")
_MEANT |= {"find": "search", "read": "show", "view": "show", "style": "styles"}
_MEANT |= {"help": "abstool --help", "version": "abstool --version"}
_DATABASE = (".sqlite", ".sqlite3", ".db")  # endings of such files


class _PlainValue:
    """Converts values in place of typer, which would import pydantic and so start twice as slowly.

    abstool's parameters are texts, lists of texts, flags and whole numbers; other types are left
    to typer.
    """

    TYPES = (bool, str, int, list[str])

    def coerce(self, value: object, param: TyperArgument | TyperOption, ctx: Context) -> object:
        """Return the value of a parameter; typer calls this."""
        del ctx
        if value is None:
            return () if param.multiple or param.nargs == -1 else None
        if param.type_descriptor.annotation is not int:
            return value
        low, high = param.min, param.max
        assert low is not None
        assert high is not None
        try:
            number = int(str(value))
        except ValueError:
            number = None
        if number is None or not low <= number <= high:
            problem = f"{value!r} is not a whole number from {low} to {high}"
            raise UsageError(problem=problem, argument=param.name)
        return number


def _plain(params: list[Parameter]) -> list[Parameter]:
    for param in params:
        # This is not public in typer. If it changes, abstool only starts more slowly.
        descriptor = getattr(param, "type_descriptor", None)
        if getattr(descriptor, "annotation", None) in _PlainValue.TYPES:
            setattr(param, "_runtime_param", _PlainValue())  # noqa: B010 - typer's own attribute
    return params


def _completed(args: list[str], optional: list[str]) -> list[str]:
    """Return arguments with an empty value after each option that can be without one and is."""
    found: list[str] = []
    for position, arg in enumerate(args):
        found.append(arg)
        following = args[position + 1 : position + 2]
        if arg in optional and not any(one.lower().endswith(_DATABASE) for one in following):
            found.append("")
    return found


class Command(TyperCommand):
    """A command whose values are converted without pydantic, and whose help names no types."""

    def get_params(self, ctx: Context) -> list[Parameter]:
        """Return the command's parameters."""
        return _plain(super().get_params(ctx))

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Parse the command's arguments; from now on, errors name its options."""
        CONTEXT.set(ctx)
        optional = [
            name
            for param in self.get_params(ctx)
            if (param.metavar or "") == _OPTIONAL_FILE
            for name in param.opts
        ]
        return super().parse_args(ctx, _completed(args, optional) if optional else args)

    def get_help(self, ctx: Context) -> str:
        """Return the help page."""
        from abstool.cli.help import examples, page, parameters, table

        return page(
            ctx,
            table("Arguments", parameters(ctx, "argument")),
            table("Options", parameters(ctx, "option")),
            examples(self.epilog or ""),
        )


class CommandGroup(TyperGroup):
    """The group of all commands, and the one handler of all their errors."""

    def get_params(self, ctx: Context) -> list[Parameter]:
        """Return the group's own parameters."""
        return _plain(super().get_params(ctx))

    def resolve_command(
        self, ctx: Context, args: list[str]
    ) -> tuple[str | None, AnyCommand | None, list[str]]:
        """Return the named command and its arguments; advise on the words of other programs."""
        name = args[0].casefold()
        if name in _MEANT and self.get_command(ctx, args[0]) is None:
            advice = f"did you mean '{_MEANT[name]}'?"
            raise UsageError(args[0], "no such command", advice)
        return super().resolve_command(ctx, args)

    def main(self, args: Sequence[str] | None = None, *_: object, **__: object) -> None:
        """Run the command line and exit, as typer's test runner expects."""
        sys.exit(self.run(sys.argv[1:] if args is None else args))

    def run(self, args: Sequence[str]) -> int:
        """Run the command that ``args`` name and return its exit code; nothing is raised."""
        CONTEXT.set(None)
        try:
            with ending():
                return self._invoke(args)
        except BrokenPipeError:  # the reader has seen enough
            abandon(sys.stdout)
            return ExitCode.OK
        except KeyboardInterrupt as error:
            say("interrupted")
            return exit_code(error)
        except typer.Abort:
            say("interrupted")
            return ExitCode.INTERRUPTED
        except Exception as error:  # noqa: BLE001 - every error ends here
            if isinstance(error, OSError) and error.filename is None:  # typer printed the help
                error = OutputError("standard output", f"writing failed ({error.strerror})")
            if isinstance(error, OutputError):
                abandon(sys.stdout)
            report = Report()
            report.failure("", error)
            return report.exit_code

    def _invoke(self, args: Sequence[str]) -> int:
        if COMPLETE in os.environ:
            os.environ.update(joined_words(os.environ))
            self._main_shell_completion({}, "abstool", COMPLETE)
        try:
            with self.make_context("abstool", list(args)) as context:
                code = self.invoke(context)
            if sys.stdout is not None:
                sys.stdout.flush()
        except typer.Exit as end:
            if end.exit_code == ExitCode.OK:  # after the help or the version, now printed or lost
                require_stdout()
            return end.exit_code
        except SystemExit:  # with which typer ends an installation
            if INSTALL in args:
                finish_installation()
            raise
        except (OSError, UnicodeError) as error:
            if INSTALL in args:
                raise not_installed(error) from None
            raise
        return code or ExitCode.OK
