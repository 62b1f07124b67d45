"""docs/reference/styles.md shows what abstool prints."""

import re
from pathlib import Path

import pytest

from abstool.citing import export, styles

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "styles.md").read_text("utf-8")
SHOWN = re.findall(r"^### `([^`]+)`.*?\n\n```\w+\n(.*?)```", PAGE, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(("style", "text"), SHOWN, ids=[style for style, _ in SHOWN])
def test_every_example_is_what_abstool_prints(record, style, text):
    assert export([record()], style, accessed="2026-01-05").decode() == text


def test_the_page_shows_every_style_of_our_own_and_the_formats_of_citations():
    shown = {style for style, _ in SHOWN}
    ours = {row.name for row in styles() if row.kind == "own style"}
    assert ours - shown == set()
    assert {"bibtex", "json"} <= shown
