"""Many pages: folders, patterns and archives, in order, on several processes, whatever happens."""

import gzip
import io
import json
import os
import signal
import sys
import time
import zipfile
from pathlib import Path

import pytest

from abstool.cli import progress
from archive_files import CRAWLED, OTHER, crawl, mhtml, page

MANY = 150


@pytest.fixture
def pages(folder):
    """A folder of many pages, every third of which shows no abstract."""
    (folder / "pages").mkdir()
    for number in range(MANY):
        data = OTHER.encode() if number % 3 == 2 else page(f"{number:04}", "x" * 3000)
        (folder / "pages" / f"{number:04}.html").write_bytes(data)
    return folder / "pages"


def numbers(outcome):
    return [json.loads(line)["number"] for line in outcome.out.splitlines()]


EXPECTED = [f"{number:04}" for number in range(MANY) if number % 3 != 2]


def test_a_folder_gives_json_lines_in_order_and_one_note(run, pages):
    outcome = run("parse", "pages", "--jobs", "1")
    assert outcome.code == 0
    assert numbers(outcome) == EXPECTED
    assert outcome.lines == ["abstool: skipped 50 pages: no abstract found"]
    assert run("parse", "pages", "--jobs", "1", "--quiet").lines == []


def test_the_output_is_the_same_whatever_the_number_of_processes(finish, pages):
    (pages / "0030.html").write_bytes(
        page("0030").partition(b"<p>To cite")[0]
    )  # an error, which must keep its position
    (pages / "0031.zip").write_bytes(b"PK\x03\x04")
    one = finish("parse", "pages", "--jobs", "1")
    assert (one.code, len(one.lines)) == (1, 3), one.err
    for jobs in (["--jobs", "2"], ["--jobs", "3"], []):
        many = finish("parse", "pages", *jobs)
        assert (many.code, many.out, many.err) == (one.code, one.out, one.err)


@pytest.mark.parametrize(
    "name", ["pages/*.html", "pages/**/*.html", "p*", "pages/", "all.zip", "-"]
)
def test_however_the_pages_are_named_they_are_the_same(run, pages, name):
    with zipfile.ZipFile("all.zip", "w") as archive:
        for file in sorted(pages.iterdir()):
            archive.write(file, file.name)
    stdin = Path("all.zip").read_bytes() if name == "-" else b""
    if name == "p*":
        Path("page.txt").unlink()
    outcome = run("parse", name, "--jobs", "1", stdin=stdin)
    assert (outcome.code, numbers(outcome)) == (0, EXPECTED)


def test_a_crawl_is_parsed_cited_and_shown(run, folder):
    (folder / "crawl.warc.gz").write_bytes(crawl())
    outcome = run("parse", "crawl.warc.gz")
    assert (outcome.code, numbers(outcome)) == (0, CRAWLED)
    assert "accessed" in outcome.out
    assert len(json.loads(run("cite", "-s", "json", "crawl.warc.gz").out)) == len(CRAWLED)
    assert run("show", "crawl.warc.gz").out.count("Invented Title 10") == 2


def test_one_named_page_is_one_indented_object_however_it_is_packed(run, folder):
    (folder / "page.html").write_bytes(page("7"))
    expected = run("parse", "page.html").out
    assert expected.startswith("{\n")
    (folder / "page.html.gz").write_bytes(gzip.compress(page("7")))
    assert run("parse", "page.html.gz").out == expected
    (folder / "page.mhtml").write_bytes(mhtml(page("7")))
    saved = json.loads(run("parse", "page.mhtml").out)
    assert saved.pop("accessed") == "2026-11-22"
    assert saved == json.loads(expected)


def test_an_archive_of_one_page_gives_a_line_unless_asked_otherwise(run, folder):
    with zipfile.ZipFile("one.zip", "w") as archive:
        archive.writestr("page.html", page("7"))
    assert len(run("parse", "one.zip").out.splitlines()) == 1
    assert len(run("parse", "one.zip", "--indent", "2").out.splitlines()) > 10


def test_a_named_page_without_an_abstract_is_an_error_but_one_in_a_folder_is_skipped(run, folder):
    (folder / "pages").mkdir()
    (folder / "pages" / "letter.txt").write_text("Dear reader", "utf-8")
    assert run("parse", "pages/letter.txt").code == 4
    outcome = run("parse", "pages")
    assert (outcome.code, outcome.lines) == (
        0, ["abstool: skipped 1 page: no abstract found"],
    )  # fmt: skip


def test_a_page_cut_off_is_an_error_in_a_folder_too_if_it_is_an_abstract(run, folder):
    (folder / "pages").mkdir()
    (folder / "pages" / "cut.html").write_bytes(page("1").partition(b"<p>To cite")[0])
    (folder / "pages" / "open.html").write_text("<html><body><p>A page without an end tag", "utf-8")
    outcome = run("parse", "pages")
    assert outcome.code == 5
    assert outcome.lines == [
        "abstool: pages/cut.html: the page is cut off; save or fetch it again",
        "abstool: skipped 1 page: no abstract found",
    ]


def test_what_can_be_read_of_a_corrupt_archive_is_printed(run, folder):
    (folder / "crawl.warc.gz").write_bytes(crawl()[:-20])
    outcome = run("parse", "crawl.warc.gz")
    assert (outcome.code, numbers(outcome)) == (1, CRAWLED[:-1])
    assert outcome.lines[0].startswith("abstool: crawl.warc.gz: the file is cut off; ")


def test_hostile_names_in_archives_reach_the_terminal_without_their_controls(run, folder):
    with zipfile.ZipFile("x.zip", "w") as archive:
        archive.writestr("../\x1b[2J\u202e.html", page("1").partition(b"<p>To cite")[0])
    outcome = run("parse", "x.zip")
    assert outcome.err.startswith("abstool: x.zip: ../ [2J .html: the page is cut off")
    assert "\x1b" not in outcome.err


def test_an_interrupt_ends_all_processes_at_once(start, pages):
    process = start("parse", *["pages"] * 100, "--jobs", "2")
    for _ in range(150):
        assert process.stdout.readline().startswith(b"{")
    workers = workers_of(process)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=120)
    assert (process.returncode, err) == (130, b"abstool: interrupted\n")
    assert not any(map(is_running, workers))


def test_ctrl_c_at_the_terminal_reaches_every_process_and_is_reported_once(start, pages):
    process = start("parse", *["pages"] * 100, "--jobs", "2", start_new_session=True)
    for _ in range(150):
        process.stdout.readline()
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=120)
    assert (process.returncode, err) == (130, b"abstool: interrupted\n")


def test_a_closed_pipe_ends_it_quietly(start, pages):
    process = start("parse", *["pages"] * 100, "--jobs", "2")
    process.stdout.readline()
    process.stdout.close()
    process.stdout = None
    _, err = process.communicate(timeout=120)
    assert (process.returncode, err) == (0, b"")


def test_workers_end_with_a_parent_that_is_killed(start, pages):
    process = start("parse", *["pages"] * 100, "--jobs", "2")
    for _ in range(150):
        process.stdout.readline()
    workers = workers_of(process)
    assert len(workers) == 2
    process.kill()
    process.communicate(timeout=120)  # ends when the last of them has closed its stderr
    deadline = time.monotonic() + 120
    while any(map(is_running, workers)):
        assert time.monotonic() < deadline


def workers_of(process):
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text("utf-8").split()
    commands = {int(child): Path(f"/proc/{child}/cmdline").read_bytes() for child in children}
    return [child for child, command in commands.items() if b"spawn_main" in command]


def is_running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_workers_that_are_killed_cost_no_page(start, pages):
    process = start("parse", *["pages"] * 20, "--jobs", "2")
    lines = [process.stdout.readline() for _ in range(60)]
    workers = workers_of(process)
    assert workers
    for worker in workers:
        os.kill(worker, signal.SIGKILL)
    lines += process.stdout  # communicate() would skip what readline() has read ahead
    assert [json.loads(line)["number"] for line in lines] == EXPECTED * 20
    assert process.wait(timeout=120) == 0, process.stderr.read()


@pytest.mark.parametrize("terminal", [True, False])
def test_progress_is_shown_on_a_terminal_only(monkeypatch, terminal):
    stderr = io.StringIO()
    stderr.isatty = lambda: terminal
    monkeypatch.setattr(sys, "stderr", stderr)
    monkeypatch.setattr(progress, "_PATIENCE", 0)
    monkeypatch.setenv("TERM", "xterm")
    with progress.counted_pages(shown=True, hidden=False) as counted:
        assert list(counted("ab")) == ["a", "b"]
    assert ("2 pages" in stderr.getvalue()) is terminal
    assert bool(stderr.getvalue()) is terminal
