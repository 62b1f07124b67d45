"""A small version of benchmarks/checking: what is right gives no finding, an error just its own."""

from collections import Counter

import pytest
from invented import records
from planting import DAY, KINDS, STYLES, planted

from abstool.checking import Library, check
from abstool.checking.renditions import render
from abstool.manuscripts.reference import Reference

pytestmark = pytest.mark.one_python

RECORDS = list(records(120))
LIBRARY = Library.of(RECORDS)


def verdict(text):
    return next(check([Reference("1", text)], LIBRARY))


@pytest.mark.parametrize("style", STYLES)
def test_what_abstool_prints_gives_no_finding(style):
    for record in RECORDS[::8]:
        text = render(record, style, DAY)
        found = verdict(text)
        assert (found.status, found.url, found.corrected) == ("agrees", record.url, text)


def test_one_error_gives_its_code_and_the_right_line():
    kinds, misses = Counter(), []
    for one in planted(RECORDS[::15], RECORDS, STYLES):
        found = verdict(one.text)
        kinds[one.kind] += 1
        codes = [finding.code for finding in found.findings]
        if (codes, found.url, found.corrected) != ([one.code], one.record.url, one.right):
            misses.append((one.kind, one.style, codes, one.text))
    assert set(kinds) == {*KINDS, "access date dropped"}
    assert len(misses) <= 0.01 * kinds.total(), misses
