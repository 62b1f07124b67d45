"""What typer's commands do abstool's way: error lines, exit codes, and a quick start."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand, TyperGroup

from abstool.cli.output import abandon_stdout
from abstool.cli.report import Report, say
from abstool.errors import ExitCode, OutputError

if TYPE_CHECKING:
    from collections.abc import Sequence


class _PlainValue:
    """Stands in for typer's conversion of values, which imports pydantic and so doubles start-up.

    abstool's parameters are texts, lists of texts, flags and whole numbers; other types are left
    to typer.
    """

    TYPES = (bool, str, int, list[str])

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        if value is None:
            return () if param.multiple or param.nargs == -1 else None
        if param.type_descriptor.annotation is not int:
            return value
        bounds = param.type_descriptor.parameter_info
        try:
            number = int(value)
        except ValueError:
            number = None
        if number is None or not bounds.min <= number <= bounds.max:
            raise typer.BadParameter(
                f"{value!r} is not a whole number from {bounds.min} to {bounds.max}", ctx, param
            )
        return number


def _plain(params: list[Any]) -> list[Any]:
    for param in params:
        # No public part of typer: should it change, start-up is slower and nothing else.
        descriptor = getattr(param, "type_descriptor", None)
        if getattr(descriptor, "annotation", None) in _PlainValue.TYPES:
            param._runtime_param = _PlainValue()  # noqa: SLF001
    return params


class Command(TyperCommand):
    """A command whose values are converted without pydantic, and whose help names no types."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Return the command's parameters."""
        return _plain(super().get_params(ctx))

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the command's part of the line; an error names the command, always."""
        try:
            return super().parse_args(ctx, args)
        except typer.TyperException as error:
            error.ctx = getattr(error, "ctx", None) or ctx  # type: ignore[attr-defined]
            raise

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the help on arguments and options."""
        for kind, heading in (("argument", "Arguments"), ("option", "Options")):
            records = [
                param.get_help_record(ctx)
                for param in self.get_params(ctx)
                if param.param_type_name == kind
            ]
            rows = [(record[0].partition(" <")[0], record[1]) for record in records if record]
            if rows:
                with formatter.section(heading):
                    formatter.write_dl(rows)


class Group(TyperGroup):
    """The group of all commands, and the one handler of everything that ends them."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Return the group's own parameters."""
        return _plain(super().get_params(ctx))

    def main(self, args: Sequence[str] | None = None, *_: Any, **__: Any) -> None:
        """Run as a process does, as typer's test runner expects: end with ``SystemExit``."""
        sys.exit(self.run(sys.argv[1:] if args is None else args))

    def run(self, args: Sequence[str]) -> int:
        """Run the command that ``args`` name and return its exit code; nothing is raised."""
        try:
            return self._invoke(args)
        except BrokenPipeError:  # the reader has seen enough
            abandon_stdout()
            return ExitCode.OK
        except (KeyboardInterrupt, typer.Abort):
            say("interrupted")
            return ExitCode.INTERRUPTED
        except Exception as error:  # noqa: BLE001 - the end of the line for every error
            if isinstance(error, OSError) and error.filename is None:  # of help, which typer prints
                error = OutputError("standard output", f"writing failed ({error.strerror})")
            if isinstance(error, OutputError):
                abandon_stdout()
            report = Report()
            report.failure("", error)
            return report.exit_code

    def _invoke(self, args: Sequence[str]) -> int:
        self._main_shell_completion({}, "abstool")
        try:
            with self.make_context("abstool", list(args)) as context:
                code = self.invoke(context)
            if sys.stdout is not None:
                sys.stdout.flush()
        except typer.Exit as end:
            return end.exit_code
        return code or ExitCode.OK
