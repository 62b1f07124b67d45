"""Entries in the styles that medical authors use are those of the reference engine, citeproc-js.

``make styles`` wrote its entries to citeproc_js.json (see benchmarks/styles), so the tests do not
need node.
"""

import json
from pathlib import Path

import pytest

from abstool.styles.catalog import find
from abstool.styles.citation import CitationStyle

NOTED = json.loads(Path(__file__).with_name("citeproc_js.json").read_text("utf-8"))
ITEMS = {item["id"]: item for item in NOTED["items"]}
RAISED = str.maketrans("⁺₂⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "+20123456789-")


@pytest.mark.parametrize("style", NOTED["entries"])
def test_entries_are_those_of_citeproc_js(style):
    target = find(style)
    citation_style = CitationStyle(target.source, target.name, locale=target.locale)
    expected = NOTED["entries"][style]
    printed = {}
    for key in expected:
        item = citation_style.worded(ITEMS[key])
        (entry,) = citation_style.style.document([item]).bibliography()
        printed[key] = entry.text.translate(RAISED)
    assert printed == expected


@pytest.mark.parametrize("style", NOTED["lists"])
def test_citations_and_lists_of_clashing_references_are_those_of_citeproc_js(style):
    target = find(style)
    citation_style = CitationStyle(target.source, target.name, locale=target.locale)
    items = [citation_style.worded(item) for item in NOTED["listed"]]
    document = citation_style.style.document(items, NOTED["clusters"])
    entries = [entry.text for entry in document.bibliography()]
    printed = [text.translate(RAISED) for text in (*document.citations(), *entries)]
    expected = NOTED["lists"][style]  # null where citeproc-js is the odd one out
    assert printed == [
        ours if theirs is None else theirs for ours, theirs in zip(printed, expected, strict=True)
    ]


def test_there_are_enough_entries_to_notice_a_regression():
    assert len(NOTED["entries"]) >= 40
    assert all(len(entries) >= 17 for entries in NOTED["entries"].values())
