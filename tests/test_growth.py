"""Twice as many records or entries take twice the work: counted, and not timed.

Counted are the lines of Python that run, so the count is the same on each machine. Work inside a
library's C code is not seen here; ``make counts`` counts machine instructions.
"""

import json
import sys
import urllib.parse

import pytest
import synthetic

from abstool.cli import main

pytestmark = pytest.mark.one_python

ENTRIES = 150  # of the smallest file that is read: more than the cache of split URLs holds
# By style, the records of the shortest list: as many as take a second.
RECORDS = dict.fromkeys(("bibtex", "biblatex", "ris", "csv", "json", "jsonl"), 60)
RECORDS |= {"ama": 60, "apa": 40, "vancouver": 40}


class Lines:
    """Counts the lines of Python that run while it is entered."""

    def __init__(self):
        self.count = 0

    def _trace(self, _frame, event, _argument):
        self.count += event == "line"
        return self._trace

    def __enter__(self):
        self._before = sys.gettrace()
        sys.settrace(self._trace)
        return self

    def __exit__(self, *_):
        sys.settrace(self._before)


def lines_of(*words):
    urllib.parse.clear_cache()  # it has what an earlier run split, but not of a longer list
    with Lines() as lines:
        assert main([*words, "--quiet"]) == 0
    return lines.count


def growth(costs):
    """Return how many times the second doubling costs as much as the first; start-up cancels."""
    low, middle, high = costs
    return (high - middle) / max(middle - low, low / 50)  # where next to nothing grows


@pytest.fixture(scope="module")
def meetings(tmp_path_factory):
    """Return what gives the files of so many records, of twice and of four times as many."""
    folder = tmp_path_factory.mktemp("meetings")
    made = synthetic.records(4 * max(RECORDS.values()), authors=3, prose=400)
    lines = [json.dumps(record.to_dict()) + "\n" for record in made]

    def files(count):
        for times in (1, 2, 4):
            path = folder / f"{times * count}.jsonl"
            path.write_text("".join(lines[: times * count]), "utf-8")
            yield str(path)

    return files


@pytest.mark.parametrize("style", RECORDS)
def test_what_a_list_costs_grows_with_its_length(style, meetings, tmp_path):
    words = ["--style", style, "--accessed", "2026-11-23", "--output", str(tmp_path / "out")]
    files = list(meetings(RECORDS[style]))
    lines_of("cite", *words, files[0])  # which imports
    costs = [lines_of("cite", *words, file) for file in files]
    assert growth(costs) < 2.1
    assert costs[2] > 1.2 * costs[0], "the work is done elsewhere, where it is not counted"


@pytest.mark.parametrize(("kind", "style"), [("bib", "bibtex"), ("ris", "ris")])
def test_what_reading_costs_grows_with_the_number_of_entries(kind, style, meetings, tmp_path):
    files = []
    for number, records in enumerate(meetings(ENTRIES)):
        files.append(str(tmp_path / f"{number}.{kind}"))
        assert main(["cite", "--style", style, "--output", files[-1], records]) == 0
    words = ["--style", "json", "--output", str(tmp_path / "out")]
    lines_of("cite", *words, files[0])
    costs = [lines_of("cite", *words, file) for file in files]
    assert growth(costs) < 2.1


@pytest.mark.parametrize("what", ["pages", "size", "authors"])
def test_what_parsing_costs_grows_with_pages_their_size_and_their_authors(what, tmp_path):
    costs = []
    for times in (1, 1, 2, 4):
        folder = tmp_path / f"{len(costs)}"
        folder.mkdir()
        size, authors = 30_000, 10
        if what == "size":
            size *= times
        elif what == "authors":
            size, authors = 0, 100 * times
        for place in range(4 * times if what == "pages" else 1):
            text = synthetic.page(place, size=size, authors=authors)[1]
            (folder / f"{place}.html").write_text(text, "utf-8")
        costs.append(lines_of("parse", "--jobs", "1", "-o", str(tmp_path / "out"), str(folder)))
    assert growth(costs[1:]) < 2.2


def test_work_that_grows_with_the_square_is_noticed():
    def pairs(count):
        for one in range(count):
            for other in range(count):
                assert one != other + count

    costs = []
    for count in (10, 20, 40):
        with Lines() as lines:
            pairs(count)
        costs.append(lines.count)
    assert growth(costs) > 3
