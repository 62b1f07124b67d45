"""The benchmarks' own parts: invented data, statistics, counting of entries, and their tables."""

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import aims
import count
import entries
import measure
import paths
import peers
import pytest
import report
import synthetic
from rounds import Cell
from tasks import TASKS

import abstool

ROOT = Path(__file__).parents[1]


def took(*seconds):
    return [measure.Run(one, one, 10.0, 0.0, 0, late=False) for one in seconds]


@pytest.mark.parametrize("place", [0, 3, 9, 57])
def test_an_invented_page_says_what_its_record_says(place):
    record, page = synthetic.page(place, authors=0)
    assert abstool.parse(page.encode()).to_dict() == record.to_dict()


def test_an_invented_page_is_as_large_as_asked_and_holds_as_many_authors():
    for size, authors in ((60_000, 5), (131_000, 55), (262_000, 55)):
        record, page = synthetic.page(0, size=size, authors=authors)
        assert len(record.authors) == authors
        assert abs(len(page.encode()) - size) < 1500


def test_invented_records_are_the_same_each_time_and_differ_among_themselves():
    twice = [[record.to_dict() for record in synthetic.records(40)] for _ in range(2)]
    assert twice[0] == twice[1]
    assert len({record.url for record in synthetic.records(3000)}) == 3000


def test_ratios_are_taken_pair_by_pair():
    found = measure.ratios(took(2, 9, 2), took(1, 3, 2))
    assert (found.low, found.median, found.high, found.count) == (1, 2, 3, 3)


def test_a_process_is_timed_and_its_output_and_failure_are_kept(tmp_path):
    script = "import sys; print(sum(range(10**6))); sys.exit(3)"
    run = measure.run([sys.executable, "-c", script], out=tmp_path / "out", limit=60, sample=True)
    assert (tmp_path / "out").read_text("utf-8") == "499999500000\n"
    assert (run.code, run.late) == (3, False)
    assert run.cpu > 0
    assert run.largest > 1


def test_a_process_over_the_limit_is_stopped(tmp_path):
    script = "while True: pass"
    run = measure.run([sys.executable, "-c", script], out=tmp_path / "out", limit=0.1)
    assert run.late
    assert run.code < 0


@pytest.mark.parametrize(
    ("how", "text", "number"),
    [
        ("lines", "one\n\ntwo\n", 2),
        ("bibtex", "@article{a,\n}\n@comment{b}\n@Article{c,\n}\n", 2),
        ("ris", "TY  - JOUR\nER  - \nTY  - JOUR\n", 2),
        ("csv", 'a,b\n1,"x\ny"\n', 1),
        ("json", "[1, 2, 3]", 3),
        ("list items", "<ul><li>a</li><li>b</li></ul>", 2),
    ],
)
def test_entries_are_counted_and_a_wrong_number_is_an_error(how, text, number, tmp_path):
    file = tmp_path / "out"
    file.write_text(text, "utf-8")
    entries.check(file, how, number)
    with pytest.raises(entries.BadOutputError):
        entries.check(file, how, number + 1)


def test_every_tool_has_its_script_and_a_way_to_count():
    for tool in (tool for task in TASKS.values() for tool in task.tools):
        assert tool.count in entries.COUNTS
        for word in shlex.split(tool.command):
            if word.startswith("{peers}"):
                assert (peers.SCRIPTS / word.partition("/")[2]).is_file()


def test_every_tool_that_is_compared_can_be_installed():
    listed = (peers.SCRIPTS / "requirements.txt").read_text("utf-8").split()
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for need in {n for task in TASKS.values() for tool in task.tools for n in tool.needs}:
        kind, _, name = need.partition(":")
        assert kind == "bin" or (name in listed if kind == "py" else name in makefile)


def test_every_aim_speaks_of_a_task_tool_and_size_that_are_measured():
    cells = {
        name: {
            tool.name: {size: Cell(took(size, size)) for size in task.sizes} for tool in task.tools
        }
        for name, task in TASKS.items()
    }
    assert "not measured" not in aims.table(cells)
    assert aims.table({}).count("not measured") == len(aims.AIMS)


def test_tables_say_where_a_peer_is_ahead_and_why_a_cell_is_empty():
    task = TASKS["ris"]
    ours = {1: Cell(took(2, 2)), 100: Cell(took(2, 2))}
    rows = {"abstool": ours, "rispy": {1: Cell(took(1, 1)), 100: Cell(note="over 60 s")}}
    text = report.markdown("", {"ris": task}, {"ris": rows})
    assert "rispy is faster at 1 (2.00 times)" in text
    assert "| rispy | 1.00 [1.00–1.00] | over 60 s |" in text


def test_the_page_is_written_between_its_markers(tmp_path):
    page = tmp_path / "performance.md"
    page.write_bytes((ROOT / "docs" / "explanation" / "performance.md").read_bytes())
    report.write(page, "\nnew\n\n")
    report.write(page, "\nnewer\n\n")
    text = page.read_text("utf-8")
    assert f"{report.BEGIN}\nnewer\n\n{report.END}" in text
    assert text.startswith("# Speed")


def test_a_slip_and_growth_are_told_with_their_figures(capsys):
    assert count.compare({"a": 100e6, "b": 100e6}, {"a": 119e6, "b": 125e6, "c": 1}) == [
        "too many: b: 125.00 million instructions, +25.0 % (baseline 100.00)"
    ]
    count.compare({"a": 100e6}, {"a": 70e6})
    assert "update the baseline" in capsys.readouterr().out
    growth = paths.Growth("x", ("1", "2", "4"))
    assert count.grown([growth], {"1": 100, "2": 110, "4": 131}) == []
    assert len(count.grown([growth], {"1": 100, "2": 110, "4": 140})) == 1


def test_counts_were_noted_for_every_path():
    for noted in json.loads(count.BASELINE.read_text("utf-8")).values():
        assert list(noted) == [path.name for path in paths.PATHS]


def test_what_is_measured_ends_with_who_measures(tmp_path):
    script = "import os, time; print(os.getpid(), flush=True); time.sleep(60)"
    command = [sys.executable, "-c", script]
    job = {"command": command, "env": dict(os.environ), "limit": 60, "sample": False, "cpus": []}
    job |= {"out": str(tmp_path / "out"), "err": str(tmp_path / "err")}
    launcher = subprocess.Popen(
        [sys.executable, measure.LAUNCH], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    launcher.stdin.write(json.dumps(job).encode())
    launcher.stdin.close()
    while not (tmp_path / "out").exists() or not (tmp_path / "out").read_text("utf-8"):
        assert launcher.poll() is None
    launcher.terminate()
    launcher.wait()  # and so did the launcher for its child
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "out").read_text("utf-8")), 0)
