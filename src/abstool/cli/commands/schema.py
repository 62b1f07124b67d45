"""The ``schema`` command: print the JSON Schema of records, or of what a command prints."""

from importlib import import_module
from typing import Annotated

import typer

from abstool.cli.options import OutputFile, completing
from abstool.cli.output import opened
from abstool.errors import UsageError

EXAMPLES = """\
abstool schema
abstool schema check
abstool schema --output abstool-1.schema.json
"""

# The modules with a function json_schema(), by the name of what it is the schema of.
MODULES = {
    "record": "abstool.record",
    "check": "abstool.checking.schema",
    "search": "abstool.searching.report",
    "library": "abstool.library.report",
    "encores": "abstool.encores",
    "decisions": "abstool.screening.decision",
    "prisma": "abstool.screening.flow",
    "stats": "abstool.facets.counts",
}


def schema(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help=f"What to print the schema of: {', '.join(MODULES)}.",
            autocompletion=completing(*MODULES),
        ),
    ] = "record",
    *,
    output: OutputFile = "-",
) -> None:
    """Print the JSON Schema of records, or of what a command prints."""
    if name not in MODULES:
        known = ", ".join(MODULES)
        raise UsageError(f"schema {name!r}", "unknown", f"use one of: {known}", argument="name")
    with opened(output) as out:
        out.write_json(import_module(MODULES[name]).json_schema(), indent=2)
