"""Twice as many records or entries take twice the work: counted, and not timed.

Counted are the lines of Python that run, so the count is the same on each machine. Work inside a
library's C code is not seen here; ``make counts`` counts machine instructions.
"""

import json
import sys
from pathlib import Path

import pytest

from abstool.cli import main

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks" / "speed"))

import synthetic

SMALL = 40
FORMATS = ("ama", "apa", "vancouver", "bibtex", "biblatex", "ris", "csv", "json", "jsonl")


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
    with Lines() as lines:
        assert main([*words, "--quiet"]) == 0
    return lines.count


def growth(costs):
    """Return how many times the second doubling costs as much as the first; start-up cancels."""
    low, middle, high = costs
    return (high - middle) / max(middle - low, low / 50)  # where next to nothing grows


@pytest.fixture(scope="module")
def meeting(tmp_path_factory):
    folder = tmp_path_factory.mktemp("meeting")
    made = synthetic.records(4 * SMALL, authors=3, prose=400)
    lines = [json.dumps(record.to_dict()) + "\n" for record in made]
    for times in (1, 2, 4):
        (folder / f"{times}.jsonl").write_text("".join(lines[: times * SMALL]), "utf-8")
    return folder


@pytest.mark.parametrize("style", FORMATS)
def test_what_a_list_costs_grows_with_its_length(style, meeting, tmp_path):
    out = ["--output", str(tmp_path / "out"), "--accessed", "2026-11-23"]
    files = [str(meeting / f"{times}.jsonl") for times in (1, 1, 2, 4)]  # the first imports
    _, *costs = [lines_of("cite", "--style", style, *out, file) for file in files]
    assert growth(costs) < 2.2
    assert costs[2] > 1.2 * costs[0], "the work is done elsewhere, where it is not counted"


@pytest.mark.parametrize("kind", ["bib", "ris"])
def test_what_reading_costs_grows_with_the_number_of_entries(kind, meeting, tmp_path):
    style = {"bib": "bibtex", "ris": "ris"}[kind]
    costs = []
    for times in (1, 1, 2, 4):
        file = str(tmp_path / f"{times}.{kind}")
        assert main(["cite", "--style", style, "-o", file, str(meeting / f"{times}.jsonl")]) == 0
        costs.append(lines_of("cite", "--style", "json", "-o", str(tmp_path / "out"), file))
    assert growth(costs[1:]) < 2.2


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
