"""The ``schema`` command: print the JSON Schema of records."""

from abstool.cli.options import OutputFile
from abstool.cli.output import opened

EXAMPLES = """\
abstool schema
abstool schema --output abstool-1.schema.json
"""


def schema(*, output: OutputFile = "-") -> None:
    """Print the JSON Schema of records."""
    from abstool.record import json_schema

    with opened(output) as out:
        out.write_json(json_schema(), indent=2)
