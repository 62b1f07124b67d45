"""The ``schema`` command: print the JSON Schema of records, or of what ``check`` prints."""

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


def schema(
    of: Annotated[
        str,
        typer.Argument(
            metavar="record|check",
            help="Of records, or of the lines of 'abstool check --json'.",
            autocompletion=completing("record", "check"),
        ),
    ] = "record",
    *,
    output: OutputFile = "-",
) -> None:
    """Print the JSON Schema of records, or of what 'abstool check --json' prints."""
    if of == "record":
        from abstool.record import json_schema
    elif of == "check":
        from abstool.checking.schema import json_schema
    else:
        raise UsageError(of, "unknown schema", "use record or check")
    with opened(output) as out:
        out.write_json(json_schema(), indent=2)
