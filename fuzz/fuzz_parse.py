"""Fuzz the parser: any bytes give a record that fits the schema, or one of abstool's errors.

    python fuzz/fuzz_parse.py [CORPUS_DIR...] [-max_total_time=600 and other libFuzzer options]

The first byte of an input chooses whether the rest is read as bytes or as text, so that the
fuzzer need not pass the charset detection to reach the grammars. See fuzz/README.md.
"""

import sys
import warnings

import atheris

with atheris.instrument_imports(include=["abstool"]):
    import abstool
    import abstool.page.markup  # loaded here, not at first use, so that they are instrumented
    import abstool.parser
    from abstool.errors import AbstoolError

import jsonschema
from bs4 import XMLParsedAsHTMLWarning
from jsonschema.protocols import Validator

from abstool.record import json_schema

SCHEMA: Validator = jsonschema.Draft202012Validator(json_schema())


def parse_any(data: bytes) -> None:
    """Parse one input; every exception but abstool's own is a find."""
    page = data[1:] if data[:1] < b"\x80" else data[1:].decode("utf-8", "replace")
    try:
        record = abstool.parse(page, "https://acrabstracts.org/abstract/fuzz/")
    except AbstoolError as error:
        if not str(error).isprintable():
            raise ValueError(f"a message that a terminal would obey: {error}") from error
        return
    data = record.to_dict()
    SCHEMA.validate(data)
    if abstool.Abstract.from_dict(data).to_dict() != data:
        raise ValueError("the record does not pass through JSON")


if __name__ == "__main__":
    warnings.simplefilter("error")
    warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
    atheris.Setup(sys.argv, parse_any)
    atheris.Fuzz()
