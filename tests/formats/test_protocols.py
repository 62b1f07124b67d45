"""Every module of abstool.formats satisfies a protocol, types included."""

from collections.abc import Iterable
from importlib import import_module
from typing import get_type_hints

import pytest

from abstool.citing import formats
from abstool.formats import BinaryFormat, KeyedFormat, RecordFormat, TextFormat

FUNCTIONS = {
    TextFormat: ["render", "document"],
    KeyedFormat: ["render", "document", "key"],
    RecordFormat: ["render_record", "document"],
    BinaryFormat: ["row", "write"],
}


@pytest.mark.parametrize("name", formats())
def test_a_format_satisfies_one_protocol_with_its_types(name):
    module = import_module(f"abstool.formats.{name}")
    satisfied = [protocol for protocol in FUNCTIONS if isinstance(module, protocol)]
    assert [one for one in satisfied if one is not KeyedFormat] == satisfied[:1]
    protocol = satisfied[-1]
    found, expected = (
        {function: get_type_hints(getattr(home, function)) for function in FUNCTIONS[protocol]}
        for home in (module, protocol)
    )
    if protocol is BinaryFormat:
        row = found["row"]["return"]
        expected["row"]["return"], expected["write"]["rows"] = row, Iterable[row]
    assert found == expected
