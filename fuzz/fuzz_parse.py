"""Fuzz the parser: any bytes must give a record that fits the schema, or one of abstool's errors.

    python fuzz/fuzz_parse.py [CORPUS_DIR...] [-max_total_time=600 and other libFuzzer options]

The first byte of an input decides whether the rest is read as bytes or as text, so that the
fuzzer can reach the grammars without going through encoding detection. See fuzz/README.md.
"""

import sys
import warnings

import atheris

with atheris.instrument_imports(include=["abstool"]):
    import abstool
    import abstool.page.markup  # imported here, not on first use, to be instrumented
    import abstool.parser
    from abstool.errors import AbstoolError

import jsonschema
from bs4 import XMLParsedAsHTMLWarning
from jsonschema.protocols import Validator

from abstool.record import json_schema

SCHEMA: Validator = jsonschema.Draft202012Validator(json_schema())


def parse_any(data: bytes) -> None:
    """Parse one input; any exception other than abstool's own is a find."""
    page = data[1:] if data[:1] < b"\x80" else data[1:].decode("utf-8", "replace")
    try:
        record = abstool.parse(page, "https://acrabstracts.org/abstract/fuzz/")
    except AbstoolError as error:
        if not str(error).isprintable():
            raise ValueError(f"control characters in a message: {error}") from error
        return
    plain = record.to_dict()
    SCHEMA.validate(plain)
    if abstool.Abstract.from_dict(plain).to_dict() != plain:
        raise ValueError("the record changes when written and read as JSON")


if __name__ == "__main__":
    warnings.simplefilter("error")
    warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
    atheris.Setup(sys.argv, parse_any)
    atheris.Fuzz()
