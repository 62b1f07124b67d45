"""docs/reference/formats.md shows what abstool writes."""

import re
from pathlib import Path

import pytest

from abstool.citing import export, formats
from abstool.styles.catalog import find

pytestmark = pytest.mark.one_python

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "formats.md").read_text("utf-8")
# An example ends where the next rule of its format begins; Markdown has no fences in it.
SHOWN = re.findall(r"^### `([^`]+)`\n\n```\w+\n(.*?)```", PAGE, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(("name", "text"), SHOWN, ids=[name for name, _ in SHOWN])
def test_every_example_is_what_abstool_writes(record, name, text):
    written = export([record()], name, accessed="2026-01-05").decode("utf-8")
    assert written.replace("\r\n", "\n") == text


def test_the_page_describes_the_formats_and_no_others():
    table = set(re.findall(r"^\| `(\w+)`(?: \(also `(\w+)`)?", PAGE, re.MULTILINE))
    described = {find(name).name for row in table for name in row if name}
    assert described == set(formats())
