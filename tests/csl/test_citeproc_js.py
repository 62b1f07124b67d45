"""Entries of the reference engine, citeproc-js, in the styles that medical authors use.

``make styles`` wrote them down (benchmarks/styles), so that no node is needed here. What is the
same today stays the same: an entry that differs fails.
"""

import json
from pathlib import Path

import pytest

from abstool import csl
from abstool.csl import output
from abstool.styles.catalog import find

NOTED = json.loads(Path(__file__).with_name("citeproc_js.json").read_text("utf-8"))
ITEMS = {item["id"]: item for item in NOTED["items"]}
RAISED = str.maketrans("⁺₂", "+2")


@pytest.mark.parametrize("style", NOTED["entries"])
def test_entries_are_those_of_citeproc_js(style):
    target = find(style)
    renderer = csl.load(target.path, target.name, locale=target.locale)
    expected = NOTED["entries"][style]
    printed = {
        key: output.text(renderer.entry(renderer.adapted(ITEMS[key]), number=1)).translate(RAISED)
        for key in expected
    }
    assert printed == expected


def test_the_entries_noted_are_enough_to_notice_a_slip():
    assert len(NOTED["entries"]) >= 40
    assert all(len(entries) >= 17 for entries in NOTED["entries"].values())
