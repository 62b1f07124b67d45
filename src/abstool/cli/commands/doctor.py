"""The ``doctor`` command: show what may matter for a problem, without anything private."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from abstool.cli.options import OutputFile
from abstool.cli.output import opened
from abstool.cli.report import Report
from abstool.errors import ExitCode, printable

if TYPE_CHECKING:
    from abstool.cli.diagnosis import Fact

EXAMPLES = """\
abstool doctor
abstool doctor --json | jq .extras
abstool doctor --online
"""

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Online = Annotated[
    bool,
    typer.Option("--online", help="Also ask for https://acrabstracts.org/, to see if it answers."),
]


def doctor(*, as_json: AsJson = False, online: Online = False, output: OutputFile = "-") -> int:
    """Show versions, extras, settings, cache, library, terminal and network, for a bug report.

    Nothing private is printed: home folders are ~, and for contacts, proxies and certificates it
    says only whether they are set. Nothing is requested without --online. The exit code is 1 if
    something is wrong, such as a damaged library.
    """
    from abstool.cli.diagnosis import sections_of

    sections = sections_of(online=online)
    report = Report()
    with opened(output) as out:
        if as_json:
            out.write_json(
                {name: {one.name: one.value for one in facts} for name, facts in sections.items()},
                indent=2,
            )
        else:
            blocks = (_block(name, facts) for name, facts in sections.items())
            out.write("\n".join(blocks))
    problems = [one for facts in sections.values() for one in facts if one.is_problem]
    for one in problems:
        report.note(f"{one.name}: {one.value}")
    return ExitCode.SOME_FAILED if problems else ExitCode.OK


def _block(name: str, facts: list[Fact]) -> str:
    width = max((len(one.name) for one in facts), default=0)
    lines = (f"  {one.name:<{width}}  {printable(one.value)}".rstrip() for one in facts)
    return "".join(f"{line}\n" for line in (f"{name}:", *lines))
