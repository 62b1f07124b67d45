"""A long file of records is shared out to processes, and exported as one process exports it."""

import json
import os
import sys
from importlib import import_module
from pathlib import Path

import pytest

import abstool
from abstool.formatters import _shares, export, export_file, formats
from abstool.formatters._catalog import find
from abstool.formatters._cores import Fork

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux forks here")

MODULES = {name: import_module(f"abstool.formatters.{find(name).name}") for name in formats()}
FORMATS = [  # all that are texts made of items
    name
    for name, module in MODULES.items()
    if hasattr(module, "render") and not hasattr(module, "OF_RECORDS")
]
OPEN = Path("/proc/self/fd")
FAMILIES = ("Zorn", "Ødegård", "van der Heide", "Émile", "zorn", "al-Masri")


def work(number, **changed):
    """Return one of many records whose citation keys are often the same."""
    return {
        "schema": "abstool/1",
        "url": f"https://acrabstracts.org/abstract/tea-{number}/",
        "title": f"Tea, part {number}: <i>α</i> & β\u0301",
        "authors": [{"family": FAMILIES[number % 6], "given": "Ann B"}, {"literal": "Tea, Group"}],
        "sections": [{"label": "Methods", "text": "Tea was drunk.\n\nAnd  drunk."}],
        "publication": {"abbreviation": "Tea", "year": 2020 + number % 3},
        "accessed": "2026-11-23",
        "warnings": [f"odd {sign}" for sign in range(number % 3)],
    } | changed


WORKS = [work(number) for number in range(40)]


@pytest.fixture
def started(monkeypatch):
    """Let four processes work, on files however short; return those that were started."""
    monkeypatch.setattr(_shares, "LEAST", 1)
    monkeypatch.setattr(_shares, "processors", lambda: 4)
    processes = []

    class Counted(Fork):
        def __init__(self, steps):
            super().__init__(steps)
            processes.append(self._process)

    monkeypatch.setattr(_shares, "Fork", Counted)
    return processes


@pytest.fixture
def written(tmp_path):
    """Return a function that writes lines to a file and gives its path."""

    def written(lines, end=b"\n"):
        path = tmp_path / "records.jsonl"
        path.write_bytes(b"\n".join(lines) + end)
        return str(path)

    return written


def lines_of(works):
    return [json.dumps(one, ensure_ascii=False).encode() for one in works]


@pytest.mark.parametrize("style", FORMATS)
@pytest.mark.parametrize("options", [{}, {"accessed": "2025-01-02", "bom": True}])
def test_several_processes_write_what_one_writes(style, options, written, started):
    made = export_file(written(lines_of(WORKS)), style, **options)
    warnings = [one["warnings"] for one in WORKS]
    assert made == (export(WORKS, style, **options), warnings)
    assert len(started) == 3


@pytest.mark.parametrize("end", [b"", b"\n\n \n", b"\r\n"])
def test_a_file_may_end_in_any_way_and_be_shorter_than_there_are_processes(end, written, started):
    for works in (WORKS[:1], WORKS[:2], [work(1, title="T" * 9999), *WORKS[2:4]]):
        made = export_file(written(lines_of(works), end), "ris")
        assert made == (export(works, "ris"), [one["warnings"] for one in works])


@pytest.mark.parametrize(
    "line",
    [
        b'{"schema":"abstool/1","title":"T","later":"key"}',
        b'{"schema":"abstool/1","title":"T","session":{}}',
        b'{"schema":"abstool/2","title":"T"}',
        b'{"type":"article-journal","title":"T"}',
        b'{"schema":"abstool/1","title":5}',
        b'{"schema":"abstool/1","title":"T"',
        b'{"schema":"abstool/1","title":"caf\xe9"}',
        b"[]",
        b"\x00",
    ],
)
@pytest.mark.parametrize("place", [0, 1, 20, 40])
def test_a_file_with_anything_else_in_it_is_left_to_one_process(line, place, written, started):
    lines = lines_of(WORKS)
    lines.insert(place, line)
    assert export_file(written(lines), "ris") is None
    for process in started:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)


@pytest.mark.parametrize("style", ["ama", "jsonl", "markdown", "xlsx"])
def test_what_is_not_made_of_items_one_by_one_is_left_to_one_process(style, written, started):
    assert export_file(written(lines_of(WORKS)), style) is None
    assert not started


@pytest.mark.parametrize("name", ["nothing.jsonl", "", ".", "a\0b", os.devnull])
def test_what_is_no_file_is_left_to_those_who_say_so(name, started, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert export_file(name, "ris") is None


def test_a_short_file_is_not_worth_a_process(written):
    assert export_file(written(lines_of(WORKS)), "ris") is None


@pytest.mark.parametrize("after", [0, 1])
def test_a_process_that_dies_leaves_all_to_one(after, written, started, monkeypatch):
    parent, prepare = os.getpid(), abstool.formatters.to_item

    def deadly(record):
        if os.getpid() != parent and record.title.startswith("Tea, part 39"):
            os._exit(1)
        return prepare(record)

    def mute(text):
        if os.getpid() != parent and "part 39" in str(text):
            os._exit(1)
        return str(text)

    if after:
        monkeypatch.setattr("abstool.formatters.ris.tidy", mute)
        lines = lines_of([*WORKS[:39], work(39, sections=[{"text": "part 39"}])])
    else:
        monkeypatch.setattr("abstool.formatters.to_item", deadly)
        lines = lines_of(WORKS)
    assert export_file(written(lines), "ris") is None
    assert len(started) == 3


def test_without_more_processes_all_is_left_to_one(written, started, monkeypatch):
    opened = len(list(OPEN.iterdir()))

    def refused():
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", refused)
    assert export_file(written(lines_of(WORKS)), "ris") is None
    assert len(list(OPEN.iterdir())) == opened


def test_no_process_is_left_behind(written, started, monkeypatch):
    parent, prepare = os.getpid(), abstool.formatters.to_item

    def stopped(record):
        if os.getpid() == parent:
            raise KeyboardInterrupt
        return prepare(record)

    monkeypatch.setattr("abstool.formatters.to_item", stopped)
    with pytest.raises(KeyboardInterrupt):
        export_file(written(lines_of(WORKS)), "ris")
    assert len(started) == 3
    for process in started:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)
