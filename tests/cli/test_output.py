"""Output: one object or JSON Lines, and files that are replaced only on success."""

import json
import os
import signal
import stat
import time
from pathlib import Path

import pytest

from abstool.inputs import pages
from conftest import RECORD


def test_one_input_gives_one_indented_object(run):
    out = run("parse", "page.txt").out
    assert out.startswith('{\n  "schema": "abstool/1"')
    assert out.endswith("\n}\n")
    assert "van der Muster" in out
    assert "Björn" in out


def test_several_inputs_give_json_lines_in_input_order(run):
    lines = run("parse", "other.txt", "page.txt").out.splitlines()
    assert [json.loads(line)["number"] for line in lines] == ["0849", "0848"]


def test_an_option_forces_either_layout(run):
    lines = run("parse", "page.txt", "--lines").out.splitlines()
    assert len(lines) == 1
    indented = run("parse", "page.txt", "other.txt", "--indent", "4").out
    assert indented.startswith('{\n    "schema"')
    assert indented.count("\n}\n") == 2
    assert run("parse", "page.txt", "--indent", "2").out == run("parse", "page.txt").out


def test_a_page_can_come_from_standard_input(run, folder):
    page = (folder / "page.txt").read_bytes()
    expected = run("parse", "page.txt").out
    assert run("parse", stdin=page).out == run("parse", "-", stdin=page).out == expected


def test_a_failed_input_changes_neither_the_layout_nor_the_others(run):
    lines = run("parse", "nosuch.txt", "page.txt").out.splitlines()
    assert [json.loads(line)["number"] for line in lines] == ["0848"]


def test_a_lone_surrogate_is_written_as_an_escape(run, monkeypatch):
    parse = pages._parse

    def damaged(*arguments):
        record = parse(*arguments)
        record.title = "broken \ud83d pair"
        return record

    monkeypatch.setattr(pages, "_parse", damaged)
    out = run("parse", "page.txt").out
    assert json.loads(out)["title"] == "broken \ud83d pair"


@pytest.mark.parametrize("style", ["json", "bibtex"])
def test_a_lone_surrogate_does_not_break_a_citation(run, style):
    outcome = run("cite", "-s", style, stdin=rb'{"title": "broken \ud83d pair"}')
    assert outcome.code == 0
    assert "broken" in outcome.out


def test_a_file_gets_what_standard_output_would(run, folder):
    for command in (["parse", "page.txt"], ["cite", "-s", "json", "page.txt"], ["schema"]):
        outcome = run(*command, "-o", "out")
        assert outcome.out == ""
        assert (folder / "out").read_text("utf-8") == run(*command, "--output", "-").out


def test_a_file_is_not_replaced_if_nothing_is_printed(run, folder):
    (folder / "out").write_text("old", "utf-8")
    assert run("parse", "letter.txt", "-o", "out").code == 4
    assert run("cite", "-s", "json", "letter.txt", "-o", "out").code == 4
    assert (folder / "out").read_text("utf-8") == "old"
    assert run("parse", "letter.txt", "-o", "new").code == 4
    assert not (folder / "new").exists()


def test_a_file_gets_the_records_of_the_inputs_that_succeed(run, folder):
    assert run("parse", "letter.txt", "page.txt", "-o", "out").code == 1
    assert json.loads((folder / "out").read_text("utf-8"))["number"] == "0848"


def test_an_interrupted_command_keeps_the_old_file_and_leaves_no_draft(run, folder, monkeypatch):
    (folder / "out").write_text("old", "utf-8")
    parse = pages._parse

    def interrupted(text, page, title):
        if page.subject == "other.txt":
            raise KeyboardInterrupt
        return parse(text, page, title)

    monkeypatch.setattr(pages, "_parse", interrupted)
    before = sorted(folder.iterdir())
    outcome = run("parse", "page.txt", "other.txt", "-o", "out")
    assert (outcome.code, outcome.lines) == (130, ["abstool: interrupted"])
    assert (folder / "out").read_text("utf-8") == "old"
    assert sorted(folder.iterdir()) == before


def test_a_command_can_replace_the_file_it_reads(run, folder):
    record = run("parse", "page.txt").out
    (folder / "refs.json").write_text(record, "utf-8")
    assert run("cite", "-s", "json", "refs.json", "-o", "refs.json").code == 0
    assert json.loads((folder / "refs.json").read_text("utf-8"))[0]["type"] == "article-journal"


def test_permissions_are_those_of_the_old_file_or_the_default_ones(run, folder):
    mask = os.umask(0o027)
    try:
        run("schema", "-o", "new")
        (folder / "old").touch()
        (folder / "old").chmod(0o604)
        run("schema", "-o", "old")
    finally:
        os.umask(mask)
    assert stat.S_IMODE((folder / "new").stat().st_mode) == 0o640
    assert stat.S_IMODE((folder / "old").stat().st_mode) == 0o604


def test_a_link_stays_a_link(run, folder):
    (folder / "sub").mkdir()
    (folder / "link").symlink_to(Path("sub", "target"))
    assert run("schema", "-o", "link").code == 0
    assert (folder / "link").is_symlink()
    assert (folder / "sub" / "target").stat().st_size > 1000


def test_a_device_is_written_to_not_replaced(run):
    assert run("schema", "-o", "/dev/null").code == 0
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")
def test_a_write_protected_file_is_not_replaced(run, folder):
    (folder / "out").touch(0o444)
    assert run("schema", "-o", "out").code == 2


@pytest.mark.parametrize("arguments", ["schema", "cite page.txt -q"])
def test_a_full_disk_has_its_own_exit_code(run, arguments):
    outcome = run(*arguments.split(), "-o", "/dev/full")
    assert outcome.code == 74
    assert outcome.lines[-1] == "abstool: /dev/full: writing failed (No space left on device)"


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="this system has no SIGHUP")
@pytest.mark.parametrize("command", ["cite", "parse", "show"])
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_signal_to_end_leaves_no_draft(start, folder, command, name):
    before = set(folder.iterdir())
    process = start(command, "-", "-o", "out.txt")  # it waits for its standard input
    while set(folder.iterdir()) == before:
        assert process.poll() is None
        time.sleep(0.001)
    process.send_signal(getattr(signal, name))
    assert process.wait(timeout=120) == 128 + getattr(signal, name)
    assert set(folder.iterdir()) == before


@pytest.mark.parametrize("name", ["out.png", "out.PDF", "out.xlsx", "out.parquet", "a.b.jpeg"])
@pytest.mark.parametrize(
    "command",
    [["stats", "record.json", "--by", "year"], ["parse", "page.txt"], ["show", "record.json"]],
)
def test_text_is_not_written_under_the_ending_of_another_kind_of_file(run, folder, command, name):
    (folder / "record.json").write_text(json.dumps(RECORD), "utf-8")
    outcome = run(*command, "-o", name)
    assert outcome.code == 2
    ending = name.lower().rpartition(".")[2]
    assert f"--output {name}: this command writes no .{ending} files; use" in outcome.err
    assert not (folder / name).exists()
