"""Print notes and errors on stderr, and work out the exit code.

An error is one line, ``abstool: subject: problem; next step``. A command with several inputs
continues after a failure; its ``Report`` keeps the outcomes and returns one exit code for all.
"""

from __future__ import annotations

import os
import sys
from contextvars import ContextVar
from typing import TYPE_CHECKING, TypeVar

import typer

from abstool.cli.output import abandon
from abstool.errors import AbstoolError, ExitCode, NotAnAbstract, UsageError, masked, printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from typer._click import Context  # typer has no public name for it

    from abstool.inputs.outcome import Outcome

Value = TypeVar("Value")

# The running command, whose options messages name.
CONTEXT: ContextVar[Context | None] = ContextVar("CONTEXT", default=None)


class Report:
    """The outcomes of a command's inputs, and its notes and errors."""

    def __init__(self, *, quiet: bool = False, strict: bool = False) -> None:
        """Start without outcomes.

        Args:
            quiet: suppress notes, never errors.
            strict: let warnings and skipped pages count in the exit code.
        """
        self.is_quiet = quiet
        self._strict = strict
        self.skipped = 0  # pages without an abstract
        self.warnings = 0
        self._some_succeeded = False
        self._codes: set[int] = set()
        self._pages: set[str] = set()  # of the documentation, which errors have named

    @property
    def exit_code(self) -> int:
        """0 for success, the code of the failures if they are all alike, else 1.

        If ``strict``, it is also 1 if nothing failed but there are warnings or skipped pages.
        """
        if not self._codes:
            is_doubtful = self._strict and (self.skipped or self.warnings)
            return ExitCode.SOME_FAILED if is_doubtful else ExitCode.OK
        if self._some_succeeded or len(self._codes) > 1:
            return ExitCode.SOME_FAILED
        return next(iter(self._codes))

    def results(self, outcomes: Iterable[Outcome[Value]]) -> Iterator[tuple[str, Value]]:
        """Yield the subject and value of each outcome; report errors, and count skipped pages.

        The warnings of an outcome are printed, whether it has a value or an error.
        """
        for outcome in outcomes:
            for warning in outcome.warnings:
                self.warn(f"{outcome.subject}: warning: {warning}")
            if outcome.error is not None:
                self.failure(outcome.subject, outcome.error)
            elif outcome.value is None:
                self.skipped += 1
            else:
                yield outcome.subject, outcome.value

    def success(self) -> None:
        """Count an input as printed."""
        self._some_succeeded = True

    def failure(self, subject: str, error: Exception) -> None:
        """Print an error; ``subject`` names the input if the error does not.

        The first error that a page of the documentation explains says where that page is.
        """
        line, code = _explain(subject, error)
        self._codes.add(code)
        page = error.page if isinstance(error, AbstoolError) else ""
        say(line if page in self._pages else f"{line}{_see(page)}")
        self._pages.add(page)
        if os.environ.get("ABSTOOL_DEBUG"):
            import traceback

            print_stderr(masked("".join(traceback.format_exception(error))))

    def warn(self, line: str) -> None:
        """Count a warning, and print it unless notes are suppressed."""
        self.warnings += 1
        self.note(line)

    def note(self, line: str) -> None:
        """Print a note, unless notes are suppressed."""
        if not self.is_quiet:
            say(line)


def say(line: str) -> None:
    """Print one line on stderr, if stderr is open."""
    print_stderr(f"abstool: {printable(masked(line), limit=1000)}\n")


def print_stderr(text: str) -> None:
    """Print a text on stderr; what cannot be printed there changes no exit code."""
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except (OSError, ValueError):  # ValueError: it was closed
        abandon(sys.stderr)


def _explain(subject: str, error: Exception) -> tuple[str, int]:
    """Return the message and the exit code of an error."""
    context = CONTEXT.get()
    if isinstance(error, UsageError) and error.argument and context:
        error = UsageError(_named(error, context), error.problem, error.next_step)
    if isinstance(error, NotAnAbstract) and error.lacks_title and _has_option(context, "set"):
        error = NotAnAbstract(error.subject, error.problem, "give it with --set title=TITLE")
    if isinstance(error, AbstoolError):
        return str(error), error.exit_code
    if isinstance(error, typer.TyperException):  # all of typer's own are usage errors
        command = context.command_path if context else "abstool"
        name = command.removeprefix("abstool").strip()
        message = " ".join(error.format_message().split()).rstrip(".")
        message = message[:1].lower() + message[1:]
        line = f"{name}: {message}" if name else message
        if ". Did you mean " in line:
            return line.replace(". Did you mean ", "; did you mean "), ExitCode.USAGE
        return f"{line}; see '{command} --help'", ExitCode.USAGE
    where = f"{subject}: " if subject else ""
    if isinstance(error, RecursionError):  # only input can be nested that deeply
        line = f"{where}nested too deeply; check that it is a page or records"
        return line, ExitCode.UNREADABLE
    problem = f"internal error: {type(error).__name__}: {error}"
    advice = "please report it, with the output of ABSTOOL_DEBUG=1"
    return f"{where}{problem}; {advice}", ExitCode.INTERNAL


def _see(page: str) -> str:
    """Return where to read more about an error: on the site of the documents, if it has one."""
    if not page:
        return ""
    from importlib import metadata

    try:
        addresses = metadata.metadata("abstool").get_all("Project-URL") or []
    except metadata.PackageNotFoundError:  # run from a checkout
        addresses = []
    sites = [one.partition(", ")[2] for one in addresses if one.startswith("Documentation, ")]
    return f" (see {sites[0].rstrip('/')}/{page}.html)" if sites else f" (see docs/{page}.md)"


def _has_option(context: Context | None, name: str) -> bool:
    params = context.command.get_params(context) if context else ()
    return any((param.name or "").rstrip("_") == name for param in params)


def _named(error: UsageError, context: Context) -> str:
    """Return an error's subject, with the option of the command in place of the argument.

    An argument that was not given on the command line keeps the library's name: its value comes
    from the environment or the configuration file.
    """
    # An option such as --set has a name with an underscore, because set is one of Python's.
    params = {
        (param.name or "").rstrip("_"): param for param in context.command.get_params(context)
    }
    param = params.get(error.argument)
    if param is None or param.name is None:
        return error.subject
    name, _, rest = error.subject.partition(" ")
    is_named = name == error.argument  # the whole subject or its first word: style 'x'
    if param.param_type_name == "argument":
        return f"{param.metavar or name} {rest}".rstrip() if is_named else error.subject
    source = context.get_parameter_source(param.name)
    if source is None or source.name != "COMMANDLINE":
        return error.subject
    value = context.params.get(param.name)
    flags = param.secondary_opts if value is False and param.secondary_opts else param.opts
    option = max(flags, key=len)
    if is_named:
        return f"{option} {rest}".rstrip()
    values = map(str, value) if isinstance(value, list | tuple) else [str(value)]
    is_value = error.subject in [printable(masked(value)) for value in values]
    return f"{option} {error.subject}" if is_value else error.subject
